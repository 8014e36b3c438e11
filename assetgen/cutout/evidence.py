"""The evidence by which the passes of `outline` tell product from backdrop: how smooth, how dark and how coloured.

Lengths are in pixels of work size (`SIDE`). Light is the natural logarithm of sRGB levels against the empty backdrop,
as in `Backdrop`: 0.01 is about 1 %. Numbers of this file and of the passes were tuned on the 48 drawn photos of
`python -m benchmarks.cutouts tuned` and looked at on the 24 of `held-out`; benchmarks/README.md has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.model.arrays import Floats, Region

SIDE = 800
"""Pixels of the long side at work size: enough for a strap, and quick; `tracing` draws at the size of the photo."""

_EDGE_BLUR = 0.9
"""Sigma in pixels of the blur before slopes are taken; grain has slopes of its own."""

_RAMP_BLUR = 2
"""Sigma in pixels of half the size of the blur that leaves only wide ramps, such as the rim of a soft shadow."""

_RAMP_SHARE = 0.75
"""The share of a wide ramp's slope that is taken off an edge."""

_SMOOTH = 0.0015
"""Light per pixel: an edge below this is none, however clean the photo."""

_SMOOTH_GRAIN = 0.8
"""The same in multiples of the backdrop's noise; the larger of the two holds."""

NOISE_MARGIN = 3
"""Multiples of the backdrop's noise that are allowed for before light or hue counts as another one."""

_BRIGHTEST_SHADOW = 0.06
"""Light above the backdrop, noise apart, up to which a place may still be backdrop or shadow."""

_DARKEST_SHADOW = -1.0
"""Light below which nothing is taken for a shadow: a third of the backdrop's level, a tenth of its light."""

_NEUTRAL_HUE = 0.018
"""Hue, in light, of a faint shadow at most that is the backdrop's own colour."""

_NEUTRAL_HUE_DEEPER = 0.15
"""How much that bound grows with each unit of darkness: products throw their colour into deep shadows."""

_TINTED_HUE = 0.055
"""Hue, in light, of a faint shadow at most that a coloured product has tinted."""

_TINTED_HUE_DEEPER = 0.35
"""How much that bound grows with each unit of darkness."""


@dataclass(frozen=True)
class Evidence:
    """What is known of each pixel before the first pass; all arrays are H x W at work size."""

    backdrop: Backdrop
    """The photo compared with its empty backdrop."""

    edges: Floats
    """How sharply light changes, in light per pixel, as `sharp_edges` gives it."""

    smooth: Region
    """The places where no edge is."""

    neutral: Region
    """Smooth places as dark as a shadow may be, in the backdrop's own hue."""

    tinted: Region
    """Places in the backdrop's hue or in one that a coloured product may throw into its shadow, edges among them."""

    tinted_shade: Region
    """Smooth places as dark as a shadow may be, tinted or not."""


def gather_evidence(backdrop: Backdrop, edges: Floats) -> Evidence:
    """The evidence of a photo; `edges` are those of `sharp_edges`, H x W."""
    noise, shade = backdrop.noise, backdrop.shade
    smooth = smooth_places(backdrop, edges)
    dim = smooth & (shade < _BRIGHTEST_SHADOW + NOISE_MARGIN * noise) & (shade > _DARKEST_SHADOW)
    tint = backdrop.hue - NOISE_MARGIN * noise
    neutral = dim & (tint < _NEUTRAL_HUE - _NEUTRAL_HUE_DEEPER * shade)
    tinted = tint < _TINTED_HUE - _TINTED_HUE_DEEPER * shade
    return Evidence(backdrop, edges, smooth, neutral, tinted, dim & tinted)


def sharp_edges(ratio: Floats) -> Floats:
    """How steeply light changes from pixel to pixel, less what a wide ramp would change anyway: H x W, 0 is smooth.

    A shadow fades over many pixels and a product ends within a few: this is what tells them apart.
    """
    height, width = ratio.shape[:2]
    small = cv2.resize(ratio, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    ramp = cv2.resize(_slope(cv2.GaussianBlur(small, (0, 0), _RAMP_BLUR)), (width, height))
    return np.maximum(_slope(cv2.GaussianBlur(ratio, (0, 0), _EDGE_BLUR)) - _RAMP_SHARE * ramp, 0).astype(np.float32)


def smooth_places(backdrop: Backdrop, edges: Floats) -> Region:
    """The places where light changes no faster than the grain of the photo makes it change."""
    return edges < max(_SMOOTH, _SMOOTH_GRAIN * backdrop.noise)


def _slope(light: cv2.typing.MatLike) -> Floats:
    """The steepest of the channels, in light per pixel, H x W."""
    # Sobel's kernel answers a slope of 1 with 8. The channels stay apart: an edge may be one of hue alone.
    along, down = (cv2.Sobel(light, cv2.CV_32F, dx, 1 - dx, scale=1 / 8) for dx in (1, 0))
    red, green, blue = cv2.split(along * along + down * down)
    return np.sqrt(cv2.max(cv2.max(red, green), blue))
