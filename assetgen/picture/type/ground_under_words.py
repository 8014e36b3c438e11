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

_SPARED = 0.01  # of the letters need not be so easy to read
_RESTLESS = 1.0  # how much more contrast a restless ground asks for
_MILKY = 1.6  # a bright veil looks like fog, a dark one like less light: it may be this much stronger
_MOST = 0.95
_STEPS = 10  # halvings: strengths are found to a thousandth
_BEYOND = 2.2  # how far a scrim reaches, the words being 1
_FADE = 0.8  # of the words' height, the way on which a pool fades
_SMALL = 0.5  # a pool is taken where it veils this much less than a scrim from the nearest edge


@dataclass(frozen=True)
class Ground:
    """What lies under words of a size, and the contrast that they need on a plain ground. `place` and `size` in px."""

    place: Rect
    size: float
    needed: float


@dataclass(frozen=True)
class _Swatch:
    """`letters` is as coarse as they are, for each has to be read.

    unrest: how much light flickers at their scale, in its logarithm: 0.01 is a wall, 0.2 are lights.
    """

    pixels: Pixels
    letters: Pixels
    unrest: float
    needed: float

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
    light = np.log(luminance(pixels) + np.float32(0.05))
    return light, light - cv2.GaussianBlur(light, (0, 0), 0.6 * GRAIN)


def _patch(pixels: Pixels, ground: Ground) -> _Swatch:
    inside = ground.place.grown(round(ground.size / 4)).within(Rect(0, 0, pixels.shape[1], pixels.shape[0]))
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
    on_dark = _veil(patches, paper, mean * 0.25)
    on_light = _veil(patches, ink, 255 - (255 - mean) * 0.12)
    if on_dark.strength == on_light.strength == 0:
        ease = {colour: min(legibility(patch.pixels, colour) for patch in patches) for colour in (ink, paper)}
        return on_dark if ease[paper] > ease[ink] else on_light
    return on_dark if on_dark.strength <= _MILKY * on_light.strength else on_light


def _veil(patches: Sequence[_Swatch], words: RGB, colour: npt.NDArray[np.floating]) -> _Veil:
    """No stronger than it must be."""
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
    """From the canvas's nearest edge, fading well past the words; or only around them, where that veils far less."""
    height, width = pixels.shape[:2]
    reach = {
        "top": block.bottom / height,
        "bottom": 1 - block.top / height,
        "left": block.right / width,
        "right": 1 - block.left / width,
    }
    side = min(reach, key=lambda side: reach[side])
    hold, end = reach[side], _BEYOND * reach[side]
    fade = round(_FADE * max(block.height, math.sqrt(height * width) / 4))
    pooled = (block.width + fade) * (block.height + fade) / (width * height)
    if pooled < _SMALL * (hold + end) / 2:
        pool(pixels, block.grown(round(0.3 * fade)), fade=fade, colour=veil.colour, opacity=veil.strength)
    else:
        scrim(pixels, side, hold=hold, reach=end, colour=veil.colour, opacity=veil.strength)


def _rgb(values: npt.NDArray[np.floating]) -> RGB:
    red, green, blue = np.rint(values).astype(int).tolist()
    return red, green, blue
