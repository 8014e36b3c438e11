"""What is doubtful waits for a person's word: held, never published, and let out by the digest of its photo."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

import assetgen
from assetgen.cli import main
from assetgen.planning.cutout_words import word_from, words_in
from tests.imageserver import ImageServer
from tests.kit import STRICT, change, manifest, pictures, tree, with_model, write
from tests.unsure_cutter import PHOTO, photograph, unsure_cutter, with_doubts

OUTPUT = Path("output/small")
TABLE = Path("campaigns/products.csv")
DEGRADED, BROKEN_FILE = 1, 2


@pytest.fixture(scope="module", autouse=True)
def _unsure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with unsure_cutter(tmp_path_factory.mktemp("unsure")):
        yield


@pytest.fixture
def shop(small: Path) -> Path:
    """The small shop; the cutter is not sure of the photo of A-1."""
    with_doubts(small)
    return small


def word(photo: Path = PHOTO) -> str:
    return word_from(sha256(photo.read_bytes()).hexdigest())


def say(cell: str, sku: str = "A-1") -> None:
    """Writes a cell into the column `cutout_ok`, which is added where it is missing."""
    rows = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
    for row in rows:
        row.setdefault("cutout_ok", "")
        row["cutout_ok"] = cell if row["sku"] == sku else row["cutout_ok"]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)


def run(campaign: Path, *options: str) -> int:
    return main(["run", str(campaign), *options])


def states() -> dict[str, str]:
    return {asset["id"]: asset["state"] for asset in manifest(OUTPUT)["assets"]}


def held() -> dict[str, Any]:
    return {asset["id"]: asset for asset in manifest(OUTPUT)["assets"] if asset["state"] == "held"}


MINE = {"amazon-main/A-1--packshot--all", "instagram-feed-square/A-1--shelf--en-US"}


def test_its_pictures_are_made_and_held_and_it_is_told_in_one_line(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(shop) == DEGRADED

    assert {name for name, state in states().items() if state == "held"} == MINE
    assert {name for name, state in states().items() if state == "current"} == states().keys() - MINE
    kept = {file for file in pictures(OUTPUT) if "A-1" in file}
    assert kept == {asset["file"] for asset in held().values()}
    assert all(file.startswith("held/") for file in kept)
    err = capsys.readouterr().err
    assert err.count("doubtful") == 1
    assert (
        "warning: the cutout of `A-1` is doubtful: a part of it may be missing; its 2 pictures are held\n"
        "  --> campaigns/products.csv:2 (row 1)\n"
        f"hint: look at it in report.html; if it is right, write `{word()}` into the column `cutout_ok` of its row\n"
    ) in err


def test_a_second_run_changes_no_byte_and_still_asks(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(shop)
    before = tree(OUTPUT)
    capsys.readouterr()

    assert run(shop) == DEGRADED

    said = capsys.readouterr()
    assert "0 pictures made" in said.out
    assert "its 2 pictures are held" in said.err
    assert tree(OUTPUT) == before


def test_the_word_lets_it_out_without_another_doubt(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(shop)
    say(word())
    capsys.readouterr()

    assert run(shop) == 0

    assert set(states().values()) == {"current"}
    assert not (OUTPUT / "held").exists() or not pictures(OUTPUT / "held")
    made = {asset["id"]: asset for asset in manifest(OUTPUT)["assets"] if asset["sku"] == "A-1"}
    assert made.keys() == MINE
    assert not [check for asset in made.values() for check in asset["checks"] if check["rule"] == "cutout"]
    assert "doubtful" not in capsys.readouterr().err


def test_a_word_that_was_there_before_keeps_nothing_waiting(shop: Path) -> None:
    say(word())

    assert run(shop) == 0
    assert set(states().values()) == {"current"}


def test_only_what_a_word_is_about_is_made_anew_with_it(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(shop)
    say(word())
    capsys.readouterr()
    assert main(["plan", str(shop), "--json"]) == 0

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    reasons = {line["id"]: line["reason"] for line in lines if line.get("state") == "changed"}
    assert reasons == dict.fromkeys(MINE, "what people say of the cutout changed")


def test_another_photo_asks_again_and_the_last_good_pictures_stay(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = word()
    say(first)
    run(shop)
    good = pictures(OUTPUT)
    photograph(PHOTO, "tomato")
    capsys.readouterr()

    assert run(shop) == DEGRADED

    assert {asset["stale"] for asset in held().values()} < good
    assert good < pictures(OUTPUT)
    assert (
        f"of its row; the word `{first}` in `cutout_ok` is for another photo, mask or care\n" in capsys.readouterr().err
    )
    say(f"{first} {word()}")
    assert run(shop) == 0
    assert len(pictures(OUTPUT)) == len(good)


@pytest.mark.parametrize("cell", ["", "no"])
def test_a_word_that_is_taken_back_takes_away_what_went_out_with_it(shop: Path, cell: str) -> None:
    say(word())
    run(shop)
    good = {file for file in pictures(OUTPUT) if "A-1" in file}
    say(cell)

    assert run(shop) == DEGRADED
    assert held().keys() == MINE
    assert {asset["stale"] for asset in held().values()} == {None}
    assert not good & pictures(OUTPUT)


@pytest.mark.parametrize("cell", ["", "no"])
def test_a_word_that_is_taken_back_after_another_photo_takes_it_away_as_well(shop: Path, cell: str) -> None:
    first = PHOTO.read_bytes()
    say(word())
    run(shop)
    good = {file for file in pictures(OUTPUT) if "A-1" in file}
    photograph(PHOTO, "tomato")
    run(shop)
    assert good < pictures(OUTPUT)
    PHOTO.write_bytes(first)
    say(cell)

    assert run(shop) == DEGRADED
    assert {asset["stale"] for asset in held().values()} == {None}
    assert not good & pictures(OUTPUT)


def test_a_no_takes_away_a_picture_of_several_though_another_of_them_has_a_new_photo(shop: Path) -> None:
    other = Path("campaigns/cup.png")
    photograph(other, "blue")
    change(TABLE, "green.png", "cup.png")
    change(shop, "    prompt: shelf\n", "    prompt: shelf\n  all:\n    prompt: shelf\n    products: [A-1, B-2]\n")
    say(word())
    run(shop)
    together = {file for file in pictures(OUTPUT) if "together" in file}
    photograph(other, "tomato")
    run(shop)
    assert together < pictures(OUTPUT)
    say("no")

    assert run(shop) == DEGRADED
    assert not together & pictures(OUTPUT)


def test_a_saved_plan_that_was_carried_out_says_so_where_its_pictures_are_held(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(shop), "-o", "plan.json"]) == 0
    assert run(shop, "--plan", "plan.json") == DEGRADED
    capsys.readouterr()

    assert run(shop, "--plan", "plan.json") == BROKEN_FILE
    assert "this plan was carried out" in capsys.readouterr().err


def test_what_a_person_has_looked_at_is_no_longer_to_be_looked_at(shop: Path) -> None:
    say(word())
    run(shop)

    page = (OUTPUT / "report.html").read_text(encoding="utf-8")
    assert "Looked at, and right" in page
    assert "To look at" not in page


def test_of_many_products_some_are_told_and_all_are_counted(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"P-{n:02},Thing {n},1.00,EUR,ball.png\n" for n in range(23))
    TABLE.write_text(f"sku,title,price,currency,photo\n{rows}", encoding="utf-8")
    change(shop, "instagram-feed-square, amazon-main", "amazon-main")

    assert run(shop) == DEGRADED
    err = capsys.readouterr().err
    assert (err.count("is doubtful"), err.count("and 3 more products like these")) == (20, 1)
    assert err.index("`P-00`") < err.index("`P-01`") < err.index("`P-19`")


@pytest.mark.parametrize("name", ["held", "rejected"])
def test_no_channel_is_called_like_what_does_not_go_out(
    shop: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    change(shop, "[instagram-feed-square, amazon-main]", f"[{name}]")
    write(Path("templates/channels.yaml"), f"channels:\n  - {{id: {name}, name: A, platform: A, kind: web}}\n")

    assert main(["check", str(shop)]) == BROKEN_FILE
    assert f"a channel cannot be called `{name}`: that is the folder of files" in capsys.readouterr().err


@pytest.mark.parametrize("header", ["cutout_ok", "Cutout OK", "cutout-ok"])
def test_the_column_is_known_however_its_words_are_joined(shop: Path, header: str) -> None:
    say(word())
    change(TABLE, "cutout_ok", header)

    assert run(shop, "--select", "sku:A-1") == 0


@pytest.mark.parametrize("written", ["{}", " {} ", "`{}`", "12345678 {}", "12345678,{}", "{}\n"])
def test_a_word_counts_however_it_is_written(shop: Path, written: str) -> None:
    say(written.format(word().upper()))

    assert run(shop, "--select", "sku:A-1") == 0


def test_the_whole_digest_is_a_word_as_well(shop: Path) -> None:
    say(sha256(PHOTO.read_bytes()).hexdigest())

    assert run(shop, "--select", "sku:A-1") == 0


@pytest.mark.parametrize("cell", ["yes", "x", "ok", "true"])
def test_what_names_no_photo_lets_nothing_out_and_is_told(
    shop: Path, capsys: pytest.CaptureFixture[str], cell: str
) -> None:
    say(cell)

    assert run(shop, "--select", "sku:A-1") == DEGRADED
    assert held().keys() == MINE
    wanted = f"write `{word()}` into the column `cutout_ok` of its row; `{cell.lower()}` in `cutout_ok` does not say"
    assert f"{wanted} which photo was looked at\n" in capsys.readouterr().err


def test_seven_digits_are_too_few(shop: Path) -> None:
    say(word()[:7])

    assert run(shop, "--select", "sku:A-1") == DEGRADED


def test_a_word_for_what_is_not_doubtful_changes_nothing_that_is_seen(shop: Path) -> None:
    run(shop)
    say("yes", "B-2")

    assert run(shop, "--select", "sku:B-2") == 0


def test_no_holds_what_no_cutter_doubts(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say("no", "B-2")

    assert run(shop, "--select", "sku:B-2") == DEGRADED
    assert {asset["sku"] for asset in held().values()} == {"B-2"}
    assert "the cutout of `B-2` is marked as wrong in `cutout_ok`; its 2 pictures are held" in capsys.readouterr().err
    say("", "B-2")
    assert run(shop, "--select", "sku:B-2") == 0


@pytest.mark.parametrize("cell", ["{} no", "no {}", "{}, No"])
def test_no_goes_before_a_word(shop: Path, capsys: pytest.CaptureFixture[str], cell: str) -> None:
    say(cell.format(word()))

    assert run(shop, "--select", "sku:A-1") == DEGRADED
    err = capsys.readouterr().err
    assert "the cutout of `A-1` is marked as wrong in `cutout_ok`; its 2 pictures are held" in err
    assert f"if it is right, take the `no` out and write `{word()}` into the column" in err


@pytest.mark.parametrize(("cell", "line"), [("no", "A-1,{}"), ("{}", "A-1,no")])
def test_no_goes_before_a_word_that_stands_elsewhere(shop: Path, cell: str, line: str) -> None:
    change(shop, "layout: card\n", "layout: card\ncutout_ok: looked-at.csv\n")
    write(Path("campaigns/looked-at.csv"), f"{line.format(word())}\n")
    say(cell.format(word()))

    assert run(shop, "--select", "sku:A-1") == DEGRADED


@pytest.mark.parametrize("cell", ["No.", "nein", "n", "wrong!", "Anna", "{} but the handle"])
def test_what_may_be_meant_as_no_holds_as_well_and_is_told(
    shop: Path, capsys: pytest.CaptureFixture[str], cell: str
) -> None:
    said = cell.format(word(Path("campaigns/green.png")))
    say(said, "B-2")

    assert main(["check", str(shop)]) == DEGRADED
    told = "the cutout of `B-2` is not clearly said to be right in `cutout_ok`; its 2 pictures"
    assert f"{told} would be held" in capsys.readouterr().err
    assert run(shop, "--select", "sku:B-2") == DEGRADED
    assert {asset["sku"] for asset in held().values()} == {"B-2"}
    err = capsys.readouterr().err
    assert f"{told} are held" in err
    place = "into the column `cutout_ok` of its row in place of what is there, and `no` if it is wrong"
    assert f"{place}; `{said.lower().split()[-1]}` in `cutout_ok` is neither `no` nor a word for a photo" in err


def test_a_campaign_can_let_doubtful_cutouts_out(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(shop)
    change(shop, "{cutout: unsure}", "{cutout: unsure, publish_doubtful: true}")
    capsys.readouterr()

    assert run(shop) == 0

    assert set(states().values()) == {"current"}
    assert "such as: it may be glass" in capsys.readouterr().err
    change(shop, ", publish_doubtful: true", "")
    assert run(shop) == DEGRADED
    assert held().keys() == MINE


def test_a_single_rule_needs_no_list(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(shop, "\n  - {cutout: unsure}", " {cutout: unsure, publish_doubtful: true}")
    assert run(shop, "--select", "sku:A-1") == 0

    change(shop, "publish_doubtful: true", "publish_doubtfull: true")
    assert run(shop) == BROKEN_FILE
    place, hint = "  --> campaigns/small.yaml:11:27", "hint: did you mean `publish_doubtful`?"
    assert f"error: `publish_doubtfull` is not known here\n{place}\n{hint}" in capsys.readouterr().err


def test_a_rule_lets_only_those_out_that_it_is_for(shop: Path) -> None:
    change(shop, "- {cutout: unsure}", "- {cutout: unsure}\n  - {when: product.sku == 'B-2', publish_doubtful: true}")

    assert run(shop) == DEGRADED


def test_words_may_stand_in_a_file_of_their_own(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(shop, "layout: card\n", "layout: card\ncutout_ok: looked-at.csv\n")
    file = write(Path("campaigns/looked-at.csv"), "sku,word\n\n# by Anna\nB-2,yes\n")
    assert run(shop) == DEGRADED
    assert f"if it is right, write the line `A-1,{word()}` into looked-at.csv" in capsys.readouterr().err

    write(file, f"sku;word\nA-1;{word()};Anna, 30 November\n")
    assert run(shop) == 0


def test_a_line_of_that_file_that_says_nothing_is_shown(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(shop, "layout: card\n", "layout: card\ncutout_ok: looked-at.csv\n")
    write(Path("campaigns/looked-at.csv"), "A-1,3f2a91bc\nB-2\n")

    assert run(shop) == BROKEN_FILE
    err = capsys.readouterr().err
    assert "error: nothing is said of `B-2`\n  --> campaigns/looked-at.csv:2\nhint: write the word" in err


def test_that_file_has_to_be_there(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(shop, "layout: card\n", "layout: card\ncutout_ok: looked-at.csv\n")

    assert run(shop) == BROKEN_FILE
    assert "there is no file `looked-at.csv`" in capsys.readouterr().err


def test_check_asks_before_anything_is_made(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(shop), "--no-cutouts"]) == 0
    capsys.readouterr()

    for options in ([], ["--no-cutouts"]):  # the second time it is known
        assert main(["check", str(shop), *options]) == DEGRADED
        err = capsys.readouterr().err
        assert "the cutout of `A-1` is doubtful: a part of it may be missing; its 2 pictures would be held\n" in err
        assert f"write `{word()}` into the column `cutout_ok`" in err
    assert not OUTPUT.exists()

    assert main(["check", str(shop), "--json"]) == DEGRADED
    line = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (line["sku"], line["state"], line["word"]) == ("A-1", "held", word())
    say(word())
    assert main(["check", str(shop)]) == 0


def test_check_still_asks_when_they_are_made(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(shop)
    capsys.readouterr()

    assert main(["check", str(shop)]) == DEGRADED
    assert capsys.readouterr().err.count("its 2 pictures would be held") == 1


def test_plan_and_why_know_it_and_it_can_be_selected(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(shop)
    capsys.readouterr()

    assert main(["plan", str(shop)]) == 0
    said = capsys.readouterr()
    assert "6 assets: 4 up to date, 2 held" in said.out
    assert said.err.count("is doubtful") == 1
    assert main(["plan", str(shop), "--json", "--select", "state:held"]) == 0
    *lines, _ = capsys.readouterr().out.splitlines()
    assert {json.loads(line)["id"] for line in lines} == MINE
    file = next(iter(held().values()))["file"]
    assert main(["why", str(OUTPUT / file)]) == 0
    assert f"held\n  - it waits for a person's word about its cutout; see {file}" in capsys.readouterr().out


def test_feeds_and_published_files_stay_as_they_were_until_the_word_comes(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nights of a shop: a good photo, a doubtful one, another look at the same, and a person's word."""
    with_a_feed(shop)
    photograph(PHOTO, "blue")
    photos = {"good": PHOTO.read_bytes()}

    def night() -> int:
        code = run(shop, "--prune")
        assert main(["publish", str(shop)]) == 0
        return code

    assert night() == 0
    out, feed = pictures(Path("public/small")), Path("feed.csv").read_text(encoding="utf-8")
    photograph(PHOTO, "red")
    for _ in range(2):
        assert night() == DEGRADED
        assert pictures(Path("public/small")) == out
        assert Path("feed.csv").read_text(encoding="utf-8") == feed
    assert (
        "`A-1` is as it was in `feed.csv`: its cutout waits for a person's word: a part of it may be missing"
        in capsys.readouterr().err
    )

    say(word())
    assert night() == 0
    news = pictures(Path("public/small")) - out
    assert {Path(file).name.partition("--")[0] for file in news} == {"A-1"}
    assert Path("feed.csv").read_text(encoding="utf-8") != feed

    PHOTO.write_bytes(photos["good"])
    assert night() == 0


