"""Finished files under names that carry their contents' digest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from assetgen.disk import last_change, write_whole
from assetgen.fingerprint import Json, digest
from assetgen.model.finding import KeptBack, Level
from assetgen.model.made import Made

RECORDS = PurePosixPath("records")


@dataclass(frozen=True)
class File:
    """A delivered file: path relative to the output folder, size in bytes, modified as `disk.last_change` has it."""

    path: str
    digest: str
    size: int
    modified: int


def deliver(  # noqa: PLR0917 - a file and all that its name is made of
    output: Path, asset: str, extension: str, data: bytes, record: Mapping[str, Json], kept_back: KeptBack | None
) -> File:
    """Writes `<asset>--<hash8><extension>`; the same contents always get the same name. Raises SetupError.

    What is kept back goes to a folder of its own. The record is written first, so that no file is without one.
    """
    contents = digest(data)
    path = f"{f'{kept_back}/' if kept_back else ''}{asset}--{contents[:8]}{extension}"
    told = {"file": path, "sha256": contents, **record}
    write_whole(
        output / record_path(path), json.dumps(told, ensure_ascii=False, indent=1).encode(errors="backslashreplace")
    )
    write_whole(output / path, data)
    return File(path, contents, len(data), last_change(output / path))


def record_path(path: str) -> str:
    """The path of a file's record: beside one that is kept back, and for others in a folder apart from the pictures."""
    record = PurePosixPath(path).with_suffix(".json")
    return str(record if KeptBack.at(path) else RECORDS / record)


def succeed(made: Made, earlier: Made | None) -> Made:
    """A file that is kept back leaves the last good one in place; one that shows the doubted cutout itself is none.

    So a word that is taken back, or a `no`, takes what went out with it away again.
    """
    if earlier is None or not made.kept_back:
        return made
    if earlier.kept_back:
        return replace(made, stale=earlier.stale)
    doubted = any(finding.level is Level.HELD for finding in made.findings)
    return made if doubted and _shows_the_same(made, earlier) else replace(made, stale=earlier.path)


def _shows_the_same(made: Made, earlier: Made) -> bool:
    """Whether two files show the same cutouts: pasted ones, or that in a plate which a provider drew around it."""
    shown = "plate" if made.inputs["cutout"] == "none" else "cutout"
    return made.inputs[shown] == earlier.inputs[shown]


def remove(output: Path, paths: Iterable[str]) -> None:
    """Removes files and their records; what the disk keeps hold of stays, and nobody names it any more."""
    for path in paths:
        for each in (path, record_path(path)):
            with suppress(OSError):
                (output / each).unlink()
