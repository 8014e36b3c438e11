"""The outline of a product: where it ends and its backdrop, shadows included, begins.

A shadow fades over many pixels and a product ends within a few. So the backdrop is what can be reached from the frame
without crossing a sharp edge, and what the passes find to be backdrop all the same. Units are those of `evidence`.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.cutout.evidence import NOISE_MARGIN, Evidence, gather_evidence
from assetgen.cutout.masks import dilate, erode
from assetgen.cutout.openings import add_openings
from assetgen.cutout.patches import Patches
from assetgen.cutout.shadow_passes import add_contact_line, add_neutral_shadows, add_tinted_shadows, reach_from_frame
from assetgen.model.arrays import HALF, Floats, Region

_CLIMB = 6
"""Pixels that the backdrop may grow up a slope at most; it stops at the crest."""

_EDGE_FOOT = 2
"""Pixels before an edge in which its slope may have begun."""

_FOOT_SHADE = -0.05
"""Light of the shadow that hides a product's foot at most."""

_FOOT_SPECK = 3
"""Half the width, in pixels, of the smallest piece of such a shadow that counts."""

_FOOT_REACH = 11
"""Pixels around it in which the outline is the foot's."""

_FOOT_CALM = 2
"""Sigma in pixels of the blur that calms the outline there."""

_CALM = 3
"""Pixels of the median that calms it elsewhere."""

_CRUMB = 60
"""Pixels of a part at most that is a speck."""

_CRUMB_SHARE = 0.004
"""The same as a share of the largest part."""

_RIM = (0, 2)
"""The belt around a part, in pixels, in which its edge lies."""

_EDGED = 0.4
"""The share of that belt that is edge at least; shreds of shadow have less."""

_DISTINCT = 0.05
"""Light off the backdrop, noise apart, that a part of the product has at least in the mean."""


def find_product(backdrop: Backdrop, edges: Floats) -> Region:
    """Everything that is neither backdrop, nor a shadow on it, nor seen through an opening; H x W at work size.

    `edges` are those of `sharp_edges`.
    """
    evidence = gather_evidence(backdrop, edges)
    outside = reach_from_frame(evidence)
    for one_pass in _PASSES:
        outside = one_pass(outside, evidence)
    return ~outside


def _climb_to_crests(outside: Region, evidence: Evidence) -> Region:
    """Adds the slope of the nearest edge up to its crest, where the product begins.

    Until here the outside stops where an edge starts, a pixel or two before the product. Where colours bleed, as those
    of most JPEGs do, or a small photo was enlarged, the slope begins with the product's hue and without an edge: that
    foot has to be crossed first.
    """
    foot = evidence.smooth & ~evidence.neutral & dilate(~evidence.smooth, _EDGE_FOOT)
    for _ in range(_EDGE_FOOT):
        outside = outside | (foot & dilate(outside, 1))
    for _ in range(_CLIMB):
        highest = cv2.dilate(np.where(outside, evidence.edges, -1), np.ones((3, 3), np.uint8))
        grown = outside | ((highest >= 0) & (evidence.edges > highest))
        if (grown == outside).all():
            break
        outside = grown
    return outside


def _round_off(outside: Region, evidence: Evidence) -> Region:
    """Calms the outline, adding and taking away pixels: most at the foot, where a deep shadow hides it."""
    inside = (~outside).astype(np.uint8)
    foot = dilate(erode(outside & (evidence.backdrop.shade < _FOOT_SHADE), _FOOT_SPECK), _FOOT_REACH)
    at_foot = cv2.GaussianBlur(inside * 255, (0, 0), _FOOT_CALM) > HALF
    return ~np.where(foot, at_foot, cv2.medianBlur(inside, _CALM) > 0)


def _add_crumbs(outside: Region, evidence: Evidence) -> Region:
    """Adds specks, shreds of shadow that no edge surrounds, and parts that hardly differ from the backdrop."""
    inside, backdrop = ~outside, evidence.backdrop
    parts = Patches.of(inside)
    areas = parts.areas()
    large = areas > max(_CRUMB, _CRUMB_SHARE * areas[1:].max(initial=0))
    (off_by,) = parts.mean(backdrop.off)
    edged = parts.belt(*_RIM, outside).mean(~evidence.smooth) > _EDGED
    keep: Region = large & edged & (off_by > _DISTINCT + NOISE_MARGIN * backdrop.noise)
    return ~(keep[parts.labels] & inside)


_PASSES: tuple[Callable[[Region, Evidence], Region], ...] = (
    add_tinted_shadows,
    add_neutral_shadows,
    add_openings,
    add_neutral_shadows,  # once more: shadows that are seen through the openings touch the outside only now
    add_contact_line,
    _climb_to_crests,
    _round_off,
    _add_crumbs,
)
"""What each pass adds to the outside, in the order in which they lean on each other. None of them takes away from it
but the one that rounds off: what is backdrop once stays backdrop."""
