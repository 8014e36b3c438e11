"""Colours by name, and which of the brand's can be read on what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.imaging.geometry import Rect
from assetgen.model.canvas import Look
from assetgen.model.cutout import Pixels

RGB = tuple[int, int, int]
Floats = npt.NDArray[np.float32]

READABLE = 4.5
"""The contrast that WCAG 2.2, 1.4.3, asks of text."""

LARGE_READABLE = 3.0
"""What it asks of large type."""

_DIFFERENT = 25.0
"""A just noticeable difference is 2.3; this is the one between a brick and a plum."""

_MILKY = 1.1
"""A bright veil looks like fog, a dark one like less light: it may be this much stronger."""

_SAMPLE = 48  # px: a patch is looked at in this size

# Relative luminance of WCAG 2.2; its sRGB curve for the 256 levels of a channel.
_LEVELS = np.arange(256, dtype=np.float32) / 255
_LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(np.float32)
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722], np.float32)


@dataclass(frozen=True)
class Ground:
    """A sample of what lies under words, and the contrast that they need on it."""

    patch: Pixels
    needed: float


@dataclass(frozen=True)
class Veil:
    """A colour for words, and the scrim that makes it readable: none at strength 0."""

    words: RGB
    ground: RGB
    strength: float


def named(colour: str, look: Look) -> RGB:
    """A colour of the brand, or a hex code."""
    code = look.colours.get(colour, colour).removeprefix("#")
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def ink_and_paper(look: Look) -> tuple[RGB, RGB]:
    """The brand's dark and light colour for words; black and white where it names none."""
    return named(look.colours.get("ink", "#000000"), look), named(look.colours.get("paper", "#ffffff"), look)


def luminance(pixels: Pixels) -> Floats:
    """0 is black, 1 is white."""
    light: Floats = _LINEAR[pixels] @ _WEIGHTS
    return light


def sample(pixels: Pixels, place: Rect) -> Pixels:
    """A part of the canvas made small, for measuring."""
    inside = place.within(Rect(0, 0, pixels.shape[1], pixels.shape[0]))
    patch = pixels[inside.top : inside.bottom, inside.left : inside.right]
    size = max(1, min(inside.width, _SAMPLE)), max(1, min(inside.height, _SAMPLE))
    return cv2.resize(patch, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def legibility(patch: Pixels, colour: RGB) -> float:
    """The contrast, 1 to 21, that `colour` has with all of the patch but its worst twentieth."""
    return _contrast(_hardest(patch, colour), colour)


def more_legible(patch: Pixels, look: Look) -> RGB:
    """Ink or paper: the one that is easier to read on the patch."""
    return max(ink_and_paper(look), key=lambda colour: legibility(patch, colour))


def stands_out(patch: Pixels, colour: RGB) -> bool:
    """Whether a plain form in this colour is seen at a glance: CIE 1976 colour difference from the patch's mean."""
    both = np.array([[cv2.mean(patch)[:3], colour]], np.float32) / 255
    one, other = cv2.cvtColor(both, cv2.COLOR_RGB2Lab)[0]
    return float(np.linalg.norm(one - other)) > _DIFFERENT


def lightest_veil(grounds: Sequence[Ground], look: Look) -> Veil:
    """Ink or paper for all grounds together, whichever gets by with less of a veil; a bright one counts for more."""
    ink, paper = ink_and_paper(look)
    mean = np.mean([cv2.mean(ground.patch)[:3] for ground in grounds], axis=0)
    on_dark = _veil(grounds, paper, mean * 0.25)
    on_light = _veil(grounds, ink, 255 - (255 - mean) * 0.12)
    if on_dark.strength == on_light.strength == 0:
        ease = {colour: min(legibility(ground.patch, colour) for ground in grounds) for colour in (ink, paper)}
        return on_dark if ease[paper] > ease[ink] else on_light
    return on_dark if on_dark.strength <= _MILKY * on_light.strength else on_light


def _veil(grounds: Sequence[Ground], words: RGB, colour: Sequence[float]) -> Veil:
    veil = _rgb(colour)
    hardest = [(_hardest(ground.patch, words), ground.needed) for ground in grounds]
    for strength in np.arange(0, 0.95, 0.05):
        mixed = [(_rgb(u + strength * (v - u) for u, v in zip(under, veil, strict=True)), n) for under, n in hardest]
        if all(_contrast(under, words) >= needed for under, needed in mixed):
            break
    return Veil(words, veil, float(strength))


def _hardest(patch: Pixels, colour: RGB) -> RGB:
    """The colour of the patch with which a twentieth has as little contrast or less."""
    pixels = patch.reshape(-1, 3)
    contrast = np.abs(np.log((luminance(pixels) + 0.05) / (_light(colour) + 0.05)))
    worst = contrast.size // 20
    return _rgb(pixels[np.argpartition(contrast, worst)[worst]])


def _contrast(one: RGB, other: RGB) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: RGB) -> float:
    return float(sum(_LINEAR[level] * weight for level, weight in zip(colour, _WEIGHTS, strict=True)))


def _rgb(values: Iterable[float]) -> RGB:
    red, green, blue = (int(value) for value in values)
    return red, green, blue
