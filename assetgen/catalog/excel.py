"""Excel workbooks. The only file that knows openpyxl."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from assetgen.catalog.cells import text
from assetgen.catalog.raw_table import HEADS, Head, Record, Table
from assetgen.errors import InputError, Location, Problem
from assetgen.model.product import Reject


def tables(path: Path, file: str) -> Iterator[Table]:
    """The sheets of a workbook, each read one row at a time."""
    with _opened(path, file) as book:
        found = [
            (name, [Head(line, tuple(cells)) for line, cells in islice(_rows(book, name), HEADS)])
            for name in (sheet.title for sheet in book.worksheets)
        ]
    for name, heads in found:
        yield Table(file, tuple(heads), partial(_records, path, file, name), sheet=name)


def _records(path: Path, file: str, name: str, head: int, width: int) -> Iterator[Record | Reject]:
    with _opened(path, file) as book:
        for number, (line, cells) in enumerate(islice(_rows(book, name), head + 1, None), start=1):
            place = Location(file, line, row=number)
            if len(cells) > width:
                yield Reject(None, Problem(f"the header names {width} columns, but the row has {len(cells)}", place))
            else:
                yield Record(place, (*cells, *[""] * (width - len(cells))))


@contextmanager
def _opened(path: Path, file: str) -> Iterator[Any]:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():  # about styles and validations, which we do not read
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError) as error:
        raise InputError(Problem("this is not an Excel workbook", Location(file), "save it as .xlsx")) from error
    try:
        yield book
    finally:
        book.close()


def _rows(book: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row that is not blank, without the empty cells at its end."""
    sheet = book[name]
    sheet.reset_dimensions()  # some shops write a size that is too small
    for line, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_shown(cell) for cell in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield line, cells


def _shown(cell: Any) -> str:
    """The cell as its sheet shows it, as far as the format is made of zeros: 7 as 007, 24 as 24.00."""
    value = cell.value
    if isinstance(value, int | float) and (zeros := re.fullmatch(r"(0+)(?:\.(0+))?", cell.number_format)):
        whole, decimals = zeros[1], zeros[2] or ""
        width = len(whole) + (len(decimals) + 1 if decimals else 0)
        return f"{value:0{width}.{len(decimals)}f}"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return text(value)
