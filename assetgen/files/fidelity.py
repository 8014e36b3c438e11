"""How much of a picture is left after encoding.

A structural similarity after Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error visibility to
structural similarity", IEEE Transactions on Image Processing 13 (4), 2004, in square windows of eight pixels. Three
things differ. It looks at two sizes, and at colours in the smaller one, as eyes do. Instead of the ratio of the means
(equation 6), which hardly notices that a grey wall turns pink in steps, it counts how far they are apart. And the worst
places decide, not the mean of all.
"""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.model.arrays import WITH_ALPHA, Floats, Pixels

_STEADY = (0.02 * 255) ** 2
"""The squared levels by which a flat colour is off that counts half."""

_CONTRAST = (0.03 * 255) ** 2
"""The constant C2 of the paper, in squared levels."""

_PLACE = 32
"""Pixels of the side of a place that is judged."""

_WORST = 0.02
"""The share of places that may be worse."""


def fidelity(before: Pixels, after: Pixels) -> float:
    """1 for no difference, 0 or less for no likeness; in all but one of fifty places of 32 x 32 pixels it is no worse.

    Transparent pictures are compared on black and on white, and the worse counts.
    """
    if before.shape[2] == WITH_ALPHA:
        return min(fidelity(_on(ground, before), _on(ground, after)) for ground in (0, 255))
    fine = [_in_whole_places(pixels) for pixels in (before, after)]
    luma = _halved(_likeness(*(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY) for rgb in fine)))
    coarse = [cv2.split(cv2.cvtColor(_halved(rgb), cv2.COLOR_RGB2YCrCb)) for rgb in fine]
    smaller_luma, *colours = (_likeness(x, y) for x, y in zip(*coarse, strict=True))
    likeness = (2 * luma + 2 * smaller_luma + colours[0] + colours[1]) / 6
    return float(np.quantile(_halved(likeness), _WORST))


def _on(ground: int, rgba: Pixels) -> Pixels:
    alpha = rgba[..., 3:].astype(np.float32) / 255
    return np.rint(rgba[..., :3] * alpha + ground * (1 - alpha)).astype(np.uint8)


def _in_whole_places(rgb: Pixels) -> Floats:
    """Shifted by half a block of JPEG, so that what is seen at the edges of blocks counts."""
    height, width = rgb.shape[:2]
    below, right = (-(length + 4) % _PLACE for length in (height, width))
    return cv2.copyMakeBorder(rgb, 4, below, 4, right, cv2.BORDER_REFLECT)


def _likeness(x: Floats, y: Floats) -> Floats:
    """The likeness of each window, 0 to 1.

    With s = x + y and d = x - y, var s - var d is four times the covariance of equation 13.
    """
    s, d = cv2.add(x, y, dtype=cv2.CV_32F), cv2.subtract(x, y, dtype=cv2.CV_32F)
    mean_s, mean_d = _windows(s), _windows(d)
    var_s = np.maximum(_windows(cv2.multiply(s, s)) - mean_s * mean_s, 0)
    var_d = np.maximum(_windows(cv2.multiply(d, d)) - mean_d * mean_d, 0)
    structure = (var_s - var_d + 2 * _CONTRAST) / (var_s + var_d + 2 * _CONTRAST)
    return np.asarray(_STEADY / (_STEADY + mean_d * mean_d) * structure)


def _windows(values: Floats) -> Floats:
    return _halved(_halved(_halved(values)))


def _halved(values: Floats) -> Floats:
    height, width = values.shape[:2]
    return cv2.resize(values, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
