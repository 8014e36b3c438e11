"""Fonts that a workspace brings along in templates/fonts."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

import assetgen
from assetgen.cli import main
from tests.kit import Flat, change

FONT = Path("templates/fonts/thai.ttf")


def bring_font(characters: str, family: str = "Square Thai") -> None:
    """A font in which every character is a square."""
    pen = TTGlyphPen(None)
    for point, draw in (
        ((80, 0), pen.moveTo),
        ((80, 700), pen.lineTo),
        ((620, 700), pen.lineTo),
        ((620, 0), pen.lineTo),
    ):
        draw(point)
    pen.closePath()
    square, names = pen.glyph(), [".notdef", "square"]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(char): "square" for char in characters})
    font.setupGlyf(dict.fromkeys(names, square))
    font.setupHorizontalMetrics(dict.fromkeys(names, (700, 80)))
    font.setupHorizontalHeader(ascent=900, descent=-200)
    font.setupNameTable({"familyName": family, "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    FONT.parent.mkdir(exist_ok=True)
    font.save(FONT)


def remade(campaign: Path) -> int:
    return assetgen.run(assetgen.load(campaign), provider=Flat()).made


def test_a_font_of_the_workspace_draws_what_the_bundled_ones_cannot(small: Path) -> None:
    change(Path("campaigns/copy.csv"), "Now here", "ฤดู")
    assert main(["check", str(small)]) == 2
    bring_font("ฤดู")

    assert main(["check", str(small)]) == 0
    assert remade(small) == 6


def test_another_font_remakes_only_the_pictures_that_need_it(small: Path) -> None:
    change(Path("campaigns/products.csv"), "Ball", "ฤดู")
    bring_font("ฤดู")
    remade(small)
    bring_font("ฤดู ")

    assert remade(small) == 1


def test_the_brand_may_name_a_font_of_the_workspace(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(Path("templates/brands/plain.yaml"), "name: Plain", "name: Plain\nfonts: {heading: Square Thai}")
    assert main(["check", str(small)]) == 2
    assert "there is no font `Square Thai`" in capsys.readouterr().err
    bring_font("ฤดู")

    assert main(["check", str(small)]) == 0


def test_a_file_that_is_no_font_is_named(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    FONT.parent.mkdir()
    FONT.write_text("<html>404</html>")

    assert main(["check", str(small)]) == 2
    assert "templates/fonts/thai.ttf" in capsys.readouterr().err
