"""What SQLite raises, in plain words: one place for the ledger and its lock."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assetgen.disk import refusal
from assetgen.errors import Problem, SetupError

HELD = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
"""The codes for a file that another program holds."""

_FORBIDDEN = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})
"""The codes for a file, or its folder, that this user may not use."""


def code(error: sqlite3.Error) -> int:
    """The primary result code of an error, https://sqlite.org/rescode.html; 0 for one of Python's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite raises over a file, and values in it that mean nothing, into SetupError."""
    try:
        yield
    except sqlite3.Error as error:
        raise SetupError(_problem(path, error)) from error
    except UnicodeDecodeError as error:  # SQLite's own message quotes what is damaged
        raise SetupError(_damaged(path, "it holds values that mean nothing")) from error


@contextmanager
def understood(path: Path) -> Iterator[None]:
    """Turns values of a ledger that mean nothing into SetupError: its pages may be whole, and what they hold not."""
    try:
        yield
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError) as error:
        raise SetupError(_damaged(path, "it holds values that mean nothing")) from error


def connected(place: str, path: Path, patience: float, *, uri: bool = False) -> sqlite3.Connection:
    """A connection that raises SetupError about `path`, whatever goes wrong; statements commit by themselves.

    place: what SQLite opens; nothing is a database of its own that goes with the connection. patience: seconds to wait
    for whoever holds it.
    """
    connection = sqlite3.connect(place, timeout=patience, isolation_level=None, factory=_Explaining, uri=uri)
    assert isinstance(connection, _Explaining)  # noqa: S101 - as the factory makes it
    connection.path = path
    return connection


class _Explaining(sqlite3.Connection):
    path: Path

    def cursor(self, factory: Any = None) -> Any:
        return super().cursor(factory or _ExplainingCursor)

    # The shortcuts of a connection go past its `cursor`.
    def execute(self, *told: Any) -> Any:
        return self.cursor().execute(*told)

    def executemany(self, *told: Any) -> Any:
        return self.cursor().executemany(*told)

    def executescript(self, *told: Any) -> Any:
        return self.cursor().executescript(*told)


class _ExplainingCursor(sqlite3.Cursor):
    connection: _Explaining

    def execute(self, *told: Any) -> _ExplainingCursor:
        with explained(self.connection.path):
            super().execute(*told)
        return self

    def executemany(self, *told: Any) -> _ExplainingCursor:
        with explained(self.connection.path):
            super().executemany(*told)
        return self

    def executescript(self, *told: Any) -> _ExplainingCursor:
        with explained(self.connection.path):
            super().executescript(*told)
        return self

    def __next__(self) -> Any:
        with explained(self.connection.path):
            return super().__next__()

    def fetchone(self) -> Any:
        with explained(self.connection.path):
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with explained(self.connection.path):
            return super().fetchall()


def _problem(path: Path, error: sqlite3.Error) -> Problem:
    found = code(error)
    if found in HELD:
        return Problem(
            f"`{path}` is held by another program", hint="wait until it is done, as with `--wait 60`, or stop it"
        )
    if found in _FORBIDDEN:
        return refusal(path, OSError(errno.EROFS if _read_only(path) else errno.EACCES, ""))
    if found == sqlite3.SQLITE_FULL:
        return refusal(path, OSError(errno.ENOSPC, ""))
    if found == sqlite3.SQLITE_IOERR:
        done = "read" if error.sqlite_errorcode == sqlite3.SQLITE_IOERR_READ else "written"
        hint = "look at the disk, its quota, and the limit on file sizes (`ulimit -f`)"
        return Problem(f"`{path}` could not be {done}: {error}", hint=hint)
    return _damaged(path, str(error))


def _read_only(path: Path) -> bool:
    """Whether the disk is, rather than the file."""
    if not hasattr(os, "statvfs") or not path.parent.is_dir():
        return False
    return bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)


def _damaged(path: Path, why: str) -> Problem:
    hint = (
        "move it away: pictures stay, and what they were made from is worked out again; payments come back with"
        " `assetgen ledger restore`, if they were exported"
    )
    return Problem(f"`{path}` is damaged: {why}", hint=hint)
