"""How far a product leans, by the symmetry of its outline, and photos turned upright."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.cutout.evidence import sharp_edges
from assetgen.cutout.outline import find_product
from assetgen.cutout.shadow_passes import find_surroundings
from assetgen.model.arrays import WITH_ALPHA, Floats, Pixels, Region

_SIDE = 256
"""Pixels of the square in which an outline is laid upon its mirror image."""

_FILLS = 0.7
"""The share of that square that the product's longer side fills, so that it can be turned in it."""

_MOST = 7.0
"""Degrees beyond which leaning is meant, as that of a bottle laid down is."""

_LEAST = 0.3
"""Degrees below which nobody sees that something leans."""

_COARSE = 0.5
"""The steps in degrees in which the angle is looked for first."""

_FINE = 0.05
"""The steps in which it is looked for then."""

_SYMMETRIC = 0.96
"""The share of the product and its mirror image together that both cover, where an axis is clear."""

_FLAT = 4.0
"""Degrees away from the axis at which an outline that has one covers its mirror image less."""

_DROP = 0.012
"""The share by which it covers less at least: a ball is symmetric at any angle."""


def product_region(backdrop: Backdrop) -> Region:
    """The product before a plain backdrop."""
    edges = sharp_edges(backdrop.ratio)
    return find_product(backdrop.settled(find_surroundings(backdrop, edges)), edges)


def tilt(product: Region) -> float | str:
    """The degrees by which a product leans clockwise, or why that is not clear, in words.

    It is the angle at which its outline covers its own mirror image best. Tapering sides, as those of a cup, count for
    nothing, since they lean to both sides alike.
    """
    square = _squared(product)
    if square is None:
        return "no product is seen"
    reach = np.arange(-_MOST - 2, _MOST + 2 + _COARSE / 2, _COARSE)
    coarse = float(max(reach, key=lambda angle: _agreement(square, float(angle))))
    around = np.arange(coarse - _COARSE, coarse + _COARSE + _FINE / 2, _FINE)
    best = float(max(around, key=lambda angle: (_agreement(square, float(angle)), -abs(angle))))
    agreed = _agreement(square, best)
    if agreed < _SYMMETRIC or min(agreed - _agreement(square, best + way * _FLAT) for way in (-1, 1)) < _DROP:
        return "the outline does not tell which way is up"
    if abs(best) > _MOST:
        return f"it leans by more than {_MOST:g}°, as if that were meant"
    return "it stands straight" if abs(best) < _LEAST else round(best, 2)


def _squared(product: Region) -> Floats | None:
    """The product, 0 to 1, with its centre of mass in the middle of a square."""
    mask: Floats = product.astype(np.float32)
    total = float(mask.sum())
    if total == 0:
        return None
    _, _, width, height = cv2.boundingRect(product.astype(np.uint8))
    scale = _FILLS * _SIDE / float(np.hypot(width, height))
    rows, columns = np.nonzero(product)
    middle = _SIDE / 2 - 0.5
    if scale < 1:  # warping leaves pixels out where it makes smaller
        mask = cv2.GaussianBlur(mask, (0, 0), 0.5 / scale)
    way = np.array([[scale, 0, middle - scale * columns.mean()], [0, scale, middle - scale * rows.mean()]])
    return cv2.warpAffine(mask, way, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR)


def _agreement(square: Floats, leaning: float) -> float:
    """The share that a product and its mirror image have in common, 0 to 1, if it leans clockwise by so much."""
    middle = _SIDE / 2 - 0.5
    way = cv2.getRotationMatrix2D((middle, middle), leaning, 1)  # which turns to the left
    upright = cv2.warpAffine(square, way, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR)
    mirrored = upright[:, ::-1]
    return float(np.minimum(upright, mirrored).sum() / np.maximum(upright, mirrored).sum())


def turned(picture: Pixels, degrees: float) -> Pixels:
    """A picture (H x W, H x W x 3 or 4) turned clockwise, with room for all of it.

    The corners that come free go on as the picture's edge does; those of one with transparency are clear.
    """
    height, width = picture.shape[:2]
    way = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, 1)
    cos, sin = abs(way[0, 0]), abs(way[0, 1])
    size = round(width * cos + height * sin), round(height * cos + width * sin)
    way[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    if picture.ndim < 3 or picture.shape[2] < WITH_ALPHA:  # noqa: PLR2004 - a mask has no colours
        done = cv2.warpAffine(picture, way, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(done, np.uint8)
    straight = picture.astype(np.float32)
    straight[..., :3] *= straight[..., 3:] / 255  # clear pixels have no colour to lend
    done = cv2.warpAffine(straight, way, size, flags=cv2.INTER_CUBIC)
    done[..., 3] = np.clip(done[..., 3], 0, 255)
    done[..., :3] = done[..., :3] * 255 / np.maximum(done[..., 3:], 1)
    return np.rint(np.clip(done, 0, 255)).astype(np.uint8)
