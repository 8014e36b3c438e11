"""Scenes, layers and layouts that begin and end by themselves, and days that are rehearsed with --on."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

import assetgen
from assetgen.cli import main
from assetgen.errors import InputError
from tests.kit import LAYOUT, change, manifest, pictures, tree, write

OUTPUT = Path("output/small")
BEFORE, DURING, AFTER = "2026-11-26", "2026-11-27", "2026-12-01"
WINDOW = "{from: 2026-11-27, until: 2026-11-30"


def made(small: Path, day: str) -> set[str]:
    """Runs as on that day; the assets that are another file than before, or new."""
    before = {asset["id"]: asset["sha256"] for asset in manifest(OUTPUT)["assets"]} if OUTPUT.exists() else {}
    with pytest.MonkeyPatch.context() as present:
        noon = datetime.fromisoformat(f"{day}T12:00+00:00")
        present.setenv("SOURCE_DATE_EPOCH", f"{noon.timestamp():.0f}")
        assert main(["run", str(small)]) == 0
    return {asset["id"] for asset in manifest(OUTPUT)["assets"] if before.get(asset["id"]) != asset["sha256"]}


def squares() -> set[str]:
    return {f"instagram-feed-square/{sku}--shelf--en-US" for sku in ("A-1", "B-2", "C-3")}


def test_a_layer_comes_and_goes_and_touches_nothing_else(small: Path) -> None:
    change(Path("templates/layouts/card.yaml"), "when: product.price}", f"when: product.price, {WINDOW[1:]}}}")

    first = made(small, BEFORE)
    before = tree(OUTPUT)
    assert made(small, DURING) == squares() < first
    assert made(small, DURING) == set()
    assert made(small, AFTER) == squares()
    assert tree(OUTPUT).keys() == before.keys()


def test_a_scene_is_made_on_its_days_and_no_longer_asked_for_afterwards(small: Path) -> None:
    change(small, "    prompt: shelf\n", "    prompt: shelf\n    from: 2026-11-27\n    until: 2026-11-30\n")

    assert not made(small, BEFORE) & squares()
    assert made(small, DURING) == squares()
    made(small, AFTER)
    assert {a["id"] for a in manifest(OUTPUT)["assets"] if a["state"] == "orphan"} == squares()


def test_a_season_has_a_layout_of_its_own(small: Path) -> None:
    write(Path("templates/layouts/sale.yaml"), LAYOUT.replace("copy.headline", "copy.offer"))
    change(small, "layout: card\n", f"layout: card\nseasons: [{WINDOW}, layout: sale}}]\n")

    made(small, BEFORE)
    assert made(small, DURING) == squares()
    assert made(small, AFTER) == squares()


def test_rules_and_words_may_speak_of_the_day(small: Path) -> None:
    change(Path("templates/layouts/card.yaml"), "when: product.price}", "when: today >= product.sale_from}")
    change(Path("campaigns/products.csv"), "photo\n", "photo,sale_from\n")
    for name in ("red", "green", "blue"):
        change(Path("campaigns/products.csv"), f"{name}.png", f"{name}.png,2026-11-2{'789'[len(name) - 3]}")

    made(small, BEFORE)
    assert made(small, DURING) == {"instagram-feed-square/A-1--shelf--en-US"}


def test_what_was_made_for_another_day_does_not_go_out(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(small, "[instagram-feed-square, amazon-main]", "[instagram-feed-square]")
    feed = "feeds: [{file: feed.csv, pictures: {photo: instagram-feed-square}}]"
    change(small, "layout: card\n", f"layout: card\npublish: {{to: public, base_url: https://cdn.shop}}\n{feed}\n")
    change(small, "scenes:\n", "scenes:\n  eve:\n    prompt: shelf\n    from: 2099-12-24\n")
    assert len(made(small, "2099-12-24")) == 6  # as where a clock is wrong

    assert main(["publish", str(small)]) == 1
    assert (
        "the pictures of scene `eve` were made for another day: it is for the days from 2099-12-24"
        in capsys.readouterr().err
    )
    assert len(pictures(Path("public"))) == 3
    assert not any("eve" in name for name in pictures(Path("public")))
    assert main(["feeds", str(small)]) == 1
    assert not Path("feed.csv").exists()

    assert main(["run", str(small)]) == 0
    assert main(["publish", str(small)]) == 0
    assert "eve" not in Path("feed.csv").read_text(encoding="utf-8")


def test_a_rehearsal_is_made_beside_the_real_output_and_never_goes_out(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(small, "[instagram-feed-square, amazon-main]", "[instagram-feed-square]")
    change(small, "layout: card\n", "layout: card\npublish: {to: public, base_url: https://cdn.example.com}\n")
    change(small, "    prompt: shelf\n", "    prompt: shelf\n  eve:\n    prompt: shelf\n    from: 2099-12-24\n")

    assert main(["run", str(small), "--on", "2099-12-24"]) == 0
    assert len(pictures(Path("output/small-on-2099-12-24"))) == 6
    assert not OUTPUT.exists()
    assert main(["publish", str(small)]) == 2
    assert "`small-on-2099-12-24` is a rehearsal of another day, and never goes out" in capsys.readouterr().err
    assert not Path("public").exists()

    assert main(["run", str(small), "--prune"]) == 0
    before = tree(Path("output"))
    assert main(["run", str(small), "--on", "2099-12-24", "--prune"]) == 0
    assert tree(Path("output")) == before
    assert main(["publish", str(small)]) == 0
    assert pictures(Path("public")) == {f"small/{name}" for name in pictures(OUTPUT)}
    assert not any("eve" in name for name in pictures(Path("public")))

    change(small, "layout: card\n", "layout: card\nfeeds: [{file: feed.csv, pictures: {photo: 'insta*'}}]\n")
    for deliver in (assetgen.publish, assetgen.feeds):
        with pytest.raises(InputError, match="is a rehearsal of `small`, and never goes out"):
            deliver(assetgen.load(small, on=date(2099, 12, 24)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    prompt: shelf\n", "    prompt: shelf\n    from: 2026-11-30\n    until: 2026-11-01\n", "it ends on"),
        ("    prompt: shelf\n", "    prompt: shelf\n    from: tomorrow\n", "`tomorrow`"),
        ("layout: card\n", "layout: card\ntime_zone: Europe/Berlyn\n", "did you mean `Europe/Berlin`?"),
        ("layout: card\n", "layout: card\nseasons: [{until: 2026-01-01, layout: crad}]\n", "there is no layout `crad`"),
    ],
)
def test_slips_are_told_whatever_day_it_is(
    small: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    change(small, old, new)

    assert main(["check", str(small)]) == 2
    assert said in capsys.readouterr().err


def test_layers_may_share_a_place_on_different_days(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = '  - {layer: text, text: "{{ copy.headline }}", box: [0.05, 0.05, 0.95, 0.15]}\n'
    other = line.replace("headline", "offer")
    change(Path("templates/layouts/card.yaml"), line, line.replace("}\n", ", until: 2026-11-26}\n") + other)

    assert main(["check", str(small)]) == 2
    assert "one would cover the other" in capsys.readouterr().err

    change(Path("templates/layouts/card.yaml"), other, other.replace("}\n", ", from: 2026-11-27}\n"))
    assert main(["check", str(small)]) == 0
