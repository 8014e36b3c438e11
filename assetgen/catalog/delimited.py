"""CSV and TSV files. Lines are grouped into rows here, so that each keeps its place and one bad row spoils no other."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from assetgen.catalog.raw_table import HEADS, Head, Record, Table
from assetgen.errors import InputError, Location, Problem
from assetgen.model.product import Reject

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}

MOST_LINES = 500
"""The most lines that a quoted cell may take: a quote that is still open after them was not meant to open one."""


class _RawLines:
    """The lines of a file, counted; those taken too many can be handed back."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._back: deque[str] = deque()
        self.count = 0

    def __iter__(self) -> _RawLines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._source)
        self.count += 1
        return line

    def hand_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))
        self.count -= len(lines)


@dataclass(frozen=True)
class Raw:
    """A row that is still text, its line end included; `problem` says why it cannot be taken apart.

    between: it is no row, but blank lines and the like between two.
    """

    text: str
    location: Location
    problem: Problem | None = None
    between: bool = False


def table(path: Path, file: str) -> Table:
    with opened(path, file) as source:
        lines = _RawLines(source)
        first = next(_filled(lines), None)
        if first is None:
            raise InputError(Problem("the table is empty", Location(file, 1), hint="its first row names the columns"))
        delimiter = _delimiter(first)
        lines.hand_back([first])
        heads = tuple(_heads(lines, delimiter, HEADS))
    return Table(file, heads, lambda head, width: _records(path, file, delimiter, head, width), delimiter)


def _filled(lines: _RawLines) -> Iterator[str]:
    return (line for line in lines if line.strip())


def _delimiter(header: str) -> str:
    bare = re.sub(r'"[^"]*"?', "", header)
    return max(",;\t", key=bare.count)


def _heads(lines: _RawLines, delimiter: str, count: int) -> Iterator[Head]:
    for number, _, row in _first_rows(lines, delimiter, count):
        yield Head(number, tuple(next(csv.reader(io.StringIO(row, newline=""), delimiter=delimiter))))


def _first_rows(lines: _RawLines, delimiter: str, count: int) -> Iterator[tuple[int, str, str]]:
    """The first rows that are not blank: where each begins, the blank lines above it, and its text."""
    for _ in range(count):
        above = ""
        while not (line := next(lines, "")).strip():
            if not line:
                return
            above += line
        number = lines.count
        yield number, above, "".join(_whole(line, lines, delimiter)[0])


def raw(path: Path, file: str, delimiter: str, head: int, width: int) -> Iterator[Raw]:
    """The whole text but for its byte-order mark: what stands above the header, the header, then row by row."""
    with opened(path, file) as source:
        lines = _RawLines(source)
        *above, (number, blank, header) = _first_rows(lines, delimiter, head + 1)
        yield Raw("".join(f"{blank}{row}" for _, blank, row in above) + blank, Location(file, 1), between=True)
        yield Raw(header, Location(file, number))
        yield from _rows(lines, file, delimiter, width)


def _records(path: Path, file: str, delimiter: str, head: int, width: int) -> Iterator[Record | Reject]:
    with opened(path, file) as source:
        lines = _RawLines(source)
        deque(_first_rows(lines, delimiter, head + 1), maxlen=0)  # passes the header and what is above it
        rows = (row for row in _rows(lines, file, delimiter, width) if not row.between)
        for row in rows:
            yield Reject(None, row.problem) if row.problem else Record(row.location, _cells(row.text, delimiter))


def _cells(text: str, delimiter: str) -> tuple[str, ...]:
    """The cells of a whole row, every one the text that it is: 007 is not 7, and NA is a country."""
    if '"' not in text:  # csv reads no cell of more than 128 kB, and what is long is mostly quoted
        return tuple(text.rstrip("\r\n").split(delimiter))
    return tuple(next(csv.reader([text], delimiter=delimiter)))


def _rows(lines: _RawLines, file: str, delimiter: str, width: int) -> Iterator[Raw]:
    """The rows of a table as text, however many lines each one takes."""
    number = 0
    for line in lines:
        first = line.lstrip("\ufeff")  # a mark between files that were joined end to end
        if len(first) < len(line):
            yield Raw(line[: len(line) - len(first)], Location(file, lines.count), between=True)
        if not first.strip(delimiter + ' \r\n"'):  # sheets saved as CSV may end in rows of empty cells
            yield Raw(first, Location(file, lines.count), between=True)
            continue
        number += 1
        location = Location(file, lines.count, row=number)
        taken, count = _whole(first, lines, delimiter)
        if count != width and len(taken) > 1:  # a quote that closed far below: give the rows in between a chance
            lines.hand_back(taken[1:])
            taken, count = taken[:1], None
        yield Raw("".join(taken), location, None if count == width else _misfit(count, width, location))


def _whole(first: str, lines: _RawLines, delimiter: str) -> tuple[list[str], int | None]:
    """The lines of the row that begins with `first`, and how many cells it has: None if a quote is never closed."""
    if '"' not in first:
        return [first], first.count(delimiter) + 1
    taken = [first]
    count = _count(taken, delimiter)
    while count is None and len(taken) < MOST_LINES and (more := next(lines, "")):
        taken.append(more)
        if '"' in more:  # nothing else can close the quote, and counting anew after each line would take ever longer
            count = _count(taken, delimiter)
    if count is None:
        lines.hand_back(taken[1:])
        return [first], None
    return taken, count


def _count(lines: list[str], delimiter: str) -> int | None:
    """The number of cells that the lines hold; None while a quote is open: the reader asks for one line more."""
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


def encoding(path: Path) -> tuple[bytes, str]:
    """The byte-order mark of a file, and how its text is written after it."""
    with path.open("rb") as source:
        start = source.read(3)
    for mark, codec in _MARKS.items():
        if start.startswith(mark):
            return mark, codec
    return b"", "utf-8"


@contextmanager
def opened(path: Path, file: str) -> Iterator[TextIO]:
    mark, codec = encoding(path)
    try:
        with path.open("rb") as raw_source, io.TextIOWrapper(raw_source, codec, newline="") as source:
            raw_source.seek(len(mark))
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
