"""What the columns of a table that nobody knows are likely to hold."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

from assetgen.catalog.format import Format

_ALIKE = 0.8
"""The ratio of difflib (0 to 1) from which on a header may have been meant to be a word."""

_WHOLE = 1.0
"""The rating (0 to 1) of a header that is a word."""

_PART = 0.9
"""The highest rating of a header that has a word in it."""

_NEAR = 0.15
"""The share of a format's columns that a table has at least where it is like it."""

_LONGEST = 40
"""The most letters of a header that is looked at; longer ones are settings."""

_PRICES = frozenset(["price", "sale_price"])
_NO_PRICE = re.compile(
    r"\b(wholesale|cost|costs|purchase|buying|trade|dealer|supplier|percent|percentage|rate|class|rules?|unit|tier|group"
    r"|discount(?! price)|date|from|to|quantity|qty|weight|einkauf\w*|ek|händler\w*|prozent|rabatt|grundpreis|achat"
    r"|gros|remise|costo|coste|custo|compra|compras|inkoop\w*|inköp\w*|zakup\w*|hurtow\w*|закуп\w*|alış)\b"
    r"|进价|成本|批发|仕入|原価|卸|원가|매입|giá vốn"
)
"""What stands in headers of prices that no customer pays, and of what is no price."""

_NET = re.compile(r"\b(net|netto|ht|excl|excluded|excluding|hors taxe)\b")
_NET_SHARE = 0.5
"""The share of its rating that is left to a price without taxes, where there may be one with them."""

_LEAST = 3
"""The fewest letters of a word that counts as part of a header; of scripts without spaces two are enough."""


def likely(header: Sequence[str]) -> dict[str, str]:
    """The column that most looks like it, for each standard name. A column is named once, for what it fits best."""
    words = _words()
    rated = sorted(
        ((rating, -n, name) for n, column in enumerate(header) for name, rating in _ratings(column, words)),
        reverse=True,
    )
    found: dict[str, str] = {}
    for _, n, name in rated:
        if name not in found and header[-n] not in found.values():
            found[name] = header[-n]
    return {name: found[name] for name in words if name in found}


def nearest(names: Iterable[str], formats: Iterable[Format]) -> tuple[Format, list[str], list[str]] | None:
    """The format that shares the largest part of its columns; those that it shares and some that it misses."""
    here = set(names)
    shares = [(len(one.usual & here) / len(one.usual), one) for one in formats if one.usual and one.marks]
    share, best = max(shares, key=lambda pair: pair[0])
    if share < _NEAR:
        return None
    fewest = min((mark - here for mark in best.marks), key=len)
    return best, sorted(best.usual & here), sorted(fewest)


def _words() -> Mapping[str, Sequence[str]]:
    import yaml

    text = files("assetgen").joinpath("data/column_words.yaml").read_text(encoding="utf-8")
    words: Mapping[str, Sequence[str]] = yaml.safe_load(text)
    return words


def _ratings(column: str, words: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, float]]:
    bare = _bare(column)
    if not bare or len(bare) > _LONGEST:
        return
    for name, known in words.items():
        if name in _PRICES and _NO_PRICE.search(bare):
            continue
        bare_words = [_bare(word) for word in known]
        # Of two that are whole words, the one that is named first is the likelier.
        rating = max(_part(bare, bare_words), *(_rating(bare, word) - n / 1e4 for n, word in enumerate(bare_words)))
        if rating > 0:
            yield name, rating * (_NET_SHARE if name in _PRICES and _NET.search(bare) else 1)


def _rating(column: str, word: str) -> float:
    """How much a header looks like a word that it may be, misspelled or not."""
    if column.replace(" ", "") == word.replace(" ", ""):
        return _WHOLE
    ours, theirs = column.split(), word.split()
    if len(ours) != len(theirs):
        return 0
    alike = min(difflib.SequenceMatcher(None, *pair).ratio() for pair in zip(ours, theirs, strict=True))
    return alike * _PART if alike >= _ALIKE else 0


def _part(column: str, words: Iterable[str]) -> float:
    """How much of a header the words are that stand in it."""
    rest = column
    for word in sorted(words, key=len, reverse=True):
        if not word.isascii():
            rest = rest.replace(word, "")
        elif len(word) >= _LEAST:
            rest = re.sub(rf"\b{re.escape(word)}\b", "", rest)
    share = 1 - len(rest) / len(column)
    return _PART * share + 0.05 if share else 0


def _bare(text: str) -> str:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)  # StartPrice
    return " ".join(re.findall(r"\w+", apart.lower().replace("_", " ")))
