"""Frames drawn around a picture."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.model.arrays import Alpha, Pixels
from assetgen.picture.geometry import Rect

_THIN = 3
"""Pixels: what is thinner is a fault of cropping, and nobody's frame."""

_THICK = 0.05
"""A share of the short side: what is thicker is a plain backdrop with something on it, such as a book."""

_SAME, _OTHER = 16, 24
"""Levels by which JPEG lets one colour vary beside an edge, and by which what lies inside must differ."""

_WHOLE = 0.97
"""The share of a line from end to end that must have the colour."""

_JUST_INSIDE = 2
"""Pixels, for soft edges."""

_MOST = 0.8
"""The share of each side, just inside the frame, that must differ; beside a product on a plain backdrop it does not."""


def border(pixels: Pixels) -> int | None:
    """How thick the thinnest side of a frame in one colour is, in px; None without one."""
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
    """Where all three colours are so near: 255."""
    low, high = (tuple(float(level + by) for level in colour) for by in (-levels, levels))
    return cv2.inRange(np.ascontiguousarray(pixels), low, high).astype(np.uint8, copy=False)


def _frame(same: Alpha) -> Rect:
    """How deep the colour goes, from end to end, at each side."""
    across, down = (cv2.reduce(same, axis, cv2.REDUCE_AVG).ravel() >= _WHOLE * 255 for axis in (1, 0))
    left, right, top, bottom = (int(np.argmin(line)) for line in (down, down[::-1], across, across[::-1]))
    return Rect(left, top, right, bottom)
