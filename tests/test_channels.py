"""The pack of channels, sets of them, rows of one's own, and the commands that show them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import assetgen
from assetgen.cli import main
from assetgen.config.channel import Channel
from assetgen.sources import channels, presets, read_own
from assetgen.sources.channel_files import PACK
from tests.kit import change, write

WRITTEN = {"jpg", "png", "webp", "avif"}
OWN = Path("templates/channels.yaml")
WINDOW = """\
channels:
  - {id: window, name: Shop window, platform: Our shops, kind: web, width: 1080, height: 1080, aspect: "1:1",
     formats: [png], source: measured in the shop, evidence: memory}
"""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert main(["channels", *words]) == code
    streams = capsys.readouterr()
    return streams.err if code == 2 else streams.out


def ids(listing: str) -> list[str]:
    return [line.split()[0] for line in listing.splitlines()]


def chosen(campaign: Path, written: str) -> tuple[Channel, ...]:
    change(campaign, "[instagram-feed-square, amazon-main]", written)
    return assetgen.load(campaign).channels


def named(campaign: Path, written: str) -> list[str]:
    return [channel.id for channel in chosen(campaign, written)]


def keys(campaign: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The key of the first product's asset on each channel."""
    assert main(["plan", str(campaign), "-n", "1", "--json"]) == 0
    *assets, _ = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    return {asset["channel"]: asset["asset_key"] for asset in assets}


def test_the_pack_keeps_the_rules_that_it_sets_for_others() -> None:
    assert len(read_own(PACK).value.channels) == len(channels())


@pytest.mark.parametrize("channel", channels().values(), ids=lambda channel: channel.id)
def test_every_row_says_where_it_comes_from_and_when(channel: Channel) -> None:
    assert (channel.source == "from memory") == (channel.evidence == "memory")
    assert channel.evidence == "memory" or channel.source.startswith("http")
    assert channel.checked


@pytest.mark.parametrize("name", presets().sets)
def test_sets_hold_only_what_a_product_scene_can_be_written_for(name: str) -> None:
    for channel in presets().sets[name].channels:
        row = presets().channels[channel]
        assert WRITTEN & set(row.formats)
        assert row.color == "sRGB"
        assert "logo" not in row.id
        assert "transparent" not in row.id


def test_the_list_can_be_narrowed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "amazon-main " in said(capsys)
    tall = ids(said(capsys, "--platform", "pinterest", "--shape", "tall", "--kind", "ad"))
    assert tall == ["pinterest-carousel", "pinterest-vertical", "pinterest-collection-hero"]
    assert ids(said(capsys, "--search", "duration badge")) == ["youtube-thumbnail"]
    assert said(capsys, "--search", "no such thing") == ""
    assert "did you mean `email`?" in said(capsys, "--kind", "emial", code=2)


def test_the_list_names_size_shape_kind_and_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = said(capsys, "--search", "amazon-main").splitlines()
    assert " ".join(line.split()) == "amazon-main 2000 x 2000 square listing official-page Amazon MAIN image"
    (row,) = map(json.loads, said(capsys, "--search", "amazon-main", "--json").splitlines())
    assert (row["shape"], row["min_product_fill"], row["checked"]) == ("square", 0.85, "2026-11-23")


def test_a_channel_is_shown_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "show", "amazon-main")
    for words in ("jpg, else png, tiff, gif", "at most 10 MB", "pure white", "at least 85% of the frame"):
        assert words in text
    assert "official-page: the platform's own page was read; whatever it demands may fail a file" in text
    assert " days ago" in text

    text = said(capsys, "show", "youtube-thumbnail")
    assert "3% top, 3% right, 5% bottom, 3% left" in text
    assert "82% to 100% from the left, 84% to 100% from the top: duration badge" in text
    assert json.loads(said(capsys, "show", "youtube-thumbnail", "--json"))["max_bytes"] == 2_000_000


def test_what_is_no_channel_is_told_with_a_way_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert "did you mean `amazon-main`?" in said(capsys, "show", "amazon-mian", code=2)
    assert "`assetgen channels sets meta-ads`" in said(capsys, "show", "meta-ads", code=2)
    assert "did you mean `meta-ads`?" in said(capsys, "sets", "meta-adds", code=2)


