"""What changed between two nights, from their manifests."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from assetgen.cli import main
from tests.kit import change, manifest, write

OUTPUT = Path("output/small")
BEFORE = Path("before.json")


@pytest.fixture
def nights(small: Path) -> Path:
    """The small shop the day after: a new price, and a product that is gone."""
    assert main(["run", str(small)]) == 0
    shutil.copy(OUTPUT / "manifest.json", BEFORE)
    change(Path("campaigns/products.csv"), "10.00", "8.00")
    change(Path("campaigns/products.csv"), "C-3,Box,30.00,EUR,blue.png\n", "")
    assert main(["run", str(small), "--prune"]) == 0
    return small


def test_changes_are_grouped_by_their_cause(nights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()

    assert main(["diff", str(BEFORE), str(OUTPUT / "manifest.json")]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "gone: 2 files",
        "  amazon-main/C-3--packshot--all",
        "  instagram-feed-square/C-3--shelf--en-US",
        "the words changed: 1 file",
        "  instagram-feed-square/A-1--shelf--en-US",
    ]


def test_json_says_of_each_what_became_of_it(nights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    main(["diff", str(BEFORE), str(OUTPUT / "manifest.json"), "--json"])

    changes = {line["id"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}
    priced = changes["instagram-feed-square/A-1--shelf--en-US"]
    assert priced["reason"] == "words: “Ball for €10.00” became “Ball for €8.00”"
    assert priced["after"] in {asset["sha256"] for asset in manifest(OUTPUT)["assets"]}
    assert priced["before"] != priced["after"]


def test_a_page_shows_both_pictures(nights: Path) -> None:
    main(["diff", str(BEFORE), str(OUTPUT / "manifest.json"), "--page", "changes.html"])

    page = Path("changes.html").read_text(encoding="utf-8")
    assert page.count("data:image/webp") == 4  # two of the price, and what is gone
    assert page.count("is gone") == 2
    assert "https://" not in page.replace("http://www.w3.org", "")


def test_the_same_manifest_twice_has_no_changes(nights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["diff", str(BEFORE), str(BEFORE)]) == 0
    assert capsys.readouterr().out == "nothing changed\n"


def test_a_manifest_of_before_there_were_inputs_is_understood(nights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = json.loads(BEFORE.read_text(encoding="utf-8"))
    for asset in old["assets"]:
        del asset["inputs"]
    write(BEFORE, json.dumps(old))
    capsys.readouterr()

    assert main(["diff", str(BEFORE), str(OUTPUT / "manifest.json")]) == 0
    assert "one of the two was made by another version of assetgen: 1 file" in capsys.readouterr().out


def test_a_file_that_is_no_manifest_is_told(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(BEFORE, "[]")

    assert main(["diff", str(BEFORE), str(BEFORE)]) == 2
    assert "this is not a manifest\n  --> before.json" in capsys.readouterr().err


def test_a_run_writes_its_summary_as_markdown(nights: Path) -> None:
    change(Path("campaigns/products.csv"), "20.00", "18.00")
    change(Path("campaigns/products.csv"), "red.png", "lost.png")

    assert main(["run", str(nights), "--summary", "summary.md"]) == 1

    text = Path("summary.md").read_text(encoding="utf-8")
    assert text.startswith("## Small\n\n| assets | made | up to date |")
    assert "- **1** the words changed: `instagram-feed-square/B-2--shelf--en-US`" in text
    assert (
        "### Rows set aside; their last good files stay\n\n- campaigns/products.csv:2 (row 1): photo `lost.png`" in text
    )


def test_words_of_a_table_are_no_markdown(small: Path) -> None:
    change(Path("campaigns/products.csv"), "red.png", "](https://bad.example)<b>.png")

    main(["run", str(small), "--summary", "summary.md"])

    assert "\\](https://bad.example)\\<b\\>.png" in Path("summary.md").read_text(encoding="utf-8")
