"""Products on white, as marketplaces want them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assetgen.checks.rule import Basis, Fault, Rule
from assetgen.checks.subject import Subject
from assetgen.imaging.geometry import Rect, around
from assetgen.model.finding import Level

RING = 0.02
"""The share of the short side that must be pure white around a product on white."""


def _ring(subject: Subject) -> Iterator[Fault]:
    if subject.row.background != "white":
        return
    pixels = subject.pixels
    depth = max(1, round(RING * min(pixels.shape[:2])))
    inside = np.zeros(pixels.shape[:2], bool)
    inside[depth:-depth, depth:-depth] = True
    if (pixels[~inside] != 255).any():
        yield Fault("the outer ring is not pure white: the product is cut by it")


def _fill(subject: Subject) -> Iterator[Fault]:
    placed = subject.scene.placed if subject.scene else ()
    boxes = [Rect(*layer.box) for layer in placed if layer.layer == "product"]
    if not boxes or subject.row.min_product_fill is None:
        return
    whole = around(boxes)
    fill = max(whole.width / subject.row.width, whole.height / subject.row.height)
    if fill < subject.row.min_product_fill - 0.005:
        least = f"{subject.row.name} asks for {subject.row.min_product_fill:.0%}"
        yield Fault(f"the product fills {fill:.0%} of the frame, {least}")


RULES = (
    Rule("white-background", "the outer 2 % are pure white", Level.ERROR, Basis.PLATFORM, _ring),
    Rule("fill", "the product's larger share of the frame is large enough", Level.ERROR, Basis.PLATFORM, _fill),
)
