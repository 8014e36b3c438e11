"""Finished files under names that carry their contents' digest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from assetgen.disk import last_change, write_whole
from assetgen.fingerprint import Json, digest
from assetgen.model.cutting import Word
from assetgen.model.finding import KeptBack, Level
from assetgen.model.made import Made
from assetgen.planning.cutout_words import notes

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

    So a word that is taken back, or a `no`, takes what went out with it away again, also after other photos.
    """
    if earlier is None or not made.kept_back:
        return made
    path, shows = (earlier.stale, earlier.stale_shows) if earlier.kept_back else (earlier.path, _shown_by(earlier))
    doubted = any(finding.level is Level.HELD for finding in made.findings)
    if doubted and _are_doubted(shows or {}, _shown_by(made)):
        return made
    return replace(made, stale=path, stale_shows=shows)


def _shown_by(made: Made) -> dict[str, str]:
    """The keys of the cutouts that a file shows, or of the plate which a provider drew around one, and what was said.

    So one among several can be told from the others.
    """
    cutouts = made.inputs["cutout"]
    keys = made.inputs["plate"] if cutouts == "none" else cutouts
    return dict(zip_longest(keys.split(", "), notes(made.inputs), fillvalue=Word.NONE.value))


def _are_doubted(shown: Mapping[str, str], doubted: Mapping[str, str]) -> bool:
    """Whether a file shows what is doubted in a later one: the same cutouts, or one of which something else is said."""
    return shown.keys() == doubted.keys() or any(doubted.get(key, said) != said for key, said in shown.items())


def remove(output: Path, paths: Iterable[str]) -> None:
    """Removes files and their records; what the disk keeps hold of stays, and nobody names it any more."""
    for path in paths:
        for each in (path, record_path(path)):
            with suppress(OSError):
                (output / each).unlink()
