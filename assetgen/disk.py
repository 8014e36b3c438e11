"""Files written whole and read whole, and a disk's refusals in plain words."""

from __future__ import annotations

import errno
import filecmp
import os
import stat
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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

_NO_FOLDERS = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}
"""The errors of file systems that sync no folders, such as some on a network; there nothing more can be done."""

MOST_BYTES = 500_000_000
"""The bytes of a picture or font that is read, at most: 100 megapixels of 16 bits and four channels are no more."""


class Unopened(Exception):
    """Why a path gives no bytes, as the end of a sentence about it."""


def file_stamp(path: Path) -> tuple[int, int]:
    """The bytes of a file and when it was changed, in nanoseconds, by which it is known again.

    Raises Unopened; so does what is no file, for a pipe would be waited for and a device never ends.
    """
    with _not_opened():
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise Unopened("is a folder")
        if not stat.S_ISREG(facts.st_mode):
            raise Unopened("is a pipe or a device, not a file")
        return facts.st_size, facts.st_mtime_ns


def read_whole(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file, which are no more than `most`. Raises Unopened."""
    size, _ = file_stamp(path)
    if size > most:
        raise Unopened(f"has {size / 1e6:,.0f} MB, the most that is read is {most // 1_000_000}")
    with _not_opened():
        return path.read_bytes()


@contextmanager
def _not_opened() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise Unopened("is not there") from error
    except PermissionError as error:
        raise Unopened("may not be read by whoever runs this") from error
    except (OSError, ValueError) as error:
        raise Unopened("cannot be opened") from error


def write_whole(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Writes a file that is there whole or not at all; `durable` waits until the disk has it under its name.

    Raises SetupError where the disk refuses.
    """
    # In the same folder, for only within one file system does a rename replace the old file in one step.
    part = path.with_name(f".{uuid.uuid4().hex}.part")
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


def sweep(folder: Path) -> None:
    """Removes what a killed run left behind while it was writing."""
    for part in folder.rglob(".*.part"):
        part.unlink(missing_ok=True)


@contextmanager
def refusals_explained(path: Path) -> Iterator[None]:
    """Turns the refusals of a disk into SetupError."""
    try:
        yield
    except OSError as error:
        if error.errno not in _REASONS:
            raise
        message, hint = _REASONS[error.errno]
        raise SetupError(Problem(f"`{path}` could not be written: {message}", hint=hint)) from error


def replace_if_changed(path: Path, chunks: Iterable[str | bytes]) -> bool:
    """Writes the text (UTF-8) or the bytes as a whole, unless the file holds exactly that, and says whether it did."""
    part = path.with_name(f".{uuid.uuid4().hex}.part")
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
    return chunk.encode() if isinstance(chunk, str) else chunk
