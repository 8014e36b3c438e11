"""The light of a picture, read off its shading: from which side, how soft, of what colour, and how a floor mirrors."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.model.arrays import Floats, Pixels
from assetgen.model.request import Light

_SMOOTH = 0.03
"""Shading changes slower than this from pixel to pixel, in logarithms of light; outlines change faster."""

_UNDECIDED = 0.14
"""Shading that leans less than this to one side tells nothing."""

_GREYISH = 0.68
"""The smallest part of a colour is this share of its largest one, in linear light, where it is nearly grey."""


def light_of(small: Pixels, ground: float) -> Light:
    linear = (small.astype(np.float32) / 255) ** 2.2
    grey = np.asarray(cv2.transform(linear, np.array([[0.21, 0.72, 0.07]], np.float32)), np.float32)
    lean = _lean(np.log(np.maximum(grey, 0.004)), ground)
    tint = _tint(linear, grey)
    if abs(lean) < _UNDECIDED:
        return Light(side=0.0, height=0.8, softness=0.8, strength=0.5, tint=tint)
    side = float(np.sign(lean)) * min(0.45 + 0.8 * abs(lean), 0.85)
    return Light(side=round(side, 3), height=0.45, softness=0.6, strength=0.6, tint=tint)


def _lean(light: Floats, ground: float) -> float:
    """-1 to 1: how much more of the slow changes, in the whole picture and on the floor, gets lighter to the right."""
    smooth = cv2.GaussianBlur(light, (0, 0), 1.2)
    change = (smooth[:, 4:] - smooth[:, :-4]) / 4
    change = np.where(np.abs(change) < _SMOOTH, change, 0)
    parts = change, change[int(ground * change.shape[0]) :]
    return float(np.mean([part.sum() / (np.abs(part).sum() + 1e-3 * part.size) for part in parts]))


def _tint(linear: Floats, grey: Floats) -> tuple[float, float, float]:
    """Of the brightest parts that are nearly white, and half of it, since walls have colours too; skies have theirs."""
    lower = slice(round(0.35 * len(grey)), None)
    linear, grey = linear[lower], grey[lower]
    greyish = linear.min(axis=2) > _GREYISH * linear.max(axis=2)
    if greyish.mean() < 0.02:
        return (1.0, 1.0, 1.0)
    bright = greyish & (grey >= np.percentile(grey[greyish], 70))
    colour = np.median(linear[bright], axis=0)
    red, green, blue = (round(1 - 0.5 * (1 - float(part)), 3) for part in colour / colour.max())
    return red, green, blue


def gloss_at(small: Pixels, ground: float) -> float:
    """How alike the picture below the ground line is to what stands above it, turned upside down."""
    height, width = small.shape[:2]
    row, deep = round(ground * height), round(0.1 * height)
    if row - deep - 3 < 0 or row + deep + 3 > height:
        return 0.0
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    above, below = grey[row - deep - 3 : row - 3][::-1], grey[row + 3 : row + 3 + deep]
    above, below = (np.asarray(cv2.GaussianBlur(part, (0, 0), 2), np.float32) for part in (above, below))
    above, below = (np.asarray(part - cv2.blur(part, (width // 3 | 1, 1)), np.float32) for part in (above, below))
    if above.std() < 4 or below.std() < 1:
        return 0.0
    alike = float((above * below).mean() / (above.std() * below.std()))
    return round(float(np.clip((alike - 0.55) / 0.4, 0, 1)) * min(1.0, float(below.std() / above.std())), 3)
