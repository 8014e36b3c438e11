"""What speaks against a cutout that was made by colour alone, in a marketer's words.

Units are those of `cutout.evidence`; confidences run from 0 to 1. Numbers were tuned on
`python -m benchmarks.cutouts tuned`, which counts bad cutouts that are silent and good ones that are doubted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.cutout.evidence import NOISE_MARGIN
from assetgen.cutout.masks import dilate
from assetgen.cutout.openings import groove_share, lookalike_share
from assetgen.model.arrays import Floats, Region

_GOOD_SIDE = 0.9
"""The share of a side of the frame that fits the backdrop at least."""

_GOOD_SIDES = 2
"""Such sides at least."""

_GOOD_FRAME = 0.7
"""The share of the whole frame that fits at least."""

_TEXTURED = 0.04
"""The noise above which a backdrop is textured."""

_NOTHING = 0.003
"""The share of the photo below which there is no product."""

_EVERYTHING = 0.9
"""The share of the photo above which there is hardly any backdrop."""

_RIM = 1.5
"""Pixels: the product's outermost row."""

_JUST_INSIDE = (2, 4)
"""Pixels from the outline between which a pixel shows the product's colour at its edge."""

_PALE = 0.04
"""Light off the backdrop, noise apart, below which a product is as bright."""

_PALE_SHARE = 0.1
"""The share of the outline that may be."""

_LEFT_OUT_EDGE = 0.02
"""Light per pixel of a sharp line beside the product."""

_LEFT_OUT_BESIDE = 6
"""Pixels from the product from which such a line is not its own."""

_LEFT_OUT = 0.18
"""Pixels of such lines for each of the outline that may be there."""

_CLEAR_EDGE = 0.003
"""Light per pixel of a clear edge at least; the noise, where it is larger."""

_CLEAR_STEP = 0.4
"""Light between backdrop and product, within that reach, of an edge that is clear however wide its colours bled."""

_EDGE_REACH = 7
"""Pixels of the square around the outline in which such an edge lies."""

_LOOSE = 0.1
"""The share of the outline that may follow no clear edge."""

_ALIKE = 0.03
"""Light off the backdrop, noise apart, below which a place looks like it."""

_ALIKE_HUE = 0.012
"""Hue of such a place at most, noise apart."""

_ALIKE_SHARE = 0.05
"""The share of the product that may look like the backdrop."""

_CLOSED = 0.004
"""The share of the product that may be openings with a shadow behind them."""

_COMBED = 0.08
"""The share of the product that may be narrow gaps."""


@dataclass(frozen=True)
class Doubt:
    """A reason, and the confidence (0 to 1) that is left with it."""

    reason: str
    confidence: float


def find_doubts(backdrop: Backdrop, edges: Floats, product: Region) -> tuple[Doubt, ...]:
    """The doubts about a product found in a photo, the gravest first."""
    doubts = [*_about_the_photo(backdrop, product)]
    if product.any():
        doubts += [*_about_the_outline(backdrop, edges, product), *_about_the_inside(backdrop, edges, product)]
    return tuple(sorted(doubts, key=lambda doubt: doubt.confidence))


def is_plain(backdrop: Backdrop) -> bool:
    """Whether a photo has a backdrop by whose colour one can tell it from a product."""
    return _smooth(backdrop) and backdrop.noise <= _TEXTURED


def _smooth(backdrop: Backdrop) -> bool:
    good_sides = sum(share > _GOOD_SIDE for share in backdrop.sides)
    return backdrop.fit >= _GOOD_FRAME and good_sides >= _GOOD_SIDES


def _about_the_photo(backdrop: Backdrop, product: Region) -> Iterator[Doubt]:
    if not _smooth(backdrop):
        yield Doubt(f"the frame edge is not one smooth colour: {_percent(backdrop.fit)} of it fits", 0.1)
    if backdrop.noise > _TEXTURED:
        yield Doubt("the backdrop is textured", 0.2)
    if product.mean() < _NOTHING:
        yield Doubt("no product stands out from the backdrop", 0.0)
    if product.mean() > _EVERYTHING:
        yield Doubt("hardly any backdrop shows around the product", 0.1)


def _about_the_outline(backdrop: Backdrop, edges: Floats, product: Region) -> Iterator[Doubt]:
    depth = cv2.distanceTransform(product.astype(np.uint8), cv2.DIST_L2, 3)
    rim = (depth > 0) & (depth < _RIM)
    nearest, furthest = _JUST_INSIDE
    just_inside = (depth > nearest) & (depth < furthest)
    pale = (
        float((backdrop.off[just_inside] < _PALE + NOISE_MARGIN * backdrop.noise).mean()) if just_inside.any() else 1.0
    )
    if pale > _PALE_SHARE:
        yield Doubt(f"{_percent(pale)} of the outline is as bright as the backdrop", 0.95 - 1.5 * pale)
    left_out = float((edges > _LEFT_OUT_EDGE)[~dilate(product, _LEFT_OUT_BESIDE)].sum() / max(int(rim.sum()), 1))
    if left_out > _LEFT_OUT:
        yield Doubt(
            "sharp lines beside the product were left out: glass, a cable, or another thing?",
            max(0.4, 0.75 - 0.3 * left_out),
        )
    around = np.ones((_EDGE_REACH, _EDGE_REACH), np.uint8)
    step = cv2.subtract(cv2.dilate(backdrop.off, around), cv2.erode(backdrop.off, around))
    near_edge = (cv2.dilate(edges, around) > max(_CLEAR_EDGE, backdrop.noise)) | (step > _CLEAR_STEP)
    loose = float((~near_edge[rim]).mean())
    if loose > _LOOSE:
        yield Doubt(f"{_percent(loose)} of the outline follows no clear edge", 0.9 - 1.5 * loose)


def _about_the_inside(backdrop: Backdrop, edges: Floats, product: Region) -> Iterator[Doubt]:
    alike = (backdrop.off < _ALIKE + backdrop.noise) & (backdrop.hue < _ALIKE_HUE + backdrop.noise)
    clear = float(alike[product].mean())
    if clear > _ALIKE_SHARE:
        yield Doubt(
            f"{_percent(clear)} of the product looks like the backdrop behind it: glass, or white on white", 0.7 - clear
        )
    if (closed := lookalike_share(product, backdrop, edges)) > _CLOSED:
        yield Doubt(f"{_percent(closed)} of the product may be openings with a shadow behind them", 0.7)
    if (grooves := groove_share(product, backdrop)) > _COMBED:
        yield Doubt(f"{_percent(grooves)} of the product may be narrow gaps that one looks through", 0.6)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
