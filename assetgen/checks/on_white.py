"""Facts on a picture of a product on white, told from its pixels alone."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from assetgen.model.arrays import Alpha, Pixels
from assetgen.picture.geometry import Rect

_WHITE = 250
"""The level, 0 to 255, down to which JPEG takes white, but for single pixels near an edge."""

_NEAR = 235
"""The level, 0 to 255, below which nothing is a backdrop that was meant to be white."""

_COARSE = 4
"""The times that a picture is made smaller to look at its backdrop."""

_EDGE = 3
"""The pixels of the small picture around a product that are left out: soft outlines, and what JPEG does beside them."""


def darkest(pixels: Pixels) -> Alpha:
    """The smallest of each pixel's three levels, H x W of H x W x 3, both uint8: 255 is pure white."""
    red, green, blue = cv2.split(pixels)
    return cv2.min(cv2.min(red, green), blue).astype(np.uint8, copy=False)


def not_white(pixels: Pixels) -> Rect | None:
    """The box of all that is not white, noise left out; None where there is nothing else."""
    drawn = (darkest(pixels) < _WHITE).view(np.uint8)
    left, top, width, height = cv2.boundingRect(cv2.morphologyEx(drawn, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)))
    return Rect(left, top, left + width, top + height) if width else None


def tinted_share(pixels: Pixels, products: Sequence[Rect] = ()) -> float:
    """The share of the backdrop that is nearly white and not white.

    The backdrop is what hangs together with the edges of the frame; not the boxes of the products, and of what is
    darker, for products have light parts.
    """
    size = max(1, pixels.shape[1] // _COARSE), max(1, pixels.shape[0] // _COARSE)
    small = darkest(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False))
    # A white rim all around lets one flood reach every part of the backdrop that touches an edge of the frame.
    near = cv2.copyMakeBorder((small >= _NEAR).view(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(1,))
    cv2.floodFill(near, None, (0, 0), (2,))
    backdrop = near[1:-1, 1:-1] == 2
    full = Rect(0, 0, *size)
    left, top, width, height = cv2.boundingRect((small < _NEAR).view(np.uint8))
    darker = Rect(left, top, left + width, top + height)
    for box in (darker, *(Rect(*(side // _COARSE for side in product)) for product in products)):
        taken = box.grown(_EDGE).within(full)
        backdrop[taken.top : taken.bottom, taken.left : taken.right] = False
    return float(np.mean(small[backdrop] < _WHITE)) if backdrop.any() else 0.0