def with_a_feed(campaign: Path) -> Path:
    """The campaign is published, with a feed; the feed."""
    publish = "publish: {to: public, base_url: https://cdn.example.com}\n"
    feeds = "feeds: [{file: feed.csv, pictures: {photo: instagram-feed-square}}]\n"
    change(campaign, "layout: card\n", f"layout: card\n{publish}{feeds}")
    return Path("feed.csv")


def out(sku: str = "A-1") -> set[str]:
    return {file for file in pictures(Path("public")) if sku in file}


@pytest.mark.parametrize("cell", ["no", "Nein"])
def test_a_no_since_the_run_is_heard_when_it_is_published(
    shop: Path, capsys: pytest.CaptureFixture[str], cell: str
) -> None:
    feed = with_a_feed(shop)
    say(word())
    run(shop)
    main(["publish", str(shop)])
    assert out()
    say(cell)
    capsys.readouterr()

    assert main(["publish", str(shop)]) == 0

    told = "the pictures of `A-1` are taken back: `cutout_ok` says no, or what may be one\n"
    assert told in capsys.readouterr().err
    assert not out()
    assert out("B-2")
    assert "A-1--" not in feed.read_text(encoding="utf-8")
    say(word())
    assert main(["publish", str(shop)]) == 0
    assert out()


