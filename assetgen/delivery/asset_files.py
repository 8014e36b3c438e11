"""Finished files under names that carry their contents' digest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from assetgen.disk import last_change, write_whole
from assetgen.fingerprint import Json, digest
from assetgen.model.cutting import Word
from assetgen.model.finding import KeptBack, Level
from assetgen.model.made import Made, Shown
from assetgen.planning.cutout_words import notes, says_no

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
    """A file that is kept back leaves the last good one in place; one that shows what is doubted itself is none.

    So a word that is taken back takes what went out with it away again, also after other photos; and where people say
    no to a product, nothing of it stays.
    """
    if earlier is None or not made.kept_back:
        return made
    shown = _shown_by(made)
    if any(says_no(note) for _, note in shown.values()):
        return made
    path, before = (earlier.stale, earlier.stale_shows) if earlier.kept_back else (earlier.path, _shown_by(earlier))
    doubted = any(finding.level is Level.HELD for finding in made.findings)
    if doubted and _are_doubted(before or {}, shown):
        return made
    return replace(made, stale=path, stale_shows=before)


def _shown_by(made: Made) -> dict[str, tuple[str, str]]:
    """By sku the key of each cutout that a file shows, or of the plate which has it, and what was said of it."""
    cutouts = made.inputs["cutout"]
    keys = [made.inputs["plate"]] if cutouts == "none" else cutouts.split(", ")
    said = notes(made.inputs) or [Word.NONE.value] * len(keys)
    return {sku: (key, note) for sku, key, note in zip(made.products or (made.sku,), keys, said, strict=False)}


def _are_doubted(before: Shown, now: Shown) -> bool:
    """Whether an earlier file shows what is doubted now: the same cutouts, or one of which something else is said."""
    same = {sku for sku in before.keys() & now.keys() if before[sku][0] == now[sku][0]}
    return len(same) == len(before) == len(now) or any(before[sku][1] != now[sku][1] for sku in same)


def remove(output: Path, paths: Iterable[str]) -> None:
    """Removes files and their records; what the disk keeps hold of stays, and nobody names it any more."""
    for path in paths:
        for each in (path, record_path(path)):
            with suppress(OSError):
                (output / each).unlink()
