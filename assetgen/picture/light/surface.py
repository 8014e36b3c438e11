"""The surface that a shadow falls on: where floor and wall are, what lies in shadow already, and what light is left."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.model.arrays import Floats, Pixels
from assetgen.model.request import Light, Stage
from assetgen.picture.geometry import Rect
from assetgen.picture.light.footprint import PITCH

_BOUNCE = 0.5
"""The share, 0 to 1, of the floor's colour that light in a shadow takes on, having bounced off it."""

_SKY = 0.1
"""The exponent by which the sky's tint is the opposite of the key light's: a golden sun leaves its shadows blue."""

_TEXTURE = 0.8
"""The share of the light of its lit parts below which a floor lies in shadow; above that it is its pattern."""

_TOP_EDGE = 2.5
"""The exponent of the outline of a raised top: an ellipse has 2, a rectangle no end."""

_GAMMA = 2.2
"""The exponent of sRGB's curve, near enough."""

_LEAST_SKY = 0.05
"""The share of light that is the sky's at least: no shadow is black."""

_HIDDEN_KEY = 0.5
"""The share of a soft key light that is part of the sky."""

_GREY = (0.21, 0.72, 0.07)
"""Luminance of linear sRGB, IEC 61966-2-1, rounded."""

_ON_SURFACE = 0.5
"""The share of a point from which it belongs to the floor."""

_BRIGHT = 85
"""The percentile of the light of floor or wall that stands for its lit parts; the rest may be lamps and gleams."""

_FREE_OF_GRAIN = 1.0
"""Sigma in points of the blur that takes the grain off what lies in shadow."""

_FADE = 0.1
"""The range of light, 0 to 1, at least, over which lit floor passes into shadow."""

_GROUND_LINE = (-0.002, 0.008)
"""The way from wall to floor, in heights of the canvas from the ground line down."""

_END_OF_TOP = (0.92, 1.04)
"""The way over which a raised top ends, its outline being 1."""


_ON_SCREEN = np.rint(255 * np.linspace(0, 1, 4096) ** (1 / _GAMMA)).astype(np.uint8)
"""Shares of light, in 4095ths, as factors on sRGB values."""


@dataclass(frozen=True)
class Surface:
    """What a shadow falls on, on its grid of H x W points; all values 0 to 1."""

    floor: Floats
    """H x W, 1 where the shadow can fall on the floor."""

    wall: Floats
    """H x W, 1 where it can fall on the wall."""

    lit: Floats
    """H x W, the share of key light that there is now."""

    colour: Floats
    """3, the colour of the floor in linear light, its brightest channel being 1."""

    def left(self, light: Light, *, cast: Floats, hidden: Floats, crease: Floats) -> Pixels:
        """The share of light that stays, H x W x 3, as a factor (255 is 1) on sRGB values.

        A cast shadow takes away key light, where there is any; `hidden` is the share of the sky that the floor does not
        see, and a soft key is part sky. A power curve carries products over, so no pixel is made linear.
        """
        tint = np.array(light.tint, np.float32)
        key = light.strength * tint / tint.mean()
        sky = tint**-_SKY * (1 - _BOUNCE + _BOUNCE * self.colour)
        sky *= max(1 - light.strength, _LEAST_SKY) / sky.mean()
        direct = self.lit * (1 - cast) * (1 - _HIDDEN_KEY * light.softness * hidden) * (1 - crease)
        indirect = (1 - hidden) * (1 - crease)
        shares = [(k * direct + s * indirect) / (k * self.lit + s) for k, s in zip(key, sky, strict=True)]
        factor: Pixels = _ON_SCREEN[(cv2.merge(shares) * (_ON_SCREEN.size - 1)).astype(np.int16)]
        return factor


