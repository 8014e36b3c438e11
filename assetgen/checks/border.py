"""Frames that are drawn around a picture, told from its pixels."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.model.arrays import Alpha, Pixels
from assetgen.picture.geometry import Rect

_THIN = 3
"""The pixels below which a frame is a fault of cropping, and nobody's frame."""

_THICK = 0.05
"""The share of the short side above which a frame is a plain backdrop with something on it, such as a book."""

_SAME = 16
"""Levels by which JPEG lets one colour vary beside an edge, at most."""

_OTHER = 24
"""Levels by which what lies inside must differ from the frame."""

_WHOLE = 0.97
"""The share of a line from end to end that must have the colour."""

_JUST_INSIDE = 2
"""The pixels inside a frame that are left out, for its edge may be soft."""

_MOST = 0.8
"""The share of each side, just inside the frame, that must differ; beside a product on a plain backdrop it does not."""


def border(pixels: Pixels) -> int | None:
    """The px of the thinnest side of a frame in one colour; None without a frame."""
    edges = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    colour = np.median(edges, axis=0)
    frame = _frame(_within(pixels, colour, _SAME))
    if not _THIN <= min(frame) <= max(frame) <= _THICK * min(pixels.shape[:2]):
        return None
    height, width = pixels.shape[:2]
    inner = Rect(frame.left, frame.top, width - frame.right, height - frame.bottom).grown(-_JUST_INSIDE)
    part = pixels[inner.top : inner.bottom, inner.left : inner.right]
    sides = (part[:1], part[-1:], part[:, :1], part[:, -1:])
    other = [float(np.mean(_within(side, colour, _OTHER) == 0)) for side in sides]
    return min(frame) if min(other) >= _MOST else None


def _within(pixels: Pixels, colour: np.ndarray, levels: int) -> Alpha:
    """The mask of pixels whose three colours are all so near, H x W: 255 there, 0 elsewhere."""
    low, high = (tuple(float(level + by) for level in colour) for by in (-levels, levels))
    return cv2.inRange(np.ascontiguousarray(pixels), low, high).astype(np.uint8, copy=False)


def _frame(same: Alpha) -> Rect:
    """The depth in px to which the colour goes, from end to end, at each side."""
    across, down = (cv2.reduce(same, axis, cv2.REDUCE_AVG).ravel() >= _WHOLE * 255 for axis in (1, 0))
    left, right, top, bottom = (int(np.argmin(line)) for line in (down, down[::-1], across, across[::-1]))
    return Rect(left, top, right, bottom)
