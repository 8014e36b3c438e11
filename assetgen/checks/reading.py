"""Rules on whether words can be read: their size, and their contrast with what lies around them."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.checks.rule import Basis, Fault, Rule
from assetgen.checks.subject import Subject
from assetgen.model.canvas import PlacedLayer
from assetgen.model.finding import Level
from assetgen.picture.colour import LARGE, LARGE_READABLE, READABLE
from assetgen.picture.geometry import Rect
from assetgen.picture.type.readable import readable

_LEAST_CAPITALS = 9
"""The pixels that capitals must have, however small the picture."""

_CAPITALS = 0.022
"""The height that capitals must have in a picture without a channel, as a share of its short side."""

_TYPE_SIZE = 1 / 0.727
"""The type size of Inter, in heights of its capitals."""

_AROUND = 1 / 3
"""The way around words that counts as their ground, in heights of capitals."""

_SHORT = 0.95
"""The share of a size or contrast that is enough: a twentieth less is not seen, and measures are no better."""


def _min_font(subject: Subject) -> Iterator[Fault]:
    share = subject.channel.min_capitals if subject.channel else _CAPITALS
    # The label has a rule of its own, and of letters that a plug-in drew nobody knows the height.
    layers = [layer for layer in subject.words if layer.layer != "label" and layer.glyph]
    least = max(_LEAST_CAPITALS, share * min(subject.frame.width, subject.frame.height))
    for layer in layers:
        # Chinese signs must be a fifth larger, and beside capitals of the same type they are.
        if layer.glyph < _SHORT * least:
            yield Fault(f"`{layer.text}` has capitals of {layer.glyph:.0f} px, {least:.0f} px can be read everywhere")


def _contrast(subject: Subject) -> Iterator[Fault]:
    beside = [Rect(*layer.box) for layer in subject.overlays]
    for layer in subject.words:
        # A sign alone, such as an opening quote, is there to be looked at.
        if layer.colour is None or not any(char.isalnum() for char in layer.text):
            continue
        needed = LARGE_READABLE if layer.glyph * _TYPE_SIZE >= LARGE else READABLE
        found = _found(subject, layer, [box for box in beside if box != layer.box])
        if found < _SHORT * needed:
            yield Fault(f"`{layer.text}` has a contrast of {found:.1f} with what lies around it, it needs {needed:g}")


def _found(subject: Subject, layer: PlacedLayer, others: list[Rect]) -> float:
    assert layer.colour  # noqa: S101 - see _contrast
    box = Rect(*layer.box)
    reach = max(2, round(layer.glyph * _AROUND))
    if layer.ground is not None:
        # Of a badge the middle, where its words are: its corners may be round.
        across, down = round(0.15 * box.width), round(0.15 * box.height)
        box = Rect(box.left + across, box.top + down, box.right - across, box.bottom - down)
        reach = 0
    return readable(subject.seen, box, layer.colour, layer.glyph, reach=reach, others=others)


RULES = (
    Rule(
        "min-font",
        "capitals are 2.2 % of the short side and 9 px at least; more where pictures are shown smaller",
        Level.WARNING,
        Basis.OURS,
        _min_font,
    ),
    Rule(
        "contrast",
        "words have a contrast of 4.5 with what really lies around them, of 3 above 48 px",
        Level.WARNING,
        Basis.OURS,
        _contrast,
    ),
)
