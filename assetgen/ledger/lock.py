"""One run at a time in a workspace."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assetgen import clock
from assetgen.disk import make_home
from assetgen.errors import Problem, SetupError
from assetgen.ledger.database import explained


@contextmanager
def only_run(home: Path) -> Iterator[None]:
    """Raises SetupError while another run works in the workspace whose `.assetgen` this is.

    The lock is one of SQLite's, which the operating system lets go of when the process that holds it dies.
    """
    make_home(home)  # what is paid for in this run is kept below it
    path, note = home / "lock.sqlite", home / "lock.txt"
    with explained(path), closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            hint = "wait until it is done, or stop it; runs of one folder would undo each other's work"
            raise SetupError(Problem(f"another run is at work in this folder{_told(note)}", hint=hint)) from error
        now = clock.written(clock.real_now())
        note.write_text(f"since {now}, process {os.getpid()}", encoding="utf-8")
        yield


def _told(note: Path) -> str:
    try:
        return f": {note.read_text(encoding='utf-8')}"
    except OSError:
        return ""
