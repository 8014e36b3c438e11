"""The fonts that come with assetgen, those that a workspace adds, and which characters they can draw."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from assetgen.errors import did_you_mean, nearest
from assetgen.model.font import FontFile

_ALL = (400, 500, 600, 700)
FAMILIES = {
    "Inter": _ALL,
    "Noto Sans CJK SC": (400, 700),
    "Noto Sans Arabic": _ALL,
    "Noto Sans Devanagari": _ALL,
    "Noto Sans Thai": _ALL,
}
"""Those that come with assetgen, and their weights."""

_WEIGHTS = {
    "Regular": 400,
    "Thin": 100,
    "ExtraLight": 200,
    "Light": 300,
    "Medium": 500,
    "SemiBold": 600,
    "Bold": 700,
    "ExtraBold": 800,
    "Black": 900,
    "Heavy": 900,
}
_SLANTED = frozenset({"italic", "oblique"})
_NEAR = 50  # files are not exact about their weight

_FOLDER = Path(str(files("assetgen"))) / "data" / "fonts"


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
    return _family(font, FAMILIES) is not None


def font_problem(font: str, added: Iterable[FontFile]) -> tuple[str, str | None] | None:
    """What is wrong with a font that a brand names, and the way out: nobody has the family, or not in this style."""
    added = tuple(added)
    families = [*FAMILIES, *sorted({name for file in added for name in file.families})]
    family = _family(font, families)
    if family is None:
        return f"there is no font `{font}`", _nearest_font(font, {each: _spans(each, added) for each in families})
    files = [file for file in added if family in file.families]
    spans = _spans(family, added)
    style = _style(font[len(family) :])
    wanted = next((weight for name, weight in _WEIGHTS.items() if name.casefold() in style), None)
    if wanted and not any(low - _NEAR <= wanted <= high + _NEAR for low, high in spans):
        return f"`{family}` has no weight `{_named(wanted)}`", f"it comes in {_listed(spans)}"
    if style & _SLANTED and not any(file.slanted for file in files):
        return f"`{family}` has no italic", "put its file into templates/fonts, or leave the word out"
    return None


def _spans(family: str, added: Iterable[FontFile]) -> list[tuple[float, float]]:
    """The weights that a family comes in, from and to."""
    files = [file.weights for file in added if family in file.families]
    return files + [(weight, weight) for weight in FAMILIES.get(family, ())]


def _nearest_font(font: str, spans: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """A hint to the family and weight, of those that there are, that were meant by `Inter-Bold` or `inter 600`."""
    bare = re.sub(r"[\s_-]+", " ", font.partition(",")[0]).strip()
    alike = (each for each in spans if f"{bare} ".casefold().startswith(f"{each} ".casefold()))
    family = max(alike, key=len, default=None)
    if family is None:
        return did_you_mean(font, spans, otherwise="put its file into templates/fonts, or take `Inter`") or ""
    style = re.sub(r"\s|\d+(px|pt)$", "", bare[len(family) :])
    if not style:
        return f"write `{family}`"
    there = [name for name, weight in _WEIGHTS.items() if any(low <= weight <= high for low, high in spans[family])]
    if style.isdecimal():
        near = min(there, key=lambda name: abs(_WEIGHTS[name] - int(style)), default=None)
        return f"weights are words: write `{family} {near}`"
    if near := nearest(style, there):
        return f"write `{family} {near}`"
    return f"weights are words; `{family}` comes in {_listed(spans[family])}"


def described(font: str, added: Iterable[FontFile]) -> str:
    """The font as Pango asks for it: with a comma, so that it takes no word of the family's name for a weight."""
    family = _family(font, [*FAMILIES, *(name for file in added for name in file.families)])
    return f"{family},{font[len(family) :]}" if family else font


def _family(font: str, families: Iterable[str]) -> str | None:
    """The longest that leaves nothing but a style."""
    fitting = [family for family in families if font.startswith(family) and _is_style(font[len(family) :])]
    return max(fitting, key=len, default=None)


def _is_style(text: str) -> bool:
    return not text or (text.startswith(" ") and _style(text) <= {*map(str.casefold, _WEIGHTS), *_SLANTED})


def _style(text: str) -> frozenset[str]:
    return frozenset(text.casefold().replace("-", "").split())


def _listed(spans: Iterable[tuple[float, float]]) -> str:
    names = {low: _named(low) if low == high else f"{_named(low)} to {_named(high)}" for low, high in sorted(spans)}
    return ", ".join(f"`{name}`" for name in names.values())


def _named(weight: float) -> str:
    return min(_WEIGHTS, key=lambda name: abs(_WEIGHTS[name] - weight))


def missing(text: str, added: Iterable[FontFile] = ()) -> tuple[str, ...]:
    """The characters that no font can draw, in the order of the text, each once."""
    bare = dict.fromkeys(char for char in text if char not in _covered() and _leaves_ink(char))
    return tuple(char for char in bare if not any(char in font.covers for font in added))


def way_out(missing: Sequence[str]) -> str:
    """What to do about characters that no font can draw."""
    plain = {char: unicodedata.normalize("NFKC", char) for char in missing}
    if all(simple != char and not _undrawn(simple) for char, simple in plain.items()):
        return "write " + ", ".join(f"`{simple}` for `{char}`" for char, simple in plain.items())
    out = f'`| replace("{missing[0]}", "")`'
    return f"take it out of the text, in a template with {out}, or put a font that has it into templates/fonts: " + (
        package_for(missing[0])
    )


def _undrawn(text: str) -> bool:
    return any(char not in _covered() and _leaves_ink(char) for char in text)


def package_for(char: str) -> str:
    """The Noto font that draws `char`, and the Debian package that holds it."""
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
