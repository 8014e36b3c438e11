"""Files written whole, and a disk's refusals in plain words."""

from __future__ import annotations

import errno
import filecmp
import os
import re
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path

from assetgen.errors import Problem, SetupError

_REASONS = {
    errno.ENOSPC: ("the disk is full", "free some space and run again: what is done stays done"),
    errno.EDQUOT: ("the disk quota is used up", "free some space and run again: what is done stays done"),
    errno.EFBIG: ("the file may not grow so large here", "raise the limit on file sizes (`ulimit -f`)"),
    errno.EROFS: ("the disk is read-only", "choose another folder with `output`"),
    errno.EACCES: ("writing is not allowed here", "choose another folder with `output`, or change its permissions"),
    errno.EEXIST: ("a file stands where a folder should be", "choose another name"),
    errno.ENOTDIR: ("a file stands where a folder should be", "choose another name"),
    errno.EISDIR: ("a folder stands there", "choose another name"),
    errno.ENAMETOOLONG: ("the name is too long for this disk", "use shorter skus, or a shorter output folder"),
}

_ABOUT_NAMES = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG}
"""The refusals that are about one name; a file of another name may well be written."""

_OURS = re.compile(r"\.[0-9a-f]{32}\.part")
"""The names under which files are written before they get their own."""

_NO_FOLDERS = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}
"""The errors of file systems that sync no folders, such as some on a network; there nothing more can be done."""


class NameTaken(SetupError):
    """One file cannot be written under its name, and others can."""


def write_whole(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Writes a file that is there whole or not at all; `durable` waits until the disk has it under its name.

    Raises SetupError where the disk refuses.
    """
    # In the same folder, for only within one file system does a rename replace the old file in one step.
    part = _part_of(path)
    with refusals_explained(path):
        if durable:
            make_folder(path.parent)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("xb") as file:
                file.write(data)
                if durable:
                    file.flush()
                    os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        if durable:
            _sync(path.parent)


def make_folder(folder: Path) -> None:
    """Makes a folder and those above it that are missing, and waits until the disk has their names."""
    new = list(takewhile(lambda each: not each.exists(), (folder, *folder.parents)))
    folder.mkdir(parents=True, exist_ok=True)
    for each in new:
        _sync(each.parent)


def make_home(folder: Path) -> None:
    """Makes the folder of what a workspace keeps to itself: other users of the machine have no business in it."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(mode=0o750, exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    """Waits until the disk has the names in a folder: the file's own fsync does not, see the notes of fsync(2)."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders, and keeps the names in its journal
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDERS:
            raise
    finally:
        os.close(descriptor)


def last_change(path: Path) -> int:
    """The nanosecond of the last change to a file or its name, which nobody can set back as they can the date on it.

    Raises OSError.
    """
    stat = path.stat()
    return max(stat.st_mtime_ns, stat.st_ctime_ns)


def sweep(folder: Path) -> None:
    """Removes what a killed run left behind while it was writing: parts named as ours are, and nobody else's."""
    for part in folder.rglob(".*.part"):
        if _OURS.fullmatch(part.name) and part.is_file():
            with suppress(OSError):  # it is in nobody's way, and the next run tries again
                part.unlink()


@contextmanager
def refusals_explained(path: Path) -> Iterator[None]:
    """Turns the refusals of a disk into SetupError."""
    try:
        yield
    except OSError as error:
        if error.errno not in _REASONS:
            raise
        message, hint = _REASONS[error.errno]
        kind = NameTaken if error.errno in _ABOUT_NAMES else SetupError
        raise kind(Problem(f"`{path}` could not be written: {message}", hint=hint)) from error


def replace_if_changed(path: Path, chunks: Iterable[str | bytes]) -> bool:
    """Writes the text (UTF-8) or the bytes as a whole, unless the file holds exactly that, and says whether it did."""
    part = _part_of(path)
    with refusals_explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("xb") as file:
                file.writelines(map(_as_bytes, chunks))
            if path.exists() and filecmp.cmp(part, path, shallow=False):
                return False
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return True


def file_differs(path: Path, chunks: Iterable[str | bytes]) -> bool:
    """Whether `replace_if_changed` would write; all chunks are used up."""
    if not path.is_file():
        # Whoever makes the chunks may count them on the way: a dry run must count what a real one would.
        for _ in chunks:
            pass
        return True
    with path.open("rb") as file:
        same = [file.read(len(data)) == data for data in map(_as_bytes, chunks)]
        return not all(same) or bool(file.read(1))


def _as_bytes(chunk: str | bytes) -> bytes:
    """Text in UTF-8. Half a surrogate pair, which no encoding has, becomes the escape of it that JSON reads back."""
    return chunk.encode(errors="backslashreplace") if isinstance(chunk, str) else chunk


def _part_of(path: Path) -> Path:
    """The name under which a file is written before it gets its own."""
    return path.with_name(f".{uuid.uuid4().hex}.part")
