"""The fonts that a workspace brings along in templates/fonts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assetgen.errors import InputError, Location, Problem
from assetgen.file_bytes import Unopened, read_whole
from assetgen.fingerprint import digest
from assetgen.model.font import FontFile
from assetgen.sources.collected_errors import errors_together
from assetgen.sources.document import shown_path
from assetgen.sources.library import entries

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2", ".eot", ".svg", ".zip", ".dfont", ".pfb", ".pfa"}
_AGAIN = "download or export it again, as .ttf or .otf"
_OTHERS = (
    (b"wOF2", "a web font", "take the desktop font (.ttf or .otf), or run `fonttools ttLib.woff2 decompress {name}`"),
    (b"wOFF", "a web font", "take the desktop font (.ttf or .otf): whoever made the one has the other"),
    (b"PK", "a packed folder", "unpack it, and put the .ttf or .otf files in it here"),
    (b"<svg", "a drawing", "take the .ttf or .otf: SVG fonts have gone out of use"),
    (b"<?xml", "a drawing", "take the .ttf or .otf: SVG fonts have gone out of use"),
    (b"<", "a web page", f"it was saved in place of the font: {_AGAIN}"),
)
"""The beginnings of files that are taken for fonts, what they are, and what to do about them."""


class _Unmapped(Exception):
    """A font without a table of Unicode characters."""


def read_fonts(folder: Path) -> tuple[FontFile, ...]:
    """The fonts of a workspace. Raises InputError with every file that is no font, or not whole."""
    files = [path for path in entries(folder) if path.suffix.lower() in _SUFFIXES]
    with errors_together() as attempt:
        fonts = [font for path in files for font in attempt(_read, path) or ()]
    return tuple(fonts)


def _read(path: Path) -> tuple[FontFile, ...]:
    place = Location(shown_path(path))
    try:
        data = read_whole(path)
    except Unopened as error:
        raise InputError(Problem(f"the font {error}", place, _AGAIN)) from error
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for first, kind, hint in _OTHERS:
        if start.startswith(first):
            raise InputError(Problem(f"this is not a font but {kind}", place, hint.format(name=path.name)))
    try:
        return tuple(_fonts(path, data))
    except _Unmapped as error:
        hint = "it is a font of symbols, or of an old kind: use another, or a version with a Unicode table"
        raise InputError(Problem("this font does not say which characters it draws", place, hint)) from error
    except Exception as error:  # fontTools has no list of what damaged files make it raise
        raise InputError(Problem("this is not a font, or only a part of one", place, _AGAIN)) from error


def _fonts(path: Path, data: bytes) -> Iterator[FontFile]:
    """The fonts in a file, several where it is a collection."""
    from fontTools.ttLib import TTCollection, TTFont
    from PIL import ImageFont

    fonts = TTCollection(io.BytesIO(data)).fonts if data[:4] == b"ttcf" else [TTFont(io.BytesIO(data))]
    key = digest(data)
    for number, font in enumerate(fonts):
        if any(table.offset + table.length > len(data) for table in font.reader.tables.values()):
            raise EOFError
        covers = sorted(map(chr, font.getBestCmap() or ()))
        if not covers:
            raise _Unmapped
        # Drawn before it is believed.
        ImageFont.truetype(io.BytesIO(data), 20, index=number).getmask(covers[len(covers) // 2] + covers[-1])
        yield _font(path, key, font, frozenset(covers))


def _font(path: Path, key: str, font: TTFont, covers: frozenset[str]) -> FontFile:
    names = frozenset(record.toUnicode() for record in font["name"].names if record.nameID in {1, 16})
    axes = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in font["fvar"].axes} if "fvar" in font else {}
    own = font["OS/2"].usWeightClass
    slanted = bool(font["OS/2"].fsSelection & 1) or "ital" in axes or "slnt" in axes
    return FontFile(path, key, names, covers, axes.get("wght", (own, own)), slanted=slanted)
