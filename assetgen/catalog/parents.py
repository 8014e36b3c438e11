"""Tables in which a row names its parent, which may stand anywhere: gone through once beforehand."""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache
from typing import Self

from assetgen.catalog.format import Entry
from assetgen.errors import Location


class Parents:
    """Keeps rows by the names that others may call them, on disk when they are many, and which were called."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("")  # a private temporary file, made when the cache is full
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("CREATE TABLE kept (name TEXT PRIMARY KEY, entry TEXT) WITHOUT ROWID")
        self._rows.execute("CREATE TABLE called (name TEXT PRIMARY KEY) WITHOUT ROWID")
        self.find = lru_cache(maxsize=256)(self._find)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._rows.close()

    def keep(self, entry: Entry, *names: str) -> None:
        place = entry.location
        text = json.dumps([place.file, place.line, place.row, entry.cells])
        self._rows.executemany("INSERT OR IGNORE INTO kept VALUES (?, ?)", [(name, text) for name in names if name])

    def call(self, name: str) -> None:
        self._rows.execute("INSERT OR IGNORE INTO called VALUES (?)", (name,))

    def called(self, *names: str) -> bool:
        """Whether some row names one of these as its parent."""
        query = "SELECT 1 FROM called WHERE name = ?"
        return any(name and self._rows.execute(query, (name,)).fetchone() for name in names)

    def _find(self, name: str) -> Entry | None:
        found = self._rows.execute("SELECT entry FROM kept WHERE name = ?", (name,)).fetchone()
        if found is None:
            return None
        file, line, row, cells = json.loads(found[0])
        return Entry(Location(file, line, row=row), cells)
