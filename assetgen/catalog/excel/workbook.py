"""The file of a workbook: which sheets are shown, and the texts and formats that their cells point to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from assetgen.catalog.excel.cell_text import PointedTo, is_date
from assetgen.catalog.excel.sheet_rows import SheetRows
from assetgen.catalog.excel.xml_part import WorkbookPart
from assetgen.catalog.raw_table import HEADS, Head, Record, Table
from assetgen.errors import InputError, Location, Problem
from assetgen.model.product import Reject

MOST_BYTES = 2_000_000_000
"""The most bytes of a part of a workbook: a sheet of Excel's million rows is smaller."""

MOST_TEXT_BYTES = 500_000_000
"""The most bytes of the texts that the cells of all sheets share, which are held in memory."""

_LARGE = 20_000_000
"""Bytes of a part from which on it is asked whether it was packed in order to do harm."""

_TIGHTEST = 150
"""How much smaller a large part may be when it is packed: tables come to a twentieth, bombs to a thousandth."""

_PIECE = 1 << 16

_DATES = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])
"""The numbers of Excel's own formats of dates and times, those of East Asia among them."""

_OWN = {1: "0", 2: "0.00"}
"""Excel's own formats that a cell is shown in as far as we show it."""

_POINTED_TO = ("sharedStrings", "styles")
"""The parts that cells point to."""

_SAVE = "save it again as .xlsx, or as CSV UTF-8"

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
"""How files begin that Excel wrote before 2007, and those that it locked with a password."""


@dataclass(frozen=True)
class _Worksheet:
    """A sheet of a workbook. part: the name of the file in it that has the rows."""

    name: str
    part: str
    shown: bool


def sheets(path: Path, file: str) -> list[Table]:
    """The sheets of a workbook, those that are shown first; each is read one row at a time.

    Raises InputError for what is no workbook, for a damaged one, and for one that would unfold without end.
    """
    with _opened(path, file) as book:
        sheets = sorted(book.sheets(), key=lambda sheet: not sheet.shown)
        found = [(sheet, list(islice(book.rows(sheet), HEADS))) for sheet in sheets]
    return [
        Table(
            file,
            tuple(Head(line, tuple(cells)) for line, cells in heads),
            partial(_records, path, file, sheet),
            sheet=sheet.name,
            hidden=not sheet.shown,
        )
        for sheet, heads in found
    ]


def _records(path: Path, file: str, sheet: _Worksheet, head: int, width: int) -> Iterator[Record | Reject]:
    with _opened(path, file) as book:
        for number, (line, cells) in enumerate(islice(book.rows(sheet), head + 1, None), start=1):
            place = Location(file, line, row=number)
            if len(cells) > width:
                yield Reject(None, Problem(f"the header names {width} columns, but the row has {len(cells)}", place))
            else:
                yield Record(place, (*cells, *[""] * (width - len(cells))))


@contextmanager
def _opened(path: Path, file: str) -> Iterator[_Book]:
    """The workbook. Whatever its damage raises inside becomes an InputError."""
    try:
        with ZipFile(path) as archive:
            yield _Book(archive, file)
    except InputError:
        raise
    except Exception as error:  # zip and XML raise whatever damage makes of them
        with path.open("rb") as source:
            start = source.read(4)
        raise InputError(Problem(_what_it_is(start, error), Location(file), _SAVE)) from error


def _what_it_is(start: bytes, error: Exception) -> str:
    """Says what a file is that cannot be read as a workbook, from its first four bytes."""
    if start == _OLD_OR_LOCKED:
        return "this workbook is locked with a password, or was saved for an Excel before 2007"
    return f"the workbook is damaged: {_reason(error)}" if start.startswith(b"PK") else "this is not an Excel workbook"


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return "a part of it is missing"
    return str(error) if isinstance(error, ValueError | BadZipFile) else f"it cannot be read ({type(error).__name__})"


class _Book:
    """A workbook that is open. Its methods raise whatever zip files and XML raise when they are damaged."""

    def __init__(self, archive: ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        self._main = next(target for kind, _, target in self._relations("") if kind == "officeDocument")

    def sheets(self) -> Iterator[_Worksheet]:
        parts = {number: target for kind, number, target in self._relations(self._main) if kind == "worksheet"}
        for each in self._parsed(self._main).attributes("sheet"):
            if part := parts.get(each.get("id", "")):  # the others are charts and dialogues
                yield _Worksheet(each.get("name", ""), part, each.get("state", "visible") == "visible")

    def rows(self, sheet: _Worksheet) -> Iterator[tuple[int, list[str]]]:
        """Line number and cells of each row that is not blank, without the empty cells at its end."""
        rows = SheetRows(self._lookups)
        try:
            for piece in self._pieces(sheet.part, MOST_BYTES):
                yield from rows.feed(piece)
        except InputError:
            raise
        except Exception as error:  # as above
            message = f"the sheet `{sheet.name}` is damaged: {_reason(error)}"
            raise InputError(Problem(message, Location(self._file, rows.line or 1), _SAVE)) from error

    @cached_property
    def _lookups(self) -> PointedTo:
        parts = {kind: self._parsed(target) for kind, _, target in self._relations(self._main) if kind in _POINTED_TO}
        texts, styles = (parts.get(kind) or WorkbookPart() for kind in _POINTED_TO)
        settings = self._parsed(self._main).attributes("workbookPr")
        from_1904 = any(each.get("date1904") in {"1", "true"} for each in settings)
        return PointedTo(texts.texts, tuple(_formats(styles)), from_1904=from_1904)

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """The parts that a part names, or the workbook itself: of what kind each is, by which id, and its name."""
        folder, name = posixpath.split(part)
        found = self._parsed(posixpath.join(folder, "_rels", f"{name}.rels")).attributes("Relationship")
        return [
            (posixpath.basename(each["Type"]), each["Id"], posixpath.join("/", folder, each["Target"]).lstrip("/"))
            for each in found
            if each.get("TargetMode") != "External"
        ]

    def _parsed(self, part: str) -> WorkbookPart:
        content = WorkbookPart()
        for piece in self._pieces(part, MOST_TEXT_BYTES):
            content.feed(piece)
        return content

    def _pieces(self, part: str, most: int) -> Iterator[bytes]:
        info = self._archive.getinfo(posixpath.normpath(part))
        _check_size(info, self._file, most)
        with self._archive.open(info) as source:
            while piece := source.read(_PIECE):
                yield piece
        yield b""


def _formats(styles: WorkbookPart) -> Iterator[str]:
    """The format of each style that cells may have: `date`, zeros such as `000` or `0.00`, or what we do not show."""
    named = {each.get("numFmtId", ""): each.get("formatCode", "") for each in styles.attributes("numFmt")}
    for style in styles.attributes("xf", inside="cellXfs"):
        number = style.get("numFmtId", "0")
        code = named.get(number, _OWN.get(int(number), ""))
        yield "date" if int(number) in _DATES or is_date(code) else code


def _check_size(part: ZipInfo, file: str, most: int) -> None:
    """Refuses a part that says to be larger than any table, or was packed to do harm: no more than it says is read."""
    packed = part.file_size > _LARGE and part.file_size > _TIGHTEST * part.compress_size
    if part.file_size > most or packed:
        size = f"{part.file_size / 1e6:,.0f} MB" + (f" from {part.compress_size / 1e6:,.1f} MB" if packed else "")
        message = f"the part `{part.filename}` of the workbook unfolds to {size}"
        raise InputError(Problem(message, Location(file), "save it as CSV UTF-8, or as several workbooks"))
