"""The rows of a sheet, as they come out of its XML."""

from __future__ import annotations

import re

from assetgen.catalog.excel.cell_text import PointedTo, cell_text
from assetgen.catalog.excel.xml_part import local, strict_parser

MOST_ROWS = 1_048_576
"""The most rows of a sheet of Excel."""

MOST_COLUMNS = 16_384
"""The most columns of a sheet of Excel."""

MOST_CELL_LETTERS = 1_000_000
"""The most characters of a cell; Excel itself takes 32,767."""


class SheetRows:
    """Takes the XML of a sheet piece by piece and gives its rows. line: of the last one that began."""

    def __init__(self, lookups: PointedTo) -> None:
        self.line = 0
        self._lookups = lookups
        self._rows: list[tuple[int, list[str]]] = []
        self._cells: dict[int, str] = {}
        self._column = 0
        self._cell: dict[str, str] = {}
        self._value: list[str] = []
        self._letters = 0
        self._formula = self._phonetic = False
        self._parser = strict_parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def feed(self, piece: bytes) -> list[tuple[int, list[str]]]:
        """The rows that end in this piece, but for blank ones; an empty piece is the last. Raises many things."""
        self._parser.Parse(piece, not piece)
        found, self._rows = self._rows, []
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        bare = local(name)
        if bare == "c":
            self._cell = attributes
            self._value, self._letters, self._formula = [], 0, False
            self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
            if self._column > MOST_COLUMNS:
                raise ValueError(f"a row of more than {MOST_COLUMNS:,} cells")
        elif bare == "v" or (bare == "t" and not self._phonetic):
            self._parser.CharacterDataHandler = self._take
        elif bare == "f":
            self._formula = True
        elif bare == "rPh":
            self._phonetic = True
        elif bare == "row":
            self.line = int(attributes.get("r", self.line + 1))
            self._cells, self._column = {}, 0
            if self.line > MOST_ROWS:
                raise ValueError(f"more than {MOST_ROWS:,} rows")

    def _take(self, letters: str) -> None:
        self._letters += len(letters)
        if self._letters > MOST_CELL_LETTERS:
            raise ValueError(f"a cell of more than {MOST_CELL_LETTERS:,} characters")
        self._value.append(letters)

    def _end(self, name: str) -> None:
        bare = local(name)
        if bare in {"v", "t"}:
            self._parser.CharacterDataHandler = None
        elif bare == "rPh":
            self._phonetic = False
        elif bare == "c":
            if text := cell_text(self._cell, "".join(self._value), self._lookups, formula=self._formula):
                self._cells[self._column] = text
        elif bare == "row" and any(map(str.strip, self._cells.values())):
            last = max(column for column, text in self._cells.items() if text.strip())
            self._rows.append((self.line, [self._cells.get(n, "") for n in range(1, last + 1)]))


def _column(reference: str) -> int:
    """The number of a column from 1, of a cell such as `AB12`. Raises ValueError."""
    letters = re.match(r"[A-Z]{1,3}(?=\d)", reference)
    if not letters:
        raise ValueError(f"a cell called `{reference[:20]}`")
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
