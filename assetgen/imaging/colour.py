"""Colours by name, and which of the brand's can be read on what."""

from __future__ import annotations

from collections.abc import Sequence
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

_MILKY = 1.5
"""A bright veil looks like fog, a dark one like less light: it may be this much stronger."""

_SAMPLE = 64  # px: a patch is looked at in this size, about a hundredth of a line of type

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
    """The contrast, 1 to 21, that `colour` has with nine tenths of the patch."""
    under, own = luminance(patch), float(luminance(np.array(colour, np.uint8)))
    contrast = (np.maximum(under, own) + 0.05) / (np.minimum(under, own) + 0.05)
    return float(np.percentile(contrast, 10))


def more_legible(patch: Pixels, look: Look) -> RGB:
    """Ink or paper: the one that is easier to read on the patch."""
    return max(ink_and_paper(look), key=lambda colour: legibility(patch, colour))


def lightest_veil(grounds: Sequence[Ground], look: Look) -> Veil:
    """Ink or paper for all grounds together, whichever gets by with less of a veil; a bright one counts for more."""
    ink, paper = ink_and_paper(look)
    mean = np.mean([cv2.mean(ground.patch)[:3] for ground in grounds], axis=0)
    on_dark = _veil(grounds, paper, tuple(mean * 0.25))
    on_light = _veil(grounds, ink, tuple(255 - (255 - mean) * 0.12))
    if on_dark.strength == on_light.strength == 0:
        ease = {colour: min(legibility(ground.patch, colour) for ground in grounds) for colour in (ink, paper)}
        return on_dark if ease[paper] > ease[ink] else on_light
    return on_dark if on_dark.strength <= _MILKY * on_light.strength else on_light


def _veil(grounds: Sequence[Ground], words: RGB, colour: Sequence[float]) -> Veil:
    veil = int(colour[0]), int(colour[1]), int(colour[2])
    for strength in np.arange(0, 0.95, 0.05):
        mixed = [ground.patch + strength * (np.array(veil) - ground.patch) for ground in grounds]
        if all(legibility(m.astype(np.uint8), words) >= g.needed for m, g in zip(mixed, grounds, strict=True)):
            break
    return Veil(words, veil, float(strength))
