"""The ground under words: how hard it makes them to read, and the least that must be done about it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.model.arrays import Floats, Pixels
from assetgen.model.canvas import BrandLook
from assetgen.picture.colour import RGB, contrast, hardest, ink_and_paper, legibility, luminance
from assetgen.picture.geometry import Rect, rect_around
from assetgen.picture.paint import pool, scrim

GRAIN = 10
"""Pixels to a type size, in which grounds are looked at: a stroke of a letter has one."""

_SPARED = 0.01
"""The share of the letters that need not be so easy to read."""

_RESTLESS = 1.0
"""The exponent by which a restless ground asks for more contrast, for each unit of its unrest."""

_BLACK = 0.05
"""Light, 0 to 1, added before its logarithm: that of WCAG's contrast."""

_SURROUNDINGS = 0.6
"""Sigma, in type sizes, of the surroundings that a pixel's light is compared with."""

_MARGIN = 0.25
"""How far around words, in type sizes, their ground is looked at."""

_DARKENED = 0.25
"""The share of its colour that a dark veil keeps of the ground."""

_BRIGHTENED = 0.12
"""The share of its darkness that a bright veil keeps of the ground."""

_MILKY = 1.6
"""How much stronger a dark veil may be than a bright one: that looks like fog, and it like less light."""

_MOST = 0.95
"""The strength, 0 to 1, of a veil at most."""

_STEPS = 10
"""Halvings in the search for a strength: it is found to a thousandth."""

_BEYOND = 2.2
"""How far a scrim reaches, the words being 1."""

_FADE = 0.8
"""The way on which a pool fades, in heights of the words."""

_LEAST_FADE = 0.25
"""The same, in sides of a square as large as the canvas, at least."""

_HELD = 0.3
"""The part of that way around the words on which a pool is as strong as under them."""

_SMALL = 0.5
"""The area of a pool, beside a scrim's from the nearest edge, below which it is taken."""


@dataclass(frozen=True)
class Ground:
    """The ground under words of a size (in pixels), and the contrast that they need on a plain one."""

    place: Rect
    size: float
    needed: float


@dataclass(frozen=True)
class _Swatch:
    """The ground under words made small, to look at it as a reader does."""

    pixels: Pixels
    """H x W x 3, GRAIN pixels to a type size."""

    letters: Pixels
    """The same as coarse as letters are, for each has to be read."""

    unrest: float
    """How much light flickers at their scale, in its logarithm: 0.01 is a wall, 0.2 are lights."""

    needed: float
    """The contrast that the words need on a plain ground."""

    def worst(self, words: RGB) -> RGB:
        """The colour that all but very little of the patch is easier to read on."""
        found = hardest(self.pixels, words), hardest(self.letters, words, _SPARED)
        return min(found, key=lambda colour: contrast(colour, words))


@dataclass(frozen=True)
class _Veil:
    """A colour for words, and the veil that makes it readable: none at strength 0."""

    words: RGB
    colour: RGB
    strength: float


def calmed(pixels: Pixels, grounds: Sequence[Ground], look: BrandLook) -> RGB:
    """Ink or paper, whichever the grounds bear with less of a veil; that veil is laid on the canvas."""
    veil = _lightest([_patch(pixels, ground) for ground in grounds], look)
    if veil.strength:
        _lay(pixels, rect_around([ground.place for ground in grounds]), veil)
    return veil.words


def flicker(pixels: Pixels) -> tuple[Floats, Floats]:
    """The light of each pixel, in logarithms, and how far it is off its surroundings; GRAIN pixels to a type size."""
    light = np.log(luminance(pixels) + np.float32(_BLACK))
    return light, light - cv2.GaussianBlur(light, (0, 0), _SURROUNDINGS * GRAIN)


def _patch(pixels: Pixels, ground: Ground) -> _Swatch:
    inside = ground.place.grown(round(_MARGIN * ground.size)).within(Rect(0, 0, pixels.shape[1], pixels.shape[0]))
    part = pixels[inside.top : inside.bottom, inside.left : inside.right]
    scale = min(1.0, GRAIN / ground.size)
    size = max(1, round(inside.width * scale)), max(1, round(inside.height * scale))
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    _, off = flicker(small)
    cells = max(1, round(2 * size[0] / GRAIN)), max(1, round(2 * size[1] / GRAIN))
    letters = cv2.resize(small, cells, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    return _Swatch(small, letters, float(np.sqrt(np.mean(off * off))), ground.needed)


def _lightest(patches: Sequence[_Swatch], look: BrandLook) -> _Veil:
    ink, paper = ink_and_paper(look)
    mean = np.mean([cv2.mean(patch.pixels)[:3] for patch in patches], axis=0)
    on_dark = _veil(patches, paper, mean * _DARKENED)
    on_light = _veil(patches, ink, 255 - (255 - mean) * _BRIGHTENED)
    if on_dark.strength == on_light.strength == 0:
        ease = {colour: min(legibility(patch.pixels, colour) for patch in patches) for colour in (ink, paper)}
        return on_dark if ease[paper] > ease[ink] else on_light
    return on_dark if on_dark.strength <= _MILKY * on_light.strength else on_light


def _veil(patches: Sequence[_Swatch], words: RGB, colour: npt.NDArray[np.floating]) -> _Veil:
    """The veil of this colour for the words, no stronger than it must be."""
    worst = [np.array(patch.worst(words), np.float64) for patch in patches]

    def suffices(strength: float) -> bool:
        return all(
            contrast(_rgb(under + strength * (colour - under)), words)
            >= patch.needed * math.exp(_RESTLESS * (1 - strength) * patch.unrest)
            for under, patch in zip(worst, patches, strict=True)
        )

    low, high = 0.0, _MOST
    if suffices(low):
        return _Veil(words, _rgb(colour), 0.0)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if suffices(middle) else (middle, high)
    return _Veil(words, _rgb(colour), high)


def _lay(pixels: Pixels, block: Rect, veil: _Veil) -> None:
    """Lays a veil from the canvas's nearest edge, fading well past the words.

    It lies only around them where that veils far less.
    """
    height, width = pixels.shape[:2]
    reach = {
        "top": block.bottom / height,
        "bottom": 1 - block.top / height,
        "left": block.right / width,
        "right": 1 - block.left / width,
    }
    side = min(reach, key=lambda side: reach[side])
    hold, end = reach[side], _BEYOND * reach[side]
    fade = round(_FADE * max(block.height, _LEAST_FADE * math.sqrt(height * width)))
    pooled = (block.width + fade) * (block.height + fade) / (width * height)
    if pooled < _SMALL * (hold + end) / 2:
        pool(pixels, block.grown(round(_HELD * fade)), fade=fade, colour=veil.colour, opacity=veil.strength)
    else:
        scrim(pixels, side, hold=hold, reach=end, colour=veil.colour, opacity=veil.strength)


def _rgb(values: npt.NDArray[np.floating]) -> RGB:
    red, green, blue = np.rint(values).astype(int).tolist()
    return red, green, blue
