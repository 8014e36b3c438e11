"""Openings: where one looks through a product, as through a handle or a basket. Units are those of `evidence`."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.cutout.evidence import NOISE_MARGIN, Evidence, smooth_places
from assetgen.cutout.masks import disc, distance
from assetgen.cutout.patches import Patches
from assetgen.model.arrays import Floats, Region

_CLOSE = 0.03
"""Light off the backdrop up to which a place may be one; where it is smooth, twice as much."""

_CLOSE_GRAIN = 2
"""Multiples of the noise that are added to it."""

_RIM = (3, 6)
"""The belt around an opening, in pixels, in which the product's contrast with the backdrop is measured."""

_BARE_OFF = 0.05
"""Light off the backdrop, in the mean of an opening, at most: it is hardly shaded."""

_BARE_HUE = 0.01
"""Mean hue, in light, of an opening at most: it has the backdrop's very own."""

_BARE_HUE_GLARE = 0.004
"""How much that bound grows with each unit of the rim's contrast."""

_BARE_CONTRAST = 0.1
"""Contrast of the rim at least, noise apart: a clear one, in light off the backdrop."""

_WIDE = 3
"""Mean distance in pixels to the rim from which an opening is wide enough to be sure of."""

_SLIT = 1.2
"""The same of a slit, which has to lie near the outline, as gaps in fur do."""

_NEAR_OUTLINE = 25
"""How deep within the product, in pixels, such a slit lies at most."""

_BLACK_RIM = 0.5
"""Contrast, in light, of a rim that is as dark as none around a gleam is."""

_LARGE = 400
"""Pixels of an opening within such a rim at least."""

_MANY = 6
"""Openings alike from which on they are holes of a basket, each of which alone might be a gleam or white print."""

_MANY_WIDE = 1.7
"""Mean distance to the rim, in pixels, of such a hole at least."""

_MANY_HUE = 0.008
"""Hue of such a hole at most, in light."""

_MANY_OFF = 0.012
"""Light off the backdrop of such a hole at most."""

_MANY_CONTRAST = 0.3
"""Contrast of the rim of such a hole at least, in light off the backdrop."""

_MESH = 12
"""Such holes from which the product is a mesh, and what looks like them is one of them."""

_MESH_WIDE = 1.5
"""Mean distance to the rim, in pixels, of what may be a hole of a mesh at least."""

_MESH_HUE = 0.02
"""Hue of it at most, in light."""

_MESH_GRAIN = 3
"""Multiples of the noise that are added to it."""

_TAIL_WIDTH = 3
"""Half the width, in pixels, of the widest valley by which an opening goes on."""

_TAIL_DEPTH = 0.3
"""How deep such a valley is at least, in light off the backdrop."""

_SHADED = (-0.45, 0.05)
"""Light between which a patch may be an opening with a shadow behind it."""

_SHADED_HUE = 0.03
"""Hue of its pixels at most, in light, noise apart."""

_LOOKALIKE_HUE = 0.025
"""Mean hue of such a patch at most, in light."""

_LOOKALIKE_HUE_GRAIN = 2
"""Multiples of the noise that are added to it."""

_OPEN_TO_BACKDROP = (0, 6)
"""The belt around a patch, in pixels, that tells whether it reaches the backdrop."""

_BESIDE = (0, 3)
"""The belt around such a patch, in pixels, that tells how thick its rim is."""

_THIN = 40
"""Pixels from there to the outline, at most, where the rim is thin."""

_MOSTLY = 0.5
"""The share of that belt from which the rim is thin."""

_ENCLOSED = 20
"""Pixels of backdrop in that belt below which the product encloses it."""

_GROOVE_WIDTH = 13
"""Pixels of the widest groove that counts, as between the teeth of a comb."""

_GROOVE_DEPTH = 0.25
"""How deep a groove is at least, in light off the backdrop."""

_GROOVE_HUE = 0.06
"""Hue in a groove at most, in light, noise apart: that of the backdrop, blurred with the product's."""

_GROOVE_SHADE = (-0.5, 0.05)
"""Light between which one may be looking through a groove."""


