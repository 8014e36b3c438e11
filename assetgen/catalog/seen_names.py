"""Names that may stand once in a table."""

from __future__ import annotations

import sqlite3
from typing import Self

from assetgen.errors import Location


class Seen:
    """Names and where they stood: in memory while they are few, on disk when they are many."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("")  # a private temporary file, made when the cache is full
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("CREATE TABLE seen (name TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._rows.close()

    def place(self, name: str) -> str | None:
        """The line or row where a name was noted first, in words; None for a new one."""
        found = self._rows.execute("SELECT place FROM seen WHERE name = ?", (name,)).fetchone()
        return found and str(found[0])

    def note(self, name: str, location: Location) -> bool:
        """Notes a name and its place; whether it was not noted before."""
        place = f"line {location.line}" if location.line else f"row {location.row}"
        return bool(self._rows.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (name, place)).rowcount)
