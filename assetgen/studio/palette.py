"""Colours that suit each other and the product.

They are worked out in OKLab (Ottosson 2020), where a distance is a difference that the eye sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np

from assetgen.studio.tracer.colours import linear
from assetgen.studio.tracer.solids import Array

APART = 0.14
"""The least difference, as a distance in OKLab, between the product and what stands behind, under and beside it. Of
two neighbouring colours about 0.02 can be told apart."""

PALE = 0.8
"""Products lighter than this stand before a wall of middle tone, all others before a light one."""

_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)


@dataclass(frozen=True)
class Scheme:
    """Colours for what the prompt leaves open: behind the product, under it, and beside it, the strongest first."""

    wall: Array
    stand: Array
    accents: tuple[Array, ...]


def oklab(colour: Array) -> Array:
    return np.asarray(_TO_LAB @ np.cbrt(_TO_CONES @ colour), np.float32)


def from_oklab(lab: Array) -> Array:
    """Linear RGB, with less chroma where the screen can't show the colour."""
    for share in np.linspace(1, 0, 21):
        cones = np.linalg.solve(_TO_LAB, lab * np.array([1, share, share], np.float32)) ** 3
        colour = np.linalg.solve(_TO_CONES, cones)
        if colour.min() > -1e-3 and colour.max() < 1 + 1e-3:
            break
    return np.asarray(np.clip(colour, 0, 1), np.float32)


def difference(a: Array, b: Array) -> float:
    return float(np.linalg.norm(oklab(a) - oklab(b)))


def kept_apart(colour: Array, product: Array) -> Array:
    """The colour itself, or as little lighter or darker as it takes to stand off from the product."""
    lab = oklab(colour)
    away = 1.0 if lab[0] >= oklab(product)[0] else -1.0
    shifts = (turn * step for step in np.arange(0, 1, 0.02) for turn in (away, -away))
    levels = (lab[0] + shift for shift in shifts)
    tones = (from_oklab(np.array([level, *lab[1:]], np.float32)) for level in levels if 0.1 < level < 0.98)
    return next(tone for tone in chain([colour], tones) if difference(tone, product) >= APART)


def flattering(product: Array, rng: np.random.Generator) -> Scheme:
    """Quiet colours around the product's complement, its neighbours or no hue at all, light where it is dark."""
    lightness, a, b = (float(part) for part in oklab(product))
    hue, chroma = float(np.arctan2(b, a)), float(np.hypot(a, b))
    turn = float(rng.choice([np.pi, np.pi - 0.45, np.pi + 0.45, 0.7, -0.7]))
    if chroma < 0.03:  # A grey has neither complement nor neighbours: take warm sand, sage or a dusty blue.
        hue, turn = float(rng.choice([0.9, 2.2, 4.3])), 0.0
    pale = lightness > PALE
    wall = _lch(0.66 if pale else 0.91, 0.055 if pale else 0.045, hue + turn)
    stand = _lch(0.74 if pale else 0.96, 0.045 if pale else 0.015, hue + turn)
    accents = [_lch(0.60, 0.09, hue + turn), _lch(0.82, 0.05, hue + turn + 0.6), _lch(0.45, 0.07, hue + turn - 0.4)]
    wall, stand, *accents = (kept_apart(colour, product) for colour in (wall, stand, *accents))
    return Scheme(wall, stand, tuple(accents))


def _lch(lightness: float, chroma: float, hue: float) -> Array:
    return from_oklab(np.array([lightness, chroma * np.cos(hue), chroma * np.sin(hue)], np.float32))


SEASONS: dict[str, tuple[str, ...]] = {
    "spring": ("#f4dfe0 #fbf6ee #dfa3ad #b9cfa4", "#dbe8d0 #fbf7ec #f0b9b0 #f3dc8f", "#f6ecc8 #fdfaf0 #a9c9a4 #e9b5c4"),
    "summer": ("#bfe3ee #fdf6e6 #f2b84b #ef8a6a", "#ffd98f #fff6e2 #3fa7b5 #f0785f", "#f6cdbb #fff7ee #2f97a3 #f4c95d"),
    "autumn": ("#d9a06a #f1e2cb #9c4a2b #6f6a3c", "#b6694a #efdcc6 #e0a64a #55452f", "#c9b48a #f4e8d2 #a3532f #7c3b32"),
    "winter": ("#d5e2ec #f7fafc #7f9fb8 #b7c3cf", "#b9c8d8 #f4f7fa #4f6d8c #e3e8ee", "#e6e6ea #fbfbfc #8b98ad #5e7f86"),
    "christmas": ("#1f4a38 #f3e9d8 #a8242c #c9a15a", "#8f1f28 #f3e6d4 #1f4a38 #c9a15a"),
    "lunar-new-year": ("#a81f22 #c22a26 #d7a548 #e8772e", "#c22a26 #e9c27a #a01a1e #d7a548"),
    "ramadan": ("#1d2c55 #cfa75f #2f4a86 #e8d3a2", "#14463f #d9b877 #1f6b60 #f0e0b8"),
    "valentine": ("#f3c5c9 #fbe9e8 #d4475c #b22e46", "#d4566a #f9dfdd #a81f3c #f3b9c0"),
    "halloween": ("#3b2352 #4a3a5c #e07a24 #8a3f9e", "#d9701f #2b2030 #3b2352 #f0b04a"),
}
"""Wall, stand and accents for the times of the year; the take decides which row of a season is used."""


def seasonal(season: str, rng: np.random.Generator) -> Scheme:
    rows = SEASONS[season]
    wall, stand, *accents = (linear(code) for code in rows[int(rng.integers(len(rows)))].split())
    return Scheme(wall, stand, tuple(accents))
