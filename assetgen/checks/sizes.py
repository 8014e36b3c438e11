"""Rules on width, height, ratio and weight."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.checks.rule import Basis, Fault, Rule
from assetgen.checks.subject import Subject
from assetgen.model.finding import Level

_ANY_RATIO = 1.0
"""The tolerance from which a row of the channel table asks for no ratio at all."""


def _exact(subject: Subject) -> Iterator[Fault]:
    row, (width, height) = subject.row, subject.header.size
    if row.size_rule == "exact" and (width, height) != (row.width, row.height):
        yield Fault(f"is {width} x {height}, {row.name} takes {row.width} x {row.height} and nothing else")


def _smallest(subject: Subject) -> Iterator[Fault]:
    row, (width, height) = subject.row, subject.header.size
    if width < (row.min_width or 0) or height < (row.min_height or 0):
        least = " and ".join(
            f"{pixels} px {what}" for pixels, what in ((row.min_width, "across"), (row.min_height, "down")) if pixels
        )
        yield Fault(f"is {width} x {height}, {row.name} asks for {least} at least")
    if max(width, height) < (row.min_side or 0):
        yield Fault(f"is {width} x {height}, {row.name} asks for {row.min_side} px on the longer side")


def _largest(subject: Subject) -> Iterator[Fault]:
    row, (width, height) = subject.row, subject.header.size
    if row.max_side and max(width, height) > row.max_side:
        yield Fault(f"is {width} x {height}, {row.name} takes {row.max_side} px on the longer side at most")
    if row.max_sides and width + height > row.max_sides:
        yield Fault(f"is {width} x {height}, {row.name} takes {row.max_sides} px of width and height together")
    megapixels = width * height / 1e6
    if row.max_megapixels and megapixels > row.max_megapixels:
        yield Fault(f"has {megapixels:.1f} megapixels, {row.name} takes {row.max_megapixels:g}")


def _ratio(subject: Subject) -> Iterator[Fault]:
    row, (width, height) = subject.row, subject.header.size
    off = (width / height) / (row.width / row.height) - 1
    # Where the size is exact, that rule says it all.
    if row.size_rule != "exact" and row.ratio_tolerance < _ANY_RATIO and abs(off) > row.ratio_tolerance:
        side = "wide" if off > 0 else "high"
        yield Fault(f"is {width} x {height}, {abs(off):.0%} too {side} for the ratio {row.aspect} of {row.name}")


def _weight(subject: Subject) -> Iterator[Fault]:
    row, size = subject.row, len(subject.data)
    if row.max_bytes is not None and size > row.max_bytes:
        yield Fault(f"weighs {size / 1000:.0f} kB, {row.name} takes {row.max_bytes / 1000:.0f} kB at most")
    if size < row.min_bytes:
        yield Fault(f"weighs {size / 1000:.0f} kB, {row.name} asks for {row.min_bytes / 1000:.0f} kB at least")


RULES = (
    Rule("size-exact", "where only one size is taken, it has that", Level.ERROR, Basis.MEASURE, _exact),
    Rule("size-min", "it is not smaller than the channel takes", Level.ERROR, Basis.MEASURE, _smallest),
    Rule("size-max", "it is not larger than the channel takes", Level.ERROR, Basis.MEASURE, _largest),
    Rule("ratio", "width to height is as the channel shows it", Level.ERROR, Basis.MEASURE, _ratio),
    Rule("weight", "its bytes are within the channel's limits", Level.ERROR, Basis.MEASURE, _weight),
)
