"""Photos on which there is nothing to cut out: placeholders, and files that went wrong when they were saved."""

from __future__ import annotations

import numpy as np

from assetgen.model.arrays import HALF, WITH_ALPHA, Pixels
from assetgen.model.finding import Finding, Level

RULE = "blank"
"""The name of what is found."""

_FEWEST = 10
"""The pixels of the shorter side below which nobody could see what it is."""

_ALIKE = 8
"""How far the values of pixels of one colour are apart at most: JPEG does not keep them all."""


def blank(photo: Pixels) -> Finding | None:
    """Why a photo (H x W x 3 or 4) that could not be cut out shows nothing, if it does not."""
    why = _why(photo)
    return Finding(RULE, Level.ERROR, f"it shows nothing, for {why}") if why else None


def _why(photo: Pixels) -> str | None:
    height, width = photo.shape[:2]
    if min(height, width) < _FEWEST:
        return f"it has only {width} x {height} pixels"
    if photo.shape[2] == WITH_ALPHA and (photo[..., 3] <= HALF).mean() > 1 / 2:
        return "it is transparent all over" if not photo[..., 3].any() else "hardly anything on it is opaque"
    if np.ptp(photo[..., :3], axis=(0, 1)).max() <= _ALIKE:
        return "it has one colour all over"
    return None
