"""The places where a line of text may end, and how willingly: the rules of each script, and the sense of the words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budoux import Parser

# What it costs to end a line, beside what `lines.py` says that any line costs.

SENSE = 0.0
"""The cost of ending a line after a comma."""

SPACE = 0.06
"""The cost of ending a line between two words."""

HYPHEN = 0.3
"""The cost of ending a line at a hyphen."""

LEANING = 0.35
"""The cost of ending a line after a word that belongs to the next: `a`, `für`, `30`."""

TORN = 0.45
"""The cost of ending a line within a Chinese or Japanese phrase."""

_SOFT = "\u00ad"
"""A soft hyphen."""

_ZERO = "\u200b"
"""A space without width."""

_SHORT = 3
"""Letters of a word, at most, that belongs to what follows it."""

_SPACES = re.compile(r"[\x00-\x09\x0b-\x20\x7f]+")
_LAST_WORD = re.compile(rf"([^ {_ZERO}]*)[ {_ZERO}]*$")
_HYPHENATED = re.compile(r"[^\W\d_]{2}[-‐–/]$")
_PAUSE = re.compile(r"[.,;:!?…—·،؛؟।。，、；：！？]['\"”’»)\]）」』》]*$")
_THAI = re.compile("[\u0e00-\u0e7f]")
_LEANING = """
    from into onto over with your their this that than
    eine einem einen einer eines ohne über unter oder nach
    avec dans pour sans sous chez votre notre leur cette
    para desde entre hasta sobre como della delle degli dalla nella alla voor naar
    من في عن مع إلى على & +
"""
_CLINGING = "का के की को से में ने पर है हैं"  # Hindi puts them after the word that they belong to


@dataclass(frozen=True)
class Piece:
    """Words between two places where a line may end, with the space after them.

    last: as it looks at the end of a line, where a soft hyphen shows; cost: of ending a line here; must: it ends here.
    """

    text: str
    last: str
    cost: float
    must: bool = False


def pieces(text: str, locale: str) -> tuple[Piece, ...]:
    """The text, cut wherever a line may end. Its lines are kept and its spaces made single."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.strip().split("\n"))
    return tuple(piece for line in lines for piece in _pieces(line, locale))


def _pieces(line: str, locale: str) -> Iterator[Piece]:
    phrases, start = _phrases(line, locale), 0
    for end in range(1, len(line)):
        cost = _cost(line[:end], line[end:], phrase=end in phrases)
        if cost is not None:
            yield _piece(line[start:end], cost)
            start = end
    yield replace(_piece(line[start:], 0), must=True)


def _piece(text: str, cost: float) -> Piece:
    shown = text.replace(_SOFT, "").replace(_ZERO, "")
    return Piece(shown, shown.rstrip(" ") + "-" * text.endswith(_SOFT), cost)


def _cost(before: str, after: str, *, phrase: bool) -> float | None:
    """The cost of ending a line between the two; None where no line may."""
    last, first = before[-1], after[0]
    if first in {" ", _SOFT, _ZERO}:
        return None
    if last in {" ", _ZERO}:  # French puts a space before its marks
        return None if first in "!?:;»%" else _cost_between(_LAST_WORD.findall(before)[0], after.partition(" ")[0])
    if last == _SOFT or (last in "-‐–/" and _HYPHENATED.search(before) and after[:2].isalpha()):
        return HYPHEN
    if not (phrase or _is_wide(last) or _is_wide(first)) or not _may_part(last, first):
        return None
    return SENSE if _PAUSE.search(before) else SPACE if phrase and not last.isdigit() else TORN


def _cost_between(word: str, following: str) -> float:
    """The cost of ending a line at the space between two words."""
    if _PAUSE.search(word):
        return SENSE
    return LEANING if _leans(word) or following in _CLINGING.split() else SPACE


def _leans(word: str) -> bool:
    """Whether a word belongs to what follows it: articles, prepositions and other short ones, numbers, `&`."""
    kin = word.strip("'\"“”‘’«»()[]").casefold()
    is_short = len(kin) <= _SHORT and kin.upper() != kin.lower()
    return is_short or kin in _LEANING.split() or kin[-1:].isdigit() or unicodedata.category(kin[-1:] or " ") == "Sc"


def _is_wide(char: str) -> bool:
    """Signs that stand in squares and part anywhere. Korean is written with spaces and breaks at them."""
    return unicodedata.east_asian_width(char) in "WF" and not "\uac00" <= char <= "\ud7a3"


def _may_part(last: str, first: str) -> bool:
    """The prohibitions of JIS X 4051 and GB/T 15834, by what kind of character each is.

    No line begins with a closing mark, a sign of length or repetition or a small kana, or ends with an opening mark or
    a currency; digits stay together.
    """
    if unicodedata.category(last) in {"Ps", "Pi", "Sc", "Cf"}:
        return False
    if unicodedata.category(first) in {"Pe", "Pf", "Po", "Pd", "Lm", "Mn", "Mc", "Me", "Cf"} or first in "°℃％":
        return False
    return "LETTER SMALL" not in unicodedata.name(first, "") and not (last.isdigit() and first.isdigit())


def _phrases(line: str, locale: str) -> frozenset[int]:
    """The places where Thai words and Chinese and Japanese phrases end.

    Zero-width spaces in a Thai text are believed instead.
    """
    if _THAI.search(line):
        parser = None if _ZERO in line else _parser("th")
    elif any(map(_is_wide, line)):
        traditional = locale.startswith("zh") and any(part in locale for part in ("Hant", "TW", "HK", "MO"))
        parser = _parser("ja" if locale.startswith("ja") else "zh-hant" if traditional else "zh-hans")
    else:
        parser = None
    return frozenset(accumulate(map(len, parser.parse(line)))) if parser else frozenset()


@lru_cache
def _parser(language: str) -> Parser:
    import budoux

    loaders = {
        "ja": budoux.load_default_japanese_parser,
        "zh-hans": budoux.load_default_simplified_chinese_parser,
        "zh-hant": budoux.load_default_traditional_chinese_parser,
        "th": budoux.load_default_thai_parser,
    }
    return loaders[language]()
