"""A table before anyone asks what its columns mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from assetgen.errors import Location
from assetgen.model.product import Reject

ROWS = 2_000
"""How many rows are held in memory at a time."""

HEADS = 8
"""Among so many first rows the header is looked for: marketplaces put settings and labels above it."""


@dataclass(frozen=True)
class Record:
    """One row, with a cell for every column of the header."""

    location: Location
    cells: tuple[str, ...]


class Head(NamedTuple):
    """One of the first rows of a table, which may be its header."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The first rows that are not blank, and what is below one of them.

    records: the rows below the head of this number, which has so many cells; each call reads them anew.
    delimiter: what stands between two cells, where that is a character. sheet: which one of a workbook.
    """

    file: str
    heads: tuple[Head, ...]
    records: Callable[[int, int], Iterator[Record | Reject]]
    delimiter: str | None = None
    sheet: str | None = None
