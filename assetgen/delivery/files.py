"""Finished files under names that carry their contents' digest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from assetgen.disk import write_whole
from assetgen.fingerprint import digest
from assetgen.model.made import REJECTED, Made


@dataclass(frozen=True)
class File:
    """A delivered file: path relative to the output folder, size in bytes, modified in nanoseconds."""

    path: str
    digest: str
    size: int
    modified: int


def deliver(output: Path, asset: str, extension: str, data: bytes, *, rejected: bool = False) -> File:
    """Writes `<asset>--<hash8><extension>`; the same contents always get the same name. Raises SetupError.

    What was rejected goes to a folder of its own.
    """
    contents = digest(data)
    path = f"{f'{REJECTED}/' if rejected else ''}{asset}--{contents[:8]}{extension}"
    write_whole(output / path, data)
    stat = (output / path).stat()
    return File(path, contents, stat.st_size, stat.st_mtime_ns)


def succeed(made: Made, earlier: Made | None) -> Made:
    """A rejected file leaves the last good one in place."""
    if earlier is None or not made.rejected:
        return made
    return replace(made, stale=earlier.stale if earlier.rejected else earlier.path)


def remove(output: Path, paths: Iterable[str]) -> None:
    for path in paths:
        (output / path).unlink(missing_ok=True)
