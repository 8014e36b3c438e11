"""Things to draw with, of whole numbers and square roots alone, so that they are the same on every machine."""

from __future__ import annotations

import numpy as np

from assetgen.model.arrays import Alpha, Floats, Pixels
from assetgen.model.canvas import BrandLook

_LETTER = "M0 0h20v30h30V0h20v90H50V50H20v40H0z"
LOGO = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 260 90"><path fill="#22302b" d="{_LETTER}"/>'
LOGO += '<circle cx="150" cy="45" r="40" fill="#c8623e"/><path fill="#22302b" d="M210 20h50v50h-50z"/></svg>'
LIGHT_LOGO = LOGO.replace("#22302b", "#f6f1e7")
ICON = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M5 0l2 3 3 2-3 2-2 3-2-3-3-2 3-2z"/></svg>'
)
LOOK = BrandLook({"ink": "#22302b", "paper": "#f6f1e7", "accent": "#c8623e"}, logo=LOGO.encode(), icon=ICON)
TWO_LOGOS = BrandLook(LOOK.colours, logo=LOGO.encode(), logo_dark=LIGHT_LOGO.encode())


def _grid(width: int, height: int) -> tuple[Floats, Floats]:
    rows, columns = np.mgrid[:height, :width].astype(np.float64) + 0.5
    return rows, columns


def _levels(values: Floats) -> Pixels:
    pixels: Pixels = np.clip(np.floor(values + 0.5), 0, 255).astype(np.uint8)
    return pixels


def room(width: int, height: int, ground: float = 0.55) -> Pixels:
    """A wall that gets lighter to the right, a floor before it, and a fine grain."""
    rows, columns = _grid(width, height)
    grain = (columns * 7 + rows * 13 + columns * rows) % 11 - 5
    wall = 150 + 60 * columns / width + grain
    floor = 205 - 50 * (rows / height - ground) + grain / 2
    light = np.where(rows < ground * height, wall, floor)
    return _levels(light[..., None] * np.array([1.0, 0.95, 0.87]))


def night(width: int, height: int) -> Pixels:
    """Dark, with some lights."""
    rows, columns = _grid(width, height)
    lamps = np.zeros((height, width))
    for x, y in ((0.2, 0.15), (0.7, 0.25), (0.45, 0.1)):
        away = np.sqrt((columns - x * width) ** 2 + (rows - y * height) ** 2)
        lamps = np.maximum(lamps, np.clip(1 - away / (0.1 * width), 0, 1))
    return _levels(np.array([30.0, 38, 52]) + lamps[..., None] * np.array([200.0, 170, 110]))


def restless(width: int, height: int) -> Pixels:
    """Stripes of middle grey as wide as strokes of letters."""
    rows, columns = _grid(width, height)
    stripes = np.where((columns // 6 + rows // 40) % 2, 175.0, 95.0)
    return _levels(stripes[..., None] * np.array([1.0, 1.0, 0.96]))


def bottle(width: int = 120, height: int = 220, colour: tuple[int, int, int] = (60, 110, 150)) -> Pixels:
    """RGBA with an empty border: a body with round shoulders, a neck, a stripe and a gleam."""
    rows, columns = _grid(width + 40, height + 40)
    x, y = columns - 20 - width / 2, rows - 20
    shoulder = 0.3 * height
    half = np.where(y < 0.18 * height, 0.18 * width, 0.5 * width)
    rounding = np.clip((shoulder - y) / (shoulder - 0.18 * height), 0, 1)
    half = np.where(y >= 0.18 * height, half * np.sqrt(np.clip(1 - 0.8 * rounding**2, 0, 1)), half)
    cover = np.clip(half - np.abs(x) + 0.5, 0, 1) * np.clip(y + 0.5, 0, 1) * np.clip(height - y + 0.5, 0, 1)
    shade = 1 - 0.6 * (x / (0.5 * width)) ** 2 + 0.4 * (np.abs(x + 0.22 * width) < 0.05 * width)
    stripe = (np.abs(y - 0.65 * height) < 0.12 * height)[..., None]
    colours = np.where(stripe, np.array([235.0, 225, 205]), np.array(colour, np.float64)) * shade[..., None]
    return np.dstack([_levels(colours), _levels(255 * cover)])


def furry(cutout: Pixels, reach: int = 9) -> Pixels:
    """With an edge that fades over so many pixels: a plain mean over a square."""
    alpha = np.pad(cutout[..., 3].astype(np.float64), reach // 2)
    faded = np.lib.stride_tricks.sliding_window_view(alpha, (reach, reach)).mean(axis=(2, 3))
    return np.dstack([cutout[..., :3], _levels(faded)])


def floor_shadow(cutout: Pixels) -> Alpha:
    """What the floor beside a bottle keeps of its light, as a photo may show it."""
    height, width = cutout.shape[:2]
    rows, columns = _grid(width, height)
    away = np.sqrt(((columns - 0.6 * width) / (0.45 * width)) ** 2 + ((rows - height + 24) / 16) ** 2)
    return _levels(255 * (1 - 0.5 * np.clip(1 - away, 0, 1)))


def photographed(cutout: Pixels, backdrop: tuple[int, int, int] = (236, 234, 230)) -> Pixels:
    """A photo of it on a plain backdrop that is a little darker below, with its shadow on the floor."""
    height, width = cutout.shape[:2]
    rows, columns = _grid(width, height)
    grain = (columns * 3 + rows * 5) % 3 - 1
    light = (1 - 0.04 * rows / height) * (floor_shadow(cutout) / 255.0)
    behind = np.array(backdrop, np.float64) * light[..., None] + grain[..., None]
    alpha = cutout[..., 3:] / 255.0
    return _levels(cutout[..., :3] * alpha + behind * (1 - alpha))
