"""Hair and fur: the parts of an outline that no line can be drawn along. Units are those of `evidence`."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.cutout.evidence import NOISE_MARGIN
from assetgen.cutout.masks import dilate, distance
from assetgen.model.arrays import HALF, Floats, Region

_CALM_BLUR = 4
"""Sigma in pixels of the blur that takes hairs off an outline, to see how ragged it is."""

_BELT = 8
"""How far, in pixels, to both sides of the outline hairs are looked for."""

_PLAIN = 0.09
"""Light off the backdrop, noise apart, up to which backdrop shows between hairs of the product."""

_HAIR_EDGE = 0.009
"""Light per pixel of a hair's edge at least."""

_PAST_INNER_EDGE = 2.5
"""Pixels within the outline from which an edge is not that of the outline itself."""

_PAST_OUTER_EDGE = 3.5
"""The same outside of it."""

_AROUND = 41
"""Pixels of the square around a place in which edges between hairs are counted."""

_HAIRY_SHARE = 0.06
"""The share of the belt in that square that is such edges, at least."""

_HAIRY_LEAST = 0.002
"""The share of the whole square that is, in addition: a few pixels at a corner are no hair."""

_RIM = 1.5
"""Pixels: the product's outermost row."""

_RAGGED = 0.45
"""Pixels that the calm outline would change, for each pixel of the outline, of a ragged one at least."""

_SPREAD = 40
"""Pixels around hairy places that count as hairy too."""

_HAIRY_BELT = 0.15
"""The share of the belt that is hairy at least; of less none counts."""


def find_hair(product: Region, backdrop: Backdrop, edges: Floats) -> Region:
    """The places, H x W, where hair or fur stands out.

    There edge lies beside edge with backdrop between them, along a ragged outline.
    """
    calm = cv2.GaussianBlur(product.astype(np.uint8) * 255, (0, 0), _CALM_BLUR) > HALF
    inner, outer = distance(product), distance(~product)
    belt = (inner < _BELT) & (outer < _BELT)
    plain = backdrop.off < _PLAIN + NOISE_MARGIN * backdrop.noise
    off_the_outline = np.where(product, plain & (inner > _PAST_INNER_EDGE), outer > _PAST_OUTER_EDGE)
    between = belt & (edges > _HAIR_EDGE) & off_the_outline
    share, all_of_it = (cv2.boxFilter(m.astype(np.float32), -1, (_AROUND, _AROUND)) for m in (between, belt))
    hairy = (share > _HAIRY_SHARE * all_of_it + _HAIRY_LEAST) & belt
    ragged = (calm != product).sum() > _RAGGED * (product & (inner < _RIM)).sum()
    found = ragged and hairy.sum() > _HAIRY_BELT * belt.sum()
    return dilate(hairy, _SPREAD) if found else np.zeros_like(product)
