"""`manifest.json`: every delivered file with its sources, keys, checks and price, for machines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

from assetgen.disk import replace_if_changed
from assetgen.errors import InputError, Location, Problem
from assetgen.fingerprint import Json
from assetgen.model.brief import Brief
from assetgen.model.made import Shown
from assetgen.model.outcome import Delivered, Failure, Held
from assetgen.model.product import Reject
from assetgen.planning.compare import inputs_shortened

SCHEMA_VERSION = 1


def write_manifest(  # noqa: PLR0917 - all that it tells of
    path: Path,
    brief: Brief,
    delivered: Iterable[Delivered],
    held: Iterable[Held],
    rejects: Iterable[Reject],
    failures: Iterable[Failure],
) -> bool:
    """One asset a line, streamed. Says nothing that a run without work would change; whether it was written."""
    return replace_if_changed(path, _text(brief, delivered, held, rejects, failures))


def unfinished(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Why rows were set aside, by sku, and why pictures could not be made, by id; nothing without a manifest.

    Raises InputError for a manifest that was damaged.
    """
    try:
        return _unfinished(path) if path.is_file() else ({}, {})
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        place = Location(str(path))
        raise InputError(Problem("this manifest is damaged", place, "`assetgen run` writes it anew")) from error


def _unfinished(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    found: dict[str, dict[str, str]] = {"set_aside": {}, "failed": {}}
    with path.open(encoding="utf-8") as lines:
        group: dict[str, str] = {}
        for line in takewhile(lambda line: not line.startswith('"assets": ['), lines):
            if name := re.match(r'"(held|set_aside|failed)": \[', line):
                group = found.get(name[1], {})
            elif line.startswith(('{"sku"', '{"id"')):
                item = json.loads(line.rstrip(",]\n"))
                group[item.get("sku") or item.get("id") or ""] = item["message"]
    return found["set_aside"], found["failed"]


def _text(
    brief: Brief,
    delivered: Iterable[Delivered],
    held: Iterable[Held],
    rejects: Iterable[Reject],
    failures: Iterable[Failure],
) -> Iterator[str]:
    head: dict[str, Json] = {
        "schema_version": SCHEMA_VERSION,
        "campaign": brief.name,
        "title": brief.campaign.value.name,
        "disclosure": brief.campaign.value.disclosure.model_dump(mode="json"),
        "channels": {c.id: {"width": c.width, "height": c.height, "name": c.name} for c in brief.channels},
    }
    yield from (f"{'{' if n == 0 else ','}\n{_json(k)}: {_json(v)}" for n, (k, v) in enumerate(head.items()))
    yield from _list("held", (each.as_json() for each in held))
    yield from _list("set_aside", map(_reject, rejects))
    yield from _list("failed", map(_failure, failures))
    yield from _list("assets", map(_asset, delivered))
    yield "\n}\n"


def _list(name: str, items: Iterable[dict[str, Json]]) -> Iterator[str]:
    yield f",\n{_json(name)}: ["
    for n, item in enumerate(items):
        yield f"{',' if n else ''}\n{_json(item)}"
    yield "]"


def _asset(delivered: Delivered) -> dict[str, Json]:
    made, plate = delivered.made, delivered.plate
    request = plate["request"] if plate else None
    return {
        "file": made.path,
        "state": _state(delivered),
        "stale": made.stale,
        "stale_shows": _shown(made.stale_shows),
        "id": made.id,
        "sku": made.sku,
        "products": list(made.products) or [made.sku],
        "scene": made.scene,
        "locale": made.locale,
        "audience": made.audience,
        "take": made.take,
        "channel": made.channel,
        "width": made.width,
        "height": made.height,
        "format": made.format,
        "quality": made.quality,
        "score": made.score,
        "bytes": made.size,
        "sha256": made.digest,
        "keys": {"asset": made.key, "plate": made.inputs["plate"], "cutout": made.inputs["cutout"]},
        "inputs": dict[str, Json](inputs_shortened(made.inputs)),
        "sources": {"photo": made.photo, "photos": list(made.photos or filter(None, [made.photo])), "request": request},
        "digital_source_type": made.source_type,
        "credentials": made.credentials,
        "provider": plate["provider"] if plate else None,
        "model": plate["model"] if plate else None,
        "price": plate["cost"] if plate else None,
        "likeness": plate.get("likeness") if plate else None,
        "origin": made.origin,
        "checks": [finding.as_json() for finding in made.findings],
    }


def _shown(stale: Shown | None) -> dict[str, Json] | None:
    return None if stale is None else {sku: [key, said] for sku, (key, said) in stale.items()}


def _state(delivered: Delivered) -> str:
    if delivered.orphan:
        return "orphan"
    return delivered.made.kept_back or "current"


def _reject(reject: Reject) -> dict[str, Json]:
    return {"sku": reject.sku, **_problem(reject.problem)}


def _failure(failure: Failure) -> dict[str, Json]:
    return {"id": failure.id, **_problem(failure.problem)}


def _problem(problem: Problem) -> dict[str, Json]:
    return {"message": problem.message, "place": str(problem.location or "") or None, "hint": problem.hint}


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)
