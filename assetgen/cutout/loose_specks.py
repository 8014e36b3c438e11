"""Loose specks beside a product in a file that was cut out elsewhere: dust that an eraser left, or a stray stroke."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.masks import dilate, large_parts
from assetgen.model.arrays import Alpha, Region

_SIDE = 1000
"""Pixels of the longer side, at most, at which specks are looked for; none is too small to be seen there."""

_SEEN = 8
"""The alpha above which a pixel counts: what is placed on a picture is measured by these."""

_PART = 0.01
"""The share of the largest part from which another is a part of the product, as one of a pair is, or a bead."""

_GAP = 5
"""Pixels around the product in which a speck is the end of a hair."""


def specks_told(alpha: Alpha) -> str:
    """The number of loose specks (H x W in) and where the largest lies, in words; none for no specks."""
    seen = _made_smaller(alpha > _SEEN)
    product = large_parts(seen, _PART)
    _, labels, stats, middles = cv2.connectedComponentsWithStats((seen & ~product).astype(np.uint8))
    beside = np.setdiff1d(labels, labels[dilate(product, _GAP)])
    beside = beside[beside > 0]
    if not beside.size:
        return ""
    across, down = (middles[beside[stats[beside, cv2.CC_STAT_AREA].argmax()]] + 0.5) / seen.shape[::-1]
    lying = f"{beside.size} loose specks lie" if beside.size > 1 else "a loose speck lies"
    return f"{lying} beside the product, at {across:.0%} across and {down:.0%} down"


def _made_smaller(mask: Region) -> Region:
    """The mask thinned out to squares that are set where any of their pixels is."""
    step = max(1, -(-max(mask.shape) // _SIDE))
    height, width = (-(-side // step) for side in mask.shape)
    whole = np.pad(mask, [(0, height * step - mask.shape[0]), (0, width * step - mask.shape[1])])
    return np.asarray(whole.reshape(height, step, width, step).any(axis=(1, 3)))
