"""What things are made of: colour, relief and shine at every point, out of smooth noise.

A point (x, y, z) has the texture coordinates u = x, v = z + y: the floor runs on up a wall, and
a podium's side over its edge.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.providers.studio.colours import brightness, linear, mix
from assetgen.providers.studio.solids import Array

TILE = 512

SHINE = {"marble": 0.35, "terrazzo": 0.16, "wood": 0.06, "water": 0.9}
"""How polished a surface is: 0 matt, 1 a mirror. Those not named are matt."""


@dataclass(frozen=True)
class Coat:
    """colour: rows x columns x 3, linear; relief: slopes along u and v, None where flat; shine: as in SHINE."""

    colour: Array
    relief: tuple[Array, Array] | None = None
    shine: float = 0.0


class Noise:
    """Tiles that repeat without seams, sampled anywhere; the same seed gives the same tiles."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    @cached_property
    def soft(self) -> Array:
        """Clouds with a mean of 0 and a spread of 1, over a unit that is the whole tile."""
        return self._cloud(self._seed, slope=1.9)

    @cached_property
    def fine(self) -> Array:
        return self._cloud(self._seed + 1, slope=1.1)

    @cached_property
    def relief(self) -> tuple[Array, Array]:
        """Slopes of the soft clouds along u and v."""
        down, right = np.gradient(np.pad(self._cloud(self._seed + 2, slope=1.6), 1, mode="wrap"))
        return _unspread(right[1:-1, 1:-1]), _unspread(down[1:-1, 1:-1])

    @cached_property
    def chips(self) -> Array:
        """Terrazzo: the number of each chip's colour (1, 2, 3) by channel, as coverage from 0 to 1."""
        return _chips(np.random.default_rng(self._seed + 3), 1024)

    @staticmethod
    def _cloud(seed: int, slope: float) -> Array:
        white = np.fft.rfft2(np.random.default_rng(seed).standard_normal((TILE, TILE)))
        frequency = np.hypot(np.fft.fftfreq(TILE)[:, None], np.fft.rfftfreq(TILE)[None, :]) * TILE
        shaped = white * np.where(frequency < 3, 0, np.maximum(frequency, 1) ** -slope)
        return _unspread(np.fft.irfft2(shaped))


def _unspread(tile: npt.NDArray[np.float64]) -> Array:
    return np.asarray((tile - tile.mean()) / tile.std(), np.float32)


def sample(tile: Array, u: Array, v: Array) -> Array:
    """The tile at u, v, where 1 is its whole side."""
    size = np.float32(tile.shape[0])
    x, y = (np.mod(a, np.float32(1)) * size for a in (u, v))
    return np.asarray(cv2.remap(tile, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP), np.float32)


def _tinted(colour: Array, shade: Array) -> Array:
    return colour * np.maximum(shade, 0)[..., None]


