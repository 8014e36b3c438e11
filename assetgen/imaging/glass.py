"""See-through products: how little of each pixel must be product for the photo to look as it does."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.imaging.backdrop import Backdrop, Floats, Mask
from assetgen.model.cutout import Pixels

_TINT = 0.045
_DEEP = -0.5
"""Glass is at most this coloured and at least this bright against the backdrop behind it."""

_RIM = 4
"""Dark or coloured lines up to twice this width, in pixels of work size, are rims of the glass; wider areas are solid."""

_PRINT = 0.02
"""A clear patch smaller than this share of the product, with solid parts all around it, is print or wax."""


def see_through(cutout: Pixels, photo: Pixels, backdrop: Backdrop, product: Mask) -> Pixels:
    """The cutout with its clear parts as thin as the photo allows; labels, lids and what is inside stay solid.

    I = a F + (1 - a) B, with the backdrop B known: a is the least that leaves F a colour. It is exact for a shine or a
    grey veil over the backdrop. It cannot know what a white backdrop hides: shine as bright as the backdrop is lost, so
    that on dark plates clear glass is fainter than it would be. What is refracted stays as it was seen, coloured glass
    counts as solid, and so does a glass that is half full from the side.
    """
    height, width = photo.shape[:2]
    solid = cv2.resize(_solid(backdrop, product), (width, height), interpolation=cv2.INTER_LINEAR)
    solid = cv2.GaussianBlur(solid, (0, 0), max(0.8, width / product.shape[1]))
    I, B = photo.astype(np.float32), np.clip(255 * cv2.resize(backdrop.empty(), (width, height)), 1, 254)
    least = np.maximum((B - I) / B, (I - B) / (255 - B)).max(axis=2)
    least = np.clip((least - backdrop.noise) / (1 - backdrop.noise), 0, 1)
    share = np.maximum(least, solid)
    thin = (I - B * (1 - share[..., None])) / np.maximum(share, 0.004)[..., None]
    rgba = cutout.copy()
    inside = (cutout[..., 3] > 0) & (solid < 0.999)
    rgba[inside, :3] = np.rint(np.clip(thin, 0, 255))[inside]
    rgba[..., 3] = np.rint(np.where(inside, np.minimum(share, 1) * cutout[..., 3], cutout[..., 3]))
    return rgba


def _solid(backdrop: Backdrop, product: Mask) -> Floats:
    """1 where nothing shines through, at work size."""
    clear = (backdrop.hue - 3 * backdrop.noise < _TINT) & (backdrop.shade > _DEEP)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * _RIM + 1, 2 * _RIM + 1))
    solid = cv2.morphologyEx((product & ~clear).astype(np.uint8), cv2.MORPH_OPEN, disc)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(1 - solid, connectivity=4)
    small = stats[:count, cv2.CC_STAT_AREA] < _PRINT * product.sum()
    return np.asarray(solid | small[labels], np.float32)
