"""Two witnesses of one product: the backdrop's colour, which is exact and cannot see white on white, and a model.

Inside a band round the model's outline colour decides, and inside openings as well. Where they differ further off, what
is there decides who is believed, and how much that was is told, so that a person can be asked. Lengths are in pixels of
work size, light is that of `evidence`. `python -m benchmarks.cutouts pasted` measures them.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.cutout.evidence import NOISE_MARGIN, smooth_places
from assetgen.cutout.hair import find_hair
from assetgen.cutout.masks import dilate, disc, distance, erode
from assetgen.cutout.patches import Means, Patches
from assetgen.cutout.sighting import Sighting
from assetgen.cutout.tracing import find_black, find_foot
from assetgen.model.arrays import Floats, Region

_BAND = 8
"""Pixels to both sides of the model's outline in which it tells nothing: it looks at 320."""

_LOST_CORE = 3
"""Pixels taken off a patch that colour lost, so that slivers along its rim are none of it."""

_LOST_REACH = 18
"""Pixels beyond such a patch up to which what colour lost belongs to it: the band, and what was taken off."""

_BEYOND_LOST = (0, 25)
"""The belt around such a patch, in pixels, in which a shadow goes on past the model's outline."""

_GOES_ON = 0.2
"""The share of that belt that is bare backdrop up to which it does."""

_RIM_OFF = 0.03
"""Light off the backdrop, noise apart, from which a place within the model's outline is the product's rim."""

_RIM_CORE = 1
"""Pixels taken off such a rim, so that the blur of a lens is none."""

_RIM_REACH = 1.5
"""Pixels around what is left of it that belong to it."""

_SLIVER = 3
"""Half the width, in pixels, of a gap at most between it and the rest of the product that is none."""

_BEYOND_RIM = (2, 5)
"""The belt around it, in pixels, in which a shadow would go on."""

_ENDS = 0.6
"""The share of that belt that is bare backdrop from which it ends there."""

_BARE = 0.013
"""Light off the backdrop, noise apart, up to which a place is bare backdrop: paper is, and hardly any product."""

_MOSTLY = 0.5
"""The share of a patch from which something holds of it."""

_ONE_LOOK = 0.6
"""The share of product up to which one of the model's looks sees through a place."""

_SURE = 0.9
"""The share from which both take it for product."""

_WIDE = 4
"""Mean distance in pixels to its rim from which the model would have seen an opening."""

_BURNT = 0.97
"""Level of the backdrop, of 1, from which white parts of a product may have its very colour: both are burnt out."""

_DEEP = -0.1
"""Light of an enclosed place in the backdrop's own hue below which it lies in shadow, and is no pale product."""

_GRAIN = 5
"""Pixels of the square against whose mean a pixel's grain is measured."""

_PAPER = 2
"""Multiples of the noise up to which a place has the grain of paper."""

_EVEN = 0.03
"""The spread of light in the shadow on such paper at most."""

_UNSEEN = 0.3
"""The share of product up to which neither look sees any."""

_HARDLY = 0.15
"""The share up to which one look sees none."""

_UNSEEN_REACH = 3
"""Pixels around what a look sees in which it may see more: it is coarse."""

_UNSEEN_CORE = 2
"""Pixels taken off a patch that only colour takes for product."""

_SHADE = (-1.0, 0.06)
"""Light between which such a patch may be a shadow."""

_SHADE_HUE = 0.03
"""Its hue at most, noise apart."""

_SHADE_HUE_DEEPER = 0.1
"""How much that bound grows with each unit of darkness."""

_SHADE_ROUGH = 0.35
"""The share of it at most where edges are: shadows are smooth."""

_AROUND = (2, 5)
"""The belt, in pixels, that tells what lies around such a patch."""

_ENCLOSED = 0.95
"""The share of it that is product from which none of it may be seen, or the patch is a part of it."""

_PALE = 0.25
"""Light off the backdrop below which what only colour sees may be a shadow after all, or a reflection."""

_APART = 5
"""Pixels by which both outlines may differ everywhere."""

_FOOT_DEPTH = 4
"""Pixels of contact shadow at most that colour takes for the foot; what lies deeper is the product's."""

_SAME = 0.005
"""The share of the product in which two that agree may differ."""

_SPECK = 20
"""Pixels of a patch at most that is not looked at."""


