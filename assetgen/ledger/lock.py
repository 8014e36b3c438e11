"""One run at a time in a workspace."""

from __future__ import annotations

import getpass
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from platform import node

from assetgen import clock
from assetgen.disk import make_home, write_whole
from assetgen.errors import Problem, SetupError
from assetgen.ledger.sqlite_errors import HELD, code, explained

OFTEN = 0.2
"""Seconds after which a lock that somebody holds is tried again."""


@contextmanager
def only_run(home: Path, *, wait: float = 0, say: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Raises SetupError while another run works in the workspace whose `.assetgen` this is.

    The lock is one of SQLite's, which the operating system lets go of when the process that holds it dies.
    wait: seconds to wait until the other one is done, of which `say` hears.
    """
    make_home(home)  # what is paid for in this run is kept below it
    path, note = home / "lock.sqlite", home / "lock.txt"
    with explained(path):
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    with closing(connection):
        began, told = time.monotonic(), ""
        while not _taken(connection, path):
            busy = f"another run is at work in this folder{_holder(note)}"
            if time.monotonic() - began >= wait:
                hint = "wait until it is done, as with `--wait 600`, or stop it; two runs would undo each other's work"
                raise SetupError(Problem(busy, hint=hint))
            if busy != told:
                say(f"waiting: {busy}")
                told = busy
            time.sleep(OFTEN)
        now = clock.written(clock.real_now())
        write_whole(note, f"since {now}, process {os.getpid()} of {_user()} on {node()}".encode())
        yield


def _taken(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the lock was free. Raises SetupError where it cannot be used at all."""
    with explained(path):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if code(error) not in HELD:
                raise
            return False
        return True


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # in a container, whose user has no name
        return str(os.getuid())


def _holder(note: Path) -> str:
    try:
        return f": {note.read_text(encoding='utf-8')}"
    except (OSError, ValueError):
        return ""
