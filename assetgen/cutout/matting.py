"""Soft edges: how much of each pixel along an outline is product, and what colour that product has."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.edge_colours import nearest, own_colour
from assetgen.model.arrays import Floats, Pixels, Region

_CRISP = 2.0
_FRAYED = 22.0
"""How far from the outline a pixel may still be a mixture, in pixels of work size: along plain edges, and in fur."""


def soften(photo: Pixels, product: Region, frayed: Region) -> Pixels:
    """The RGB photo as RGBA, given the product at its size, and at work size where its outline is hairy.

    Along the outline a pixel mixes product and backdrop: I = a F + (1 - a) B. F and B are the colours of the nearest
    pixels that are surely one or the other; a is the projection of I - B on F - B. Within the outline the colours
    stay exactly those of the photo.
    """
    height, width = photo.shape[:2]
    unit = max(1.0, width / frayed.shape[1])
    fuzzy = cv2.resize(frayed.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    rgba = np.dstack([photo, np.zeros((height, width), np.uint8)])
    window = _window(product, round(unit * (_FRAYED if frayed.any() else _CRISP)) + 2)
    reach = unit * np.where(fuzzy[window], _FRAYED, _CRISP).astype(np.float32)
    rgba[window] = _softened(np.ascontiguousarray(photo[window]), product[window], reach)
    return rgba


def _window(product: Region, margin: int) -> tuple[slice, slice]:
    left, top, width, height = cv2.boundingRect(product.astype(np.uint8))
    return slice(max(0, top - margin), top + height + margin), slice(max(0, left - margin), left + width + margin)


def _softened(photo: Pixels, product: Region, reach: Floats) -> Pixels:
    depth = _depth(product)
    sure, empty = depth >= reach, depth <= -reach
    band = ~sure & ~empty
    alpha, colour = sure.astype(np.float32), photo.copy()
    if band.any() and sure.any() and empty.any():
        soft = cv2.GaussianBlur(photo, (0, 0), 0.6)
        F, B = (soft[nearest(known, band)].astype(np.float32) for known in (sure, empty))
        I = photo[band].astype(np.float32)
        alpha[band] = a = _share(I, F, B, depth[band])
        colour[band] = own_colour(I, F, B, a)
    return np.dstack([colour, np.rint(alpha * 255).astype(np.uint8)])


def _share(I: Floats, F: Floats, B: Floats, depth: Floats) -> Floats:
    """How much of I is F; where F and B are alike, or I is no mixture of them, the outline decides instead."""
    span = F - B
    contrast = (span * span).sum(axis=1)
    by_colour = np.clip(((I - B) * span).sum(axis=1) / np.maximum(contrast, 1), 0, 1)
    by_outline = np.clip(depth + 0.5, 0, 1)
    miss = ((I - B - by_colour[:, None] * span) ** 2).sum(axis=1)
    trust = contrast / (contrast + 12.0**2 + 8 * miss)
    a = trust * by_colour + (1 - trust) * by_outline
    return np.asarray(np.rint(255 * np.clip((a - 0.03) / 0.94, 0, 1)) / 255)


def _depth(mask: Region) -> Floats:
    """Distance to the outline, positive inside the mask and negative outside.

    Lenses and JPEG spread an edge, so that the first pixel outside is still half product.
    """
    inside, outside = (cv2.distanceTransform(m.astype(np.uint8), cv2.DIST_L2, 5) for m in (mask, ~mask))
    depth = np.where(mask, inside, 1 - outside).astype(np.float32)
    # A mask has steps that an edge must not have where the outline decides.
    return np.where(np.abs(depth) < 3, cv2.GaussianBlur(depth, (0, 0), 1), depth)
