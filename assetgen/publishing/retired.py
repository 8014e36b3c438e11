"""Files at a target that nothing asks for any more: since when, and which of them are ours to take away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import PurePath

from assetgen import clock
from assetgen.planning.asset_names import digits_of
from assetgen.ports import Target

_AT_ONCE = 16
"""The files that are looked at side by side, which is waiting for the network."""


@dataclass(frozen=True)
class Withdrawn:
    """What must not be out any longer, in whatever version: assets, by the names at the target that they begin with.

    products: names of products in names of files, of which everything goes.
    """

    assets: set[str] = field(default_factory=set)
    products: set[str] = field(default_factory=set)

    def __contains__(self, name: str) -> bool:
        return name.rpartition("--")[0] in self.assets or PurePath(name).name.partition("--")[0] in self.products


class Retired:
    """The days since when files that are there are no longer asked for; kept beside them, for a CI job forgets."""

    def __init__(self, place: Target, campaign: str, unasked: Iterable[str], notes: list[str]) -> None:
        """Reads what was written down, and adds what nothing asks for since today. `notes` gets what to know of it."""
        self._place = place
        self._name = f"{campaign}/.retired.json"
        self._damaged: bytes | None = None
        known, today = self._known(notes), clock.real_now().date().isoformat()
        named = [name for name in unasked if digits_of(name)]
        ours = {*self._ours(name for name in named if name not in known)}
        self._since = {name: known.get(name, today) for name in named if name in known or name in ours}

    def expired(self, days: int) -> list[str]:
        """The names of the files whose days are over."""
        latest = (clock.real_now().date() - timedelta(days=days)).isoformat()
        return [name for name, since in self._since.items() if since <= latest]

    def all_of(self, withdrawn: Withdrawn) -> list[str]:
        """The files that are withdrawn, however long ago something asked for them."""
        return [name for name in self._since if name in withdrawn]

    def write(self, *, without: Iterable[str]) -> None:
        """Writes down what is left once these are gone."""
        gone = set(without)
        left = {name: since for name, since in sorted(self._since.items()) if name not in gone}
        text = json.dumps(left, indent=1).encode()
        if self._damaged is not None:
            self._place.put(f"{self._name}.damaged", self._damaged, kind="application/json", cache="no-cache")
        if text != self._place.get(self._name):
            self._place.put(self._name, text, kind="application/json", cache="no-cache")

    def _known(self, notes: list[str]) -> Mapping[str, str]:
        said = self._place.get(self._name)
        try:
            return _days(json.loads(said or b"{}"))
        except (ValueError, RecursionError):
            self._damaged = said
            notes.append(
                f"`{self._name}` at the target is damaged: it is kept as `{self._name}.damaged` and begun anew,"
                " so that old files stay for their `keep_days` once more"
            )
            return {}

    def _ours(self, names: Iterable[str]) -> Iterator[str]:
        """Those that were uploaded by us: their names carry the digest of their contents, as nobody else's do."""
        with ThreadPoolExecutor(_AT_ONCE) as readers:
            for name, found in readers.map(lambda name: (name, self._place.digest(name)), names):
                if found and found.startswith(digits_of(name)):
                    yield name


def _days(said: object) -> Mapping[str, str]:
    """What was written down. Raises ValueError for anything else than names with days."""
    if not isinstance(said, dict):
        raise ValueError(said)  # noqa: TRY004 - as json does for what it cannot read
    return {name: date.fromisoformat(str(since)).isoformat() for name, since in said.items()}
