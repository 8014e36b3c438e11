"""A product's photo beside the same product drawn by somebody else: is it still the same in another light?

Colours are CIE Lab, where a just noticeable difference is 2.3; lengths are shares of the product's longer side. The
numbers of this file and of those it imports were set on the samples of `python -m benchmarks.likeness`.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.likeness.detail_agreement import detail_agreement, settle_picture
from assetgen.likeness.product_pair import ALIEN, HALF_COVERED, HARDLY_ANY, ProductPair
from assetgen.likeness.product_template import Levels, Move, fitted, lab, seen_on, steps
from assetgen.likeness.relighting import relight_photo
from assetgen.likeness.things_before import find_things_before
from assetgen.model.arrays import Floats, Pixels, Region

_FREE_OF_GRAIN = 0.7
"""Sigma in pixels of the blur of both pictures before they are compared."""

_LIGHTNESS = 0.5
"""What a difference in lightness counts beside one in a or b: light that is not quite smooth makes some."""

_CHROMA_CAP = 30
"""The difference in a and b above which more of it counts no more."""

_WORST_COLOURS = 20
"""One pixel in so many is among those whose colours agree least."""

_LEFT_OUT = 50
"""One pixel in so many is left out of them: it is where edges don't quite meet."""

_SOLID = 0.9
"""The alpha, 0 to 1, above which nothing shines through a product."""

_THIN = (0.6, 0.2)
"""The alphas above which most of a thin product is product; the first that leaves enough of it holds."""

_ENOUGH = 40
"""Pixels of a product that are enough to judge by."""

_COARSE = 0.015
"""Sigma, a share of length, of the blur that compares surfaces rather than points."""

_OWN_EDGES = 5
"""Pixels of the square in which a product's own edges, a rim or a seam, excuse a change beside its outline."""

_THERE = 0.008
"""How far off, a share of length, the outline may be seen."""

_AROUND = 0.03
"""How far around it, a share of length, a stronger edge would be an outline in a wrong place."""

_CHANGES = 4
"""The step of colour above which it is seen that something changes there."""

_AS_STRONG = 0.6
"""What the step at the outline is of the strongest one around at least."""

_TELLS_LITTLE = 0.3
"""What a place counts where nothing changes: the product stands before its own colour, or isn't there."""


@dataclass(frozen=True)
class Differences:
    """The ways in which a redrawn product differs from its photo."""

    colour: float
    """The mean distance in a and b of CIE Lab, light and tint taken out."""

    worst_colour: float
    """The same of the twentieth that agrees least."""

    light: float
    """How far the light would have to be outside what a picture's light can do, in natural logarithms."""

    detail: float
    """1 where patterns are the same, 0 unrelated, -1 the opposite; in the places that agree least."""

    outline: float
    """The share of the outline, 0 to 1, that is seen there."""

    missing: float
    """The share of the product, 0 to 1, where there's backdrop instead."""


def measure_differences(product: Pixels, levels: Levels, move: Move, longer: float) -> Differences:
    """The differences of the trimmed product (RGBA) and the picture where `move` lays it.

    They are compared with `longer` pixels on the product's longer side.
    """
    small = fitted(product, longer, move)
    own, seen = (
        np.asarray(cv2.GaussianBlur(one, (0, 0), _FREE_OF_GRAIN), np.float32)
        for one in (small.colours, seen_on(small, levels, move))
    )
    core = _core(small.alpha)
    lit, excess = relight_photo(own, seen, core)
    pair = ProductPair(lab(lit), lab(seen), small.alpha, core, longer)
    off = _coarse(pair)
    far = np.asarray(np.sqrt(off[..., 1] ** 2 + off[..., 2] ** 2 + (_LIGHTNESS * off[..., 0]) ** 2), np.float32)
    cover, missing = find_things_before(pair, far)
    rest = core & ~cover
    chroma = np.sort(np.minimum(np.hypot(off[..., 1], off[..., 2])[rest], _CHROMA_CAP))
    worst = chroma[-max(chroma.size // _WORST_COLOURS, 1) : -max(chroma.size // _LEFT_OUT, 1)]
    return Differences(
        colour=float(chroma.mean()) if chroma.size else 0.0,
        worst_colour=float(worst.mean()) if worst.size else 0.0,
        light=excess,
        detail=max(detail_agreement(pair, rest), detail_agreement(settle_picture(pair), rest)),
        outline=_outline(pair, far, cover),
        missing=missing,
    )


def _core(alpha: Floats) -> Region:
    """The places where nothing shines through; of thin things, those where most is product."""
    core = cv2.erode((alpha > _SOLID).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    tries = (core, *(alpha > least for least in _THIN))
    return next((one for one in tries if one.sum() >= _ENOUGH), alpha > 0)


def _coarse(pair: ProductPair) -> Floats:
    """The photo less the picture, H x W x 3 in Lab, as differences of surfaces rather than of points."""
    sigma, inside = _COARSE * pair.longer, pair.core.astype(np.float32)
    weight = np.maximum(cv2.GaussianBlur(inside, (0, 0), sigma), HARDLY_ANY)
    off = cv2.GaussianBlur((pair.own - pair.seen) * inside[..., None], (0, 0), sigma)
    return np.asarray(off / weight[..., None], np.float32)


def _outline(pair: ProductPair, far: Floats, cover: Region) -> float:
    """The share of the outline along which the picture changes its colour there, rather than a little beside it."""
    solid = (pair.alpha > HALF_COVERED).astype(np.uint8)
    line = (solid > cv2.erode(solid, np.ones((3, 3), np.uint8))) & ~cover
    change = steps(pair.seen)
    beside = np.ones((_OWN_EDGES, _OWN_EDGES), np.uint8)
    # The product's own edges beside its outline, a rim or a seam, are not its outline in a wrong place.
    strange = np.maximum(change - cv2.dilate(steps(pair.own), beside), 0)
    there = cv2.dilate(change, pair.square(_THERE))[line]
    around = cv2.dilate(np.asarray(strange, np.float32), pair.square(_AROUND))[line]
    wrong = cv2.dilate(np.where(pair.alpha > _SOLID, far, 0), beside)[line] > ALIEN
    plain = around > _CHANGES
    good = np.where(plain, there >= _AS_STRONG * around, ~wrong)
    weight = np.where(plain | wrong, 1.0, _TELLS_LITTLE)
    return float((weight * good).sum() / weight.sum()) if weight.size else 1.0
