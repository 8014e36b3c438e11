"""The file itself: its size, weight and format."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.checks.rule import Basis, Fault, Rule
from assetgen.checks.subject import Subject
from assetgen.model.finding import Level


def _weight(subject: Subject) -> Iterator[Fault]:
    if len(subject.data) < subject.row.min_bytes:
        size, least = len(subject.data) / 1000, subject.row.min_bytes / 1000
        yield Fault(f"weighs {size:.0f} kB, {subject.row.name} asks for {least:.0f} kB at least", Level.WARNING)


RULES = (Rule("weight", "its bytes are within the channel's limits", Level.ERROR, Basis.MEASURE, _weight),)
