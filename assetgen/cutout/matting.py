"""Soft edges: how much of each pixel along an outline is product, and what colour that product has."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.edge_colours import nearest_known, own_colour, weighed
from assetgen.cutout.masks import SPECK, dilate, large_parts
from assetgen.model.arrays import HALF, Alpha, Floats, Pixels, Region

_CRISP = 2.0
"""Pixels of work size from a plain outline within which a pixel may be a mixture."""

_FRAYED = 22.0
"""The same from the outline of hair or fur."""

_FREE_OF_GRAIN = 0.6
"""Sigma in pixels of the blur that takes grain off the colours that F and B are taken from."""

_ALIKE = 12.0
"""Levels between F and B at which colour and outline are believed alike, if I is a mixture of the two."""

_NO_MIXTURE = 8
"""What a squared level off the way from B to F weighs against the colour."""

_LENS = 0.7
"""Sigma in pixels of the blur that a lens leaves on an edge, where the outline alone decides."""

_CLEAN_EMPTY = 0.03
"""The share of product below which a pixel is clear, lest a veil of noise lies around the cutout."""

_CLEAN_SPAN = 0.94
"""The span from there to the share from which a pixel is full."""

_CRUMB_RIM = 1
"""Pixels around a speck that go with it."""

_STEPPED = 3
"""Pixels from the outline within which the steps of its pixels are smoothed."""


def soften(photo: Pixels, drawn: Alpha, frayed: Region, foot: Region) -> Pixels:
    """The photo (H x W x 3) as RGBA, given its outline as it was drawn (H x W).

    frayed, foot: at work size, where the outline is hairy, and where a shadow lies beside it.

    Along the outline a pixel mixes product and backdrop: I = a F + (1 - a) B. F and B are the colours of the nearest
    pixels that are surely one or the other; a is the projection of I - B on F - B. In a shadow, where the dark line of
    contact is neither of the two, the outline alone decides. Within the outline the colours stay those of the photo.
    """
    height, width = photo.shape[:2]
    unit = max(1.0, width / frayed.shape[1])
    fuzzy, blind = (
        cv2.resize(part.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
        for part in (frayed, foot & ~frayed)
    )
    rgba = np.dstack([photo, np.zeros((height, width), np.uint8)])
    product: Region = drawn > HALF
    window = _window(product, round(unit * (_FRAYED if frayed.any() else _CRISP)) + 2)
    reach = unit * np.where(fuzzy[window], _FRAYED, _CRISP).astype(np.float32)
    rgba[window] = _softened(np.ascontiguousarray(photo[window]), drawn[window], reach, blind[window] > 0)
    rgba[..., 3][_crumbs(rgba[..., 3] > HALF) & (fuzzy == 0)] = 0
    return rgba


def _crumbs(solid: Region) -> Region:
    """The specks along the outline, and what is faint around them."""
    crumbs = solid & ~large_parts(solid, SPECK)
    return dilate(crumbs, _CRUMB_RIM) & (crumbs | ~solid) if crumbs.any() else crumbs


def _window(product: Region, margin: int) -> tuple[slice, slice]:
    """The rows and columns of the product, and so many pixels around it."""
    left, top, width, height = cv2.boundingRect(product.astype(np.uint8))
    return slice(max(0, top - margin), top + height + margin), slice(max(0, left - margin), left + width + margin)


def _softened(photo: Pixels, drawn: Alpha, reach: Floats, blind: Region) -> Pixels:
    depth = _depth(drawn > HALF)
    sure, empty = depth >= reach, depth <= -reach
    band = ~sure & ~empty
    alpha, colour = sure.astype(np.float32), photo.copy()
    if band.any() and sure.any() and empty.any():
        soft = cv2.GaussianBlur(photo, (0, 0), _FREE_OF_GRAIN)
        F, B = (soft[nearest_known(known, band)].astype(np.float32) for known in (sure, empty))
        I = photo[band].astype(np.float32)
        a = _share(I, F, B, depth[band])
        by_line = cv2.GaussianBlur(drawn, (0, 0), _LENS)[band] / np.float32(255)
        alpha[band] = a = np.where(blind[band], by_line, a)
        colour[band] = own_colour(I, F, B, a)
    return np.dstack([colour, np.rint(alpha * 255).astype(np.uint8)])


def _share(I: Floats, F: Floats, B: Floats, depth: Floats) -> Floats:
    """The share of F in each I, 0 to 1 (N); where F and B are alike, or I is no mixture, the outline decides."""
    span, way = weighed(F - B), weighed(I - B)
    contrast = (span * span).sum(axis=1)
    by_colour = np.clip((way * span).sum(axis=1) / np.maximum(contrast, 1), 0, 1)
    by_outline = np.clip(depth + 0.5, 0, 1)
    miss = ((way - by_colour[:, None] * span) ** 2).sum(axis=1)
    trust = contrast / (contrast + _ALIKE**2 + _NO_MIXTURE * miss)
    a = trust * by_colour + (1 - trust) * by_outline
    return np.asarray(np.rint(255 * np.clip((a - _CLEAN_EMPTY) / _CLEAN_SPAN, 0, 1)) / 255)


def _depth(mask: Region) -> Floats:
    """The distance in pixels to the outline, H x W, positive inside the mask and negative outside.

    Lenses and JPEG spread an edge, so that the first pixel outside is still half product.
    """
    inside, outside = (cv2.distanceTransform(m.astype(np.uint8), cv2.DIST_L2, 5) for m in (mask, ~mask))
    depth = np.where(mask, inside, 1 - outside).astype(np.float32)
    # A mask has steps that an edge must not have where the outline decides.
    return np.where(np.abs(depth) < _STEPPED, cv2.GaussianBlur(depth, (0, 0), 1), depth)
