"""The softness of a shadow: blurs that grow with the height of what casts it.

Lengths that are shares are shares of the product's longer side, which is GRID points.
"""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.model.arrays import Floats
from assetgen.picture.light.footprint import GRID, Foot

_SOFT_MARGIN = 0.3
"""The room around the outline, a share, for its blurs."""

_LEVELS = (0.0, 0.15, 0.45, 1.0)
"""Heights, in longer sides, at which the outline is blurred; between them it is mixed."""

_SHARPEST = 0.008
"""Sigma, a share, of the shadow of what touches the floor."""

_BLUR_PER_HEIGHT = 0.2
"""Sigma, a share, that a light of softness 1 adds to the shadow of what is one longer side high."""

_PALER = 0.5
"""The share of its darkness that such a shadow loses to such a light."""

_COARSER = 3
"""Sigma in points from which a blur is worked out on every other point."""

_COARSEST = 8
"""Sigma in points from which it is worked out on every fourth."""


def soft_outline(foot: Foot, softness: float, highest: float) -> tuple[Floats, int, int]:
    """The outline, each row blurred as a lamp of this size blurs a shadow, with the row of the floor and the margin.

    The blur grows with the height of a row above the floor, up to `highest` rows.
    """
    margin = round(_SOFT_MARGIN * GRID)
    outline = np.pad(foot.outline, ((margin, 0), (margin, margin)))
    base = foot.base + margin
    height: Floats = np.minimum(base - np.arange(outline.shape[0], dtype=np.float32)[:, None], highest)
    height = np.clip(height / GRID, 0, 1)
    blurs = [blurred_mask(outline, (_SHARPEST + _BLUR_PER_HEIGHT * softness * level) * GRID) for level in _LEVELS]
    mixed = blurs[0]
    for sharp, blunt, blurred in zip(_LEVELS, _LEVELS[1:], blurs[1:], strict=False):
        share: Floats = np.clip((height - sharp) / (blunt - sharp), 0, 1)
        mixed = mixed + share * (blurred - mixed)
    return mixed * (1 - _PALER * softness * height), base, margin


def blurred_mask(mask: Floats, across: float, down: float | None = None) -> Floats:
    """The mask under a Gaussian blur with these sigmas in points; wide ones are worked out on a coarser grid."""
    down = across if down is None else down
    coarser = 4 if min(across, down) > _COARSEST else 2 if min(across, down) > _COARSER else 1
    if coarser == 1:
        return np.asarray(cv2.GaussianBlur(mask, (0, 0), across, sigmaY=down), np.float32)
    small = cv2.resize(mask, None, fx=1 / coarser, fy=1 / coarser, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), across / coarser, sigmaY=down / coarser)
    return np.asarray(cv2.resize(small, mask.shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)
