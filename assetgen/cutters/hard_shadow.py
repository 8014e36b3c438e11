"""A hard shadow that colour and the model took for product together: it has sharp edges, and is close to the product.

A flash throws it on a wall or a table: the product's own outline, shifted, in one even shade of the backdrop.
"""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.cutout.evidence import NOISE_MARGIN, smooth_places
from assetgen.cutout.masks import dilate, erode
from assetgen.model.arrays import Floats, Region

_HUE = 0.02
"""Hue, noise apart, of a faint shadow at most; no colour is thrown far."""

_HUE_DEEPER = 0.12
"""How much that bound grows with each unit of darkness."""

_SHADE = (-1.2, -0.12)
"""Light, noise apart, between which a shadow lies that a flash throws."""

_EVEN = 0.03
"""The standard deviation of light, noise apart, of one even shade."""

_REACHES = 6
"""Pixels from the outline within which such a place begins."""

_LEAST = 12
"""Pixels of such a place at least."""

_SHARE = 0.004
"""The share of the product that such places have at least."""

_EDGE = 2
"""Pixels beside them that belong to their edges."""

_SMALLER = 4
"""Pixels of work size for each at which outlines are shifted."""

_FURTHEST = 12
"""The furthest shift, at that size."""


def hard_shadow_likeness(product: Region, backdrop: Backdrop, edges: Floats) -> float:
    """How well even places in shade at the product's rim fit its own outline, shifted: intersection over union, 0 to 1.

    Of 192 photos without such a shadow none has more than 0.31, with one they have 0.5 to 0.9.
    """
    shade = _shaded(product, backdrop, edges)
    if shade.sum() < _SHARE * product.sum():
        return 0.0
    height, width = (side // _SMALLER for side in product.shape)
    cast, rest = (_reduced(each, (width, height)) for each in (shade, product & ~shade))
    met, hidden = (cv2.matchTemplate(np.pad(each, _FURTHEST), rest, cv2.TM_CCORR) for each in (cast, rest))
    either = cast.sum() + rest.sum() - hidden - met
    likeness = met / np.maximum(either, 1)
    straight = max(likeness[_FURTHEST].max(), likeness[:, _FURTHEST].max())
    return float(likeness.max()) if likeness.max() > straight else 0.0  # the side of a box is shifted straight


def _shaded(product: Region, backdrop: Backdrop, edges: Floats) -> Region:
    """The places of the product, at its outline, that have the backdrop's hue in one even shade."""
    noise, (darkest, brightest) = backdrop.noise, _SHADE
    hue = cv2.blur(backdrop.hue, (3, 3)) - NOISE_MARGIN * noise
    neutral = (hue < _HUE - _HUE_DEEPER * backdrop.shade) & (backdrop.shade < brightest - NOISE_MARGIN * noise)
    core = erode(product & neutral & (backdrop.shade > darkest) & smooth_places(backdrop, edges), 1)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(core.astype(np.uint8))
    outside, found = dilate(~product, _REACHES), np.zeros_like(product)
    for n in range(1, count):
        place = labels == n
        even = stats[n, cv2.CC_STAT_AREA] >= _LEAST and backdrop.shade[place].std() <= _EVEN + 2 * noise
        if even and (place & outside).any():
            found |= place
    return dilate(found, _EDGE) & product


def _reduced(mask: Region, size: tuple[int, int]) -> Floats:
    return np.asarray(cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA), np.float32)
