"""Files read whole, and why a path gives nothing, in the same words wherever it is named."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from assetgen.errors import InputError, Location, Problem, nearest

MOST_BYTES = 500_000_000
"""The bytes of a picture or font that is read, at most: 100 megapixels of 16 bits and four channels are no more."""

_MOST_FILES = 2_000
"""The most files of a folder among which one that is spelled alike is looked for."""


class Unopened(Exception):
    """Why a path gives no bytes, as the end of a sentence about it. hint: the way out, where there is one."""

    def __init__(self, why: str, hint: str | None = None) -> None:
        super().__init__(why)
        self.hint = hint


def file_stamp(path: Path) -> tuple[int, int]:
    """The bytes of a file and its last change in nanoseconds, by which it is known again, as `last_change` has it.

    Raises Unopened; so does what is no file, for a pipe would be waited for and a device never ends.
    """
    with _not_opened():
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise Unopened("is a folder, not a file")
        if not stat.S_ISREG(facts.st_mode):
            raise Unopened("is a pipe or a device, not a file")
        return facts.st_size, max(facts.st_mtime_ns, facts.st_ctime_ns)


def read_whole(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file, which are no more than `most`. Raises Unopened."""
    size, _ = file_stamp(path)
    if size > most:
        raise Unopened(f"has {size / 1e6:,.0f} MB, the most that is read is {most // 1_000_000}")
    with _not_opened():
        return path.read_bytes()


def try_open(path: Path) -> None:
    """Raises Unopened for a file that could not be read."""
    file_stamp(path)
    with _not_opened(), path.open("rb"):
        pass


@contextmanager
def reading(file: str, place: Location | None = None) -> Iterator[None]:
    """Turns a file that cannot be opened into InputError.

    file: its name as messages give it; place: where it is named, itself if not given.
    """
    try:
        yield
    except OSError as error:
        why = _why(error)
        raise InputError(Problem(f"`{file}` {why}", place or Location(file), why.hint)) from error


@contextmanager
def _not_opened() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:  # a name with an empty byte is a ValueError
        raise _why(error) from error


def _why(error: OSError | ValueError) -> Unopened:
    if isinstance(error, FileNotFoundError):
        return Unopened(
            "is a link to nothing" if error.filename and Path(error.filename).is_symlink() else "is not there"
        )
    if isinstance(error, PermissionError):
        return Unopened("may not be read by this user", "change its permissions, and those of the folders above it")
    if isinstance(error, IsADirectoryError):
        return Unopened("is a folder, not a file")
    if isinstance(error, NotADirectoryError):
        return Unopened("cannot be reached: a file stands where one of its folders should be")
    return Unopened(f"cannot be opened: {(getattr(error, 'strerror', None) or str(error)).lower()}")


def nearest_file(path: Path) -> str | None:
    """A hint with the file beside a missing one that was most likely meant, or None. Capitals make no difference."""
    with suppress(OSError, ValueError):
        names = _files_in(path.parent, path.parent.stat().st_mtime_ns)
        wanted = path.name.casefold()
        found = wanted if wanted in names else nearest(wanted, names) if len(names) <= _MOST_FILES else None
        if found and names[found] != path.name:
            return f"did you mean `{names[found]}`?"
    return None


@lru_cache(maxsize=8)  # of ten thousand photos that are missing, all may be missing in one folder
def _files_in(folder: Path, _modified: int) -> dict[str, str]:
    return {entry.name.casefold(): entry.name for entry in folder.iterdir() if entry.is_file()}
