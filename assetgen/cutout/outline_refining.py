"""A model's coarse outline drawn to the edges of the photo, where no plain backdrop tells them."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.masks import dilate, erode
from assetgen.cutout.sighting import Sighting
from assetgen.model.arrays import Alpha, Floats, Pixels

_STEEP = 1.6
"""How much steeper a model's outline is made: it is blurred over several pixels of its own."""

_AROUND = 7
"""Pixels of work size to each side in which the colours of product and backdrop are compared."""

_CALM = 1e-4
"""Squared levels, of 1, of differences in colour below which no edge is followed."""

_BAND = 7
"""Pixels of work size to both sides of the outline in which it may lie."""

_CRISP = 1.8
"""How much steeper the refined edge is made: the filter leaves a veil."""


def refine(photo: Pixels, sighting: Sighting) -> Alpha:
    """The share of product in each pixel of the photo, H x W, 0 to 255.

    In a band round the model's outline the share is a linear function of the colours close by (K. He, J. Sun and
    X. Tang, Guided Image Filtering, 2013), worked out at the size of the sighting and carried over to that of the photo
    (K. He and J. Sun, Fast Guided Filter, 2015). Elsewhere the model is believed.
    """
    height, width = photo.shape[:2]
    steep = np.clip((sighting.most - 0.5) * _STEEP + 0.5, 0, 1)
    small = cv2.resize(photo, steep.shape[::-1], interpolation=cv2.INTER_AREA).astype(np.float32) / np.float32(255)
    slopes, level = _coefficients(small, steep)
    slopes, level = (cv2.resize(part, (width, height), interpolation=cv2.INTER_LINEAR) for part in (slopes, level))
    share = (slopes * photo).sum(axis=2) / 255 + level
    band = dilate(sighting.product, _BAND) & ~erode(sighting.product, _BAND)
    known = np.where(band, np.float32(-1), sighting.product.astype(np.float32))
    known = cv2.resize(known, (width, height), interpolation=cv2.INTER_NEAREST)
    crisp = np.clip((share - 0.5) * _CRISP + 0.5, 0, 1)
    return np.asarray(np.rint(255 * np.where(known < 0, crisp, known)), np.uint8)


def _coefficients(guide: Floats, share: Floats) -> tuple[Floats, Floats]:
    """The slopes (H x W x 3) and the level (H x W) of the share as a function of colour around each pixel."""
    mean, mean_share = _mean(guide), _mean(share)
    with_share = _mean(guide * share[..., None]) - mean * mean_share[..., None]
    spread = np.empty((*share.shape, 3, 3), np.float32)
    for one in range(3):
        for other in range(one, 3):
            product = _mean(guide[..., one] * guide[..., other]) - mean[..., one] * mean[..., other]
            spread[..., one, other] = spread[..., other, one] = product
    spread += np.float32(_CALM) * np.eye(3, dtype=np.float32)
    slopes = np.linalg.solve(spread, with_share[..., None])[..., 0]
    return _mean(slopes), _mean(mean_share - (slopes * mean).sum(axis=2))


def _mean(values: Floats) -> Floats:
    side = 2 * _AROUND + 1
    return cv2.blur(values.astype(np.float32), (side, side), borderType=cv2.BORDER_REFLECT)
