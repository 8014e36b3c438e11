"""Finished files under names that carry their contents' digest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from assetgen.disk import write_whole
from assetgen.fingerprint import Json, digest
from assetgen.model.made import REJECTED, Made

RECORDS = PurePosixPath("records")


@dataclass(frozen=True)
class File:
    """A delivered file: path relative to the output folder, size in bytes, modified in nanoseconds."""

    path: str
    digest: str
    size: int
    modified: int


def deliver(
    output: Path, asset: str, extension: str, data: bytes, record: Mapping[str, Json], *, rejected: bool = False
) -> File:
    """Writes `<asset>--<hash8><extension>`; the same contents always get the same name. Raises SetupError.

    What was rejected goes to a folder of its own. The record is written first, so that no file is without one.
    """
    contents = digest(data)
    path = f"{f'{REJECTED}/' if rejected else ''}{asset}--{contents[:8]}{extension}"
    told = {"file": path, "sha256": contents, **record}
    write_whole(output / record_path(path), json.dumps(told, ensure_ascii=False, indent=1).encode())
    write_whole(output / path, data)
    stat = (output / path).stat()
    return File(path, contents, stat.st_size, stat.st_mtime_ns)


def record_path(path: str) -> str:
    """The path of a file's record: beside a rejected file, and for others in a folder apart from the pictures."""
    record = PurePosixPath(path).with_suffix(".json")
    return str(record if path.startswith(f"{REJECTED}/") else RECORDS / record)


def succeed(made: Made, earlier: Made | None) -> Made:
    """A rejected file leaves the last good one in place."""
    if earlier is None or not made.rejected:
        return made
    return replace(made, stale=earlier.stale if earlier.rejected else earlier.path)


def remove(output: Path, paths: Iterable[str]) -> None:
    """The files and their records."""
    for path in paths:
        (output / path).unlink(missing_ok=True)
        (output / record_path(path)).unlink(missing_ok=True)
