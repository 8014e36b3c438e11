"""Colours as light: linear RGB."""

from __future__ import annotations

import numpy as np

from assetgen.studio.tracer.solids import Array

WHITE = np.ones(3, np.float32)
BLACK = np.zeros(3, np.float32)


def linear(code: str) -> Array:
    """A hex code as linear RGB (the sRGB curve of IEC 61966-2-1)."""
    srgb = np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4).astype(np.float32)


def encoded(light: Array) -> Array:
    """Linear light from 0 to 1 as sRGB values from 0 to 255."""
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055) * 255


def brightness(colour: Array) -> float:
    """Luminance (Rec. 709) of one linear colour."""
    return float(colour @ np.array([0.2126, 0.7152, 0.0722], np.float32))


def mix(a: Array, b: Array, share: float) -> Array:
    return a * (1 - share) + b * share
