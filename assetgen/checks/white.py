"""Rules on products on white, as marketplaces want them, and on how much of the frame a product fills."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assetgen.checks.on_white import tinted_share
from assetgen.checks.rule import Basis, Fault, Rule
from assetgen.checks.subject import Subject
from assetgen.model.finding import Level
from assetgen.picture.geometry import Rect, rect_around

RING = 0.02
"""The share of the short side that must be pure white around a product on white."""

_PURE = 0.995
"""The share of the ring's pixels that must be pure white."""

_SMUDGE = 0.001
"""The share of the backdrop up to which nobody sees a smudge."""

_SHORT = 0.005
"""The share of the frame that a product may miss: a pixel is lost in rounding and one at a soft outline."""

_MOST_FILL = 0.96
"""The largest share of the frame for a product where a channel asks for a fill and names no most."""


def _white(subject: Subject) -> Iterator[Fault]:
    if subject.row.background != "white":
        return
    pure = _purity(subject)
    if pure < _PURE:
        yield Fault(f"the outer {RING:.0%} are pure white in {pure:.1%} of their pixels only")
        return
    products = [Rect(*layer.box) for layer in subject.layers("product")] if subject.scene else []
    if (share := tinted_share(subject.seen, products)) > _SMUDGE:
        # In a picture from elsewhere this may be a white product.
        level = None if subject.scene else Level.WARNING
        yield Fault(f"{share:.1%} of the backdrop is nearly white, and not white", level)


def _purity(subject: Subject) -> float:
    pixels = subject.seen
    depth = max(1, round(RING * min(pixels.shape[:2])))
    sides = (pixels[:depth], pixels[-depth:], pixels[depth:-depth, :depth], pixels[depth:-depth, -depth:])
    pure = np.concatenate([(side == 255).all(axis=2).ravel() for side in sides])
    return float(pure.mean())


def _filled(subject: Subject, box: Rect | None) -> float:
    return max(box.width / subject.frame.width, box.height / subject.frame.height) if box else 0.0


def _known(subject: Subject) -> float:
    """The share of the frame that the products of the scene fill, as composed."""
    boxes = [Rect(*layer.box) for layer in subject.layers("product")]
    return _filled(subject, rect_around(boxes)) if boxes else 0.0


def _fill(subject: Subject) -> Iterator[Fault]:
    row = subject.row
    if row.min_product_fill is None:
        return
    on_white = row.background == "white"
    fill = _filled(subject, subject.on_white) if on_white else _known(subject)
    if fill < row.min_product_fill - _SHORT:
        # A white product melts into the white: its box is large enough, and what is seen of it is not.
        melts = on_white and subject.scene and _known(subject) >= row.min_product_fill - _SHORT
        least = f"{row.name} asks for {row.min_product_fill:.0%}"
        yield Fault(f"the product fills {fill:.0%} of the frame, {least}", Level.WARNING if melts else None)


def _fill_max(subject: Subject) -> Iterator[Fault]:
    row = subject.row
    if row.min_product_fill is None and row.max_product_fill is None:
        return
    fill = _filled(subject, subject.on_white) if row.background == "white" else _known(subject)
    most = row.max_product_fill or _MOST_FILL
    if fill > most + _SHORT:
        yield Fault(f"the product fills {fill:.0%} of the frame, more than {most:.0%} leave it too little air")


def _cut_off(subject: Subject) -> Iterator[Fault]:
    if subject.row.background != "white" or not (box := subject.on_white):
        return
    frame = subject.frame
    sides = [
        side
        for side, inner, outer in zip(("left", "top", "right", "bottom"), box, frame, strict=True)
        if inner == outer
    ]
    if sides:
        yield Fault(f"the product is cut off at the {' and the '.join(sides)}")


RULES = (
    Rule(
        "white-background",
        "around a product on white the outer 2 % are pure white, and the rest of the backdrop is white",
        Level.ERROR,
        Basis.PLATFORM,
        _white,
    ),
    Rule("fill", "the product's larger share of the frame is large enough", Level.ERROR, Basis.PLATFORM, _fill),
    Rule(
        "fill-max",
        "it leaves the product some air: 4 % of the frame where the channel says nothing",
        Level.WARNING,
        Basis.PLATFORM,
        _fill_max,
    ),
    Rule("cut-off", "a product on white touches no edge", Level.ERROR, Basis.PLATFORM, _cut_off),
)
