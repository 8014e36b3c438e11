"""Two manifests of a campaign, before and after: which files changed, and why."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assetgen.errors import InputError, Location, Problem
from assetgen.file_bytes import require_file
from assetgen.fingerprint import Json
from assetgen.planning.compare import cause, differences
from assetgen.promises import promised

NEW = "new"
"""The reason of a file that was not there before."""

GONE = "gone"
"""The reason of a file that is not there any more."""


@dataclass(frozen=True)
class Change:
    """A file that is new, gone or another one; before and after: digests of its contents, None where there is none."""

    id: str
    reason: str
    before: str | None
    after: str | None
    file: str

    @property
    def cause(self) -> str:
        """What a change shares with others that changed for the same kind of reason."""
        return cause(self.reason)

    def as_json(self) -> dict[str, Json]:
        return {"id": self.id, "reason": self.reason, "before": self.before, "after": self.after, "file": self.file}


_FACTS = ("id", "sha256", "state", "file")
"""What a manifest says of every file."""


def difference(before: Path, after: Path) -> list[Change]:
    """The files that changed, in the order of their ids. Raises InputError for a file that is no manifest."""
    old, new = _assets(before), _assets(after)
    return list(_changes(old, new))


def by_cause(changes: Sequence[Change]) -> Mapping[str, Sequence[Change]]:
    """The changes by their cause, the most frequent one first."""
    groups: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        groups[change.cause].append(change)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            yield Change(name, NEW, None, new[name]["sha256"], new[name]["file"])
        elif name not in new:
            yield Change(name, GONE, old[name]["sha256"], None, old[name]["file"])
        elif any(old[name][fact] != new[name][fact] for fact in ("sha256", "state")):
            was, now = old[name], new[name]
            yield Change(name, _reason(was, now), was["sha256"], now["sha256"], now["file"])


def _reason(was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    if "inputs" not in was or "inputs" not in now:
        return "one of the two was made by another version of assetgen"
    phrases = list(differences(was["inputs"], now["inputs"]))
    if was["state"] != now["state"]:
        phrases.append(f"it was {was['state']} and is {now['state']}")
    return "; ".join(phrases) or "it was made again"


def _assets(manifest: Path) -> dict[str, Any]:
    hint = "a run writes one to output/<campaign>/manifest.json; keep a copy of it before the next run"
    require_file(manifest, hint)
    try:
        assets = json.loads(manifest.read_text(encoding="utf-8"))["assets"]
        for asset in assets:
            for fact in _FACTS:
                promised(str, asset[fact], fact)
            promised(Mapping[str, str], asset.get("inputs", {}), "inputs")
        return {asset["id"]: asset for asset in assets}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(Problem("this is not a manifest", Location(str(manifest)), hint)) from error
