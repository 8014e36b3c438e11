"""Cutouts of products photographed on a plain backdrop, without a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop, compare
from assetgen.cutout.evidence import SIDE, sharp_edges
from assetgen.cutout.glass import glass_outline, see_through
from assetgen.cutout.hair import find_hair
from assetgen.cutout.matting import soften
from assetgen.cutout.openings import without_holes
from assetgen.cutout.outline import find_product
from assetgen.cutout.photo_shadow import photo_shadow
from assetgen.cutout.shadow_passes import find_surroundings
from assetgen.cutout.tracing import find_foot, trace
from assetgen.cutters.doubts import Doubt, find_doubts
from assetgen.model.arrays import HALF, Floats, Pixels, Region
from assetgen.model.cutting import AS_SEEN, Cutout, Handling, Verdict

_GOOD = 0.75
"""The confidence, 0 to 1, from which a cutout is used without a look."""

_USABLE = 0.2
"""The confidence from which it is worth a look; below it there is nothing to look at."""

SURE = 0.97
"""The share of photos that come out right where nothing speaks against it, of 340 in all: benchmarks/README.md."""

_REASONS = 2
"""The reasons that are given at most."""


@dataclass(frozen=True)
class ByColour:
    """What the colour of the backdrop tells of a photo; all is of work size."""

    compared: Backdrop
    """The photo against a smooth surface."""

    empty: Region
    """The backdrop that the frame reaches."""

    backdrop: Backdrop
    """The photo against a backdrop that follows what is known of it."""

    edges: Floats
    product: Region
    rescued: Region
    """What of the product colour would lose; empty where nobody else looks."""

    def without(self, product: Region) -> Backdrop:
        """The photo against a backdrop that follows nothing of what may be product."""
        return self.compared.settled(self.empty & ~product)


def found_by_colour(photo: Pixels) -> ByColour:
    """The product of a photo (H x W x 3) as far as its backdrop's colour tells."""
    compared = compare(_work_size(photo))
    edges = sharp_edges(compared.ratio)
    empty = find_surroundings(compared, edges)
    backdrop = compared.settled(empty)
    product = find_product(backdrop, edges)
    return ByColour(compared, empty, backdrop, edges, product, np.zeros_like(product))


def draw(photo: Pixels, found: ByColour, handling: Handling) -> Cutout:
    """The cutout of a product that was found, its outline drawn at the size of the photo; nobody has judged it yet."""
    backdrop, edges, product = found.backdrop, found.edges, found.product
    hairy = find_hair(product, backdrop, edges)
    foot = find_foot(product, backdrop)
    traced = trace(product, hairy, foot, backdrop, product.shape, rescued=found.rescued) > HALF
    outline = trace(traced, hairy, foot, backdrop, photo.shape[:2], rescued=found.rescued)
    rgba = soften(photo, outline, hairy, foot)
    if handling.glass:
        rgba = see_through(rgba, photo, backdrop, product)
    return Cutout(rgba, Verdict.GOOD, 1.0, shadow=photo_shadow(backdrop, product, photo.shape[:2]))


class Plain:
    """The cutter of a product on one smooth colour, with or without a shadow on the floor; no model looks."""

    name = "plain"
    recipe = 7
    """Raised when the same photo would give another cutout: tests/test_recipe.py watches it.

    7: black soles and rims stay.
    """

    def cut(self, photo: Pixels, handling: Handling = AS_SEEN) -> Cutout:
        photo = np.ascontiguousarray(photo[..., :3])
        found = found_by_colour(photo)
        if handling.glass:
            outline = glass_outline(found.product, found.edges, found.backdrop.noise)
            found = replace(found, product=outline)
        elif handling.keep_holes:
            found = replace(found, product=without_holes(found.product))
        doubts = find_doubts(found.backdrop, found.edges, found.product)
        return judged_by(doubts, draw(photo, found, handling))


def judged_by(doubts: Sequence[Doubt], cutout: Cutout) -> Cutout:
    """The cutout with its verdict, by what speaks against it, the gravest first; two reasons are enough."""
    confidence = min((doubt.confidence for doubt in doubts), default=SURE)
    reasons = tuple(doubt.reason for doubt in doubts[:_REASONS])
    return replace(cutout, verdict=_verdict(confidence), confidence=round(confidence, 2), reasons=reasons)


def _work_size(photo: Pixels) -> Floats:
    scale = SIDE / max(photo.shape[:2])
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return cv2.resize(photo, None, fx=scale, fy=scale, interpolation=way).astype(np.float32) / np.float32(255)


def _verdict(confidence: float) -> Verdict:
    if confidence >= _GOOD:
        return Verdict.GOOD
    return Verdict.CHECK if confidence >= _USABLE else Verdict.REFUSED
