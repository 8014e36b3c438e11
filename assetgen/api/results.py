"""What the functions find: sequences that can be had as pandas frames, and what became of published files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetgen.delivery.manifest_difference import Change, by_cause
from assetgen.errors import Problem
from assetgen.fingerprint import Json
from assetgen.frames import frame
from assetgen.ledger import Expense
from assetgen.model.finding import Level
from assetgen.model.inspected import Inspected
from assetgen.plural import counted
from assetgen.publishing.uploading import Published
from assetgen.shop_feeds.feed_writing import Written

if TYPE_CHECKING:
    from assetgen.frames import DataFrame


class Inspection(tuple[Inspected, ...]):
    """Pictures that were looked at, in the order in which they were named."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<Inspection: {counted(len(self), 'file')}, {len(self.broken)} that break a rule>"

    @property
    def broken(self) -> tuple[Inspected, ...]:
        """The pictures that break a rule, rather than only to be warned of."""
        return tuple(one for one in self if one.level is Level.ERROR)

    def frame(self) -> DataFrame:
        """A row for each file: what it is, what it says of itself, and the messages of what was found, by level.

        level: that of the worst finding, `error` or `warning`, and missing where there is nothing to say.
        """
        facts = dict.fromkeys(name for one in self for name in one.facts)
        columns = ("file", "channel", "level", *facts, "errors", "warnings", "not_checked")
        return frame(columns, (_inspected_row(one, facts) for one in self))


def _inspected_row(one: Inspected, facts: Mapping[str, None]) -> list[object]:
    levels = (Level.ERROR, Level.WARNING, Level.NOT_CHECKED)
    messages = ("; ".join(f"{finding.rule}: {finding.message}" for finding in one.of(level)) for level in levels)
    worst = one.level.value if one.level else None
    return [str(one.file), one.channel, worst, *(one.facts.get(name) for name in facts), *messages]


class Spending(tuple[Expense, ...]):
    """Sums of what was paid for plates, by name and currency."""

    __slots__ = ()

    def frame(self) -> DataFrame:
        """A row for each sum. amount: exact, as Decimal, and missing where nobody knows.

        unconfirmed: calls whose answer was never seen; unpriced: those whose answer did not say what it cost. Both
        count as estimated, and `estimated` is their part of the amount.
        """
        columns = ("name", "calls", "unconfirmed", "unpriced", "amount", "estimated", "currency")
        return frame(columns, ([getattr(expense, name) for name in columns] for expense in self))


class Difference(tuple[Change, ...]):
    """The files that are new, gone or others in the later of two manifests, in the order of their ids."""

    __slots__ = ()

    def __repr__(self) -> str:
        causes = ", ".join(f"{len(changes)} {cause}" for cause, changes in self.by_cause.items())
        return f"<Difference: {causes or 'nothing changed'}>"

    @property
    def by_cause(self) -> Mapping[str, Sequence[Change]]:
        """What changed for the same kind of reason, the most frequent first."""
        return by_cause(self)

    def frame(self) -> DataFrame:
        """A row for each file. before, after: digests (SHA-256) of its contents, missing where there is none."""
        columns = ("id", "cause", "reason", "before", "after", "file")
        return frame(columns, ([getattr(change, name) for name in columns] for change in self))


@dataclass(frozen=True)
class Publication:
    """What was brought to where shops fetch it, or would be.

    files: the pictures; feeds: what became of each; lost: why feeds that were written did not arrive.
    """

    files: Published
    feeds: tuple[Written, ...]
    lost: tuple[Problem, ...]

    def __repr__(self) -> str:
        done, parts = self.files, [counted(len(self.feeds), "feed"), counted(len(self.problems), "problem")]
        pictures = f"{len(done.uploaded)} uploaded, {done.there} there already, {len(done.removed)} removed"
        return f"<Publication: {pictures}; {', '.join(parts)}>"

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was refused, did not arrive or could not be written, each with its reason."""
        unwritten = (written.problem for written in self.feeds if written.problem)
        return (*self.files.refused, *self.files.failures, *self.lost, *unwritten)

    def as_json(self) -> dict[str, Json]:
        """The publication for scripts, as `assetgen publish --json` prints it."""
        return {
            "uploaded": list[Json](self.files.uploaded),
            "there": self.files.there,
            "removed": list[Json](self.files.removed),
            "refused": [problem.message for problem in self.files.refused],
            "failed": [problem.message for problem in (*self.files.failures, *self.lost)],
            "feeds": [written.as_json() for written in self.feeds],
        }
