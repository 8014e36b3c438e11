"""The rights of an ordinary user, for tests that the superuser runs too."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_VERSION = 0x20080522
_READ_AND_WRITE_ALL = 0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH


@contextmanager
def ordinary() -> Iterator[None]:
    """Whoever runs the tests may read and write only what the permissions of files say."""
    if os.geteuid() != 0 or not sys.platform.startswith("linux"):
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = ctypes.create_string_buffer(struct.pack("Ii", _VERSION, 0), 8)
    before = ctypes.create_string_buffer(24)
    assert libc.capget(header, before) == 0
    effective, *rest = struct.unpack("6I", before.raw)
    assert libc.capset(header, struct.pack("6I", effective & ~_READ_AND_WRITE_ALL, *rest)) == 0
    try:
        yield
    finally:
        assert libc.capset(header, before) == 0


@contextmanager
def read_only(*folders: Path) -> Iterator[None]:
    """Nothing can be written in these folders and below them."""
    inside = [path for folder in folders for path in (folder, *folder.rglob("*")) if not path.is_symlink()]
    modes = {path: path.stat().st_mode for path in inside}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    try:
        with ordinary():
            yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


@contextmanager
def unreadable(path: Path) -> Iterator[None]:
    """Nobody may open this file or folder."""
    mode = path.stat().st_mode
    path.chmod(0)
    try:
        with ordinary():
            yield
    finally:
        path.chmod(mode)
