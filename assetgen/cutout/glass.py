"""See-through products: how little of each pixel must be product for the photo to look as it does.

Numbers were tuned on `python -m benchmarks.cutouts glass`.
"""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.cutout.masks import disc
from assetgen.cutout.openings import without_holes
from assetgen.model.arrays import HALF, Floats, Pixels, Region

_TINT = 0.018
"""Hue of clear glass at most, noise apart, in logarithms of light against the backdrop behind it."""

_TINT_GRAIN = 3
"""Multiples of the noise that are allowed for."""

_DEEP = -0.5
"""Light of clear glass at least, in logarithms against the backdrop."""

_RIM = 4
"""Dark lines up to twice this width, in pixels of work size, are rims of the glass; wider areas are solid."""

_HEADROOM = 12
"""Levels above the backdrop that count as a full shine: above white paper there is none to be seen."""

_GAP = 24
"""Pixels of work size between the lines at most that are all one sees of a glass."""

_PRINT = 0.004
"""A clear patch smaller than this share of the product, with solid parts all around it, is print or wax."""

_LINE = 0.01
"""Light per pixel, in logarithms, of a line that clear walls show at least."""

_LINE_GRAIN = 3
"""The same in multiples of the noise; the larger of the two holds."""

_SPECK = 60
"""Pixels of a line at most that is dirt or dust."""

_CALM = 3
"""Sigma in pixels of work size of the blur that calms the outline of solid parts."""

_SOFT = 0.8
"""Sigma in pixels of the photo, at least, over which solid parts pass into clear ones."""

_SOLID = 0.999
"""The share of product from which a pixel keeps the colour of the photo."""

_THINNEST = 0.004
"""The share of product, one level of 255, below which a colour of its own cannot be told."""


def glass_outline(product: Region, edges: Floats, noise: float) -> Region:
    """The product together with what its clear walls show: sharp lines, closed to one form; a shadow has none."""
    lines = (product | (edges > max(_LINE, _LINE_GRAIN * noise))).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lines)
    large = stats[:count, cv2.CC_STAT_AREA] > _SPECK
    large[0] = False
    closed = cv2.morphologyEx(large[labels].astype(np.uint8), cv2.MORPH_CLOSE, disc(_GAP))
    filled = without_holes(closed > 0).astype(np.uint8)
    return cv2.morphologyEx(filled, cv2.MORPH_OPEN, disc(_RIM)) > 0


def see_through(cutout: Pixels, photo: Pixels, backdrop: Backdrop, product: Region) -> Pixels:
    """The cutout with its clear parts as thin as the photo allows; labels, lids and what is inside stay solid.

    I = a F + (1 - a) B, with the backdrop B known: a is the least that leaves F a colour. It is exact for a shine or a
    grey veil over the backdrop. It cannot know what a white backdrop hides: shine as bright as the backdrop is lost, so
    that on dark plates clear glass is fainter than it would be. What is refracted stays as it was seen, coloured glass
    counts as solid, and so does a glass that is half full from the side.
    """
    height, width = photo.shape[:2]
    solid = cv2.resize(_solid(backdrop, product), (width, height), interpolation=cv2.INTER_LINEAR)
    solid = cv2.GaussianBlur(solid, (0, 0), max(_SOFT, width / product.shape[1]))
    I, B = photo.astype(np.float32), np.clip(255 * cv2.resize(backdrop.empty(), (width, height)), 1, 255)
    least = np.maximum((B - I) / B, (I - B) / np.maximum(255 - B, _HEADROOM)).max(axis=2)
    least = np.clip((least - backdrop.noise) / (1 - backdrop.noise), 0, 1)
    share = np.maximum(least, solid)
    thin = (I - B * (1 - share[..., None])) / np.maximum(share, _THINNEST)[..., None]
    rgba = cutout.copy()
    inside = (cutout[..., 3] > 0) & (solid < _SOLID)
    rgba[inside, :3] = np.rint(np.clip(thin, 0, 255))[inside]
    rgba[..., 3] = np.rint(np.where(inside, np.minimum(share, 1) * cutout[..., 3], cutout[..., 3]))
    return rgba


def _solid(backdrop: Backdrop, product: Region) -> Floats:
    """A map, H x W at work size, of 1 where nothing shines through and 0 elsewhere."""
    clear = (backdrop.hue - _TINT_GRAIN * backdrop.noise < _TINT) & (backdrop.shade > _DEEP)
    solid = cv2.morphologyEx((product & ~clear).astype(np.uint8), cv2.MORPH_OPEN, disc(_RIM))
    solid = (cv2.GaussianBlur(solid * 255, (0, 0), _CALM) > HALF).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(1 - solid, connectivity=4)
    small = stats[:count, cv2.CC_STAT_AREA] < _PRINT * product.sum()
    return np.asarray(solid | small[labels], np.float32)
