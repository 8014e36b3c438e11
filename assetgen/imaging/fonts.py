"""The fonts that come with assetgen, those that a workspace adds, and which characters they can draw."""

from __future__ import annotations

import io
import os
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from assetgen.fingerprint import digest
from assetgen.model.font import FontFile

FAMILIES = ("Inter", "Noto Sans CJK SC", "Noto Sans Arabic")

_FOLDER = Path(str(files("assetgen"))) / "data" / "fonts"


class NotAFont(ValueError):
    """The file is no font that could be drawn with."""


def read_font(path: Path) -> FontFile:
    """Raises NotAFont."""
    from fontTools.ttLib import TTFont, TTLibError

    data = path.read_bytes()
    try:
        font = TTFont(io.BytesIO(data), lazy=True)
        names = {record.toUnicode() for record in font["name"].names if record.nameID in {1, 16}}
        covers = frozenset(map(chr, font.getBestCmap() or ()))
    except (TTLibError, KeyError, AssertionError, EOFError, ValueError) as error:
        raise NotAFont(str(path)) from error
    return FontFile(path, digest(data), frozenset(names), covers)


def use(added: Iterable[FontFile]) -> None:
    """Lets words be set with these fonts too, for as long as the process runs: fontconfig forgets none."""
    for font in added:
        _add(str(font.path))


@cache
def _add(path: str) -> None:
    use_bundled_fonts()
    import pyvips

    pyvips.Image.text("x", fontfile=path)  # what libvips has loaded once, every later text may use


def use_bundled_fonts() -> None:
    """Hides the machine's own fonts from Pango and librsvg. Works until the first text is drawn, so call it before."""
    os.environ["FONTCONFIG_FILE"] = str(_FOLDER / "fonts.conf")


def is_bundled(font: str) -> bool:
    """Whether a font such as `Inter SemiBold` belongs to a family that comes with assetgen."""
    return _of(font, FAMILIES)


def is_known(font: str, added: Iterable[FontFile]) -> bool:
    """Whether words can be set in a font such as `Inter SemiBold`."""
    return is_bundled(font) or any(_of(font, file.families) for file in added)


def _of(font: str, families: Iterable[str]) -> bool:
    return any(font == family or font.startswith(f"{family} ") for family in families)


def missing(text: str, added: Iterable[FontFile] = ()) -> tuple[str, ...]:
    """The characters that no font can draw, in the order of the text, each once."""
    bare = dict.fromkeys(char for char in text if char not in _covered() and _leaves_ink(char))
    return tuple(char for char in bare if not any(char in font.covers for font in added))


def package_for(char: str) -> str:
    """Which Noto font draws `char`, and the Debian package that holds it."""
    script = unicodedata.name(char, "SYMBOL").split()[0]
    if script in {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"}:
        return "Noto Sans CJK (fonts-noto-cjk)"
    if not unicodedata.category(char).startswith(("L", "M", "N")):
        return "Noto Sans Symbols or Noto Emoji (fonts-noto-core, fonts-noto-color-emoji)"
    return f"Noto Sans {script.title()} (fonts-noto-core)"


@cache
def _covered() -> frozenset[str]:
    spans = (span.split("-") for span in (_FOLDER / "coverage.txt").read_text(encoding="ascii").split())
    return frozenset(chr(point) for first, last in spans for point in range(int(first, 16), int(last, 16) + 1))


def _leaves_ink(char: str) -> bool:
    """False for spaces, controls, joiners, bidi marks and variation selectors."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Zs", "Zl", "Zp"} and not "\ufe00" <= char <= "\ufe0f"
