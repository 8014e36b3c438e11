"""A photo and an alpha channel that came from elsewhere: the product's own colours along its edge."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.model.arrays import Alpha, Floats, Pixels, Region

_STEADY = 0.03
"""Pulls the colour towards its neighbours' where hardly any product is left to judge by."""

_FREE_OF_GRAIN = 0.6
"""Sigma in pixels of the blur that takes grain off the colours of the nearest clear and full pixels."""

_COLOUR = 0.5
"""What a difference in colour counts beside one in light: JPEG keeps colour at half the size, and it bleeds."""

_LUMA = np.array((0.299, 0.587, 0.114), np.float32)
"""The light of red, green and blue as JPEG has it (ITU-R BT.601)."""

_WEIGHTS = (_COLOUR * np.eye(3) + (1 - _COLOUR) * np.outer(np.ones(3), _LUMA)).astype(np.float32)
"""Turns levels, 3 x 3, into levels whose differences count as these two say."""

_FULL = 255
"""The level of a pixel that is all product."""


def unmix(photo: Pixels, alpha: Alpha) -> Pixels:
    """The photo with this alpha (H x W) as RGBA, the backdrop taken out of the colours along the edge.

    A half-covered pixel is I = a F + (1 - a) B; B and a first F are the nearest clear and full pixels.
    """
    rgb = np.ascontiguousarray(photo[..., :3])
    full, clear = alpha == _FULL, alpha == 0
    band = ~full & ~clear
    colour = rgb.copy()
    if band.any() and full.any() and clear.any():
        soft = cv2.GaussianBlur(rgb, (0, 0), _FREE_OF_GRAIN)
        F, B = (soft[nearest_known(known, band)].astype(np.float32) for known in (full, clear))
        colour[band] = own_colour(rgb[band].astype(np.float32), F, B, alpha[band] / np.float32(255))
    return np.dstack([colour, alpha])


def own_colour(I: Floats, F: Floats, B: Floats, a: Floats) -> Pixels:
    """The product's colour in pixels I (N x 3, levels) that it covers to the share a (N), beside F and B.

    Solves I = a F + (1 - a) B for F by least squares, held to the F beside it by `_STEADY`.
    """
    a = a[:, None]
    own = (a * (I - (1 - a) * B) + _STEADY * F) / (a * a + _STEADY)
    return np.where(a < 1, np.rint(np.clip(own, 0, 255)), I).astype(np.uint8)


def weighed(difference: Floats) -> Floats:
    """A difference of colours, N x 3 levels, in which colour counts less than light, as it is kept less exactly."""
    return np.asarray(difference @ _WEIGHTS.T)


def nearest_known(known: Region, band: Region) -> tuple[npt.NDArray[np.intp], ...]:
    """Row and column of the known pixel nearest to each pixel of the band."""
    _, labels = cv2.distanceTransformWithLabels(
        (~known).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    rows, columns = np.nonzero(known)
    place = np.zeros(labels.max() + 1, np.intp)
    place[labels[rows, columns]] = np.arange(len(rows))
    found = place[labels[band]]
    return rows[found], columns[found]
