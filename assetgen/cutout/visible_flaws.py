"""Flaws of a cutout that a buyer sees first on white: a ragged line on which it stands, and loose specks beside it."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.masks import dilate, large_parts
from assetgen.model.arrays import Alpha, Floats, Region

_FOOT = 0.03
"""The share of the product's height, from below, that is its foot."""

_SMOOTHED = 0.006
"""Sigma, as a share of that height, of the curve that the line is held against."""

_LEAST_SMOOTHED = 3.0
"""The same in pixels at least."""

_SHORTEST = 24
"""Pixels of a stretch at least; toes and feet of chairs tell nothing."""

_ENDS = 4
"""Pixels at both ends of a stretch, where it turns upwards, that are left out."""

_SPECKS_SIDE = 1000
"""Pixels of the longer side, at most, at which specks are looked for; none is too small to be seen there."""

_SEEN = 8
"""The alpha above which a pixel counts: what is placed on a picture is measured by these."""

_PART = 0.01
"""The share of the largest part from which another is a part of the product, as one of a pair is, or a bead."""

_GAP = 5
"""Pixels around the product in which a speck is the end of a hair."""


def foot_roughness(product: Region) -> float:
    """How far the lower outline strays from a smooth curve, as a share of the height (root mean square); 0 if unknown.

    Exact outlines of 42 photographed things have up to 0.0016 (tyres, toes); torn ones several times that.
    """
    rows = np.flatnonzero(product.any(axis=1))
    if not rows.size:
        return 0.0
    height = int(rows[-1] - rows[0]) + 1
    lowest = product.shape[0] - 1 - np.argmax(product[::-1], axis=0)
    columns = np.flatnonzero(product.any(axis=0) & (lowest > rows[-1] - _FOOT * height))
    stretches = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    astray = [_astray(lowest[each].astype(np.float32), height) for each in stretches if len(each) >= _SHORTEST]
    return float(np.sqrt(np.concatenate(astray).mean()) / height) if astray else 0.0


def _astray(line: Floats, height: int) -> Floats:
    """The squared distance from a smooth curve, in pixels, of each point of a line."""
    sigma = max(_LEAST_SMOOTHED, _SMOOTHED * height)
    smooth = cv2.GaussianBlur(line[None], (0, 0), sigma, borderType=cv2.BORDER_REFLECT)[0]
    return np.asarray(((line - smooth) ** 2)[_ENDS:-_ENDS], np.float32)


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
    step = max(1, -(-max(mask.shape) // _SPECKS_SIDE))
    height, width = (-(-side // step) for side in mask.shape)
    whole = np.pad(mask, [(0, height * step - mask.shape[0]), (0, width * step - mask.shape[1])])
    return np.asarray(whole.reshape(height, step, width, step).any(axis=(1, 3)))
