"""Colours by name, and which of the brand's can be read on what."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.model.arrays import Floats, Pixels
from assetgen.model.canvas import BrandLook
from assetgen.picture.geometry import Rect

RGB = tuple[int, int, int]

READABLE = 4.5
"""The contrast that WCAG 2.2, 1.4.3, asks of text."""

LARGE_READABLE = 3.0
"""What it asks of large type."""

LARGE = 48
"""Pixels of type size from which type is large: the 24 px of WCAG on a picture that is shown at half its size."""

_DIFFERENT = 25.0
"""A just noticeable difference is 2.3; this is the one between a brick and a plum."""

_SAMPLE = 48  # px: a patch is looked at in this size

# Relative luminance of WCAG 2.2; its sRGB curve for the 256 levels of a channel.
_LEVELS = np.arange(256, dtype=np.float32) / 255
_LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(np.float32)
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722], np.float32)


def colour_named(colour: str, look: BrandLook) -> RGB:
    """A colour of the brand, or a hex code."""
    code = look.colours.get(colour, colour).removeprefix("#")
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def ink_and_paper(look: BrandLook) -> tuple[RGB, RGB]:
    """The brand's dark and light colour for words; black and white where it names none."""
    return colour_named(look.colours.get("ink", "#000000"), look), colour_named(
        look.colours.get("paper", "#ffffff"), look
    )


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
    return contrast(hardest(patch, colour), colour)


def more_legible(patch: Pixels, look: BrandLook) -> RGB:
    """Ink or paper: the one that is easier to read on the patch."""
    return max(ink_and_paper(look), key=lambda colour: legibility(patch, colour))


def stands_out(patch: Pixels, colour: RGB) -> bool:
    """Whether a plain form in this colour is seen at a glance: CIE 1976 colour difference from the patch's mean."""
    both = np.array([[cv2.mean(patch)[:3], colour]], np.float32) / 255
    one, other = cv2.cvtColor(both, cv2.COLOR_RGB2Lab)[0]
    return float(np.linalg.norm(one - other)) > _DIFFERENT


def hardest(patch: Pixels, colour: RGB, share: float = 1 / 20) -> RGB:
    """The colour of the patch with which so large a share of it has as little contrast or less."""
    pixels = patch.reshape(-1, 3)
    between = np.abs(np.log((luminance(pixels) + 0.05) / (_light(colour) + 0.05)))
    worst = int(between.size * share)
    red, green, blue = pixels[np.argpartition(between, worst)[worst]].tolist()
    return red, green, blue


def contrast(one: RGB, other: RGB) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: RGB) -> float:
    return float(sum(_LINEAR[level] * weight for level, weight in zip(colour, _WEIGHTS, strict=True)))
