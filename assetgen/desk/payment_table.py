"""The table of payments that `ledger export` writes, read back: each cell is looked at before it counts as money."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path

from assetgen.errors import InputError, Location, Problem
from assetgen.file_bytes import require_file
from assetgen.ledger.payments import COLUMNS, STATES
from assetgen.pricing import MOST

TOLD = 20
"""Rows that are told of where more are wrong."""

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_AMOUNT = re.compile(r"\d+(\.\d+)?(E[+-]?\d{1,3})?", re.ASCII)

Row = Sequence[str]


def read_payments(file: Path) -> list[Row]:
    """The payments of a table, in the order of COLUMNS. Raises InputError with the first rows that can be none."""
    rows = csv.reader(io.StringIO(_text(file), newline=""))
    try:
        if tuple(next(rows, ())) != COLUMNS:
            hint = "write one with `assetgen ledger export`"
            raise InputError(Problem("this is no table of payments", Location(str(file), 1), hint))
        found = [(rows.line_num, row) for row in rows if row]
    except csv.Error as error:
        place = Location(str(file), rows.line_num)
        raise InputError(Problem("the table cannot be taken apart here", place, "look for a lone quote")) from error
    problems = (problem for line, row in found for problem in _problems(row, str(file), line))
    if told := tuple(islice(problems, TOLD)):
        raise InputError(*told)
    return [row for _, row in found]


def _text(file: Path) -> str:
    hint = "name the file that was exported"
    require_file(file, hint)
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(Problem(f"`{file}` cannot be read as a table", hint=hint)) from error


def _problems(row: Row, file: str, line: int) -> Iterator[Problem]:
    if len(row) != len(COLUMNS):
        message = f"this row has {len(row)} cells, and a payment has {len(COLUMNS)}"
        yield Problem(message, Location(file, line), "take the row as it was exported")
        return
    cells = dict(zip(COLUMNS, row, strict=True))
    for number, (column, cell) in enumerate(cells.items()):
        if wrong := _wrong(column, cell, cells):
            yield Problem(f"`{cell}` {wrong}", Location(file, line, _place(row[:number])), f"correct `{column}`")


def _wrong(column: str, cell: str, cells: dict[str, str]) -> str | None:
    """Why a cell can be none of its column; nothing where it can."""
    match column:
        case "at":
            return None if _is_time(cell) else "is no time, such as 2026-11-30T09:36:10Z"
        case "amount":
            amount = _AMOUNT.fullmatch(cell) and Decimal(cell) <= MOST
            return None if amount or not cell else "is no amount, such as 0.04"
        case "currency":
            wanted = "[A-Z]{3}" if cells["amount"] else ""
            return None if re.fullmatch(wanted, cell) else "is no currency of an amount, such as USD"
        case "state":
            return None if cell in STATES else f"is no state of a payment: those are {', '.join(STATES)}"
        case "campaign" | "provider" | "plate":
            return None if cell.strip() else "is not enough: it cannot be empty"
        case _:
            return None


def _is_time(cell: str) -> bool:
    if not _TIME.fullmatch(cell):
        return False
    try:
        datetime.fromisoformat(cell)
    except ValueError:
        return False
    return True


def _place(before: Row) -> int:
    """The column of the cell after these, as an editor counts, where the row is written as `ledger export` does."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(before)
    return len(text.getvalue()) + 2 if before else 1
