"""What speaks against a cutout, in a marketer's words.

All thresholds were set on the `tuned` photos of benchmarks/cutouts.py, whose `held-out` photos judge them. Light is the
logarithm of photo over empty backdrop, as in `Backdrop`; pixels are those of the photo made small for the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.cutout.masks import dilate
from assetgen.cutout.outline import combed, lookalikes
from assetgen.model.arrays import Floats, Region

_SMOOTH_FRAME = 0.7
"""Share of the frame that has to fit one smooth colour."""

_SMOOTH_SIDE = 0.9
"""Share of a side of the frame that is smooth where the side is good."""

_SMOOTH_SIDES = 2
"""Number of good sides that a frame has at least."""

_TEXTURED = 0.04
"""Noise, in light, above which the backdrop has a texture."""

_NOTHING = 0.003
"""Share of the photo below which what was found is no product."""

_FRAME_FULL = 0.9
"""Share of the photo above which hardly any backdrop is left to compare with."""

_RIM_DEPTH = (0, 1.5)
"""How deep in the product, in pixels, its outermost line lies."""

_INSIDE_DEPTH = (2, 4)
"""How deep in the product, in pixels, the line just inside lies, which the blur of its edge does not reach."""

_PALE = 0.04
"""Light off the backdrop below which a pixel is as bright as it; _PALE_NOISE is added."""

_PALE_NOISE = 3
"""Multiples of the backdrop's noise that are added to _PALE."""

_PALE_SHARE = 0.1
"""Share of the line just inside that may be as bright as the backdrop."""

_STRONG_EDGE = 0.02
"""Steepness, in light per pixel, of an edge that belongs to a thing and not to a shadow."""

_BESIDE = 6
"""Pixels around the product whose edges are its own."""

_LEFT_OUT_SHARE = 0.18
"""Pixels of such edges beside the product, for each pixel of its outline."""

_WEAK_EDGE = 0.003
"""Steepness, in light per pixel, of any edge at all."""

_EDGE_REACH = 7
"""Side in pixels of the square in which the outline looks for an edge to follow."""

_LOOSE_SHARE = 0.1
"""Share of the outline that may follow no edge."""

_ALIKE_OFF = 0.03
"""Light off the backdrop below which a pixel inside looks like it; the noise is added."""

_ALIKE_HUE = 0.012
"""Hue off the backdrop, in light, below which a pixel inside looks like it; the noise is added."""

_ALIKE_SHARE = 0.05
"""Share of the product that may look like the backdrop."""

_OPENING_SHARE = 0.004
"""Share of the product that may be openings with a shadow behind them."""

_GROOVE_SHARE = 0.08
"""Share of the product that may be narrow gaps."""


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


def _about_the_photo(backdrop: Backdrop, product: Region) -> Iterator[Doubt]:
    good_sides = sum(share > _SMOOTH_SIDE for share in backdrop.sides)
    if backdrop.fit < _SMOOTH_FRAME or good_sides < _SMOOTH_SIDES:
        yield Doubt(f"the frame edge is not one smooth colour: {_percent(backdrop.fit)} of it fits", 0.1)
    if backdrop.noise > _TEXTURED:
        yield Doubt("the backdrop is textured", 0.2)
    if product.mean() < _NOTHING:
        yield Doubt("no product stands out from the backdrop", 0.0)
    if product.mean() > _FRAME_FULL:
        yield Doubt("hardly any backdrop shows around the product", 0.1)


def _about_the_outline(backdrop: Backdrop, edges: Floats, product: Region) -> Iterator[Doubt]:
    depth = cv2.distanceTransform(product.astype(np.uint8), cv2.DIST_L2, 3)
    rim = (depth > _RIM_DEPTH[0]) & (depth < _RIM_DEPTH[1])
    just_inside = (depth > _INSIDE_DEPTH[0]) & (depth < _INSIDE_DEPTH[1])
    bright = backdrop.off[just_inside] < _PALE + _PALE_NOISE * backdrop.noise
    pale = float(bright.mean()) if just_inside.any() else 1.0
    if pale > _PALE_SHARE:
        yield Doubt(f"{_percent(pale)} of the outline is as bright as the backdrop", 0.95 - 1.5 * pale)
    left_out = float((edges > _STRONG_EDGE)[~dilate(product, _BESIDE)].sum() / max(int(rim.sum()), 1))
    if left_out > _LEFT_OUT_SHARE:
        yield Doubt(
            "sharp lines beside the product were left out: glass, a cable, or another thing?",
            max(0.4, 0.75 - 0.3 * left_out),
        )
    near_edge = cv2.dilate(edges, np.ones((_EDGE_REACH, _EDGE_REACH), np.uint8)) > max(_WEAK_EDGE, backdrop.noise)
    loose = float((~near_edge[rim]).mean())
    if loose > _LOOSE_SHARE:
        yield Doubt(f"{_percent(loose)} of the outline follows no clear edge", 0.9 - 1.5 * loose)


def _about_the_inside(backdrop: Backdrop, edges: Floats, product: Region) -> Iterator[Doubt]:
    alike = (backdrop.off < _ALIKE_OFF + backdrop.noise) & (backdrop.hue < _ALIKE_HUE + backdrop.noise)
    clear = float(alike[product].mean())
    if clear > _ALIKE_SHARE:
        yield Doubt(
            f"{_percent(clear)} of the product looks like the backdrop behind it: glass, or white on white", 0.7 - clear
        )
    if (closed := lookalikes(product, backdrop, edges)) > _OPENING_SHARE:
        yield Doubt(f"{_percent(closed)} of the product may be openings with a shadow behind them", 0.7)
    if (grooves := combed(product, backdrop)) > _GROOVE_SHARE:
        yield Doubt(f"{_percent(grooves)} of the product may be narrow gaps that one looks through", 0.6)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
