"""A table before anyone asks what its columns mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from assetgen.errors import Location, Problem
from assetgen.model.product import Reject

ROWS = 2_000
"""The most rows of a table that are held in memory at a time."""

HEADS = 8
"""The number of first rows that the header is looked for among: marketplaces put settings and labels above it."""


MOST_COLUMNS = 20_000
"""The most columns of a table; Excel has 16,384."""

MOST_LETTERS = 10_000_000
"""The most characters of a cell: pictures are pasted into descriptions."""


@dataclass(frozen=True)
class Record:
    """One row of a table, with a cell for every column of the header."""

    location: Location
    cells: tuple[str, ...]


class Head(NamedTuple):
    """One of the first rows of a table, which may be its header.

    line: where it stands in the file, if there is one. problem: why it cannot be the header, if it is meant to be.
    """

    line: int | None
    cells: tuple[str, ...]
    problem: Problem | None = None


@dataclass(frozen=True)
class Table:
    """A table: its first rows that are not blank, and what is below one of them.

    file: what messages call it. records: the rows below the head of this number, which has so many cells; each call
    reads them anew. delimiter: what stands between two cells, where that is a character. sheet: which one of a
    workbook, and `hidden` that one does not see it there. xml: it is a feed of elements. notices: what whoever reads it
    should know of the file, such as that it is in another encoding than it should be.
    """

    file: str
    heads: tuple[Head, ...]
    records: Callable[[int, int], Iterator[Record | Reject]]
    delimiter: str | None = None
    sheet: str | None = None
    hidden: bool = False
    xml: bool = False
    notices: tuple[Problem, ...] = ()

    @property
    def can_be_written_back(self) -> bool:
        """Whether it comes back byte for byte but for its pictures: Excel and Parquet files cannot."""
        return self.delimiter is not None or self.xml
