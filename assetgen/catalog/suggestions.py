"""What the columns of a table that nobody knows are likely to hold."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assetgen.catalog.format import Format, small
from assetgen.shipped import shipped

_ALIKE = 0.85
"""The ratio of difflib (0 to 1) from which on a header may have been meant to be a word."""

_WHOLE = 1.0
"""The rating (0 to 1) of a header that is a word."""

_PART = 0.9
"""The highest rating of a header that has a word in it."""

_NEAR = 0.15
"""The share of a format's columns that a table has at least where it is like it."""

_TELLING = 3
"""The most formats that have a column which tells what a table is like: `title` and `image` are everybody's."""

_MOST = 300
"""The most columns of a header that are looked at."""

_MOST_WORDS = 6
"""The most words of a header that names what its column holds."""

_MOST_LETTERS = 60
"""The most letters of such a header."""

_NOT_A = "not_a_"
"""What begins the name of a list of words that columns of this kind do not have: `not_a_price`."""

_SAID_OF_A_PRICE = "said_of_a_price"
"""The list of phrases with such words that do not tell against a price."""

_LEAST = 3
"""The fewest letters of a word that counts as part of a header; of scripts without spaces two are enough."""


def likely(header: Sequence[str]) -> dict[str, str]:
    """The column that most looks like it, for each standard name. A column is named once, for what it fits best."""
    words = _words()
    rated = sorted(
        ((rating, -n, name) for n, column in enumerate(header[:_MOST]) for name, rating in _ratings(column, words)),
        reverse=True,
    )
    found: dict[str, str] = {}
    for _, n, name in rated:
        if name not in found and header[-n] not in found.values():
            found[name] = header[-n]
    return {name: found[name] for name in words if name in found}


def nearest(names: Iterable[str], formats: Sequence[Format]) -> tuple[Format, list[str], list[str]] | None:
    """The format that shares the largest part of its columns; those that it shares and some that it misses."""
    in_formats = Counter(name for one in formats for name in one.usual)
    here = set(names)
    telling = {name for name in here if in_formats[name] <= _TELLING}
    shares = [(len(one.usual & telling) / len(one.usual), one) for one in formats if one.usual and one.marks]
    share, best = max(shares, key=lambda pair: pair[0])
    if share < _NEAR:
        return None
    fewest = min((mark - here for mark in best.marks), key=len)
    return best, sorted(best.usual & here), sorted(fewest)


def _words() -> Mapping[str, Sequence[str]]:
    words: Mapping[str, Sequence[str]] = shipped("column_words")
    return {name: [_bare(word) for word in known] for name, known in words.items()}


def _ratings(column: str, words: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, float]]:
    bare = _bare(column)
    if not bare or len(bare.split()) > _MOST_WORDS or len(bare) > _MOST_LETTERS:
        return
    for name, known in words.items():
        if name == _SAID_OF_A_PRICE or name.startswith(_NOT_A) or _speaks_against(bare, name, words):
            continue
        # Of two columns that are words, the one whose word is more usual.
        rating = max(_rating(bare, word) - n / 10_000 for n, word in enumerate(known))
        if rating > 0:
            yield name, rating


def _speaks_against(column: str, name: str, words: Mapping[str, Sequence[str]]) -> bool:
    """Whether a header says that it holds something else, as where its amounts are what the shop pays."""
    if name in {"price", "sale_price"}:
        name = "price"
        for said in words[_SAID_OF_A_PRICE]:
            column = column.replace(said, "")
    against = words.get(f"{_NOT_A}{name}", ())
    return any(word in column.split() or (not word.isascii() and word in column) for word in against)


def _rating(column: str, word: str) -> float:
    if column == word:
        return _WHOLE
    if word.isascii() and len(word) < _LEAST:
        return 0
    if f" {word} " in f" {column} " or (not word.isascii() and word in column):
        return _PART * len(word) / len(column) + 0.05
    if 2 * min(len(column), len(word)) < _ALIKE * (len(column) + len(word)):  # of such lengths nothing is alike
        return 0
    alike = difflib.SequenceMatcher(None, column, word).ratio()
    return alike * _PART if alike >= _ALIKE else 0


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", small(text).replace("_", " ")))
