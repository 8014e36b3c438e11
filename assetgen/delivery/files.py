"""Finished files under names that carry their contents' digest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assetgen.disk import write_whole
from assetgen.fingerprint import digest


@dataclass(frozen=True)
class File:
    """A delivered file: path relative to the output folder, size in bytes, modified in nanoseconds."""

    path: str
    digest: str
    size: int
    modified: int


def deliver(output: Path, asset: str, extension: str, data: bytes) -> File:
    """Writes `<asset>--<hash8><extension>`; the same contents always get the same name. Raises SetupError."""
    contents = digest(data)
    path = f"{asset}--{contents[:8]}{extension}"
    write_whole(output / path, data)
    stat = (output / path).stat()
    return File(path, contents, stat.st_size, stat.st_mtime_ns)
