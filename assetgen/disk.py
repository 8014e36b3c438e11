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

_ROOM = "free some space and run again: what is done stays done"
_RIGHTS = "give this user the right to it, or choose another place"
_REASONS = {
    errno.ENOSPC: ("the disk is full", _ROOM),
    errno.EDQUOT: ("the disk quota is used up", _ROOM),
    errno.EFBIG: ("the file may not grow so large here", "raise the limit on file sizes (`ulimit -f`)"),
    errno.EROFS: ("the disk is read-only", "choose another place, or make the disk writable"),
    errno.EACCES: ("this user may not", _RIGHTS),
    errno.EPERM: ("this user may not", _RIGHTS),
    errno.EEXIST: ("a file stands where a folder should be", "move it away, or choose another name"),
    errno.ENOTDIR: ("a file stands where a folder should be", "move it away, or choose another name"),
    errno.EISDIR: ("a folder stands there", "choose another name"),
    errno.ENOTEMPTY: ("a folder stands there", "choose another name"),
    errno.ENAMETOOLONG: ("the name is too long for this disk", "choose a shorter one"),
    errno.ELOOP: ("links lead round in a circle", "remove the link"),
    errno.EMFILE: ("this process has too many files open", "raise the limit (`ulimit -n`)"),
    errno.ENFILE: ("this machine has too many files open", "end other programs"),
    errno.EIO: ("the disk fails", "look at the messages of the system: the disk may be broken"),
    errno.ESTALE: ("the folder on the network is gone", "look whether it is still mounted"),
}
"""The errors of a system that are no fault of the program, each with its words and a way out."""

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

    What is no file, such as /dev/stdout, is written into. Raises SetupError where the disk refuses.
    """
    if _is_no_file(path):
        _write_into(path, [data])
        return
    # In the same folder, for only within one file system does a rename replace the old file in one step.
    refuse_folder(path)
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


def _is_no_file(path: Path) -> bool:
    """Whether a name is a device, a pipe or an output of this process: a rename would put a file in its place."""
    folder = path.absolute().parent.resolve()
    among_devices = folder == Path("/dev") or Path("/proc") in folder.parents
    return path.exists() and not path.is_dir() and (among_devices or not path.is_file())


def _write_into(path: Path, chunks: Iterable[bytes]) -> None:
    with refusals_explained(path), path.open("ab") as outlet:
        outlet.writelines(chunks)


def refuse_folder(path: Path) -> None:
    """Raises SetupError where a folder stands in the place of a file to be."""
    with refusals_explained(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))


def make_folder(folder: Path) -> None:
    """Makes a folder and those above it that are missing, and waits until the disk has their names."""
    new = list(takewhile(lambda each: not each.exists(), (folder, *folder.parents)))
    folder.mkdir(parents=True, exist_ok=True)
    for each in new:
        _sync(each.parent)


def make_home(folder: Path) -> None:
    """Makes the folder of what a workspace keeps to itself: other users of the machine have no business in it."""
    with refusals_explained(folder):
        if not folder.is_dir():
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
def refusals_explained(path: Path, done: str = "written") -> Iterator[None]:
    """Turns the refusals of a disk into SetupError. done: what could not be done with it, `written` or `read`."""
    try:
        yield
    except OSError as error:
        kind = NameTaken if error.errno in _ABOUT_NAMES else SetupError
        raise kind(refusal(path, error, done)) from error


def refusal(path: Path, error: OSError, done: str = "written") -> Problem:
    """What the system has against that file, by the number of the error."""
    message, hint = _REASONS.get(error.errno or 0, (error.strerror or str(error), None))
    if error.errno in {errno.EACCES, errno.EPERM}:
        message = f"{message}{_belongs(path)}"
    elif error.errno in {errno.EEXIST, errno.ENOTDIR, errno.ENOENT} and (dangling := _in_the_way(path)):
        message, hint = dangling
    return Problem(f"`{path}` could not be {done}: {message}", hint=hint)


def is_refusal(error: OSError) -> bool:
    """Whether this machine is to blame, rather than the program."""
    return error.errno in _REASONS


def may_write(path: Path) -> bool:
    """Whether this user may write a file, or make it where it is not there yet; nothing is tried."""
    there = next(each for each in (path, *path.absolute().parents) if os.path.lexists(each))
    effective = os.access in os.supports_effective_ids
    return os.access(there, os.W_OK | os.X_OK if there.is_dir() else os.W_OK, effective_ids=effective)


def check_way(path: Path) -> None:
    """Raises SetupError where a file, or a link to what is not there, stands in the way to that file."""
    if blocked := _in_the_way(path):
        raise SetupError(Problem(f"`{path}` could not be read: {blocked[0]}", hint=blocked[1]))


def _belongs(path: Path) -> str:
    """The owner of what is there, `, since `/data` belongs to root`; nothing where that is the user."""
    there = next((each for each in (path, *path.absolute().parents) if os.path.lexists(each)), None)
    if there is None or not hasattr(os, "getuid"):
        return ""
    try:
        owner = there.lstat().st_uid
        return (
            f" (this is {_user(os.getuid())}, and `{there}` belongs to {_user(owner)})" if owner != os.getuid() else ""
        )
    except OSError:
        return ""


def _user(number: int) -> str:
    import pwd  # not on Windows, where nothing asks

    try:
        return f"`{pwd.getpwuid(number).pw_name}`"
    except KeyError:
        return f"user {number}"


def _in_the_way(path: Path) -> tuple[str, str] | None:
    """What stands where a folder should be: a file, or a link to what is not there."""
    for each in (path, *path.absolute().parents):
        if each.is_symlink() and not each.exists():
            return (
                f"`{each}` is a link to `{each.readlink()}`, which is not there",
                "make or mount it, or remove the link",
            )
        if each != path and os.path.lexists(each) and not each.is_dir():
            return f"`{each}` is a file, and a folder should be there", "move it away, or choose another name"
    return None


def replace_if_changed(path: Path, chunks: Iterable[str | bytes]) -> bool:
    """Writes the text (UTF-8) or the bytes as a whole, unless the file holds exactly that, and says whether it did.

    What is no file is written into, as by `write_whole`.
    """
    if _is_no_file(path):
        _write_into(path, map(_as_bytes, chunks))
        return True
    refuse_folder(path)
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
