"""The type of a rule, and how hard it may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assetgen.checks.subject import Subject, Unseen
from assetgen.config.channel import Channel
from assetgen.errors import PluginError
from assetgen.files.decode import Unreadable
from assetgen.fingerprint import digest
from assetgen.model.finding import Finding, Level
from assetgen.plugins import OURS, blamed, each_blamed
from assetgen.promises import promised

Strictness = Mapping[str, str]
"""The names of rules with what was said of them: `error`, `warning` or `off`."""


_UNSEEN = "only of pictures made here is it known where words, logos and products are"


class Basis(StrEnum):
    """The ground that a rule stands on. A row of the channel table is only as good as its evidence."""

    MEASURE = "size, format or weight of a channel"  # an error on all rows but those from memory
    PLATFORM = "another demand of a channel"  # an error only where the platform's own words were read
    OURS = "ours"  # as hard as the rule itself, whatever the channel


@dataclass(frozen=True)
class Fault:
    """A fault in a marketer's words, and its level where that is not the rule's own; it may be NOT_CHECKED."""

    message: str
    level: Level | None = None


@dataclass(frozen=True)
class Rule:
    """One thing that a finished file must keep.

    demands: what must hold, as the table in the docs says it. recipe: raised when the same file would be judged
    otherwise, so that files are looked at again. package: which one brings the rule, filled in when it is found.
    goes_by: gives the data that it goes by, such as a list of words, whose digest is part of keys. Rules that lean on a
    channel are asked only where the subject has one.
    """

    name: str
    demands: str
    level: Level
    basis: Basis
    check: Callable[[Subject], Iterable[Fault]]
    recipe: int = 1
    package: str = OURS
    goes_by: Callable[[], bytes] | None = None

    @property
    def of_key(self) -> str:
        """What of it enters keys. Raises PluginError where the data of somebody else's rule cannot be had."""
        if self.goes_by is None:
            return f"{self.name} {self.recipe}"
        with blamed(f"the check of `{self.package}`"):
            return f"{self.name} {self.recipe} {digest(self.goes_by())[:16]}"

    def findings(self, subject: Subject, strictness: Strictness) -> Iterator[Finding]:
        """The faults at their levels; `strictness` is the campaign's, which goes before that of the channel's row."""
        said = strictness.get(self.name) or (subject.channel.checks.get(self.name) if subject.channel else None)
        if said == "off" or (subject.channel is None and self.basis is not Basis.OURS):
            return
        for fault in self._faults(subject):
            level = fault.level or self.level
            if level is not Level.NOT_CHECKED:
                level = Level(said) if said else self._allowed(level, subject.channel)
            yield Finding(self.name, level, fault.message)

    def _faults(self, subject: Subject) -> Iterator[Fault]:
        """The faults that the check yields; that a foreign one fails is a fault: nothing doubtful goes out unasked."""
        try:
            if self.package == OURS:
                yield from self.check(subject)
            else:
                yield from each_blamed(
                    f"the check of `{self.package}`", lambda: self._held(subject), Unseen, Unreadable
                )
        except Unseen:
            yield Fault(_UNSEEN, Level.NOT_CHECKED)
        except PluginError as error:
            yield Fault(error.problems[0].message)

    def _held(self, subject: Subject) -> Iterator[Fault]:
        """The faults, each held against what a Fault is. Raises TypeError, ValueError."""
        for fault in self.check(subject):
            promised(Fault, fault, "what it yields")
            yield fault

    def _allowed(self, level: Level, channel: Channel | None) -> Level:
        """The level, lowered to a warning where the evidence for an error is too weak.

        Only cutouts are held, for a person can settle doubts about these: a rule that would hold a file is broken.
        """
        level = Level.ERROR if level is Level.HELD else level
        if level is not Level.ERROR or channel is None or self.basis is Basis.OURS:
            return level
        secondary = self.basis is Basis.MEASURE and channel.evidence == "secondary"
        return Level.ERROR if secondary or channel.evidence.startswith("official") else Level.WARNING
