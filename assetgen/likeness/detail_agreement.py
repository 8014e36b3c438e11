"""Whether pattern and letters of a product are still those of its photo.

Lightness is that of CIE Lab, 0 to 100; lengths are shares of the product's longer side, tuned on
`python -m benchmarks.likeness`.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from assetgen.likeness.product_pair import HARDLY_ANY, ProductPair
from assetgen.likeness.product_template import steps
from assetgen.model.arrays import Floats, Region

_BEND = 0.1
"""The distance, a share of length, within which a product that is drawn a little off bends one way."""

_FURTHEST = 0.015
"""How far, a share of length, it bends at most."""

_WORST = 0.06
"""The share of the detail that is judged, that which agrees least: a few letters are no more."""

_TOO_SMALL = 40
"""Pixels of the shorter side below which a product isn't bent."""

_DETAIL_CAP = 10
"""The step of colour above which more of it doesn't make a place count more in bending."""

_AT_REST = 0.05
"""The weight of not bending, beside such steps."""

_CELLS = 20
"""Windows along the product's longer side in which detail is judged."""

_SMALLEST_CELL = 4
"""Pixels of such a window's side at least."""

_FILLED = 0.2
"""The share of a window that is product at least."""

_LEAST_WEIGHT = 0.01
"""What a window counts in which nothing is to be seen."""

_WINDOW = 0.012
"""Sigma, a share of length, of the window of SSIM."""

_SMALLEST_WINDOW = 1.2
"""Sigma in pixels of that window at least."""

_NOISE = 6
"""Twice the variance of lightness that may be noise: 1.7 levels."""

_PLAIN_TO_SEE = 15
"""The variance of lightness that is plain to see: a contrast of 4 levels."""


def settle_picture(pair: ProductPair) -> ProductPair:
    """The picture moved a little, and smoothly, to where its lines lie on those of the photo.

    A place that is found is exact to half a pixel, and who draws a product anew bends it by as much: fine weave would
    look like another one. Letters don't become others: what moves them moves all that is near by.
    """
    own, seen = (np.clip(one[..., 0] * 2.55, 0, 255).astype(np.uint8) for one in (pair.own, pair.seen))
    inside = cv2.dilate(pair.core.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    nothing = np.zeros((*own.shape, 2), np.float32)
    if min(own.shape) < _TOO_SMALL:
        return pair
    # Dense inverse search (Kroeger et al., 2016). Outside the product the photo is compared with itself: no move.
    flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST).calc(own, np.where(inside, seen, own), nothing)
    weight = np.asarray(pair.core * np.minimum(steps(pair.own), _DETAIL_CAP), np.float32)
    stiff = pair.square(_BEND).shape
    near = cv2.blur(weight, stiff)[..., None] + _AT_REST
    smooth = cv2.blur(flow * weight[..., None], stiff) / near
    smooth = np.clip(smooth, -_FURTHEST * pair.longer, _FURTHEST * pair.longer)
    y, x = np.mgrid[0 : own.shape[0], 0 : own.shape[1]].astype(np.float32)
    moved = cv2.remap(
        pair.seen, x + smooth[..., 0], y + smooth[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return replace(pair, seen=np.asarray(moved, np.float32))


def detail_agreement(pair: ProductPair, rest: Region) -> float:
    """Contrast and structure of SSIM (Wang et al., 2004) on lightness, in the windows that agree least.

    Windows count by what there is to see in them, in the photo or in the picture: plain surfaces tell nothing.
    """
    agree, tell = _structure(pair, rest)
    cell = max(round(pair.longer / _CELLS), _SMALLEST_CELL)
    grid = max(rest.shape[1] // cell, 1), max(rest.shape[0] // cell, 1)
    share, told, sums = (
        cv2.resize(one.astype(np.float32), grid, interpolation=cv2.INTER_AREA) for one in (rest, tell, tell * agree)
    )
    filled = share > _FILLED
    if not filled.any():
        return 1.0
    # Where there is nothing to see in either, nothing has changed.
    plain = told[filled] <= HARDLY_ANY
    agreed = np.where(plain, 1.0, sums[filled] / np.where(plain, 1.0, told[filled]))
    order = np.argsort(agreed)
    agreed, weight = agreed[order], told[filled][order] + _LEAST_WEIGHT
    # Two windows at least: one alone may be a highlight.
    worst = np.cumsum(weight) <= max(_WORST * weight.sum(), weight[:2].sum())
    return float((weight * agreed)[worst].sum() / weight[worst].sum())


def _structure(pair: ProductPair, rest: Region) -> tuple[Floats, Floats]:
    """How alike the two are around each point (-1 to 1, H x W), and how much there is to see there (0 to 1)."""
    sigma, inside = max(_WINDOW * pair.longer, _SMALLEST_WINDOW), rest.astype(np.float32)
    weight = np.maximum(cv2.GaussianBlur(inside, (0, 0), sigma), HARDLY_ANY)

    def mean(values: Floats) -> Floats:
        return np.asarray(cv2.GaussianBlur(values * inside, (0, 0), sigma) / weight, np.float32)

    a, b = pair.own[..., 0], pair.seen[..., 0]
    mean_a, mean_b = mean(a), mean(b)
    both, var_a, var_b = mean(a * b) - mean_a * mean_b, mean(a * a) - mean_a**2, mean(b * b) - mean_b**2
    most = np.maximum(np.maximum(var_a, var_b), 0)
    agree = (2 * both + _NOISE) / (np.maximum(var_a, 0) + np.maximum(var_b, 0) + _NOISE)
    return np.asarray(agree, np.float32), np.asarray(np.where(rest, most / (most + _PLAIN_TO_SEE), 0), np.float32)
