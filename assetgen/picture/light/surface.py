"""What a shadow falls on: where the floor and the wall are, what lies in shadow already, and the light that is left."""

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
"""How far the light in a shadow takes on the colour of the floor off which it has bounced."""

_SKY = 0.1
"""How far the sky's tint is the opposite of the key light's: a golden sun leaves its shadows blue."""

_TEXTURE = 0.8
"""Floor that gives back less than this share of what its lit parts do lies in shadow; above that it is its pattern."""

_TOP_EDGE = 2.5
"""The outline of a raised top, between an ellipse (2) and a rectangle."""


_ON_SCREEN = np.rint(255 * np.linspace(0, 1, 4096) ** (1 / 2.2)).astype(np.uint8)
"""Shares of light, in 4095ths, as factors on sRGB values."""


@dataclass(frozen=True)
class Surface:
    """On the grid of a shadow. floor, wall: 1 where it can fall on them; lit: the share of key light there is now."""

    floor: Floats
    wall: Floats
    lit: Floats
    colour: Floats

    def left(self, light: Light, *, cast: Floats, hidden: Floats, crease: Floats) -> Pixels:
        """The share of light that stays, as a factor on sRGB values.

        A cast shadow takes away key light, where there is any; `hidden` is the share of the sky that the floor does not
        see, and a soft key is part sky. A power curve carries products over, so no pixel is made linear.
        """
        tint = np.array(light.tint, np.float32)
        key = light.strength * tint / tint.mean()
        sky = tint**-_SKY * (1 - _BOUNCE + _BOUNCE * self.colour)
        sky *= max(1 - light.strength, 0.05) / sky.mean()
        direct = self.lit * (1 - cast) * (1 - 0.5 * light.softness * hidden) * (1 - crease)
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
    grey = np.asarray(cv2.transform(light, np.array([[0.21, 0.72, 0.07]], np.float32)), np.float32)
    on_floor = np.asarray(cv2.resize(floor, coarse), np.float32) > 0.5
    strength = stage.light.strength if stage else Light().strength
    lit = np.where(on_floor, _lit(grey, on_floor, strength), _lit(grey, ~on_floor, strength)).astype(np.float32)
    colour = light[on_floor].mean(axis=0) if on_floor.any() else np.ones(3, np.float32)
    lit = np.asarray(cv2.resize(lit, shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)
    return Surface(floor, wall, lit, colour / max(float(colour.max()), 1e-3))


def _lit(grey: Floats, where: npt.NDArray[np.bool_], strength: float) -> Floats:
    """The share of key light, going by what floor or wall gives back where it is brightest."""
    if not where.any():
        return np.ones_like(grey)
    bright, in_shadow = float(np.percentile(grey[where], 85)), max(1 - strength, 0.05)
    calm = np.asarray(cv2.GaussianBlur(grey, (0, 0), 1.0), np.float32)
    return ramp(calm / max(bright, 1e-4), in_shadow, max(_TEXTURE, in_shadow + 0.1))


def is_open(stage: Stage, width: int, height: int) -> bool:
    """Whether the product stands on a floor that reaches to the wall; only raised things end above the ground line."""
    return stage.y - half_depth(stage, width, height) > stage.ground


def half_depth(stage: Stage, width: int, height: int) -> float:
    """Of the surface, as a share of the canvas's height, were it as deep as it is wide."""
    return stage.width / 2 * width / height * PITCH


def on_surface(area: Rect, shape: tuple[int, ...], canvas: tuple[int, int], stage: Stage) -> tuple[Floats, Floats]:
    """1 on the floor and 1 on the wall, on a grid over a part of a canvas of this width and height.

    An open floor ends at the wall, a podium at its edge, with nothing behind it that is near.
    """
    width, height = canvas
    x = (area.left + (np.arange(shape[1], dtype=np.float32) + 0.5) * area.width / shape[1]) / width
    y = (area.top + (np.arange(shape[0], dtype=np.float32)[:, None] + 0.5) * area.height / shape[0]) / height
    if is_open(stage, width, height):
        floor = np.broadcast_to(ramp(y - stage.ground, -0.002, 0.008), shape)
        return floor, 1 - floor
    across, deep = (x - stage.x) / (stage.width / 2), (y - stage.y) / half_depth(stage, width, height)
    from_middle: Floats = (np.abs(across) ** _TOP_EDGE + np.abs(deep) ** _TOP_EDGE) ** (1 / _TOP_EDGE)
    return 1 - ramp(from_middle, 0.92, 1.04), np.zeros(shape, np.float32)


def _seen(pixels: Pixels, area: Rect, size: tuple[int, int]) -> Pixels:
    """The canvas on a grid of this width and height; beyond its edges it goes on as it ends."""
    inside = area.within(Rect(0, 0, pixels.shape[1], pixels.shape[0]))
    rows = np.clip(np.arange(size[1]) * area.height // size[1] + area.top, inside.top, inside.bottom - 1)
    columns = np.clip(np.arange(size[0]) * area.width // size[0] + area.left, inside.left, inside.right - 1)
    return pixels[rows[:, None], columns]


def _linear(pixels: Pixels) -> Floats:
    levels = (np.arange(256, dtype=np.float32) / 255) ** 2.2
    return np.asarray(cv2.LUT(pixels, levels), np.float32)


def ramp(values: Floats, start: float, end: float) -> Floats:
    share: Floats = np.clip((values - start) / (end - start), 0, 1)
    return share * share * (3 - 2 * share)
