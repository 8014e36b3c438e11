"""A product table before anyone asks what its columns mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assetgen.errors import Location
from assetgen.model.product import Reject

ROWS = 2_000
"""How many rows are held in memory at a time."""


@dataclass(frozen=True)
class Record:
    """One row, with a cell for every column of the header."""

    location: Location
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The header as it stands in the file, and the rows below it; each call of `records` reads them anew."""

    file: str
    header: tuple[str, ...]
    records: Callable[[], Iterator[Record | Reject]]