def paint(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    return Coat(_tinted(colour, 1 + 0.011 * sample(noise.soft, u * 0.19, v * 0.17)))


def plaster(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Limewash: broad cloudy strokes over a barely uneven ground."""
    blotch = sample(noise.soft, u * 0.17, v * 0.13) * 0.6 + sample(noise.fine, u * 0.4, v * 0.31) * 0.4
    right, down = (sample(tile, u * 0.45, v * 0.45) for tile in noise.relief)
    return Coat(_tinted(colour, 1 + 0.045 * blotch), (right * 0.02, down * 0.02))


def marble(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Veins run where warped clouds cross zero; wide grey drifts with thin dark lines."""
    bend = sample(noise.soft, u * 0.23 + 0.3, v * 0.23)
    a, b = u * 0.16 + v * 0.07 + bend * 0.035, v * 0.16 - u * 0.05 + bend * 0.03
    wide = np.exp(-np.abs(sample(noise.soft, a, b)) / 0.22)
    thin = np.exp(-np.abs(sample(noise.soft, a * 2.1 + 0.4, b * 2.1)) / 0.05)
    mask = np.clip(sample(noise.soft, u * 0.3 + 0.7, v * 0.3) * 0.5 + 0.5, 0, 1)
    light = brightness(colour) > 0.12
    vein = mix(colour, linear("#6e6a68" if light else "#f3ead9"), 0.75 if light else 0.5)
    strength = np.clip(0.30 * wide + 0.5 * thin * mask, 0, 1)[..., None]
    return Coat(colour * (1 - strength) + vein * strength, shine=SHINE["marble"])


def terrazzo(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    cover = [sample(np.ascontiguousarray(noise.chips[..., i]), u * 0.42, v * 0.42)[..., None] for i in range(3)]
    chips = [mix(linear(code), colour, 0.25) for code in ("#b5654a", "#8f9a86", "#5b5550")]
    result = _tinted(colour, 1 + 0.012 * sample(noise.fine, u * 0.5, v * 0.5))
    for share, chip in zip(cover, chips, strict=True):
        result = result * (1 - share) + chip * share
    return Coat(result, shine=SHINE["terrazzo"])


def wood(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Planks along u, each cut from another part of the tree."""
    plank = np.floor(v / 0.62 + 0.2)
    seam = np.abs(v / 0.62 + 0.2 - plank - 0.5) * 2
    part = np.mod(plank * np.float32(0.377), 1)
    growth = sample(noise.soft, u * 0.035 + part, v * 0.09 + part * 3)
    rings = np.sin((growth * 2.6 + v * 1.2 + part * 5) * np.float32(6.0))
    fibre = sample(noise.fine, u * 0.07 + part, v * 1.9 + part)
    shade = 1 + 0.09 * rings + 0.06 * fibre + 0.10 * (part - 0.5) - 0.45 * np.clip((seam - 0.975) / 0.02, 0, 1)
    warm = np.array([1.0, 0.96, 0.9], np.float32)
    return Coat(_tinted(colour, shade) * warm ** (1 - shade)[..., None], shine=SHINE["wood"])


def linen(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Uneven threads both ways; no regular weave, which would shimmer when the picture is resized."""
    threads = sample(noise.fine, u * 2.4, v * 0.12) + sample(noise.fine, u * 0.12 + 0.5, v * 2.4)
    folds = sample(noise.soft, u * 0.11, v * 0.07)
    right, down = (sample(tile, u * 0.12, v * 0.08) for tile in noise.relief)
    return Coat(_tinted(colour, 1 + 0.036 * threads + 0.02 * folds), (right * 0.05, down * 0.03))


def sand(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Wind ripples across the view, with a grain too fine to be seen one by one."""
    drift = sample(noise.soft, u * 0.10, v * 0.10)
    wave = v * 13 + u * 1.8 + drift * 3.2
    height = 0.10 * (0.6 + 0.4 * sample(noise.soft, u * 0.16 + 0.4, v * 0.16))
    right, down = (sample(tile, u * 0.9, v * 0.9) for tile in noise.relief)
    slope = np.cos(wave) * height
    shade = 1 + 0.05 * sample(noise.fine, u * 1.3, v * 1.3) + 0.03 * np.sin(wave)
    return Coat(_tinted(colour, shade), (slope * 0.25 + right * 0.03, slope + down * 0.03))


def water(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Gentle ripples with the bright net of light on the bottom."""
    bend = sample(noise.soft, u * 0.2, v * 0.2)
    net = np.abs(sample(noise.soft, u * 0.33 + bend * 0.03, v * 0.24 + 0.2))
    right, down = (sample(tile, u * 0.14, v * 0.11) for tile in noise.relief)
    shade = 0.72 + 0.35 * np.exp(-net / 0.12)
    return Coat(_tinted(colour, shade), (right * 0.035, down * 0.05), shine=SHINE["water"])


SURFACES: dict[str, Callable[[Array, Array, Array, Noise], Coat]] = {
    "paint": paint,
    "plaster": plaster,
    "marble": marble,
    "terrazzo": terrazzo,
    "wood": wood,
    "linen": linen,
    "sand": sand,
    "water": water,
}

PLAIN = {"paint", "plaster"}
"""Surfaces without a fine pattern, which need no finer sampling."""

OWN_COLOURS = {
    "marble": "#f1eeea",
    "terrazzo": "#efe7db",
    "wood": "#c49b72",
    "linen": "#e4d9c8",
    "sand": "#dfc7a2",
    "water": "#86b7c0",
}
"""What a surface looks like when no colour is named for it."""


def _chips(rng: np.random.Generator, size: int) -> Array:
    """Angular chips of mixed sizes, drawn nine times around so that the tile repeats."""
    picture = np.zeros((size, size, 3), np.uint8)
    for _ in range(620):
        at, radius = rng.random(2) * size, size * rng.choice([0.006, 0.011, 0.02, 0.03], p=[0.4, 0.33, 0.2, 0.07])
        turns = np.sort(rng.random(rng.integers(5, 8))) * 2 * np.pi
        corners = np.stack([np.cos(turns), np.sin(turns) * 0.8], 1) * radius * rng.uniform(0.7, 1.1, (len(turns), 1))
        colour = [(255, 0, 0), (0, 255, 0), (0, 0, 255)][rng.integers(3)]
        for shift in np.ndindex(3, 3):
            outline = (at + corners + (np.array(shift) - 1) * size) * 16
            cv2.fillConvexPoly(picture, outline.round().astype(np.int32), colour, cv2.LINE_AA, shift=4)
    return picture.astype(np.float32) / 255
