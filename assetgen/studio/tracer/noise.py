"""Smooth noise, and chips and leaves strewn without seams: what surfaces are drawn from."""

from __future__ import annotations

from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.studio.tracer.foliage import leaf
from assetgen.studio.tracer.solids import Array

TILE = 512


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

    @cached_property
    def leaves(self) -> Array:
        """Fallen leaves, the later ones on top: brightness and hue, both from 0 to 1."""
        return _fallen(np.random.default_rng(self._seed + 4), 1024)

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
    x, y = ((a - np.floor(a)) * size for a in (u, v))
    return np.asarray(cv2.remap(tile, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP), np.float32)


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


def _fallen(rng: np.random.Generator, size: int) -> Array:
    picture = np.full((size, size, 3), (0.1, 0.5, 0), np.float32)
    for _ in range(380):
        root, spine = complex(*rng.random(2)), rng.uniform(0.06, 0.1) * np.exp(2j * np.pi * rng.random())
        width, look = rng.uniform(0.26, 0.38), (rng.uniform(0.5, 1), rng.random(), 0)
        for down, right in np.ndindex(3, 3):
            at = root + complex(right - 1, down - 1)
            if not (-0.12 < at.real < 1.12 and -0.12 < at.imag < 1.12):
                continue
            _fill(picture, leaf(at + 0.004 + 0.006j, spine, width), (0.05, 0.5, 0))
            _fill(picture, leaf(at, spine, width), look)
    return np.ascontiguousarray(picture[..., :2])


def _fill(picture: Array, outline: list[complex], look: tuple[float, float, float]) -> None:
    corners = np.array([(p.real, p.imag) for p in outline]) * picture.shape[0] * 16
    cv2.fillPoly(picture, [corners.round().astype(np.int32)], look, cv2.LINE_AA, shift=4)