def surface(pixels: Pixels, area: Rect, shape: tuple[int, int], stage: Stage | None) -> Surface:
    """The surface in the part `area` of the canvas, on a grid of `shape` rows and columns."""
    floor: Floats = np.ones(shape, np.float32)
    wall: Floats = np.zeros(shape, np.float32)
    if stage:
        floor, wall = on_surface(area, shape, (pixels.shape[1], pixels.shape[0]), stage)
    coarse = shape[1] // 2, shape[0] // 2
    light = _linear(_seen(pixels, area, coarse))
    grey = np.asarray(cv2.transform(light, np.array([_GREY], np.float32)), np.float32)
    on_floor = np.asarray(cv2.resize(floor, coarse), np.float32) > _ON_SURFACE
    strength = stage.light.strength if stage else Light().strength
    lit = np.where(on_floor, _lit(grey, on_floor, strength), _lit(grey, ~on_floor, strength)).astype(np.float32)
    colour = light[on_floor].mean(axis=0) if on_floor.any() else np.ones(3, np.float32)
    lit = np.asarray(cv2.resize(lit, shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)
    return Surface(floor, wall, lit, colour / max(float(colour.max()), 1e-3))


def _lit(grey: Floats, where: npt.NDArray[np.bool_], strength: float) -> Floats:
    """The share of key light, H x W, going by what floor or wall gives back where it is brightest."""
    if not where.any():
        return np.ones_like(grey)
    bright, in_shadow = float(np.percentile(grey[where], _BRIGHT)), max(1 - strength, _LEAST_SKY)
    calm = np.asarray(cv2.GaussianBlur(grey, (0, 0), _FREE_OF_GRAIN), np.float32)
    return ramp(calm / max(bright, 1e-4), in_shadow, max(_TEXTURE, in_shadow + _FADE))


def is_open(stage: Stage, width: int, height: int) -> bool:
    """Whether the product stands on a floor that reaches to the wall; only raised things end above the ground line."""
    return stage.y - half_depth(stage, width, height) > stage.ground


def half_depth(stage: Stage, width: int, height: int) -> float:
    """Half the depth of the surface, as a share of the canvas's height, were it as deep as it is wide."""
    return stage.width / 2 * width / height * PITCH


def on_surface(area: Rect, shape: tuple[int, ...], canvas: tuple[int, int], stage: Stage) -> tuple[Floats, Floats]:
    """The floor and the wall, each 1 where it is and 0 elsewhere, on a grid over a part of a canvas (width, height).

    An open floor ends at the wall, a podium at its edge, with nothing behind it that is near.
    """
    width, height = canvas
    x = (area.left + (np.arange(shape[1], dtype=np.float32) + 0.5) * area.width / shape[1]) / width
    y = (area.top + (np.arange(shape[0], dtype=np.float32)[:, None] + 0.5) * area.height / shape[0]) / height
    if is_open(stage, width, height):
        floor = np.broadcast_to(ramp(y - stage.ground, *_GROUND_LINE), shape)
        return floor, 1 - floor
    across, deep = (x - stage.x) / (stage.width / 2), (y - stage.y) / half_depth(stage, width, height)
    # A superellipse: https://en.wikipedia.org/wiki/Superellipse
    from_middle: Floats = (np.abs(across) ** _TOP_EDGE + np.abs(deep) ** _TOP_EDGE) ** (1 / _TOP_EDGE)
    return 1 - ramp(from_middle, *_END_OF_TOP), np.zeros(shape, np.float32)


def _seen(pixels: Pixels, area: Rect, size: tuple[int, int]) -> Pixels:
    """The canvas on a grid of this width and height; beyond its edges it goes on as it ends."""
    inside = area.within(Rect(0, 0, pixels.shape[1], pixels.shape[0]))
    rows = np.clip(np.arange(size[1]) * area.height // size[1] + area.top, inside.top, inside.bottom - 1)
    columns = np.clip(np.arange(size[0]) * area.width // size[0] + area.left, inside.left, inside.right - 1)
    return pixels[rows[:, None], columns]


def _linear(pixels: Pixels) -> Floats:
    """Linear light, 0 to 1, of sRGB pixels."""
    levels = (np.arange(256, dtype=np.float32) / 255) ** _GAMMA
    return np.asarray(cv2.LUT(pixels, levels), np.float32)


def ramp(values: Floats, start: float, end: float) -> Floats:
    """A smooth way from 0 at `start` to 1 at `end`, level at both (smoothstep)."""
    share: Floats = np.clip((values - start) / (end - start), 0, 1)
    return share * share * (3 - 2 * share)