def test_what_lacks_its_word_since_the_run_is_not_published(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed = with_a_feed(shop)
    say(word())
    run(shop)
    say("")
    capsys.readouterr()

    assert main(["publish", str(shop)]) == DEGRADED
    told = "error: the word for the cutout of `A-1` is gone since its pictures were made\nhint: they stay at home"
    assert told in capsys.readouterr().err
    assert not out()
    assert "A-1--" not in feed.read_text(encoding="utf-8")


@pytest.mark.parametrize("remedy", ["photo", "crop", "where", "row", "lost photo"])
def test_a_no_takes_everything_of_the_product_away_whatever_else_is_done(shop: Path, remedy: str) -> None:
    feed = with_a_feed(shop)
    change(shop, "layout: card\n", "layout: card\ncutout_ok: looked-at.csv\n")
    words = write(Path("campaigns/looked-at.csv"), f"A-1,{word()}\n")
    run(shop)
    main(["publish", str(shop)])
    assert out()
    write(words, "A-1,no\n")
    if remedy == "photo":
        photograph(PHOTO, "blue")
    elif remedy == "crop":
        change(shop, "{cutout: unsure}", "{cutout: unsure, crop: [0, 0, 1, 0.9]}")
    elif remedy == "where":
        change(shop, "products.csv", "products.csv\n  where: product.sku != 'A-1'")
    elif remedy == "row":
        rows = TABLE.read_text(encoding="utf-8").splitlines(keepends=True)
        write(TABLE, "".join(row for row in rows if not row.startswith("A-1")))
    else:
        PHOTO.unlink()
    run(shop, "--prune")
    if remedy in {"photo", "crop"}:
        assert all(file.startswith("held/") for file in pictures(OUTPUT) if "A-1" in file)

    assert main(["publish", str(shop)]) == 0
    assert not out()
    assert out("B-2")
    assert "A-1--" not in feed.read_text(encoding="utf-8")


def test_a_last_good_picture_goes_when_its_own_word_is_taken_out(shop: Path) -> None:
    with_a_feed(shop)
    first = word()
    say(first)
    run(shop)
    main(["publish", str(shop)])
    photograph(PHOTO, "tomato")
    run(shop)
    main(["publish", str(shop)])
    assert out()
    say("")
    run(shop)

    assert main(["publish", str(shop)]) == 0
    assert not out()


def test_a_feed_of_news_says_no_more_of_what_was_taken_back(shop: Path) -> None:
    feed = with_a_feed(shop)
    change(shop, "{file: feed.csv,", "{file: feed.csv, format: plain,")
    say(word())
    run(shop)
    main(["publish", str(shop)])
    assert "A-1--" in feed.read_text(encoding="utf-8")
    say("no")
    run(shop)

    assert main(["publish", str(shop)]) == 0
    assert "A-1--" not in feed.read_text(encoding="utf-8")
    before = feed.read_bytes()
    assert main(["publish", str(shop)]) == 0
    assert feed.read_bytes() == before
    say(word())
    run(shop)
    main(["publish", str(shop)])
    assert "A-1--" in feed.read_text(encoding="utf-8")


def test_a_no_for_a_good_cutout_is_heard_by_the_feeds_before_the_next_run(shop: Path) -> None:
    feed = with_a_feed(shop)
    run(shop)
    say("no", "B-2")

    assert main(["feeds", str(shop)]) == 0
    assert "B-2--" not in feed.read_text(encoding="utf-8")
    assert "C-3--" in feed.read_text(encoding="utf-8")


def test_a_rule_that_no_longer_lets_doubtful_ones_out_is_heard_as_well(shop: Path) -> None:
    with_a_feed(shop)
    change(shop, "{cutout: unsure}", "{cutout: unsure, publish_doubtful: true}")
    run(shop)
    change(shop, ", publish_doubtful: true", "")

    assert main(["publish", str(shop)]) == DEGRADED
    assert not out()


def test_a_word_that_comes_after_the_run_is_no_fault(shop: Path) -> None:
    with_a_feed(shop)
    run(shop)
    say(word())

    assert main(["publish", str(shop)]) == 0
    assert not out()


@pytest.mark.parametrize("cell", ["no", ""])
def test_what_is_taken_back_is_taken_away_from_where_it_was_published_at_once(
    shop: Path, capsys: pytest.CaptureFixture[str], cell: str
) -> None:
    feed = with_a_feed(shop)
    say(word())
    run(shop)
    main(["publish", str(shop)])
    assert out()
    say(cell)
    run(shop)
    capsys.readouterr()

    assert main(["publish", str(shop)]) == 0
    assert "2 old files removed" in capsys.readouterr().out
    assert not out()
    assert out("B-2")
    assert "A-1--" not in feed.read_text(encoding="utf-8")


@pytest.mark.parametrize("cell", ["no", ""])
def test_it_is_taken_away_though_there_was_another_photo_meanwhile(shop: Path, cell: str) -> None:
    first, feed = PHOTO.read_bytes(), with_a_feed(shop)

    def night() -> int:
        code = run(shop)
        assert main(["publish", str(shop)]) == 0
        return code

    say(word())
    assert night() == 0
    good = out()
    photograph(PHOTO, "tomato")
    assert night() == DEGRADED
    assert out() == good
    PHOTO.write_bytes(first)
    say(cell)

    assert night() == DEGRADED
    assert not out()
    assert "A-1--" not in feed.read_text(encoding="utf-8")


def test_one_that_was_never_good_is_in_no_feed(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_a_feed(shop)
    run(shop)

    assert main(["publish", str(shop)]) == 0
    assert "2 files held or rejected, kept at home: see report.html" in capsys.readouterr().err
    assert not [file for file in pictures(Path("public")) if "A-1" in file]
    assert "A-1--" not in Path("feed.csv").read_text(encoding="utf-8")


def test_each_doubtful_product_of_a_picture_has_its_line(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, colour in (("cup", "tomato"), ("box", "blue")):
        photograph(Path(f"campaigns/{name}.png"), colour)
    change(TABLE, "green.png", "cup.png")
    change(TABLE, "blue.png", "box.png")
    change(shop, "    prompt: shelf\n", "    prompt: shelf\n  all:\n    prompt: shelf\n    products: [A-1, B-2, C-3]\n")

    assert run(shop) == DEGRADED

    err = capsys.readouterr().err
    told = re.findall(r"the cutout of `(.+?)` is doubtful: .*; its (\d) pictures are held", err)
    assert told == [("A-1", "3"), ("B-2", "3")]
    say(word())
    assert run(shop) == DEGRADED
    assert "instagram-feed-square/together--all--en-US" in held()
    say(word(Path("campaigns/cup.png")), "B-2")
    assert run(shop) == 0


def test_a_no_to_a_bundle_holds_its_own_pictures_and_no_others(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_a_feed(shop)
    rows = "sku,title,price,currency,photo,products\nA-1,Ball,1.00,EUR,ball.png,\nB-2,Cup,1.00,EUR,green.png,\n"
    write(TABLE, f'{rows}SET,Both,2.00,EUR,,"A-1, B-2"\n')
    say(word())
    run(shop)
    main(["publish", str(shop)])
    assert out("SET")
    say("no", "SET")
    capsys.readouterr()

    assert main(["publish", str(shop)]) == 0
    assert not out("SET")
    assert run(shop) == DEGRADED
    err = capsys.readouterr().err
    assert "the cutout of `SET` is marked as wrong in `cutout_ok`; its 2 pictures are held" in err
    assert "if it is right, take out what `cutout_ok` says of it\n" in err
    assert {asset["sku"] for asset in held().values()} == {"SET"}
    assert out()
    assert not out("SET")


def test_a_product_that_a_provider_draws_around_is_held_too(
    shop: Path, server: ImageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    change(shop, "layout: card\n", "layout: card\nlikeness: {at_least: 0, reject_below: 0}\n")
    with_model(shop, each=True, scene="mode: edit\n    protect: true")
    change(shop, "instagram-feed-square, amazon-main", "instagram-feed-square")

    assert run(shop) == DEGRADED
    asked = len(server.calls)
    assert held().keys() == {"instagram-feed-square/A-1--shelf--en-US"}
    assert (
        "the cutout of `A-1` is doubtful: a part of it may be missing; its picture is held" in capsys.readouterr().err
    )
    say(word())
    assert run(shop) == 0
    assert len(server.calls) == asked


def test_a_broken_rule_goes_before_a_doubt(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("templates/channels.yaml"), STRICT)

    assert run(shop) == DEGRADED

    assert states()["instagram-feed-square/A-1--shelf--en-US"] == "rejected"
    assert states()["amazon-main/A-1--packshot--all"] == "held"
    assert "its picture is held" in capsys.readouterr().err


def test_a_good_cutout_lets_out_what_another_campaign_was_told_is_doubtful(shop: Path) -> None:
    """The store is the workspace's: what is known of a cutout counts for all that show it."""
    run(shop)
    for record in Path(".assetgen/store/cutouts").rglob("*.json"):
        record.write_text(record.read_text().replace('"check"', '"good"'))

    assert run(shop) == 0
    for record in Path(".assetgen/store/cutouts").rglob("*.json"):
        record.write_text(record.read_text().replace('"good"', '"check"'))
    assert run(shop) == DEGRADED


def test_what_is_held_stays_so_when_its_cutout_is_no_longer_stored(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(shop)
    for file in [path for path in Path(".assetgen/store/cutouts").rglob("*") if path.is_file()]:
        file.unlink()
    Path(".assetgen/ledger.sqlite").unlink()  # and what was made is read back from the manifest
    capsys.readouterr()

    assert run(shop) == DEGRADED
    said = capsys.readouterr()
    assert "0 pictures made" in said.out
    assert "the cutout of `A-1` is doubtful: so it was found when it was cut out; its 2 pictures" in said.err


def test_machines_are_told_as_well(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = assetgen.run(assetgen.load(shop), summary="summary.md")

    [told] = outcome.held
    assert (told.sku, told.word, len(told.files)) == ("A-1", word(), 2)
    assert "2 held" in repr(outcome)
    rows = outcome.frame()
    assert set(rows[rows.state == "held"].file) == set(told.files)
    assert set(rows[rows.state == "held"].sku) == {"A-1"}
    summary = Path("summary.md").read_text(encoding="utf-8")
    assert "### Waiting for a person's word" in summary
    assert f"write `{word()}` into the column `cutout_ok` of its row" in summary
    assert run(shop, "--json") == DEGRADED
    [line] = json.loads(capsys.readouterr().out)["held"]
    assert (line["sku"], line["word"], set(line["files"])) == ("A-1", word(), set(told.files))
    assert [each["word"] for each in manifest(OUTPUT)["held"]] == [word()]
    again = assetgen.run(assetgen.load(shop))
    assert set(again.frame().file) == set(told.files)


def test_the_report_has_it_before_all_else(shop: Path) -> None:
    change(TABLE, "blue.png", "lost.png")
    run(shop)

    page = (OUTPUT / "report.html").read_text(encoding="utf-8")
    titles = re.findall(r"<summary>([^<]+) <span", page)
    assert titles[:2] == ["Waiting for your word", "Rows set aside"]
    assert f"<code>{word()}</code>" in page
    assert page.index('class="doubted"') < page.index("Rows set aside")
    before = page
    say("yes")
    run(shop)
    assert "does not say which photo" in (OUTPUT / "report.html").read_text(encoding="utf-8") != before


def test_a_part_of_a_campaign_leaves_the_rest_of_the_report_in_place(shop: Path) -> None:
    run(shop)
    run(shop, "--select", "sku:B-2", "--force-step", "compose")

    page = (OUTPUT / "report.html").read_text(encoding="utf-8")
    assert "Waiting for your word" in page
    assert "held/amazon-main/A-1" in page


def test_the_command_for_single_photos_names_the_word(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cutout", str(PHOTO), "--method", "unsure"]) == 0
    assert f"if it is right all the same: `{word()}` in the column `cutout_ok`" in capsys.readouterr().out

    assert main(["cutout", str(PHOTO), "--method", "unsure", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["word"] == word()


def test_a_word_is_for_the_photo_and_its_mask(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mask = Path("campaigns/mask.png")
    change(shop, "{cutout: unsure}", "{when: product.sku == 'A-1', mask: mask.png}")

    def draw(left: int) -> None:
        image = Image.new("L", (240, 240))
        ImageDraw.Draw(image).ellipse((left, 60, 180, 239), fill=255)
        image.save(mask)

    draw(40)
    assert main(["cutout", str(PHOTO), "--mask", str(mask), "--json"]) == 0
    both = json.loads(capsys.readouterr().out)["word"]
    assert both != word()
    say(word())
    assert run(shop, "--select", "sku:A-1") == DEGRADED
    assert f"write `{both}` into" in capsys.readouterr().err
    say(both)
    assert run(shop, "--select", "sku:A-1") == 0
    draw(50)
    assert run(shop, "--select", "sku:A-1") == DEGRADED


def test_a_word_is_for_the_care_that_was_taken_of_the_photo(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cutout", str(PHOTO), "--crop", "0 0 1 0.9", "--json"]) == 0
    cropped = json.loads(capsys.readouterr().out)["word"]
    say(word())
    assert run(shop, "--select", "sku:A-1") == 0

    change(shop, "{cutout: unsure}", "{cutout: unsure, crop: [0, 0, 1, 0.9]}")
    capsys.readouterr()
    assert run(shop, "--select", "sku:A-1") == DEGRADED
    assert f"write `{cropped}` into" in capsys.readouterr().err
    say(cropped)
    assert run(shop, "--select", "sku:A-1") == 0
    change(shop, ", crop: [0, 0, 1, 0.9]", "")
    assert run(shop, "--select", "sku:A-1") == DEGRADED


def test_a_word_is_never_taken_for_a_number() -> None:
    assert word_from("12345678e9f0" + "0" * 52) == "12345678e9f"
    assert word_from("00e12345" + "c" * 56) == "00e12345c"
    assert word_from("1a345678" + "0" * 56) == "1a345678"


@pytest.mark.parametrize(
    ("cell", "words"),
    [("", []), (" , ;", []), ("3F2A91BC", ["3f2a91bc"]), ("`3f2a91bc`; 'a' b", ["3f2a91bc", "a", "b"])],
)
def test_the_words_of_a_cell(cell: str, words: list[str]) -> None:
    assert list(words_in(cell)) == words
