"""Fonts that a workspace brings along in templates/fonts."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

import assetgen
from assetgen.cli import main
from assetgen.model.font import FontFile
from assetgen.picture.type import fonts
from assetgen.picture.type.typesetting import set_text
from assetgen.sources.font_files import read_fonts
from tests.kit import Flat, change

FOLDER = Path("templates/fonts")
FONT = FOLDER / "tamil.ttf"


def square_font(
    characters: str = "விலை", family: str = "Square", *, weight: int = 400, variable: bool = False
) -> TTFont:
    """A font in which every character is a square; where it is variable, the boldest is half as wide again."""
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
    font.setupOS2(usWeightClass=weight)
    font.setupPost()
    if variable:
        font.setupFvar([("wght", 400, 400, 900, "Weight")], [])
        wider = [(0, 0), (0, 0), (270, 0), (270, 0), (0, 0), (270, 0), (0, 0), (0, 0)]
        font.setupGvar({"square": [TupleVariation({"wght": (0, 1, 1)}, wider)]})
    return font.font


def bring(font: TTFont, name: str = "tamil.ttf") -> None:
    FOLDER.mkdir(exist_ok=True)
    font.save(FOLDER / name)


def remade(campaign: Path) -> int:
    return assetgen.run(assetgen.load(campaign), provider=Flat()).made


def heading(font: str) -> None:
    change(Path("templates/brands/plain.yaml"), "name: Plain", f"name: Plain\nfonts: {{heading: {font}}}")


def test_a_font_of_the_workspace_draws_what_the_bundled_ones_cannot(small: Path) -> None:
    change(Path("campaigns/copy.csv"), "Now here", "விலை")
    assert main(["check", str(small)]) == 2
    bring(square_font())

    assert main(["check", str(small)]) == 0
    assert remade(small) == 6


def test_another_font_remakes_only_the_pictures_that_need_it(small: Path) -> None:
    change(Path("campaigns/products.csv"), "Ball", "விலை")
    bring(square_font())
    remade(small)
    bring(square_font("விலை "))

    assert remade(small) == 1


def test_the_brand_may_name_a_font_of_the_workspace(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heading("Square")
    assert main(["check", str(small)]) == 2
    assert "there is no font `Square`" in capsys.readouterr().err
    bring(square_font())

    assert main(["check", str(small)]) == 0


def test_a_weight_that_nobody_brought_is_an_error_that_lists_those_that_are_there(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heading("Square Black")
    bring(square_font())
    bring(square_font(weight=700), "bold.ttf")

    assert main(["check", str(small)]) == 2
    told = capsys.readouterr().err
    assert "`Square` has no weight `Black`" in told
    assert "it comes in `Regular`, `Bold`" in told


def test_a_variable_font_is_drawn_in_the_weight_that_is_asked_for(tmp_path: Path) -> None:
    square_font("a", "Stretching", variable=True).save(tmp_path / "stretching.ttf")
    (font,) = read_fonts(tmp_path)
    fonts.use([font])
    widths = [
        set_text("a", font=f"Stretching {weight}", locale="en", width=900, height=900, smallest=100, largest=100).width
        for weight in ("Regular", "Black")
    ]

    assert widths == pytest.approx([54, 81], abs=1)
    assert fonts.font_problem("Stretching SemiBold", [font]) is None


def test_a_family_may_be_called_like_a_weight() -> None:
    black = FontFile(FONT, "", frozenset({"Square Black"}), frozenset("a"))

    assert fonts.described("Square Black", [black]) == "Square Black,"
    assert fonts.described("Inter SemiBold", [black]) == "Inter, SemiBold"
    assert fonts.font_problem("Inter Semi-Bold", ()) is None
    assert fonts.font_problem("Inter Italic", ()) == (
        "`Inter` has no italic",
        "put its file into templates/fonts, or leave the word out",
    )


def test_a_collection_brings_all_its_fonts(tmp_path: Path) -> None:
    both = TTCollection()
    both.fonts = [square_font(family="One"), square_font(family="Other", weight=700)]
    both.save(tmp_path / "both.ttc")

    assert [(*font.families, font.weights) for font in read_fonts(tmp_path)] == [
        ("One", (400, 400)),
        ("Other", (700, 700)),
    ]


def unmapped() -> bytes:
    """A font that draws, and does not say what."""
    file, font = io.BytesIO(), square_font()
    font["cmap"].tables = []
    font.save(file)
    return file.getvalue()


def whole() -> bytes:
    file = io.BytesIO()
    square_font().save(file)
    return file.getvalue()


def packed() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as folder:
        folder.writestr("square.ttf", whole())
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("page.ttf", b"<!doctype html><html>404</html>", "a web page"),
        ("font.woff2", b"wOF2" + bytes(40), "fonttools ttLib.woff2 decompress font.woff2"),
        ("font.zip", packed(), "unpack it"),
        ("font.otf", packed(), "unpack it"),
        ("font.svg", b"<?xml version='1.0'?>\n<svg/>", "SVG fonts"),
        ("half.ttf", whole()[:600], "only a part of one"),
        ("tail.ttf", whole()[:-20], "only a part of one"),
        ("none.otf", b"", "only a part of one"),
        ("symbols.ttf", unmapped(), "does not say which characters it draws"),
        ("noise.ttf", whole()[:12] + bytes(range(256)) * 9, "only a part of one"),
    ],
)
def test_a_file_that_is_no_font_is_named_with_the_way_out(
    small: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, told: str
) -> None:
    FOLDER.mkdir()
    (FOLDER / name).write_bytes(data)
    (FOLDER / "OFL.txt").write_text("not looked at", encoding="utf-8")

    assert main(["check", str(small)]) == 2
    error = capsys.readouterr().err
    assert f"templates/fonts/{name}" in error
    assert told in error


def test_a_folder_called_like_a_font_is_named(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (FOLDER / "x.ttf").mkdir(parents=True)

    assert main(["check", str(small)]) == 2
    assert "the font is a folder, not a file\n  --> templates/fonts/x.ttf" in capsys.readouterr().err
