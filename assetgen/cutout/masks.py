"""Masks grown, shrunk and measured, in pixels."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.model.arrays import Floats, Region

SPECK = 0.002
"""The share of a cutout's largest part up to which a part is a speck that came off its outline."""

_CUT_OFF = 0.003
"""The share of a side of the photo above which a product reaches out of it, if only with a strap."""

_TOUCHING = 1
"""The same in pixels; the larger of the two holds."""


def distance(mask: Region) -> Floats:
    """The distance in pixels from each pixel of the mask to the nearest one outside it, H x W; 0 outside."""
    return cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 3)


def erode(mask: Region, radius: int) -> Region:
    """The mask without what lies within `radius` pixels of its outline.

    What is beyond the frame counts as set: a mask that touches the frame is not eaten there.
    """
    return cv2.erode(mask.astype(np.uint8), disc(radius), borderType=cv2.BORDER_CONSTANT, borderValue=1).astype(bool)


def dilate(mask: Region, radius: int) -> Region:
    """The mask and all that lies within `radius` pixels of it."""
    return cv2.dilate(mask.astype(np.uint8), disc(radius)).astype(bool)


def sides_reached(product: Region) -> frozenset[str]:
    """The sides of the photo, of `top`, `right`, `bottom` and `left`, that a product reaches out of."""
    edges = {"top": product[0], "right": product[:, -1], "bottom": product[-1], "left": product[:, 0]}
    return frozenset(name for name, edge in edges.items() if edge.sum() > max(_TOUCHING, _CUT_OFF * edge.size))


def large_parts(mask: Region, share: float) -> Region:
    """The mask without its specks: parts of no more than that share of its largest part."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    areas = stats[:count, cv2.CC_STAT_AREA]
    large = areas > share * areas[1:].max(initial=0)
    large[0] = False
    return np.asarray(large[labels])


def disc(radius: int) -> cv2.typing.MatLike:
    """The kernel of a disc, 2 x radius + 1 pixels wide."""
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
