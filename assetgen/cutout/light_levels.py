"""Linear light and the levels that a photo keeps of it (sRGB, IEC 61966-2-1), and photos in more or less of it."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.model.arrays import Floats, Pixels


def in_linear(levels: Floats) -> Floats:
    """Light of sRGB levels, both 0 to 1."""
    return np.asarray(np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4), np.float32)  # noqa: PLR2004 - the curve's numbers


def in_levels(light: Floats) -> Floats:
    """The levels of sRGB for light, both 0 to 1."""
    return np.asarray(np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055), np.float32)  # noqa: PLR2004 - the curve's numbers


LIGHT_OF: Floats = in_linear(np.arange(256, dtype=np.float64) / 255)
"""The light of each of the 256 levels."""


def gained(pixels: Pixels, gains: tuple[float, float, float]) -> Pixels:
    """Pixels (H x W x 3 or 4) with the light of red, green and blue times its gain; alpha stays."""
    if all(gain == 1 for gain in gains):
        return pixels
    done = pixels.copy()
    for channel, gain in enumerate(gains):
        levels = np.rint(in_levels(np.clip(LIGHT_OF * gain, 0, 1)) * 255).astype(np.uint8)
        done[..., channel] = cv2.LUT(np.ascontiguousarray(pixels[..., channel]), levels)
    return done
