"""Any picture, from anywhere, can be held to the rules of a channel."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from assetgen.cli import main
from tests.kit import write

BROKEN, WRONG_INPUT = 1, 2


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def picture(name: str, size: tuple[int, int] = (1080, 1080), colour: str = "#7a8f6a") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path


def test_a_picture_of_the_right_kind_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    picture("advert.jpg")

    assert main(["inspect", "advert.jpg", "--channel", "instagram-feed-square"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("advert.jpg: 1080 x 1080 jpg, 19 kB, as instagram-feed-square\n")
    assert "error" not in said


def test_what_breaks_a_rule_is_named_and_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    picture("listing.jpg", colour="#f0f0f0")

    assert main(["inspect", "listing.jpg", "--channel", "amazon-main"]) == BROKEN
    assert "  error   white-background: " in capsys.readouterr().out


def test_a_folder_called_like_a_channel_tells_the_channel(capsys: pytest.CaptureFixture[str]) -> None:
    picture("shop/amazon-main/mug.jpg", colour="#f0f0f0")

    assert main(["inspect", "shop"]) == BROKEN
    assert "as amazon-main" in capsys.readouterr().out


def test_a_file_that_is_no_picture_is_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("notes.jpg"), "this is a text")

    assert main(["inspect", "notes.jpg"]) == BROKEN
    assert "  error   readable: the file is a text, not a picture" in capsys.readouterr().out


def test_many_files_are_spread_over_processes_and_end_with_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    for n in range(30):
        picture(f"web/{n:02}.jpg", (200, 100))
    picture("web/99.jpg", colour="#f0f0f0")
    write(Path("web/bad.png"), "<html>")

    assert main(["inspect", "web"]) == BROKEN

    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("web/")] == ["web/bad.png: 0 kB"]
    assert lines[-1] == "32 files: 31 clean, 0 with warnings, 1 that break a rule"
    assert any(line.split() == ["readable", "1", "0", "0"] for line in lines)


def test_json_has_a_line_for_each_file_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    picture("a.png")
    write(Path("b.png"), "")

    main(["inspect", "a.png", "b.png", "--json"])

    good, bad = map(json.loads, capsys.readouterr().out.splitlines())
    assert (good["file"], good["width"], good["format"], good["channel"]) == ("a.png", 1080, "png", None)
    assert [finding["rule"] for finding in bad["checks"]] == ["readable"]


def test_an_unknown_channel_and_a_missing_file_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    picture("a.png")

    assert main(["inspect", "a.png", "--channel", "amazon-mian"]) == WRONG_INPUT
    assert "did you mean `amazon-main`?" in capsys.readouterr().err
    assert main(["inspect", "c.png"]) == WRONG_INPUT
    assert "there is no file `c.png`" in capsys.readouterr().err


def test_the_rules_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "--rules"]) == 0
    assert any(line.startswith("white-background ") for line in capsys.readouterr().out.splitlines())
