"""CSV and TSV files. Lines are grouped into rows here, so that each keeps its place and one bad row spoils no other."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TextIO

from assetgen.catalog.encodings import WESTERN, encoding
from assetgen.catalog.raw_table import HEADS, MOST_LETTERS, Head, Record, Table
from assetgen.errors import InputError, Location, Problem
from assetgen.model.product import Reject

_DELIMITERS = ",;\t|"

MOST_LINES = 500
"""The most lines that a quoted cell may take: a quote that is still open after them was not meant to open one."""

_LONGEST_LINE = 5 * MOST_LETTERS
"""The most characters that are read before a line ends: what has more is no table."""

_SEPARATOR = re.compile(r'"?sep=(?P<sign>[,;|\t:^~])"?', re.IGNORECASE)
"""The line that Excel writes above a table to name what stands between cells."""

_QUOTE_HINT = "close the quote, or write it twice where it belongs to the text"


class _RawLines:
    """The lines of a file, counted; those taken too many can be handed back.

    preface: a first line that names the separator, which is passed. separator: the sign that it names.
    """

    def __init__(self, source: TextIO, file: str) -> None:
        self._source = source
        self._file = file
        self._back: deque[str] = deque()
        self.count = 0
        self.preface, self.separator = "", None
        if first := next(self, ""):
            named = _SEPARATOR.fullmatch(first.strip("\r\n"))
            if named:
                self.preface, self.separator = first, named["sign"]
            else:
                self.hand_back([first])

    def __iter__(self) -> _RawLines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._source.readline(_LONGEST_LINE)
        if not line:
            raise StopIteration
        self.count += 1
        if len(line) >= _LONGEST_LINE:
            message = f"the line is longer than {_LONGEST_LINE:,} characters: this is no table"
            raise InputError(Problem(message, Location(self._file, self.count), "save or export it again"))
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
        lines = _RawLines(source, file)
        delimiter = _delimiter(lines, file)
        heads = tuple(_heads(lines, file, delimiter, HEADS))
    records = partial(_records, path, file, delimiter)
    return Table(file, heads, records, delimiter, notices=tuple(_notices(path, file)))


def ragged_rows(path: Path, file: str) -> Iterator[Record | Reject]:
    """All rows from the header on, which may have fewer or more cells than it: what that means is for others to say.

    Raises InputError for a table that is not in Unicode.
    """
    if encoding(path)[1] == WESTERN:
        raise InputError(_bad_byte(path, file, "utf-8"))
    with opened(path, file) as source:
        lines = _RawLines(source, file)
        delimiter = _delimiter(lines, file)
        (number, _, header), *_ = _first_rows(lines, delimiter, 1)
        head = _head(number, header, file, delimiter)
        yield Reject(None, head.problem) if head.problem else Record(Location(file, number), head.cells)
        for row in _rows(lines, file, delimiter, len(head.cells), ragged=True):
            if not row.between:
                yield _record(row, delimiter)


def _delimiter(lines: _RawLines, file: str) -> str:
    """What stands between cells: as the file says, or what the first line has most of that has any."""
    taken = list(islice(lines, HEADS + MOST_LINES))
    lines.hand_back(taken)
    if not any(map(str.strip, taken)):
        raise InputError(Problem("the table is empty", Location(file, 1), hint="its first row names the columns"))
    bare = (re.sub(r'"[^"]*"?', "", line) for line in taken[:HEADS])
    telling = next((line for line in bare if any(map(line.count, _DELIMITERS))), "")
    return lines.separator or max(_DELIMITERS, key=telling.count)


def _heads(lines: _RawLines, file: str, delimiter: str, count: int) -> Iterator[Head]:
    for number, _, row in _first_rows(lines, delimiter, count):
        yield _head(number, row, file, delimiter)


def _head(number: int, row: str, file: str, delimiter: str) -> Head:
    place = Location(file, number)
    if len(row) > MOST_LETTERS:
        return Head(number, ("",), _too_long(place))
    problem = None
    if '"' in row and _count([row], delimiter) is None:
        problem = Problem("a quote is opened and not closed in this line", place, _QUOTE_HINT)
    return Head(number, tuple(next(_reader([row], delimiter))), problem)


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
        lines = _RawLines(source, file)
        *above, (number, blank, header) = _first_rows(lines, delimiter, head + 1)
        before = "".join(f"{blank}{row}" for _, blank, row in above)
        yield Raw(lines.preface + before + blank, Location(file, 1), between=True)
        yield Raw(header, Location(file, number))
        yield from _rows(lines, file, delimiter, width)


def _records(path: Path, file: str, delimiter: str, head: int, width: int) -> Iterator[Record | Reject]:
    with opened(path, file) as source:
        lines = _RawLines(source, file)
        deque(_first_rows(lines, delimiter, head + 1), maxlen=0)  # passes the header and what is above it
        yield from (_record(row, delimiter) for row in _rows(lines, file, delimiter, width) if not row.between)


def _record(row: Raw, delimiter: str) -> Record | Reject:
    return Reject(None, row.problem) if row.problem else Record(row.location, _cells(row.text, delimiter))


def _cells(text: str, delimiter: str) -> tuple[str, ...]:
    """The cells of a whole row, every one the text that it is: 007 is not 7, and NA is a country."""
    if '"' not in text:
        return tuple(text.rstrip("\r\n").split(delimiter))
    return tuple(next(_reader([text], delimiter)))


def _reader(lines: Iterable[str], delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    csv.field_size_limit(MOST_LETTERS)  # the module takes 128 kB unless it is told
    return csv.reader(lines, delimiter=delimiter, strict=strict)


def _rows(lines: _RawLines, file: str, delimiter: str, width: int, *, ragged: bool = False) -> Iterator[Raw]:
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
        fits = count == width or (ragged and count is not None and (len(taken) == 1 or count < width))
        if not fits and len(taken) > 1:  # a quote that closed far below: give the rows in between a chance
            lines.hand_back(taken[1:])
            taken, count = taken[:1], None
        text = "".join(taken)
        yield Raw(text, location, None if fits else _misfit(count, width, len(text), location))


def _whole(first: str, lines: _RawLines, delimiter: str) -> tuple[list[str], int | None]:
    """The lines of the row that begins with `first`, and how many cells it has: None if a quote is never closed."""
    if len(first) > MOST_LETTERS:
        return [first], None
    if '"' not in first:
        return [first], first.count(delimiter) + 1
    taken = [first]
    letters = len(first)
    count = _count(taken, delimiter)
    while count is None and len(taken) < MOST_LINES and letters < MOST_LETTERS and (more := next(lines, "")):
        taken.append(more)
        letters += len(more)
        if '"' in more:  # nothing else can close the quote, and counting anew after each line would take ever longer
            count = _count(taken, delimiter)
    if count is None:
        lines.hand_back(taken[1:])
        return [first], None
    return taken, count


def _count(lines: list[str], delimiter: str) -> int | None:
    """The number of cells that the lines hold; None while a quote is open: the reader asks for one line more.

    Over several lines, a quote closes a cell only where the cell ends: another row's quote is not taken for it.
    """
    reader = csv.reader([*lines, ""], delimiter=delimiter, strict=len(lines) > 1)
    csv.field_size_limit(MOST_LETTERS)
    try:
        cells = next(reader)
    except csv.Error:
        return None
    return None if reader.line_num > len(lines) else len(cells)


def _misfit(count: int | None, width: int, letters: int, location: Location) -> Problem:
    if letters > MOST_LETTERS:
        return _too_long(location)
    if count is None:
        return Problem("a quote is opened and not closed in this row", location, _QUOTE_HINT)
    message = f"the header names {width} columns, but the row has {count}"
    return Problem(message, location, hint="a cell that holds a comma or a line break needs quotes around it")


def _too_long(location: Location) -> Problem:
    hint = "a picture may have been pasted into a text: take it out"
    return Problem(f"the row has more than {MOST_LETTERS:,} characters", location, hint)


def _notices(path: Path, file: str) -> Iterator[Problem]:
    if encoding(path)[1] == WESTERN:
        message = "the table is not in UTF-8: it is read as Windows-1252, the encoding of Excel in Western Europe"
        yield Problem(message, Location(file), 'save it as "CSV UTF-8" to be sure of every sign')


@contextmanager
def opened(path: Path, file: str) -> Iterator[TextIO]:
    mark, codec = encoding(path)
    try:
        with path.open("rb") as raw_source, io.TextIOWrapper(raw_source, codec, newline="") as source:
            raw_source.seek(len(mark))
            yield source
    except UnicodeDecodeError as error:
        raise InputError(_bad_byte(path, file, codec)) from error


def _bad_byte(path: Path, file: str, codec: str) -> Problem:
    hint = 'save the table as "CSV UTF-8"; Excel offers it under "Save as"'
    if codec == "utf-8":
        with path.open("rb") as source:
            for number, line in enumerate(source, start=1):
                try:
                    line.decode()
                except UnicodeDecodeError as error:
                    place = Location(file, number, error.start + 1)
                    return Problem(f"the byte 0x{line[error.start]:02x} is not UTF-8 text", place, hint)
    return Problem(f"the table is not the {codec.upper()} text that it begins as", Location(file), hint)
