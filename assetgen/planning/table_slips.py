"""Slips of the pen that stop nothing: columns that are nearly one of ours, and words for skus that no row has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from assetgen.catalog.recognition import Recognised
from assetgen.errors import Location, Problem, did_you_mean
from assetgen.model.cutting import WordLine
from assetgen.planning.cutout_words import COLUMN, SHORT
from assetgen.planning.treatments import CELLS
from assetgen.plural import counted

_OURS = (*CELLS, COLUMN)
"""The columns that say how a photo is cut out, and whether that is right."""

_MOST = 3
"""The most lines of the file of words that are told."""

_MANY = 200_000
"""The most skus that are kept to find the one that was meant."""

_LOOKED_THROUGH = 10_000
"""The most skus of which one may be unlike in more than a letter."""

_LONG = 6
"""The letters of a column from which on one that differs in a letter was meant to be it: `glass` is nearly `class`."""


def misspelt_columns(table: Recognised) -> Iterator[Problem]:
    """The columns that nearly say how a photo is cut out, and so say nothing."""
    others = [(cell.strip(), name) for cell, name in zip(table.header, table.names, strict=True) if name not in _OURS]
    for ours in _OURS:
        for cell, name in others if ours not in table.names else ():
            if _nearly(_bare(name), _bare(ours)):
                message = f"the column `{cell}` says nothing of how photos are cut out"
                yield Problem(message, table.place, f"did you mean `{ours}`? leave it, if it is a column of your own")


def _nearly(name: str, ours: str) -> bool:
    return name == ours or (len(ours) >= _LONG and _one_slip(name, ours))


class UnmetLines:
    """Watches which lines of the file of words are for a row of the table, so that a misspelt sku is told."""

    def __init__(self, lines: Mapping[str, WordLine]) -> None:
        self._unmet = dict(lines)
        self._others: list[str] = []

    def see(self, sku: str | None) -> None:
        """Notes the sku of a row, whatever becomes of it."""
        if self._unmet and sku:
            self._unmet.pop(sku, None)
            if len(self._others) < _MANY:
                self._others.append(sku)

    def problems(self) -> tuple[Problem, ...]:
        """The lines that were for no row: the last few of them, where people write, and how many there are besides.

        Those that differ from a row's sku in capitals and signs alone go before them, for they are no old ones.
        """
        if not self._unmet:
            return ()
        known = {_bare(sku): sku for sku in self._others}
        lines = sorted(self._unmet.items(), key=lambda item: _bare(item[0]) in known)
        last = sorted(lines[-_MOST:], key=lambda item: item[1].place)
        told = [Problem(f"no row has the sku `{sku}`", line.place, _meant(sku, known)) for sku, line in last]
        if len(lines) > _MOST:
            message = f"no row has the sku of {counted(len(lines) - _MOST, 'more line')} of this file"
            told.append(Problem(message, Location(lines[0][1].place.file)))
        return tuple(told)


def _meant(sku: str, known: Mapping[str, str]) -> str:
    """A hint with the sku that was meant, of those that are known by their letters and digits.

    What is near may be another product all the same: many shops number theirs.
    """
    bare = _bare(sku)
    if bare in known:
        return f"did you mean `{known[bare]}`?"
    if re.fullmatch(rf"(?=.*[a-f])[0-9a-f]{{{SHORT},64}}", sku.lower()):
        return "in each line the sku comes first, and then the word"
    alike = [each for name, each in known.items() if _one_slip(name, bare)]
    guess = did_you_mean(sku, alike or islice(known.values(), _LOOKED_THROUGH))
    return " ".join(filter(None, [guess, "if the shop does not have it any more, the line does no harm"]))


def _bare(name: str) -> str:
    """A name as its letters and digits alone, small."""
    return re.sub(r"[\W_]+", "", name.casefold())


def _one_slip(one: str, other: str) -> bool:
    """Whether two names differ in no more than a letter that is left out, doubled, another, or before its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    n = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[n:], other[n:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