@dataclass(frozen=True)
class Agreement:
    """What both witnesses together take for the product (H x W), and how far they differ, as shares of it."""

    product: Region

    rescued: Region
    """What of it colour lost and the model sees (H x W)."""

    restored: float
    """The same without the product's rim."""

    shady: float
    """What of that may be a shadow, which goes on past the model's outline."""

    dropped: float
    """What colour took for product and is a shadow or a reflection, as the model sees none there."""

    open: float
    """Wide openings that the model is sure are none: they lie in shade, or white may have burnt out."""

    unseen: float
    """Pale parts that only colour sees."""

    apart: float
    """All that lies further than a few pixels off the other's outline."""

    @property
    def disputed(self) -> bool:
        """Whether they differ anywhere, so that the model had better look again."""
        return max(self.restored, self.dropped, self.open, self.unseen, self.apart) > _SAME


def agree(product: Region, backdrop: Backdrop, edges: Floats, sighting: Sighting) -> Agreement:
    """Brings together what colour found (H x W) and what the model sees."""
    restored, shady, doubtful, bare = _lost(product, backdrop, sighting)
    hairy = find_hair(product, backdrop, edges).any()  # the model draws one line around all hairs
    rescued = restored if hairy else restored | _rims(product, backdrop, sighting)
    together = product | rescued if hairy else _closed(product | rescued, rescued)
    unseen, shadows = _unseen(together, backdrop, edges, sighting)
    together = _footed(together & ~shadows, backdrop, sighting)
    area = max(int(together.sum()), 1)
    seen = sighting.product
    far = (together & ~dilate(seen, _APART)) | (erode(seen, _APART) & ~together & ~bare)
    parts = (restored, shady, shadows, doubtful, unseen, far)
    return Agreement(together, rescued & together, *(float(part.sum() / area) for part in parts))


def _lost(product: Region, backdrop: Backdrop, sighting: Sighting) -> tuple[Region, Region, Region, Region]:
    """What colour lost of the product, what of it may be a shadow, and what may be openings: doubtful and sure ones.

    An opening shows the very backdrop, level and drift and all. No product has just that, unless both are burnt out.
    It is doubtful where the model is sure that there is none.
    """
    lost = sighting.product & ~product
    inner = erode(sighting.product, _BAND) & ~product
    patches, core = Patches.of(inner, core=_LOST_CORE), erode(inner, _LOST_CORE)
    enclosed = ~_reaching_the_frame(~product)
    of_core, bare, within, hue, shade, least, wide, level = patches.mean(
        core,
        core & (backdrop.off < _BARE + backdrop.noise),
        core & enclosed,
        backdrop.hue,
        backdrop.shade,
        sighting.least,
        distance(patches.labels > 0),
        cv2.resize(backdrop.empty().mean(axis=2), product.shape[::-1]),
    )
    plain, hole = bare > _MOSTLY * of_core, within > _MOSTLY * of_core
    deep = (hue < _SHADE_HUE + NOISE_MARGIN * backdrop.noise) & (shade < _DEEP)
    shaded = hole & ~plain & (deep | _in_even_shade(patches, core, backdrop))
    opening = plain | shaded | (least < _ONE_LOOK)
    beyond = patches.belt(*_BEYOND_LOST, ~product & ~sighting.product).mean(backdrop.off < _BARE + backdrop.noise)
    shadow = _like_shadow(hue, shade, backdrop.noise) & (beyond < _GOES_ON)
    reach = lost & (patches.distance < _LOST_REACH)
    doubtful = opening & (least > _SURE) & (wide > _WIDE) & (shaded | (level > _BURNT))
    return (
        _of(patches, ~opening & (bare >= 0), reach),
        _of(patches, ~opening & shadow, reach),
        _of(patches, doubtful, reach),
        _of(patches, plain & hole & ~doubtful, reach),
    )


