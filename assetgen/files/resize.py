"""Pictures made larger or smaller."""

from __future__ import annotations

import math

import cv2
import numpy as np

from assetgen.model.arrays import Pixels

_HALF = 0.5
"""The scale below which averaging whole pixels is as sharp as anything."""

_NEARLY = 0.9
"""The scale down to which nothing needs to be smoothed before pixels are left out."""

_SMOOTHING = 0.4
"""Sigma in pixels, times the root of 1 / scale^2 - 1, of the blur between the two."""


def resized(pixels: Pixels, width: int, height: int) -> Pixels:
    """The picture at another size, close to Lanczos and several times faster.

    Pictures with alpha must be premultiplied.
    """
    scale = width / pixels.shape[1]
    if scale < _HALF:
        way = cv2.INTER_AREA
    else:
        way = cv2.INTER_CUBIC
        if scale < _NEARLY:
            # Between these scales averaging whole pixels is slow and blunt: a small blur, then cubic, is neither.
            pixels = cv2.GaussianBlur(pixels, (0, 0), _SMOOTHING * math.sqrt(1 / scale**2 - 1)).astype(
                np.uint8, copy=False
            )
    return cv2.resize(pixels, (width, height), interpolation=way).astype(np.uint8, copy=False)