def add_openings(outside: Region, evidence: Evidence) -> Region:
    """Adds patches of backdrop within the product, such as the hole of a handle, which the frame cannot reach.

    They have the backdrop's very hue, are hardly shaded and have a clear rim. A small patch may as well be a gleam or
    white print: it has to be long, near the outline as gaps in fur are, or one of many as the holes of a basket.
    """
    inside, backdrop = ~outside, evidence.backdrop
    off, noise = backdrop.off, backdrop.noise
    close = _CLOSE + _CLOSE_GRAIN * noise
    patches = Patches.of(inside & ((evidence.smooth & (off < 2 * close)) | (off < close)), core=0)
    contrast = patches.belt(*_RIM, inside).mean(off)
    wide, deep, *channels = patches.mean(distance(patches.labels > 0), distance(inside), *cv2.split(backdrop.ratio))
    hue, far = np.ptp(channels, axis=0), np.abs(channels).max(axis=0)
    rimmed = contrast > _BARE_CONTRAST + noise
    bare = (far < _BARE_OFF) & (hue < _BARE_HUE + _BARE_HUE_GLARE * contrast) & rimmed
    black_rimmed = (contrast > _BLACK_RIM) & (patches.areas() > _LARGE)
    clear = (wide > _WIDE) | ((wide > _SLIT) & (deep < _NEAR_OUTLINE)) | black_rimmed
    many = bare & (wide > _MANY_WIDE) & (hue < _MANY_HUE) & (far < _MANY_OFF) & (contrast > _MANY_CONTRAST)
    many &= many.sum() >= _MANY
    if many.sum() >= _MESH:
        many |= (wide > _MESH_WIDE) & (hue < _MESH_HUE + _MESH_GRAIN * noise) & (contrast > _BARE_CONTRAST)
    return outside | _with_tails(((bare & clear) | many)[patches.labels], off)


def _with_tails(openings: Region, off: Floats) -> Region:
    """Follows an opening to where it narrows to less than a pixel, as between two handles: a valley in `off`."""
    valley = cv2.morphologyEx(off, cv2.MORPH_BLACKHAT, disc(_TAIL_WIDTH)) > _TAIL_DEPTH
    _, labels = cv2.connectedComponents((valley | openings).astype(np.uint8))
    return openings | (valley & np.isin(labels, np.unique(labels[openings])))


def without_holes(product: Region) -> Region:
    """The product with everything inside its outer outline."""
    found, _ = cv2.findContours(product.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros(product.shape, np.uint8)
    cv2.drawContours(filled, found, -1, 1, cv2.FILLED)
    return filled.astype(np.bool_)


def lookalike_share(product: Region, backdrop: Backdrop, edges: Floats, *, thin_rim: bool = False) -> float:
    """The share, 0 to 1, of the product in patches that may as well be its openings, with a shadow behind them.

    thin_rim: only of those with a thin rim, as a handle's is; what lies further in is print.
    """
    darkest, brightest = _SHADED
    in_shade = (backdrop.shade < brightest) & (backdrop.shade > darkest)
    shaded = in_shade & (backdrop.hue < _SHADED_HUE + NOISE_MARGIN * backdrop.noise)
    patches = Patches.of(product & shaded & smooth_places(backdrop, edges), core=0)
    wide, hue = patches.mean(distance(patches.labels > 0), backdrop.hue)
    contrast = patches.belt(*_RIM, product).mean(backdrop.off)
    enclosed = patches.belt(*_OPEN_TO_BACKDROP, ~product).sizes() < _ENCLOSED
    same_hue = hue < _LOOKALIKE_HUE + _LOOKALIKE_HUE_GRAIN * backdrop.noise
    like = enclosed & (wide > _WIDE) & (contrast > _MANY_CONTRAST) & same_hue
    if thin_rim:
        like &= patches.belt(*_BESIDE, product).mean(distance(product) < _THIN) > _MOSTLY
    return float(patches.areas()[like].sum() / max(int(product.sum()), 1))


def groove_share(product: Region, backdrop: Backdrop) -> float:
    """The share, 0 to 1, of the product in narrow grooves that one may look through, as between a comb's teeth."""
    wide = np.ones((_GROOVE_WIDTH, _GROOVE_WIDTH), np.uint8)  # square: a disc takes twice as long
    groove = cv2.morphologyEx(backdrop.off, cv2.MORPH_BLACKHAT, wide) > _GROOVE_DEPTH
    darkest, brightest = _GROOVE_SHADE
    own_hue = backdrop.hue < _GROOVE_HUE + NOISE_MARGIN * backdrop.noise
    seen = own_hue & (backdrop.shade > darkest) & (backdrop.shade < brightest)
    return float((product & groove & seen).sum() / max(int(product.sum()), 1))
