"""Product tables that a program holds already, as a pandas DataFrame. The only file that knows pandas."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import numpy as np

from assetgen.catalog.catalogue import Catalog, catalog_of
from assetgen.catalog.cells import text
from assetgen.catalog.raw_table import ROWS, Head, Record, Table
from assetgen.config.product_table import Products
from assetgen.errors import InputError, Location, Problem
from assetgen.model.product import Reject
from assetgen.plugins import error_in_words
from assetgen.promises import promised

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
    headers = tuple(_headers(held))
    heads = (Head(None, headers),)
    return catalog_of([Table(FRAME, heads, lambda _head, _width: _records(held, headers))], settings, day)


def _headers(frame: pd.DataFrame) -> Iterator[str]:
    """The columns' names. Raises InputError for one that is no text."""
    for number, column in enumerate(frame.columns, 1):
        try:
            name = str(column)
            promised(str, name, "it")
        except Exception as error:  # an object of anybody's may fail over what it is in words
            message = f"the name of column {number} is no text: {error_in_words(error)}"
            raise InputError(Problem(message, Location(FRAME), "give each column one name")) from error
        yield name


def _records(frame: pd.DataFrame, headers: Sequence[str]) -> Iterator[Record | Reject]:
    for start in range(0, len(frame), ROWS):
        part = frame.iloc[start : start + ROWS]
        columns = (part.iloc[:, n].tolist() for n in range(part.shape[1]))
        for number, values in enumerate(zip(*columns, strict=True), start=start + 1):
            yield _record(Location(FRAME, row=number), headers, values)


def _record(place: Location, headers: Sequence[str], values: Sequence[object]) -> Record | Reject:
    """A row of texts; set aside where a cell is none, whatever it is that stands there."""
    cells = []
    for header, value in zip(headers, values, strict=True):
        try:
            cell = _shown(value)
            if not cell.isascii():
                promised(str, cell, "it")
        except Exception as error:  # noqa: BLE001 - an object of anybody's may fail over what it is in words
            return Reject(None, Problem(f"the cell `{header}` is no text: {error_in_words(error)}", place))
        cells.append(cell)
    return Record(place, tuple(cells))


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
