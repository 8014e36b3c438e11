"""Product tables that a program holds already, as a pandas DataFrame. The only file that knows pandas."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import numpy as np

from assetgen.catalog.catalogue import Catalog, catalog_of
from assetgen.catalog.cells import text
from assetgen.catalog.raw_table import ROWS, Head, Record, Table
from assetgen.config.product_table import Products
from assetgen.errors import InputError, Location, Problem

if TYPE_CHECKING:
    import pandas as pd

FRAME = "products frame"
"""What messages call a table that is no file."""


def read_frame(frame: pd.DataFrame, settings: Products, day: date | None = None) -> Catalog:
    """The products of a DataFrame, read as the rows of a file with the same cells would be; `settings.file` is unused.

    A cell becomes the text that a sheet would show: 24.0 is `24`, a missing value is empty, a list has commas between
    its parts. The index is no column. Sale prices are those of `day`, today if not given. Changes of the frame after
    this are no part of the catalogue.
    Raises InputError when the table cannot be used at all; single bad rows come as `Reject`s.
    """
    if frame.columns.nlevels > 1:
        message = f"the columns of the table have {frame.columns.nlevels} levels of names"
        raise InputError(Problem(message, Location(FRAME), "give each column one name"))
    held = frame.copy()
    heads = (Head(None, tuple(map(str, held.columns))),)
    return catalog_of([Table(FRAME, heads, lambda _head, _width: _records(held))], settings, day)


def _records(frame: pd.DataFrame) -> Iterator[Record]:
    for start in range(0, len(frame), ROWS):
        part = frame.iloc[start : start + ROWS]
        columns = ([_shown(value) for value in part.iloc[:, n].tolist()] for n in range(part.shape[1]))
        for number, cells in enumerate(zip(*columns, strict=True), start=start + 1):
            yield Record(Location(FRAME, row=number), cells)


def _shown(value: object) -> str:
    """A value as a sheet shows it."""
    import pandas as pd

    if isinstance(value, np.generic | np.ndarray):  # as they stand in columns of objects
        value = value.tolist()
    if isinstance(value, list | tuple):
        return ",".join(map(_shown, value))
    if value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return text(value)
