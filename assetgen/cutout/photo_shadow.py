"""The shadow that a product throws in its own photo, as a layer of its own."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.model.arrays import Floats, Pixels, Region

_EDGE = 4
"""Pixels of work size around the product where light is mixed with its own; it is guessed from beyond."""

_FAINT = 0.012
"""Lost light, 0 to 1, that may as well be the backdrop's own unevenness."""

_SEEN = 0.04
"""Lost light, 0 to 1: a photo whose floor is nowhere darker shows no shadow."""

_SPREAD = 12
"""Pixels of the grid from the product within which its shadow begins; what is dark elsewhere is no shadow of it."""

_UNCOVERED = 0.99
"""The share of a pixel of the grid that is free of product at least, for its light to be believed."""

_FREE_OF_GRAIN = 1.5
"""Sigma in pixels of the grid of the blur that takes the grain of the photo off its shadow."""

_SOFT_BORDER = 3
"""Sigma in pixels of the grid over which the border of a patch of shade fades."""


def photo_shadow(backdrop: Backdrop, product: Region, size: tuple[int, int]) -> Pixels | None:
    """The factor (255 is 1) for the levels of an empty floor, uint8 at `size` (height, width); None without a shadow.

    It is free of grain, and carried on below the product, so that none of its outline shows in the shadow.
    """
    height, width = product.shape
    grid = width // 2, height // 2
    near = cv2.dilate(product.astype(np.uint8), np.ones((2 * _EDGE + 1, 2 * _EDGE + 1), np.uint8))
    known = cv2.resize(1 - near, grid, interpolation=cv2.INTER_AREA) > _UNCOVERED
    if not known.any():
        return None
    dark = 1 - backdrop.kept(cv2.resize(backdrop.shade, grid, interpolation=cv2.INTER_AREA))
    whole = cv2.GaussianBlur(filled(np.maximum(dark, 0), known), (0, 0), _FREE_OF_GRAIN)
    whole = np.maximum(whole - _FAINT, 0) / (1 - _FAINT)
    whole *= cv2.GaussianBlur(_beside(whole > 0, ~known), (0, 0), _SOFT_BORDER)
    if whole[known].max() < _SEEN:
        return None
    large = cv2.resize(whole.astype(np.float32), size[::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.rint(255 * np.clip(1 - large, 0, 1)), np.uint8)


def _beside(shaded: Region, product: Region) -> Floats:
    """A map, H x W, of 1 in those patches of shade that come near the product and 0 elsewhere."""
    reach = np.ones((2 * _SPREAD + 1, 2 * _SPREAD + 1), np.uint8)
    _, labels = cv2.connectedComponents((shaded | product).astype(np.uint8))
    joined = np.unique(labels[(cv2.dilate(product.astype(np.uint8), reach) > 0) & shaded])
    return np.isin(labels, joined).astype(np.float32)


def filled(values: Floats, known: Region) -> Floats:
    """The values (H x W), gaps filled from around them: each from a picture coarse enough to have none."""
    height, width = values.shape
    if known.all() or min(height, width) <= 1:
        return values
    half = (width + 1) // 2, (height + 1) // 2
    weight = cv2.resize(known.astype(np.float32), half, interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(values * known, half, interpolation=cv2.INTER_AREA) / np.maximum(weight, 1e-3)
    guess = cv2.resize(filled(coarse, weight > 0), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.where(known, values, guess)