def test_sets_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert {"meta-ads", "google-pmax", "marketplaces", "china-social", "iab-standard"} <= set(ids(said(capsys, "sets")))
    assert "Performance Max" in said(capsys, "sets", "google-pmax")
    (first, *_) = map(json.loads, said(capsys, "sets", "--json").splitlines())
    assert first["name"] == "meta-ads"
    assert len(said(capsys, "sets", "google-pmax", "--json").splitlines()) == 3


def test_old_facts_are_listed_the_oldest_first(capsys: pytest.CaptureFixture[str]) -> None:
    write(OWN, WINDOW.replace("evidence: memory", "evidence: memory, checked: 2001-02"))
    assert ids(said(capsys, "outdated", "--days", "100000")) == []
    oldest, *_ = said(capsys, "outdated", code=1).splitlines()
    assert oldest.split()[2:] == ["window", "measured", "in", "the", "shop"]
    row, *_ = map(json.loads, said(capsys, "outdated", "--json", code=1).splitlines())
    assert (row["id"], row["checked"]) == ("window", "2001-02")


def test_rows_are_as_old_as_their_file_says(capsys: pytest.CaptureFixture[str]) -> None:
    write(OWN, f"checked: 2001-01-01\n{WINDOW}  - {{id: amazon-main, dpi: 96}}\n")
    assert (channels(Path())["window"].checked, channels(Path())["amazon-main"].checked) == ("2001-01-01", "2026-11-23")
    write(OWN, WINDOW)
    assert main(["channels", "outdated", "--days", "100000"]) == 0
    assert "nobody knows how old `window` is" in capsys.readouterr().err


def test_an_own_file_is_told_what_it_changes(capsys: pytest.CaptureFixture[str]) -> None:
    write(OWN, WINDOW + "  - {id: amazon-main, max_bytes: 5000000, formats: [jpg]}\n  - {id: web-hero, dpi: 72}\n")
    assert main(["channels", "check", str(OWN)]) == 0
    out, err = capsys.readouterr()
    assert out == "templates/channels.yaml is in order; channels: 1 new, 2 changed; sets: 0\n"
    assert "this changes `formats` from jpg, png, tiff, gif to jpg, `max_bytes` from 10000000 to 5000000" in err
    assert "--> templates/channels.yaml:4:5" in err
    assert "`web-hero` comes with assetgen; this changes nothing" in err


MISTAKES = {  # each with its column
    "{id: web-hero, max_byte: 9}": (20, "`max_byte` is not known here"),
    "{id: web-hero, kind: sign}": (26, "`kind` cannot be `sign`"),
    "{id: web-hero, formats: [jpg, tga]}": (35, "item 2 of `formats` cannot be `tga`"),
    "{id: web-hero, formats: []}": (29, "`formats` is empty"),
    "{id: web-hero, checked: 2026-02-30}": (29, "`checked` cannot be `2026-02-30`: there is no such day"),
    "{id: web-hero, dpi: 96, min_bytes: 500000}": (40, "`min_bytes` is 500000, which is more than `max_bytes`, 400000"),
    "{id: web-hero, max_side: 1000}": (30, "`min_width` is 1920, which is more than `max_side`, 1000"),
    "{id: web-hero, dpi: 96, aspect: '1:1'}": (37, "`aspect` is 1:1, but the size is 2560 x 1440"),
    "{id: web-hero, aspect: wide}": (28, "`aspect` cannot be `wide`"),
    "{id: web-hero, safe_area: {left: 0.5, right: 0.5}}": (38, "`left` and `right` together leave nothing free"),
    "{id: web-hero, keep_out: [{x0: 0, x1: 1, y0: 1, y1: 0, why: a}]}": (
        50,
        "`y0` is 1, but must be less than `y1`, 0",
    ),
    "{id: window}": (5, "`width` is missing"),
    "{id: '../up', name: a}": (10, "`id` cannot be `../up`"),
    "{id: [web-hero]}": (10, "`id` should be text, not a list"),
}


