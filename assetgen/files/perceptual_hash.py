"""The look of a picture at a glance, in 64 bits."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.model.arrays import Pixels

_SMALL = 32
"""Pixels of each side of the picture that the waves are taken from."""

_WAVES = 8
"""Waves in each direction: 64 bits in all."""


def perceptual_hash(pixels: Pixels) -> str:
    """The perceptual hash of a picture (H x W x 3 or 4), 16 hex digits.

    Its bits say which of the 64 longest waves (DCT) of the picture in grey exceed their median. The method is that of
    https://www.hackerfactor.com/blog/index.php?/archives/432-Looks-Like-It.html.
    """
    small = cv2.resize(pixels[..., :3], (_SMALL, _SMALL), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    waves = cv2.dct(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32))[:_WAVES, :_WAVES]
    bits = np.packbits((waves > np.median(waves)).ravel())
    return bits.tobytes().hex()
