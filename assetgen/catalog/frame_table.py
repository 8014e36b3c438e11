"""A pandas frame as a product table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assetgen.catalog.catalogue import Catalog
from assetgen.catalog.cells import text
from assetgen.catalog.raw_table import Head, Record, Table
from assetgen.catalog.recognition import recognise
from assetgen.config.product_table import Products
from assetgen.errors import InputError, Location, Problem

if TYPE_CHECKING:
    from pandas import DataFrame

FILE = "the frame"
"""What stands for a file's name where problems tell of their place."""


def read_frame(frame: DataFrame, settings: Products) -> Catalog:
    """The products of a frame, whose columns are read as those of a file are. Rows count from 1.

    Raises InputError when it cannot be used at all; single bad rows come as `Reject`s.
    """
    header = tuple(map(str, frame.columns))
    recognised = recognise([Table(FILE, (Head(1, header),), lambda _head, _width: _records(frame))], settings)
    if frame.empty:
        raise InputError(Problem("the table has no rows", Location(FILE)))
    return Catalog(recognised, settings.currency)


def _records(frame: DataFrame) -> Iterator[Record]:
    known = frame.notna()
    rows = zip(frame.itertuples(index=False, name=None), known.itertuples(index=False, name=None), strict=True)
    for number, (cells, there) in enumerate(rows, start=1):
        shown = (text(cell) if is_there else "" for cell, is_there in zip(cells, there, strict=True))
        yield Record(Location(FILE, row=number), tuple(shown))
