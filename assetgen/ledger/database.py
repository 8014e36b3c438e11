"""The SQLite file beside the store: its tables, and what went wrong with it in plain words."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assetgen.disk import check_way, make_home, may_write, refusals_explained
from assetgen.errors import Problem, SetupError
from assetgen.ledger.sqlite_errors import HELD, code, connected, explained

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


AT_ONCE = 0.5
"""Seconds within which a ledger that somebody else holds is told."""

PATIENT = 30
"""Seconds that a record of what was made or paid waits for whoever holds the ledger."""


class Database:
    """One connection; the driver's thread alone uses it.

    keeping: what is written must stay, so that a ledger that cannot be written is an error. Who only looks works on a
    copy of the file where it cannot be written, which is gone afterwards. patience: seconds to wait for who holds it.
    """

    def __init__(self, path: Path, *, keeping: bool = True, patience: float = 0) -> None:
        self.path = path
        if keeping:
            make_home(path.parent)
            self.connection = self._opened(max(patience, AT_ONCE))
        else:
            self.connection = self._looked_into()

    def _opened(self, patience: float) -> sqlite3.Connection:
        """The file itself, made where it is not there yet, once it is known that nobody else holds it."""
        connection = connected(str(self.path), self.path, patience)
        try:
            # One driver writes at a time, but a second command may read meanwhile.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            self._renew(connection)
        except BaseException:
            connection.close()
            raise
        connection.execute(f"PRAGMA busy_timeout = {PATIENT * 1000}")
        return connection

    def _looked_into(self) -> sqlite3.Connection:
        """The file itself where it can be written, else a copy that nobody else sees, empty where there is no file."""
        check_way(self.path)
        if all(map(may_write, (self.path, self.path.parent, *self._beside()))):
            try:
                make_home(self.path.parent)
                return self._opened(AT_ONCE)
            except SetupError as error:
                if not isinstance(error.__cause__, sqlite3.Error) or code(error.__cause__) not in HELD:
                    raise
        private = connected("", self.path, 0)
        with refusals_explained(self.path, "read"), explained(self.path):
            if self.path.exists():
                self._copy_to(private)
        self._renew(private)
        return private

    def _copy_to(self, private: sqlite3.Connection) -> None:
        """Copies what the file holds; where SQLite cannot read it without writing beside it, a copy of it is read."""
        try:
            _backup(f"{self.path.absolute().as_uri()}?mode=ro", private)
        except sqlite3.OperationalError as error:
            if code(error) in HELD:
                raise
            with TemporaryDirectory(prefix="assetgen-") as folder:
                for file in (self.path, *self._beside()):
                    shutil.copyfile(file, Path(folder, file.name))
                _backup(Path(folder, self.path.name).as_uri(), private)

    def _beside(self) -> list[Path]:
        """The files that SQLite keeps beside it while it is open, as far as they are there."""
        named = (self.path.with_name(f"{self.path.name}{ending}") for ending in ("-wal", "-shm"))
        return [file for file in named if os.path.lexists(file)]

    def _renew(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            hint = "update assetgen; or move it away: pictures stay, and what they were made from is worked out again"
            raise SetupError(Problem(f"`{self.path}` was written by another version of assetgen", hint=hint))
        connection.executescript(_SCHEMA)
        for step in range(version or 1, VERSION):
            connection.executescript(f"BEGIN; {_RENEWALS[step]} PRAGMA user_version = {step + 1}; COMMIT;")

    def write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        with self.transaction():
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


def _backup(address: str, to: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(address, uri=True, timeout=AT_ONCE)) as there:
        there.backup(to)