@pytest.mark.parametrize("row", MISTAKES)
def test_a_mistake_in_an_own_row_is_told_where_it_was_written(row: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(OWN, f"channels:\n  - {row}\n")
    column, message = MISTAKES[row]
    assert f"{message}\n  --> templates/channels.yaml:2:{column}\nhint: " in said(capsys, "check", str(OWN), code=2)


def test_a_set_that_takes_the_place_of_another_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    write(OWN, "sets:\n  meta-ads: {purpose: Only stories., channels: [instagram-story-ad]}\n")
    assert main(["channels", "check", str(OWN)]) == 0
    said = "note: `meta-ads` comes with assetgen; this takes its place\n  --> templates/channels.yaml:2:3"
    assert said in capsys.readouterr().err


def test_a_channel_stands_once_in_an_own_file(capsys: pytest.CaptureFixture[str]) -> None:
    write(OWN, "channels:\n  - {id: web-hero, dpi: 96}\n  - {id: web-hero, max_bytes: 9000}\n")
    err = said(capsys, "check", str(OWN), code=2)
    assert "the channel `web-hero` is given twice; the first is in line 2\n  --> templates/channels.yaml:3:10" in err


def test_all_mistakes_of_a_file_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    write(
        OWN,
        "sets:\n  a: {purpos: b, channels: []}\nchannels:\n  - {id: web-hero, dpi: many}\n  - {id: web-hero, kin: a}\n",
    )
    err = said(capsys, "check", str(OWN), code=2)
    for words in ("`purpos` is not known here", "`channels` is empty", "`dpi` should be", "`kin` is not known here"):
        assert words in err


def test_sets_of_ones_own_are_checked_too(capsys: pytest.CaptureFixture[str]) -> None:
    write(OWN, "sets:\n  web-hero: {purpose: a, channels: [web-hreo]}\n")
    err = said(capsys, "check", str(OWN), code=2)
    assert "`web-hero` is the name of a channel already\n  --> templates/channels.yaml:2:3" in err
    assert "there is no channel `web-hreo`\n  --> templates/channels.yaml:2:37\nhint: did you mean `web-hero`?" in err


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no file `none.yaml`" in said(capsys, "check", "none.yaml", code=2)


def test_a_set_stands_for_its_channels_each_once_in_order(small: Path) -> None:
    square = ["window", "google-pmax-square", "amazon-main"]
    write(OWN, "sets:\n  squares: {purpose: For the card., channels: [google-pmax-square, amazon-main]}\n" + WINDOW)
    assert named(small, "[window, squares, amazon-main]") == square


@pytest.mark.parametrize("written", ["[squares, {id: amazon-main, dpi: 96}]", "[{id: amazon-main, dpi: 96}, squares]"])
def test_an_entry_with_lines_of_its_own_holds_beside_a_set(small: Path, written: str) -> None:
    write(OWN, "sets:\n  squares: {purpose: For the card., channels: [amazon-main, google-pmax-square]}\n")
    first, second = chosen(small, written)
    assert (first.id, first.dpi, first.background) == ("amazon-main", 96, "white")
    assert (second.id, second.dpi) == ("google-pmax-square", 72)


def test_a_new_size_brings_its_own_ratio(small: Path) -> None:
    (channel,) = chosen(small, "[{id: web-hero, width: 900, height: 900}]")
    assert (channel.width, channel.height, channel.aspect) == (900, 900, "900:900")


def test_only_the_channel_that_is_changed_is_made_again(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = keys(small, capsys)
    change(small, "[instagram-feed-square, amazon-main]", "[{id: instagram-feed-square, notes: ours}, amazon-main]")
    assert keys(small, capsys) == before
    change(small, "notes: ours", "max_bytes: 150000")
    after = keys(small, capsys)
    assert after["instagram-feed-square"] != before["instagram-feed-square"]
    assert after["amazon-main"] == before["amazon-main"]


def test_a_changed_channel_is_made_as_it_says(small: Path) -> None:
    change(
        small, "[instagram-feed-square, amazon-main]", "[{id: amazon-main, width: 1000, height: 1000, formats: [png]}]"
    )
    assert main(["run", str(small), "-n", "1"]) == 0
    (file,) = Path("output/small/amazon-main").iterdir()
    assert file.suffix == ".png"


def test_editors_know_the_lines_that_a_campaign_may_change() -> None:
    row = assetgen.sources.schema("campaign")["$defs"]["ChannelRow"]
    assert row["required"] == ["id"]
    assert set(Channel.model_fields) == set(row["properties"])
