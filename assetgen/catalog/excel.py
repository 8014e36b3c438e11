from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from assetgen.catalog.cells import text
from assetgen.catalog.table import Record, Table
from assetgen.errors import InputError, Location, Problem
from assetgen.model.product import Reject


def table(path: Path, file: str) -> Table:
    """The first sheet of a workbook, one row at a time."""
    _, first = next(_rows(path, file), (1, ()))
    header = tuple(first)
    return Table(file, header, lambda: _records(path, file, len(header)))


def _records(path: Path, file: str, width: int) -> Iterator[Record | Reject]:
    rows = _rows(path, file)
    next(rows)
    for number, (line, cells) in enumerate(rows, start=1):
        place = Location(file, line, row=number)
        if len(cells) > width:
            yield Reject(None, Problem(f"the header names {width} columns, but the row has {len(cells)}", place))
        else:
            yield Record(place, (*cells, *[""] * (width - len(cells))))


def _rows(path: Path, file: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row that is not blank, without the empty cells at its end."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():  # about styles and validations, which we do not read
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError) as error:
        raise InputError(Problem("this is not an Excel workbook", Location(file), "save it as .xlsx")) from error
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some shops write a size that is too small
        for line, row in enumerate(sheet.iter_rows(), start=1):
            cells = [_shown(cell) for cell in row]
            while cells and not cells[-1].strip():
                cells.pop()
            if cells:
                yield line, cells
    finally:
        book.close()


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
