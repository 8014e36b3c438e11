"""The light of a picture, read off its shading: from which side, how soft, of what colour, and how a floor mirrors."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from assetgen.model.arrays import Floats, Pixels
from assetgen.model.request import Light

_SMOOTH = 0.03
"""The change of light from pixel to pixel, in its logarithm, up to which it is shading; outlines change faster."""

_UNDECIDED = 0.14
"""The lean of shading, 0 to 1, to either side below which it tells nothing."""

_GREYISH = 0.68
"""The smallest channel of a colour that is nearly grey, beside its largest one, in linear light."""

_GAMMA = 2.2
"""The exponent of sRGB's curve, near enough."""

_GREY = (0.21, 0.72, 0.07)
"""Luminance of linear sRGB, IEC 61966-2-1, rounded."""

_BLACK = 0.004
"""Linear light, 0 to 1, below which nothing is told apart."""

_FROM_ABOVE = Light(side=0.0, height=0.8, softness=0.8, strength=0.5)
"""The light that is assumed where shading tells nothing of its side."""

_FROM_ASIDE = Light(side=0.0, height=0.45, softness=0.6, strength=0.6)
"""The light that is assumed where it does, but for its side."""

_LEAST_SIDE = 0.45
"""The side, 0 to 1, of light whose shading hardly leans."""

_SIDE_PER_LEAN = 0.8
"""How much further from the side light comes with each unit of lean."""

_MOST_SIDE = 0.85
"""The side of light at most."""

_FREE_OF_GRAIN = 1.2
"""Sigma in pixels of the blur that takes the grain off light."""

_APART = 4
"""Pixels between two points whose light is compared."""

_NO_SHADING = 1e-3
"""The change of light in each pixel that counts as lean to no side."""

_BELOW_SKY = 0.35
"""The place, from the top, below which tints are looked for: skies have their own."""

_FEWEST_GREYISH = 0.02
"""The share of it that is nearly grey at least, for a tint to be told."""

_BRIGHT = 70
"""The percentile of light from which a nearly grey place counts as lit."""

_TINT_SHARE = 0.5
"""The share of such a tint that is the light's: walls have colours too."""

_MIRRORED = 0.1
"""The height, in pictures, of what is compared above and below the ground line."""

_AT_LINE = 3
"""Rows next to the ground line that are left out."""

_NEVER_SHARP = 2
"""Sigma in pixels of the blur before both are compared: a reflection is never sharp."""

_EVEN = 3
"""One in so many is the part of the width over which light that changes slowly is taken out."""

_LEAST_ABOVE = 4
"""The standard deviation, in levels, of what stands above the line at least."""

_LEAST_BELOW = 1
"""The same of what lies below the line."""

_NO_GLOSS = 0.55
"""The correlation of the two up to which a floor mirrors nothing."""

_TO_GLOSS = 0.4
"""The range of correlation from there to a perfect mirror."""


def light_of(small: Pixels, ground: float) -> Light:
    """The light of a small picture (H x W x 3), whose ground line is at `ground` from the top, 0 to 1."""
    linear = (small.astype(np.float32) / 255) ** _GAMMA
    grey = np.asarray(cv2.transform(linear, np.array([_GREY], np.float32)), np.float32)
    lean = _lean(np.log(np.maximum(grey, _BLACK)), ground)
    tint = _tint(linear, grey)
    if abs(lean) < _UNDECIDED:
        return replace(_FROM_ABOVE, tint=tint)
    side = float(np.sign(lean)) * min(_LEAST_SIDE + _SIDE_PER_LEAN * abs(lean), _MOST_SIDE)
    return replace(_FROM_ASIDE, side=round(side, 3), tint=tint)


def _lean(light: Floats, ground: float) -> float:
    """How much more of the slow changes gets lighter to the right, -1 to 1, in the whole picture and on the floor."""
    smooth = cv2.GaussianBlur(light, (0, 0), _FREE_OF_GRAIN)
    change = (smooth[:, _APART:] - smooth[:, :-_APART]) / _APART
    change = np.where(np.abs(change) < _SMOOTH, change, 0)
    parts = change, change[int(ground * change.shape[0]) :]
    return float(np.mean([part.sum() / (np.abs(part).sum() + _NO_SHADING * part.size) for part in parts]))


def _tint(linear: Floats, grey: Floats) -> tuple[float, float, float]:
    """The tint of the light, linear and its brightest channel 1, by the brightest parts that are nearly white."""
    lower = slice(round(_BELOW_SKY * len(grey)), None)
    linear, grey = linear[lower], grey[lower]
    greyish = linear.min(axis=2) > _GREYISH * linear.max(axis=2)
    if greyish.mean() < _FEWEST_GREYISH:
        return (1.0, 1.0, 1.0)
    bright = greyish & (grey >= np.percentile(grey[greyish], _BRIGHT))
    colour = np.median(linear[bright], axis=0)
    red, green, blue = (round(1 - _TINT_SHARE * (1 - float(part)), 3) for part in colour / colour.max())
    return red, green, blue


def gloss_at(small: Pixels, ground: float) -> float:
    """The gloss of the floor, 0 to 1: how alike it is to what stands above the ground line, turned upside down."""
    height, width = small.shape[:2]
    row, deep = round(ground * height), round(_MIRRORED * height)
    if row - deep - _AT_LINE < 0 or row + deep + _AT_LINE > height:
        return 0.0
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    above, below = grey[row - deep - _AT_LINE : row - _AT_LINE][::-1], grey[row + _AT_LINE : row + _AT_LINE + deep]
    above, below = (np.asarray(cv2.GaussianBlur(part, (0, 0), _NEVER_SHARP), np.float32) for part in (above, below))
    above, below = (np.asarray(part - cv2.blur(part, (width // _EVEN | 1, 1)), np.float32) for part in (above, below))
    if above.std() < _LEAST_ABOVE or below.std() < _LEAST_BELOW:
        return 0.0
    alike = float((above * below).mean() / (above.std() * below.std()))
    return round(float(np.clip((alike - _NO_GLOSS) / _TO_GLOSS, 0, 1)) * min(1.0, float(below.std() / above.std())), 3)
