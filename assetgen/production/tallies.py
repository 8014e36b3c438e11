"""Things counted by kind while a run goes on, with some of each kind to show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from assetgen.model.outcome import Tallied

EXAMPLES = 5
"""The most examples kept of each kind: a night may change a hundred thousand files for the same reason."""


@dataclass
class TalliesByKind:
    """Counts by the names of kinds, with the first few examples of each."""

    _counts: Counter[str] = field(default_factory=Counter)
    _examples: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, example: str) -> None:
        """Counts one more of a kind."""
        self._counts[name] += 1
        if len(self._examples[name]) < EXAMPLES:
            self._examples[name].append(example)

    def __iter__(self) -> Iterator[Tallied]:
        """The kinds with their counts, the largest first."""
        for name, count in sorted(self._counts.items(), key=lambda item: (-item[1], item[0])):
            yield Tallied(name, count, tuple(sorted(self._examples[name])))
