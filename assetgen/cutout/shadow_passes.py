"""Passes of `outline` that add to the backdrop what a product's shadow took from it. Units are those of `evidence`."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.cutout.evidence import Evidence, gather_evidence
from assetgen.cutout.masks import dilate, disc, distance, erode
from assetgen.cutout.patches import Patches
from assetgen.model.arrays import Floats, Region

_NARROW_GAP = 3
"""Half the width of the gaps, in pixels, through which plain backdrop is followed."""

_WIDE_GAP = 12
"""Half the width of the gaps, in pixels, through which shadows are followed: they lie open to the frame."""

_PAST_WIDE_GAP = 9
"""How far, in pixels, a shadow is followed beyond what the frame reaches through wide gaps."""

_PLAIN = 0.08
"""Light off the backdrop up to which a place is plain backdrop."""

_PLAIN_GRAIN = 2
"""Multiples of the noise that are added to it."""

_BESIDE = (0, 4)
"""The belt around a patch, in pixels, that tells whether an edge parts it from what lies there."""

_BEYOND = (3, 7)
"""The belt, in pixels, that tells how light and hue go on beyond such an edge."""

_EDGE_SPREAD = 3
"""Pixels by which edges are widened, since a patch ends before its edge does."""

_OPEN_RIM = 0.3
"""The share of a tinted shadow's rim that lies at the backdrop at least; patches within a product have none there."""

_PARTED_OUTSIDE = 0.2
"""The share of that outer rim along which there are edges at most: a shadow fades into the backdrop."""

_PARTED_INSIDE = 0.5
"""The share of the rim at the product along which there are edges at least."""

_CREST_REACH = 2
"""Pixels around a place in which the sharpest edge is looked for."""

_OTHER_HUE = 0.1
"""Hue, in light, by which a product differs at least from the shadow beside it, if hue is to part them."""

_SOFT_RIM = 0.004
"""Light per pixel of a shadow's rim at most that is soft, however dark the shadow."""

_SOFT_RIM_DEEPER = 0.03
"""The same in shares of the step from backdrop to shadow: deep shadows have steeper rims."""

_HARD_RIM = 0.05
"""The rim of a hard shadow, in shares of that step, at most; products end more sharply."""

_HARD_STEP = 0.75
"""The step of light to a hard shadow at most; what is darker is a dark product."""

_SHADED = -0.015
"""Light below which a patch is dark enough to be tinted by the product."""

_SHADED_HUE = 0.045
"""Mean hue, in light, of such a patch at most."""

_UNSHADED_HUE = 0.006
"""Mean hue, in light, at most of a patch as light as the backdrop, which may be a pale product."""

_UNSHADED_HUE_GRAIN = 1.5
"""Multiples of the noise that are added to it."""

_LINE_WIDTH = 6
"""Half the width, in pixels, of the widest line of contact."""

_LINE_DEPTH = 0.12
"""Light by which it is darker than both its sides at least."""

_LINE_AT_SHADOW = -0.08
"""Light of the shadow beside it at most."""

_LINE_REACH = 5
"""Pixels from that shadow within which it lies."""


def find_surroundings(backdrop: Backdrop, edges: Floats) -> Region:
    """The backdrop that the frame reaches, soft shadows included, before any patch is judged."""
    return reach_from_frame(gather_evidence(backdrop, edges))


def reach_from_frame(evidence: Evidence) -> Region:
    """What can be reached from the frame without crossing a sharp edge: the first outside, to which passes add.

    A shadow lies open to it, so only plain backdrop is followed through narrow gaps.
    """
    backdrop = evidence.backdrop
    plain = backdrop.off < _PLAIN + _PLAIN_GRAIN * backdrop.noise
    narrow, wide = _reach(evidence.neutral, gap=_NARROW_GAP), _reach(evidence.neutral, gap=_WIDE_GAP)
    near = distance(~wide) < _PAST_WIDE_GAP
    return narrow & (near | plain)


def _reach(free: Region, *, gap: int) -> Region:
    """The free places that the frame reaches without squeezing through gaps in the outline narrower than 2 x gap."""
    # A border of free pixels joins all that touches the frame to its corner, whose number is then the frame's.
    wide = cv2.copyMakeBorder(erode(free, gap).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    _, labels = cv2.connectedComponents(wide, connectivity=4)
    return dilate(labels[1:-1, 1:-1] == labels[0, 0], gap) & free


def add_tinted_shadows(outside: Region, evidence: Evidence) -> Region:
    """Adds shadows in the product's hue, which hue alone would leave to the product.

    No edge parts them from the backdrop, while one parts them from the product.
    """
    patches = Patches.of(evidence.tinted_shade & ~outside)
    edge = dilate(~evidence.smooth, _EDGE_SPREAD)
    outer, inner = patches.belt(*_BESIDE, outside), patches.belt(*_BESIDE, ~outside)
    beside = outer.sizes() > _OPEN_RIM * (outer.sizes() + inner.sizes())
    shadows = beside & (outer.mean(edge) < _PARTED_OUTSIDE) & (inner.mean(edge) > _PARTED_INSIDE)
    return outside | shadows[patches.labels]


def add_neutral_shadows(outside: Region, evidence: Evidence) -> Region:
    """Adds patches in the backdrop's own hue that hardly any edge, or a soft one, parts from it.

    A hard shadow has a clearer edge; then a change of hue has to part it from the product, or grey products would go.
    """
    backdrop = evidence.backdrop
    patches = Patches.of(evidence.neutral & ~outside)
    dark, hue = patches.mean(backdrop.shade, backdrop.hue)
    crest = patches.belt(*_BESIDE, outside).mean(cv2.dilate(evidence.edges, disc(_CREST_REACH)))
    step = np.nan_to_num(np.abs(dark - patches.belt(*_BEYOND, outside).mean(backdrop.shade)))
    parted = patches.belt(*_BEYOND, ~outside).mean(backdrop.hue) - hue > _OTHER_HUE
    soft = crest < np.maximum(_SOFT_RIM, _SOFT_RIM_DEEPER * step)
    hard = (crest < _HARD_RIM * step) & parted & (step < _HARD_STEP)
    own = hue < np.where(dark < _SHADED, _SHADED_HUE, _UNSHADED_HUE + _UNSHADED_HUE_GRAIN * backdrop.noise)
    return outside | (own & (soft | hard))[patches.labels]


def add_contact_line(outside: Region, evidence: Evidence) -> Region:
    """Adds the thin dark line where a product stands on its shadow.

    Its edge is as sharp as a product's, so that the passes before leave it to the product.
    """
    shade = evidence.backdrop.shade
    line = cv2.morphologyEx(shade, cv2.MORPH_BLACKHAT, disc(_LINE_WIDTH)) > _LINE_DEPTH
    return outside | (dilate(outside & (shade < _LINE_AT_SHADOW), _LINE_REACH) & line & evidence.tinted)
