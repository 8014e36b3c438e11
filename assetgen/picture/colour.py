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
"""The contrast that WCAG 2.2, 1.4.3, asks of large type."""

LARGE = 48
"""Pixels of type size from which type is large: the 24 px of WCAG on a picture that is shown at half its size."""

_DIFFERENT = 25.0
"""The CIE 1976 difference that is seen at a glance, as between a brick and a plum; one just noticed is 2.3."""

_SAMPLE = 48  # px: a patch is looked at in this size

# Relative luminance of WCAG 2.2; its sRGB curve for the 256 levels of a channel.
_LEVELS = np.arange(256, dtype=np.float32) / 255
_LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(np.float32)
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722], np.float32)


def colour_named(colour: str, look: BrandLook) -> RGB:
    """The levels, 0 to 255, of a colour that is named in the brand or written as a hex code."""
    code = look.colours.get(colour, colour).removeprefix("#")
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def ink_and_paper(look: BrandLook) -> tuple[RGB, RGB]:
    """The brand's dark and light colour for words; black and white where it names none."""
    return colour_named(look.colours.get("ink", "#000000"), look), colour_named(
        look.colours.get("paper", "#ffffff"), look
    )


def luminance(pixels: Pixels) -> Floats:
    """The relative luminance of each pixel, 0 for black to 1 for white: float32, H x W of H x W x 3."""
    light: Floats = _LINEAR[pixels] @ _WEIGHTS
    return light


def sample(pixels: Pixels, place: Rect) -> Pixels:
    """The part of the canvas at `place`, uint8 and at most 48 x 48 px, for measuring."""
    inside = place.within(Rect(0, 0, pixels.shape[1], pixels.shape[0]))
    patch = pixels[inside.top : inside.bottom, inside.left : inside.right]
    size = max(1, min(inside.width, _SAMPLE)), max(1, min(inside.height, _SAMPLE))
    return cv2.resize(patch, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def legibility(patch: Pixels, colour: RGB) -> float:
    """The contrast, 1 to 21, that `colour` has with all of the patch but its worst twentieth."""
    return contrast(hardest(patch, colour), colour)


def more_legible(patch: Pixels, look: BrandLook) -> RGB:
    """The brand's ink or paper, whichever is easier to read on the patch."""
    return max(ink_and_paper(look), key=lambda colour: legibility(patch, colour))


def stands_out(patch: Pixels, colour: RGB) -> bool:
    """Whether a plain form in this colour is seen at a glance: CIE 1976 colour difference from the patch's mean."""
    both = np.array([[cv2.mean(patch)[:3], colour]], np.float32) / 255
    one, other = cv2.cvtColor(both, cv2.COLOR_RGB2Lab)[0]
    return float(np.linalg.norm(one - other)) > _DIFFERENT


def hardest(patch: Pixels, colour: RGB, share: float = 1 / 20) -> RGB:
    """The colour of the patch with which so large a share of it has as little contrast or less."""
    pixels = patch.reshape(-1, 3)
    # The logarithm of the ratio: it grows alike whether a pixel is lighter or darker than the colour.
    between = np.abs(np.log((luminance(pixels) + 0.05) / (_light(colour) + 0.05)))
    worst = int(between.size * share)
    red, green, blue = pixels[np.argpartition(between, worst)[worst]].tolist()
    return red, green, blue


def contrast(one: RGB, other: RGB) -> float:
    """The contrast ratio of two colours as WCAG 2.2 defines it, 1 to 21."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: RGB) -> float:
    return float(sum(_LINEAR[level] * weight for level, weight in zip(colour, _WEIGHTS, strict=True)))
