"""The SQLite file beside the store: its tables, and what went wrong with it in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assetgen.disk import make_home
from assetgen.errors import Problem, SetupError

VERSION = 2
"""Raised when the tables change."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS assets (
    campaign TEXT NOT NULL, id TEXT NOT NULL, sku TEXT NOT NULL, key TEXT NOT NULL, path TEXT NOT NULL,
    digest TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (campaign, id)
);
CREATE INDEX IF NOT EXISTS assets_by_sku ON assets (campaign, sku);
CREATE TABLE IF NOT EXISTS orphans (campaign TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (campaign, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS photos (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL,
    digest TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, problem TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spend (
    plate TEXT NOT NULL, campaign TEXT NOT NULL, provider TEXT NOT NULL, at TEXT NOT NULL,
    amount TEXT, currency TEXT, request_id TEXT
);
CREATE TABLE IF NOT EXISTS batches (
    token TEXT PRIMARY KEY, id TEXT, campaign TEXT NOT NULL, provider TEXT NOT NULL, at TEXT NOT NULL,
    plates TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feeds (
    campaign TEXT NOT NULL, feed TEXT NOT NULL, sku TEXT NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (campaign, feed, sku)
) WITHOUT ROWID;
CREATE TEMP TABLE fed (sku TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE seen (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE asked (address TEXT PRIMARY KEY, problem TEXT, hint TEXT) WITHOUT ROWID;
"""

_RENEWALS = {
    1: "ALTER TABLE spend ADD COLUMN model TEXT;"
    "ALTER TABLE spend ADD COLUMN state TEXT NOT NULL DEFAULT 'paid';"
    "ALTER TABLE spend ADD COLUMN run TEXT;"
    "CREATE INDEX spend_by_plate ON spend (plate);"
    "CREATE INDEX spend_by_run ON spend (run);"
    "CREATE INDEX spend_by_campaign ON spend (campaign);"
    "CREATE INDEX spend_by_time ON spend (at);",
}
"""What a file of each older version needs to become one of the next."""


class Database:
    """One connection; the driver's thread alone uses it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with explained(path):
            make_home(path.parent)
            # One driver writes at a time, but a second command may read meanwhile.
            self.connection = sqlite3.connect(path, timeout=30, isolation_level=None)
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.execute("PRAGMA synchronous = NORMAL")
            self._renew()

    def _renew(self) -> None:
        (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            self.connection.close()
            hint = "update assetgen; or move it away: pictures stay, and what they were made from is worked out again"
            raise SetupError(Problem(f"`{self.path}` was written by another version of assetgen", hint=hint))
        self.connection.executescript(_SCHEMA)
        for step in range(version or 1, VERSION):
            self.connection.executescript(f"BEGIN; {_RENEWALS[step]} PRAGMA user_version = {step + 1}; COMMIT;")

    def write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        with explained(self.path), self.transaction():
            self.connection.executemany(statement, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Nobody else writes meanwhile."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise SetupError(Problem(f"`{path}` could not be written: {error}", hint="is the disk full?")) from error
        hint = "move it away: pictures stay, and what they were made from is worked out again"
        raise SetupError(Problem(f"`{path}` is damaged: {error}", hint=hint)) from error
