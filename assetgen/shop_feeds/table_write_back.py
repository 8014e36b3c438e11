"""CSV and TSV written back: rows stay text, and only single cells in them are replaced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from assetgen.catalog.delimited import Raw, raw
from assetgen.catalog.encodings import encoding
from assetgen.catalog.raw_table import ROWS
from assetgen.catalog.recognition import Recognised
from assetgen.shop_feeds.picture_columns import CellOf, Changes, joined_cell


def rewritten_table(path: Path, recognised: Recognised, changes: Changes) -> Iterator[bytes]:
    """The file anew, with the changes of each row. Rows that cannot be taken apart stay as they are."""
    rewriter = _Rewriter(recognised, changes)
    mark, codec = encoding(path)
    table = recognised.table
    pieces = raw(path, table.file, table.delimiter or ",", recognised.head, len(recognised.names))
    yield mark
    yield next(pieces).text.encode(codec)
    yield rewriter.header(next(pieces).text).encode(codec)
    while chunk := list(islice(pieces, ROWS)):
        yield "".join(map(rewriter.row, chunk)).encode(codec)


class _Rewriter:
    """Rewrites the header and the rows of one table, each as text with its line end."""

    def __init__(self, recognised: Recognised, changes: Changes) -> None:
        names = recognised.names
        self._delimiter = recognised.table.delimiter or ","
        self._cut = _cell_finder(self._delimiter)
        self._changes = changes
        self._place = {name: n for n, name in reversed(list(enumerate(names)))}
        self._added = [slot for slot in changes.slots if slot.new]
        self._width = len(names)

    def header(self, text: str) -> str:
        cells, end = self._apart(text)
        added = [self._written(slot.new or "", like=cells[-1]) for slot in self._added]
        return self._delimiter.join([*cells, *added]) + end

    def row(self, row: Raw) -> str:
        if row.between or row.problem:
            return row.text
        cells, end = self._apart(row.text)
        if len(cells) != self._width:
            return row.text
        cell_of = self._cells_by_name(cells)
        texts = self._changes.in_row(row.location, cell_of)
        if not (texts or self._added):
            return row.text
        added = [self._written(_joined(texts, slot.columns[0], ""), like=cells[-1]) for slot in self._added]
        changed = False
        for column in texts:
            if (place := self._place.get(column)) is not None:
                before = cell_of(column)
                after = _joined(texts, column, before)
                if after != before:
                    cells[place] = self._written(after, like=cells[place])
                    changed = True
        return self._delimiter.join([*cells, *added]) + end if changed or added else row.text

    def _apart(self, text: str) -> tuple[list[str], str]:
        """The cells of a row as they are written, and the end of its line."""
        body = text.rstrip("\r\n")
        cells = self._cut(body) if '"' in body else body.split(self._delimiter)
        return cells, text[len(body) :]

    def _cells_by_name(self, cells: Sequence[str]) -> CellOf:
        def cell_of(column: str) -> str:
            place = self._place.get(column)
            return "" if place is None else _unquoted(cells[place])

        return cell_of

    def _written(self, text: str, *, like: str) -> str:
        """A cell as it is to be written: in quotes where it needs them, or where the cell `like` has them."""
        needs = any(sign in text for sign in (self._delimiter, '"', "\n", "\r"))
        return '"{}"'.format(text.replace('"', '""')) if needs or like.startswith('"') else text


def _cell_finder(delimiter: str) -> Callable[[str], list[str]]:
    """Takes a row apart into cells as they are written.

    A cell begins with a quote or has none that counts; behind the closing one anything may follow.
    """
    sign = re.escape(delimiter)
    cell = rf'"[^"]*+(?:""[^"]*+)*+"[^{sign}]*+|[^{sign}]*+'
    return re.compile(rf"(?:\A|{sign})({cell})").findall


def _unquoted(cell: str) -> str:
    if not cell.startswith('"'):
        return cell
    inner, _, behind = cell[1:].rpartition('"')
    return inner.replace('""', '"') + behind


def _joined(texts: Mapping[str, Sequence[str]], column: str, before: str) -> str:
    return joined_cell(texts[column], before) if column in texts else ""
