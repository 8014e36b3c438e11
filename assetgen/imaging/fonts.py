"""The fonts that come with assetgen, and which characters they can draw."""

from __future__ import annotations

import os
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path

FAMILIES = ("Inter", "Noto Sans CJK SC", "Noto Sans Arabic")

_FOLDER = Path(str(files("assetgen"))) / "data" / "fonts"


def use_bundled_fonts() -> None:
    """Hides the machine's own fonts from Pango and librsvg. Works until the first text is drawn, so call it before."""
    os.environ["FONTCONFIG_FILE"] = str(_FOLDER / "fonts.conf")


def is_bundled(font: str) -> bool:
    """Whether a font such as `Inter SemiBold` belongs to a family that comes with assetgen."""
    return any(font == family or font.startswith(f"{family} ") for family in FAMILIES)


def missing(text: str) -> tuple[str, ...]:
    """The characters that no bundled font can draw, in the order of the text, each once."""
    return tuple(dict.fromkeys(char for char in text if char not in _covered() and _leaves_ink(char)))


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
