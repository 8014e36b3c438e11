"""Files read whole, and why a path gives nothing, in the same words wherever it is named."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path

from assetgen.errors import InputError, Location, Problem, nearest

MOST_BYTES = 500_000_000
"""The bytes of a picture or font that is read, at most: 100 megapixels of 16 bits and four channels are no more."""

_MOST_FILES = 2_000
"""The most files of a folder among which one that is spelled alike is looked for."""


_PICTURES = "jpg jpeg jpe png webp avif gif tif tiff bmp heic heif svg"
_TABLES = "csv tsv txt tab xlsx xlsm parquet xml"


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


def require_file(path: Path, otherwise: str | None = None) -> None:
    """Raises InputError, with what was most likely meant, where the path that a command was given leads to nothing.

    otherwise: the hint where nobody knows.
    """
    with suppress(OSError, ValueError):
        if not path.exists():
            raise InputError(Problem(f"there is no file `{path}`", hint=nearest_file(path, path.parent) or otherwise))


def nearest_file(path: Path, home: Path | None = None) -> str | None:
    """A hint with the file that was most likely meant by one that is missing, or None. Capitals make no difference.

    It lies beside the missing one, or is called the same in `home`, where names begin, or in a folder of it. Of a file
    that is there, and no use, nobody meant another one.
    """
    with suppress(OSError, ValueError):
        if path.is_file():
            return None
        if path.parent.is_dir():
            names = _files_in(path.parent, path.parent.stat().st_mtime_ns)
            found = _near(path.name.casefold(), names)
            if found:
                return f"did you mean `{found}`?"
        if home and (found := _files_below(home, home.stat().st_mtime_ns).get(path.name.casefold())):
            return f"did you mean `{found}`?"
    return None


def _near(wanted: str, names: dict[str, str]) -> str | None:
    if wanted in names or len(names) > _MOST_FILES:
        return names.get(wanted)
    near = nearest(wanted, (name for name in names if _kind(name) == _kind(wanted)))
    return names[near] if near else None


def _kind(name: str) -> str:
    """What a file is by its ending, so that no table is suggested for a picture; nothing for one without an ending."""
    ending = name.rpartition(".")[2] if "." in name else ""
    kinds = {"picture": _PICTURES, "table": _TABLES}
    return next((kind for kind, endings in kinds.items() if ending in endings.split()), ending)


@lru_cache(maxsize=8)  # of ten thousand photos that are missing, all may be missing in one folder
def _files_in(folder: Path, _modified: int) -> dict[str, str]:
    return {entry.name.casefold(): entry.name for entry in folder.iterdir() if entry.is_file()}


@lru_cache(maxsize=8)
def _files_below(home: Path, _modified: int) -> dict[str, str]:
    """The files in a folder and in those in it, by their own names; how they are named from there."""
    inside = (entry for entry in sorted(home.iterdir()) if entry.is_dir() and not entry.name.startswith("."))
    folders = [home, *inside]
    found = (entry for folder in folders for entry in folder.iterdir() if entry.is_file())
    return {entry.name.casefold(): entry.relative_to(home).as_posix() for entry in islice(found, _MOST_FILES)}
