"""CSV and TSV. Lines are grouped into rows here, so that each keeps its place and one bad row spoils no other;
pandas takes the good ones apart.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from assetgen.catalog.table import HEADS, ROWS, Head, Record, Table
from assetgen.errors import InputError, Location, Problem
from assetgen.model.product import Reject

MOST_LINES = 500
"""A quote that is still open after so many lines was not meant to open one."""


class _Lines:
    """The lines of a file, counted; those taken too many can be handed back."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._back: deque[str] = deque()
        self.count = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._source)
        self.count += 1
        return line

    def hand_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))
        self.count -= len(lines)


@dataclass(frozen=True)
class _Raw:
    """A row that is still text; `problem` says why it cannot be taken apart."""

    text: str
    location: Location
    problem: Problem | None


def table(path: Path, file: str) -> Table:
    with _opened(path, file) as source:
        lines = _Lines(source)
        first = next(_filled(lines), None)
        if first is None:
            raise InputError(Problem("the table is empty", Location(file, 1), hint="its first row names the columns"))
        delimiter = _delimiter(first)
        lines.hand_back([first])
        heads = tuple(_heads(lines, delimiter, HEADS))
    return Table(file, heads, lambda head, width: _records(path, file, delimiter, head, width), delimiter)


def _filled(lines: _Lines) -> Iterator[str]:
    return (line for line in lines if line.strip())


def _delimiter(header: str) -> str:
    bare = re.sub(r'"[^"]*"?', "", header)
    return max(",;\t", key=bare.count)


def _heads(lines: _Lines, delimiter: str, count: int) -> Iterator[Head]:
    for line in islice(_filled(lines), count):
        number = lines.count
        row = "".join(_whole(line, lines, delimiter)[0])
        yield Head(number, tuple(next(csv.reader(io.StringIO(row, newline=""), delimiter=delimiter))))


def _records(path: Path, file: str, delimiter: str, head: int, width: int) -> Iterator[Record | Reject]:
    with _opened(path, file) as source:
        lines = _Lines(source)
        deque(_heads(lines, delimiter, head + 1), maxlen=0)
        rows = _rows(lines, file, delimiter, width)
        while chunk := list(islice(rows, ROWS)):
            cells = _cells([row.text for row in chunk if not row.problem], delimiter, width)
            for row in chunk:
                yield Reject(None, row.problem) if row.problem else Record(row.location, next(cells))


def _cells(texts: list[str], delimiter: str, width: int) -> Iterator[tuple[str, ...]]:
    if not texts:
        return iter(())
    import pandas as pd

    frame = pd.read_csv(
        io.StringIO("".join(texts), newline=""),
        sep=delimiter,
        header=None,
        names=range(width),
        index_col=False,
        dtype=object,  # every cell stays text: 007 is not 7
        na_filter=False,  # NA is a country, not a gap
        skip_blank_lines=False,
    )
    return zip(*(frame[column].tolist() for column in frame), strict=True)


def _rows(lines: _Lines, file: str, delimiter: str, width: int) -> Iterator[_Raw]:
    """Whole rows, however many lines each one takes. Blank ones are left out."""
    number = 0
    for line in lines:
        first = line.lstrip("\ufeff")  # a mark between files that were joined end to end
        if not first.strip(delimiter + ' \r\n"'):
            continue
        number += 1
        location = Location(file, lines.count, row=number)
        taken, count = _whole(first, lines, delimiter)
        if count != width and len(taken) > 1:  # a quote that closed far below: give the rows in between a chance
            lines.hand_back(taken[1:])
            taken, count = taken[:1], None
        yield _Raw("".join(taken), location, None if count == width else _misfit(count, width, location))


def _whole(first: str, lines: _Lines, delimiter: str) -> tuple[list[str], int | None]:
    """The lines of the row that begins with `first`, and how many cells it has: None if a quote is never closed."""
    if '"' not in first:
        return [first], first.count(delimiter) + 1
    taken = [first]
    count = _count(taken, delimiter)
    while count is None and len(taken) < MOST_LINES and (more := next(lines, "")):
        taken.append(more)
        if '"' in more:
            count = _count(taken, delimiter)
    if count is None:
        lines.hand_back(taken[1:])
        return [first], None
    return taken, count


def _count(lines: list[str], delimiter: str) -> int | None:
    """How many cells the lines hold; None while a quote is open, for then the reader asks for one line more."""
    reader = csv.reader([*lines, ""], delimiter=delimiter)
    try:
        cells = next(reader)
    except csv.Error:  # a cell of more than 128 kB: the quote was never closed
        return None
    return None if reader.line_num > len(lines) else len(cells)


def _misfit(count: int | None, width: int, location: Location) -> Problem:
    if count is None:
        hint = "close the quote, or write it twice where it belongs to the text"
        return Problem("a quote is opened and not closed in this row", location, hint)
    message = f"the header names {width} columns, but the row has {count}"
    return Problem(message, location, hint="a cell that holds a comma or a line break needs quotes around it")


@contextmanager
def _opened(path: Path, file: str) -> Iterator[TextIO]:
    with path.open("rb") as raw:
        utf_16 = raw.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    try:
        with path.open(encoding="utf-16" if utf_16 else "utf-8-sig", newline="") as source:
            yield source
    except UnicodeDecodeError as error:
        raise InputError(_bad_byte(path, file)) from error


def _bad_byte(path: Path, file: str) -> Problem:
    hint = 'save the table as "CSV UTF-8"'
    with path.open("rb") as source:
        for number, line in enumerate(source, start=1):
            try:
                line.decode()
            except UnicodeDecodeError as error:
                place = Location(file, number, error.start + 1)
                return Problem(f"the byte 0x{line[error.start]:02x} is not UTF-8 text", place, hint)
    return Problem("the table is not UTF-8 text", Location(file), hint)
