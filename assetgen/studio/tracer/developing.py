"""The way from light to the file's values."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assetgen.studio.tracer.colours import encoded
from assetgen.studio.tracer.solids import Array

BRIGHTEST = 2.5
"""The light from which everything is white."""

STEPS = 65536
"""Steps of light up to there: one is far below what a value of the file can tell."""


def developed(picture: Array, exposure: float) -> npt.NDArray[np.uint8]:
    """Exposure, a gentle fall-off to the corners, a shoulder that keeps highlights, and a dither against banding."""
    height, width = picture.shape[:2]
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    vignette = (1 - 0.10 * (x * x + y * y) / 2).astype(np.float32)
    light = picture * (vignette * np.float32(exposure * STEPS / BRIGHTEST))[..., None]
    dither = np.random.default_rng(0).random((height, width, 1), np.float32)
    levels = _curve()[np.clip(light, 0, STEPS - 1).astype(np.uint16)]
    return np.asarray(np.clip(levels + dither, 0, 255), np.uint8)


def _curve() -> Array:
    """The value for each step of light: sRGB, with a shoulder from the knee on."""
    light = np.linspace(0, BRIGHTEST, STEPS, dtype=np.float32)
    knee = np.float32(0.7)
    return encoded(np.where(light > knee, 1 - (1 - knee) * np.exp(-(light - knee) / (1 - knee)), light))
