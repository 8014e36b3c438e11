"""Two pictures of a product that look the same are one too many."""

from __future__ import annotations

from pathlib import Path

from assetgen.cli import main
from tests.kit import change, manifest

OUTPUT = Path("output/small")
TWICE = "    prompt: shelf\n  again:\n    prompt: shelf\n"


def twins() -> dict[str, str]:
    assets = manifest(OUTPUT)["assets"]
    return {a["id"]: f["message"] for a in assets for f in a["checks"] if f["rule"] == "duplicate"}


def test_they_name_each_other(small: Path) -> None:
    change(small, "    prompt: shelf\n", TWICE)
    change(Path("templates/prompts/shelf.j2"), "a shelf in {{ scene.name }}", "a shelf")

    assert main(["run", str(small), "--limit", "1"]) == 0

    one, other = (f"instagram-feed-square/A-1--{scene}--en-US" for scene in ("again", "shelf"))
    assert twins() == {one: f"it looks like `{other}`", other: f"it looks like `{one}`"}


def test_other_products_and_other_channels_are_no_twins(small: Path) -> None:
    assert main(["run", str(small)]) == 0
    assert twins() == {}


def test_it_need_not_be_told(small: Path) -> None:
    change(small, "    prompt: shelf\n", TWICE)
    change(Path("templates/prompts/shelf.j2"), "a shelf in {{ scene.name }}", "a shelf")
    change(small, "layout: card\n", 'layout: card\nchecks: {duplicate: "off"}\n')

    assert main(["run", str(small), "--limit", "1"]) == 0
    assert twins() == {}
