"""Cutouts of products photographed on a plain backdrop, without a model."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.backdrop import compare
from assetgen.cutout.evidence import SIDE, sharp_edges
from assetgen.cutout.glass import glass_outline, see_through
from assetgen.cutout.hair import find_hair
from assetgen.cutout.matting import soften
from assetgen.cutout.openings import without_holes
from assetgen.cutout.outline import find_product
from assetgen.cutout.photo_shadow import photo_shadow
from assetgen.cutout.shadow_passes import find_surroundings
from assetgen.cutout.tracing import trace
from assetgen.cutters.doubts import find_doubts
from assetgen.model.arrays import Floats, Pixels
from assetgen.model.cutting import AS_SEEN, Cutout, Handling, Verdict

_GOOD = 0.75
"""The confidence, 0 to 1, from which a cutout is used without a look."""

_USABLE = 0.35
"""The confidence from which it is worth a look; below it a model is to cut."""


class Plain:
    """The cutter of a product on one smooth colour, with or without a shadow on the floor."""

    name = "plain"
    recipe = 5
    """Raised when the same photo would give another cutout: tests/test_recipe.py watches it.

    5: the foot of an edge whose colours bled is crossed; what has transparency keeps the colours of its profile.
    """

    def cut(self, photo: Pixels, handling: Handling = AS_SEEN) -> Cutout:
        photo = np.ascontiguousarray(photo[..., :3])
        backdrop = compare(_work_size(photo))
        edges = sharp_edges(backdrop.ratio)
        backdrop = backdrop.settled(find_surroundings(backdrop, edges))
        product = find_product(backdrop, edges)
        if handling.glass:
            product = glass_outline(product, edges, backdrop.noise)
        elif handling.keep_holes:
            product = without_holes(product)
        hairy = find_hair(product, backdrop, edges)
        outline = trace(trace(product, hairy, backdrop, product.shape), hairy, backdrop, photo.shape[:2])
        doubts = find_doubts(backdrop, edges, product)
        confidence = min((doubt.confidence for doubt in doubts), default=1.0)
        reasons = tuple(doubt.reason for doubt in doubts)
        rgba = soften(photo, outline, hairy)
        if handling.glass:
            rgba = see_through(rgba, photo, backdrop, product)
        shadow = photo_shadow(backdrop, product, photo.shape[:2])
        return Cutout(rgba, _verdict(confidence), round(confidence, 2), reasons, shadow)


def _work_size(photo: Pixels) -> Floats:
    scale = SIDE / max(photo.shape[:2])
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return cv2.resize(photo, None, fx=scale, fy=scale, interpolation=way).astype(np.float32) / np.float32(255)


def _verdict(confidence: float) -> Verdict:
    if confidence >= _GOOD:
        return Verdict.GOOD
    return Verdict.CHECK if confidence >= _USABLE else Verdict.MODEL
