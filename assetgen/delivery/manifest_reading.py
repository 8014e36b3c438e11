"""A manifest read back: what it tells of files, for a workspace that has lost its ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assetgen.fingerprint import Json
from assetgen.model.made import Made
from assetgen.planning.asset_names import digits_of

_MADE = TypeAdapter(Made)

_ALIKE = (
    *("id", "sku", "products", "scene", "locale", "audience", "take", "channel", "width", "height", "format"),
    *("quality", "score", "origin", "credentials", "stale", "stale_shows"),
)
"""What the ledger and a manifest call alike."""


@dataclass(frozen=True)
class Told:
    """A file as a manifest tells of it, and what stands there of its plate (None on white)."""

    made: Made
    plate: dict[str, Json] | None


def told_files(output: Path) -> Iterator[Told]:
    """The files that the manifest in an output folder tells of, as far as they are there and whole.

    Only what a run has made is believed: a name that its asset gives it and that carries the digest of the contents.
    Without a manifest, or with one that cannot be read, there are none.
    """
    try:
        lines = json.loads((output / "manifest.json").read_bytes())["assets"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return
    for line in lines if isinstance(lines, list) else ():
        try:
            told = _told(line)
        except (ValueError, LookupError, TypeError):
            continue
        if _is_ours(output, told.made):
            yield told


def _told(line: dict[str, Any]) -> Told:
    """Raises ValueError, LookupError and TypeError for what no run has written."""
    keys, sources = line["keys"], line["sources"]
    values = {
        **{name: line[name] for name in _ALIKE},
        "title": line["sku"],
        "key": keys["asset"],
        "inputs": {**line["inputs"], "plate": keys["plate"], "cutout": keys["cutout"]},
        "photo": sources["photo"],
        "photos": sources["photos"],
        "path": line["file"],
        "digest": line["sha256"],
        "size": line["bytes"],
        "modified": 0,
        "seconds": 0,
        "source_type": line["digital_source_type"],
        "findings": line["checks"],
    }
    made = _MADE.validate_python(values)
    if sources["request"] is None:
        return Told(made, None)
    facts = {name: line[name] for name in ("provider", "model", "likeness")}
    return Told(made, {**facts, "cost": line["price"], "request": sources["request"], "stage": None})


def _is_ours(output: Path, made: Made) -> bool:
    folder = f"{made.kept_back}/" if made.kept_back else ""
    named = f"{folder}{made.id}--{made.digest[:8]}{Path(made.path).suffix}"
    if made.path != named or ".." in Path(made.path).parts or Path(made.path).is_absolute():
        return False
    if made.stale and not (made.stale.startswith(f"{made.id}--") and _is_whole(output / made.stale)):
        return False
    return _is_whole(output / made.path)


def _is_whole(file: Path) -> bool:
    """Whether the digits in a finished file's name are those of its contents."""
    try:
        with file.open("rb") as source:
            return bool(digits := digits_of(file.name)) and file_digest(source, "sha256").hexdigest().startswith(digits)
    except OSError:
        return False
