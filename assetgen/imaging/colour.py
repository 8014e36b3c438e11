"""Colours by name, and which of the brand's can be read on what."""

from __future__ import annotations

from collections.abc import Sequence

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

_SAMPLE = 64  # px: a patch is looked at in this size, about a hundredth of a line of type

# Relative luminance of WCAG 2.2; its sRGB curve for the 256 levels of a channel.
_LEVELS = np.arange(256, dtype=np.float32) / 255
_LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(np.float32)
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722], np.float32)


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


def blended(pixels: Pixels, colour: RGB, share: float) -> Pixels:
    """The pixels with `colour` laid over them, as a scrim does."""
    mixed: Pixels = (pixels + share * (np.array(colour, np.float32) - pixels)).astype(np.uint8)
    return mixed


def legibility(patch: Pixels, colour: RGB) -> float:
    """The contrast, 1 to 21, that `colour` has with nine tenths of the patch."""
    under, own = luminance(patch), float(luminance(np.array(colour, np.uint8)))
    contrast = (np.maximum(under, own) + 0.05) / (np.minimum(under, own) + 0.05)
    return float(np.percentile(contrast, 10))


def more_legible(patches: Sequence[Pixels], look: Look) -> RGB:
    """Ink or paper: the one that is easier to read where it is hardest."""
    return max(
        ink_and_paper(look), key=lambda colour: min((legibility(patch, colour) for patch in patches), default=0.0)
    )
