"""How well words are read in a finished picture, on what really lies around them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from assetgen.model.arrays import Alpha, Pixels
from assetgen.picture.colour import RGB, legibility
from assetgen.picture.geometry import Rect

_INK = 90
"""Levels, of the colour that is furthest off: what is nearer to the ink may be ink, or the soft edge of it."""

_GRAIN = 7
"""Cells to the height of capitals, in which the ground is looked at: finer is noise."""

_ENOUGH = 0.25
"""The share of a cell that must be ground for it to count."""


def readable(
    pixels: Pixels, words: Rect, ink: RGB, capitals: float, *, reach: int, others: Sequence[Rect] = ()
) -> float:
    """The contrast, 1 to 21, that the ink has with all of its ground but the worst twentieth.

    The ground is all around the words, so far as they `reach`, and between the letters what isn't ink; `others` are
    words and logos beside them. capitals: their height in px, like the reach.
    """
    frame = Rect(0, 0, pixels.shape[1], pixels.shape[0])
    around = words.grown(reach).within(frame)
    part = pixels[around.top : around.bottom, around.left : around.right]
    ground = np.full(part.shape[:2], 255, np.uint8)
    inside = _window(ground, words, around)
    inside[:] = _window(_no_ink(part, ink), words, around)
    for other in others:
        _window(ground, other, around)[:] = 0
    _window(ground, words, around)[:] = inside
    cells = _cells(part, ground, _GRAIN / capitals)
    return legibility(cells, ink) if cells.size else 1.0


def _no_ink(part: Pixels, ink: RGB) -> Alpha:
    """255 where there is none, nor anything that JPEG or a soft edge has mixed with it."""
    low, high = (tuple(float(level + by) for level in ink) for by in (-_INK, _INK))
    near = cv2.inRange(np.ascontiguousarray(part), low, high)
    return cv2.bitwise_not(cv2.dilate(near, np.ones((3, 3), np.uint8))).astype(np.uint8, copy=False)


def _window(mask: Alpha, box: Rect, around: Rect) -> Alpha:
    inside = box.within(around).moved(-around.left, -around.top)
    return mask[inside.top : inside.bottom, inside.left : inside.right]


def _cells(part: Pixels, ground: Alpha, scale: float) -> Pixels:
    """The colours of the ground, N x 1 x 3, each the mean of a cell."""
    scale = min(1.0, scale)
    size = max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale))
    share = ground.astype(np.float32) / 255
    weights = cv2.resize(share, size, interpolation=cv2.INTER_AREA)
    sums = cv2.resize(part * share[..., None], size, interpolation=cv2.INTER_AREA)
    counted = weights >= _ENOUGH
    cells: Pixels = np.rint(sums[counted] / weights[counted, None]).astype(np.uint8)[:, None]
    return cells