def _rims(product: Region, backdrop: Backdrop, sighting: Sighting) -> Region:
    """What colour lost along the model's outline, where it is none of the backdrop's colour and no shadow.

    Shadows have the backdrop's hue and fade: where the very backdrop begins right beyond, there is none.
    """
    differing = backdrop.off > _RIM_OFF + NOISE_MARGIN * backdrop.noise
    below = cv2.dilate(product.astype(np.uint8), np.ones((_BAND, 1), np.uint8), anchor=(0, _BAND - 1)) > 0
    at_foot = below & find_foot(product, backdrop) & ~find_black(backdrop)
    rim = sighting.product & differing & _reaching_the_frame(~product) & ~at_foot
    patches = Patches.of(rim, core=_RIM_CORE)
    hue, shade = patches.mean(backdrop.hue, backdrop.shade)
    bare = patches.belt(*_BEYOND_RIM, ~product).mean(backdrop.off < _BARE + backdrop.noise)
    shadow = _like_shadow(hue, shade, backdrop.noise) & ~(bare > _ENDS)
    return _of(patches, ~shadow & (patches.areas() > _SPECK), rim & (patches.distance < _RIM_REACH))


def _closed(together: Region, rescued: Region) -> Region:
    """The product without the slivers that are left between it and what was rescued."""
    closed = cv2.morphologyEx(together.astype(np.uint8), cv2.MORPH_CLOSE, disc(_SLIVER)) > 0
    return together | (closed & dilate(rescued, _SLIVER))


def _like_shadow(hue: Means, shade: Means, noise: float) -> Region:
    """Which patches, by number, have the backdrop's own hue, and no more or less light than a shadow on it."""
    darkest, brightest = _SHADE
    own_hue = hue < _SHADE_HUE + _SHADE_HUE_DEEPER * np.maximum(-shade, 0) + NOISE_MARGIN * noise
    return np.asarray(own_hue & (shade > darkest) & (shade < brightest))


def _reaching_the_frame(empty: Region) -> Region:
    _, parts = cv2.connectedComponents(empty.astype(np.uint8), connectivity=4)
    frame = np.unique(np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1]]))
    return np.asarray(empty & np.isin(parts, frame))


def _in_even_shade(patches: Patches, core: Region, backdrop: Backdrop) -> Region:
    """Which patches, by number, are as even as paper in a shadow."""
    grain = np.abs(backdrop.shade - cv2.blur(backdrop.shade, (_GRAIN, _GRAIN)))
    of_core, rough, shade, squares = patches.mean(core, core * grain, core * backdrop.shade, core * backdrop.shade**2)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.sqrt(np.maximum(squares / of_core - (shade / of_core) ** 2, 0))
        return np.asarray((rough / of_core < _PAPER * backdrop.noise) & (spread < _EVEN) & (shade < 0))


def _unseen(product: Region, backdrop: Backdrop, edges: Floats, sighting: Sighting) -> tuple[Region, Region]:
    """What only colour takes for product: pale parts of which nobody can be sure, and shadows."""
    seen = dilate(sighting.least > _MOSTLY, _UNSEEN_REACH)
    blank = product & ((sighting.most < _UNSEEN) | (sighting.least < _HARDLY)) & ~seen
    patches = Patches.of(blank, core=_UNSEEN_CORE)
    rough, pale, bare, most, hue, shade = patches.mean(
        ~smooth_places(backdrop, edges),
        backdrop.off < _PALE,
        backdrop.off < _BARE + backdrop.noise,
        sighting.most,
        backdrop.hue,
        backdrop.shade,
    )
    like_shadow = _like_shadow(hue, shade, backdrop.noise)
    shadow = like_shadow & (rough < _SHADE_ROUGH) & (patches.areas() > _SPECK)
    enclosed = patches.belt(*_AROUND, ~blank).mean(product) > _ENCLOSED
    shadow &= ~enclosed | (most < _HARDLY) | (bare > _MOSTLY)
    reach = blank & (patches.distance < _UNSEEN_REACH)
    odd = ~shadow & (pale > _MOSTLY) & (most < _UNSEEN)
    return _of(patches, odd, reach), _of(patches, shadow, reach)


def _footed(product: Region, backdrop: Backdrop, sighting: Sighting) -> Region:
    """The product with the model's outline along its foot: it has no bites, and tracing moves it to the exact line."""
    band = dilate(product, _BAND) & ~erode(product, _BAND)
    by_model = sighting.product | erode(product, _FOOT_DEPTH)
    return np.where(band & find_foot(product, backdrop), by_model, product)


def _of(patches: Patches, which: Region, reach: Region) -> Region:
    """The pixels within reach of the patches that are meant."""
    return np.asarray(which[patches.nearest] & reach)
