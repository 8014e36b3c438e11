"""A product's photo in the light of a picture, as far as light alone can change it.

Light is the natural logarithm of linear light. The bounds were set on the samples of `python -m benchmarks.likeness`.
"""

from __future__ import annotations

import numpy as np

from assetgen.model.arrays import Floats, Region

_GREY = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""Luminance of linear sRGB, IEC 61966-2-1."""

_DIMMEST = -1.3
"""Light, against that of the photo, below which a product has another colour, not another light."""

_BRIGHTEST = 0.9
"""Light, against that of the photo, above which it has another colour."""

_WARM = 0.14
"""Half of red over blue, in light, of a tint at most: as from 5600 to 4900 K."""

_ROSY = 0.04
"""Red and blue over green, in light, of a tint at most: hardly a lamp has any."""

_GAMMA = 2.2
"""The exponent of sRGB's curve, near enough."""

_GLARE = 0.02
"""Linear light, 0 to 1, added before the logarithm, so that noise in blacks stays small."""

_SAMPLES = 1500
"""Pixels, about, that a surface is fitted to; more make it slower and no better."""

_FEWEST_SAMPLES = 12
"""Pixels below which a surface is flat."""

_RIDGE = (1e-6, 0.006, 0.006, 0.02, 0.02, 0.02)
"""Holds level, slopes and bends of a surface back a little: few points would bend it anyhow."""

_ROUNDS = 5
"""Rounds of fitting, each of which passes over more of what lies far off."""

_FAR_OFF = 0.15
"""Light off the surface at which a point counts half (the scale of Cauchy weights)."""


def _linear(colours: Floats) -> Floats:
    """Linear light of sRGB colours (0 to 1), with `_GLARE` in it."""
    return np.asarray(np.clip(colours, 0, 1) ** _GAMMA + _GLARE, np.float32)


def relight_photo(own: Floats, seen: Floats, core: Region) -> tuple[Floats, float]:
    """The photo in the picture's light, and how far, in logarithms, light would have to go beyond what it can do.

    The change of brightness is smooth and has one tint, both as far as light goes.
    """
    light = _linear(own)
    ratio = np.log(_linear(seen)) - np.log(light)
    grey = np.asarray(ratio @ _GREY, np.float32)
    smooth = _surface(grey, core)
    bounded = np.clip(smooth, _DIMMEST, _BRIGHTEST)
    red, green, blue = (float(np.median((ratio[..., n] - grey)[core])) for n in range(3))
    warm = float(np.clip((red - blue) / 2, -_WARM, _WARM))
    rosy = float(np.clip((red + blue) / 2 - green, -_ROSY, _ROSY)) / 3
    tint = np.array([rosy + warm, -2 * rosy, rosy - warm], np.float32)
    # A tint changes the colour of light and not how much there is.
    tint -= tint @ _GREY
    lit = np.clip(light * np.exp(bounded[..., None] + tint) - _GLARE, 0, 1) ** (1 / _GAMMA)
    return np.asarray(lit, np.float32), float(np.abs(smooth - bounded)[core].mean())


def _surface(values: Floats, core: Region) -> Floats:
    """A quadratic surface through the values, by least squares that pass over what lies far off (Cauchy weights)."""
    high, wide = values.shape
    y, x = np.mgrid[-1 : 1 : high * 1j, -1 : 1 : wide * 1j].astype(np.float32)
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=2)
    apart = max(int(np.sqrt(core.sum() / _SAMPLES)), 1)
    some = np.zeros_like(core)
    some[::apart, ::apart] = core[::apart, ::apart]
    A, b = terms[some], values[some]
    if len(b) < _FEWEST_SAMPLES:
        return np.full_like(values, np.median(values[core]))
    ridge = np.diag(_RIDGE).astype(np.float32) * len(b)
    weight = np.ones(len(b), np.float32)
    fit = np.zeros(6, np.float32)
    for _ in range(_ROUNDS):
        fit = np.linalg.solve((A.T * weight) @ A + ridge, (A.T * weight) @ b)
        weight = np.asarray(1 / (1 + ((b - A @ fit) / _FAR_OFF) ** 2), np.float32)
    return np.asarray(terms @ fit, np.float32)
