"""The shadow that lies inside a file which is cut out already: where nothing but shadow is.

Lengths are in pixels of a picture made at most `_SIDE` long, alphas and colours in shares of 1. Numbers were tuned with
`python -m benchmarks.shop_pngs`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Self

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.cutout.masks import dilate, distance
from assetgen.cutout.patches import Labels, Means, Patches
from assetgen.cutout.photo_shadow import filled
from assetgen.model.arrays import Floats, Pixels, Region

_SIDE = 1000
"""The longer side of the picture that is looked at, at most."""

_LARGER = 1.35
"""How many times as large as the file it is at most, so that narrow shadows of small files have room to be soft."""

CLEAR = 0.002
"""The alpha up to which nothing is there: half a level."""

SOLID = 0.93
"""The alpha from which a pixel is all product: no shadow is as dark."""

ROUNDED = 1.5 / 255
"""How far a colour times its alpha may be off, since files keep both in 8 bits."""

_DARK = 0.42
"""The lightness of a shadow's colour at most."""

_HUE = 0.14
"""The difference between the channels of its colour at most."""

_CALM_BLUR = 1.0
"""Sigma of the blur that takes the steps of 8 bits off before slopes are looked at."""

_STEEP = 0.06
"""The change of alpha or colour for each pixel from which something has an edge there, and is no shadow."""

_WINDOW = 5
"""Half the side of the square in which the width of an edge is measured: its step by its slope."""

_WIDE = 5.3
"""The width from which an edge is a feathered one, and parts nothing."""

_REACH = 4
"""How far from a patch the other side of an edge is looked for."""

_FADED = 0.04
"""The alpha at the outer end of a shadow at most."""

_STEP = 0.1
"""The alpha by which the far side of an edge is higher at least where a product covers its shadow."""

_THICK = 3.0
"""The depth of a patch at least; the edges of products are thinner."""

_FAINTEST = 0.055
"""The alpha of a shadow's darkest part at least: the colours of what is fainter cannot be told."""

_SMALL = 0.002
"""The share of the product's area below which nobody would miss a patch."""

_LARGE = 1.0
"""The share of the product's area, each pixel counted by its alpha, up to which a patch is certainly a shadow."""

_OPEN = 0.1
"""The share of a shadow's rim along which it fades out at least, or runs out of the file."""

_CUT = 0.08
"""The share of its rim at most that ends at an edge with nothing behind it: tinted glass and veils end so."""

_MERGED = 0.3
"""The share of its rim to the product at most that no edge parts from it: feathered cutouts fade so."""

_MERGED_PERHAPS = 0.7
"""The same up to which it may be a shadow all the same."""

_ALIKE = 0.12
"""How far an enclosed patch may lie off the shadow that is carried on to it."""

_OPENING = 0.06
"""The share of the product's area up to which it is an opening rather than a part of the product, such as a lens."""

_ALIKE_OPENING = 0.3
"""How far an opening may lie off."""

_ROUNDS = 12
"""How often shadow is carried on from opening to opening at most."""

_RIM = 2.0
"""The depth of a patch that is its rim."""

_BESIDE = 9
"""How far from a shadow a patch borders on it."""

_TOUCHING = 0.1
"""The share of a patch's rim from which it does."""

_EVEN = 0.06
"""The standard deviation of the alpha of an even patch at most."""

_AROUND_KEPT = 12
"""How far around a translucent part of the product nothing is taken from it."""


@dataclass(frozen=True)
class Glimpse:
    """What is looked at: alpha, H x W, and H x W x 3 the colours times alpha, both from 0 to 1."""

    alpha: Floats
    colours: Floats

    @classmethod
    def of(cls, rgba: Pixels) -> Self:
        scale = min(_LARGER, _SIDE / max(rgba.shape[:2]))
        whole = rgba.astype(np.float32) / np.float32(255)
        whole[..., :3] *= whole[..., 3:]
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        sized = cv2.resize(whole, None, fx=scale, fy=scale, interpolation=way)
        return cls(np.ascontiguousarray(sized[..., 3]), np.ascontiguousarray(sized[..., :3]))

    @property
    def clear(self) -> Region:
        return np.asarray(self.alpha <= CLEAR)

    @property
    def solid(self) -> Region:
        return np.asarray(self.alpha > SOLID)

    def sooty(self) -> Region:
        """Whether what is there lets light through and has the colour of shadows, H x W, as far as 8 bits tell."""
        most, least = _most(self.colours), -_most(-self.colours)
        dark = (most < _DARK * self.alpha + ROUNDED) & (most - least < _HUE * self.alpha + ROUNDED)
        return dark & ~self.clear & ~self.solid

    def edges(self) -> tuple[Region, Region]:
        """Whether alpha or a colour changes as fast as at an edge, H x W, and whether such an edge is a narrow one."""
        soft = cv2.GaussianBlur(np.dstack([self.colours, self.alpha]), (0, 0), _CALM_BLUR)
        across, down = (cv2.Scharr(soft, cv2.CV_32F, *way, scale=1 / 32) for way in ((1, 0), (0, 1)))
        slope = np.sqrt(across * across + down * down)
        around = np.ones((2 * _WINDOW + 1,) * 2, np.uint8)
        total = np.ones((1, soft.shape[2]), np.float32)
        step = cv2.transform(cv2.dilate(soft, around) - cv2.erode(soft, around), total)
        return _most(slope) > _STEEP, step < _WIDE * cv2.transform(cv2.dilate(slope, around), total)


@dataclass(frozen=True)
class ShadowSpots:
    """Where nothing but shadow is, H x W, and where translucent parts of the product are that have to stay.

    perhaps: whether something else may be a shadow too.
    """

    shadow: Region
    kept: Region
    perhaps: bool


def find_shadow(seen: Glimpse) -> ShadowSpots:
    """The shadow of a file: dark, colourless and soft, it fades out, and edges part it from the product."""
    sooty, (steep, narrow) = seen.sooty(), seen.edges()
    patches = Patches.of(sooty & ~steep)
    places = np.where(sooty & ~steep, patches.labels, 0)
    rims = _Rims.of(patches, seen, steep, narrow)
    weight = np.bincount(places.ravel(), seen.alpha.ravel(), patches.count) / max(int(seen.solid.sum()), 1)
    thick = (_highest(places, distance(places > 0)) > _THICK) & (weight > _SMALL) & (np.arange(patches.count) > 0)
    soft = thick & (_highest(places, seen.alpha) > _FAINTEST) & (rims.cut < _CUT)
    certain = soft & (rims.open > _OPEN) & (rims.merged < _MERGED) & (weight < _LARGE)
    perhaps = soft & ~certain & (rims.open + rims.framed > _OPEN) & (rims.merged < _MERGED_PERHAPS)
    closed = (rims.open <= _OPEN) & (rims.cut < _CUT) & (rims.merged < _MERGED) & (np.arange(patches.count) > 0)
    alike = np.where(weight < _OPENING, _ALIKE_OPENING, _ALIKE)
    for _ in range(_ROUNDS if certain.any() else 0):
        carried = filled(seen.alpha, certain[places] | seen.clear)
        further = closed & ~certain & (patches.mean(np.abs(seen.alpha - carried))[0] < alike)
        if not further.any():
            break
        certain = certain | further
    shadow, left = certain[places], thick & ~certain
    doubted = perhaps | (shadow.any() & left & (_touching(places, shadow) | _uneven(patches, seen.alpha)))
    return ShadowSpots(shadow, dilate(left[places], _AROUND_KEPT), bool(doubted.any()))


@dataclass(frozen=True)
class _Rims:
    """For each patch, the shares of its rim where it fades out, and where it ends at an edge before nothing at all.

    merged: the share of its rim to the product that no edge parts from it; framed: pixels at the frame, for each of the
    rim.
    """

    open: Means
    cut: Means
    merged: Means
    framed: Means

    @classmethod
    def of(cls, patches: Patches, seen: Glimpse, steep: Region, narrow: Region) -> Self:
        around = np.ones((2 * _REACH + 1,) * 2, np.uint8)
        level = cv2.dilate(np.where(patches.labels > 0, seen.alpha, 0), around)
        covered = cv2.dilate(seen.alpha, around) > level + _STEP
        cut = steep & (cv2.erode(seen.alpha, around) <= CLEAR) & ~covered
        fades = ~steep & (seen.alpha <= _FADED)
        inner, parts = ~cut & ~fades, steep & narrow
        belt = patches.belt(0, 1, np.ones_like(steep))

        def count(where: Region) -> Means:
            return np.bincount(belt.labels[where.ravel()[belt.places]], minlength=belt.count).astype(np.float64)

        size = np.maximum(belt.sizes(), 1)
        frame = np.concatenate([patches.labels[side] for side in np.s_[0, -1, (..., 0), (..., -1)]])
        return cls(
            count(fades) / size,
            count(cut) / size,
            count(inner & ~parts) / np.maximum(count(inner), 1),
            np.bincount(frame, minlength=belt.count) / size,
        )


def _touching(places: Labels, shadow: Region) -> npt.NDArray[np.bool_]:
    """For each patch, whether it borders on the shadow, as the darker bands of a file of few colours do."""
    rim = (distance(places > 0) > 0) & (distance(places > 0) < _RIM)
    sizes = np.bincount(places[rim], minlength=places.max() + 1)
    return np.bincount(places[rim], dilate(shadow, _BESIDE)[rim], len(sizes)) > _TOUCHING * sizes


def _uneven(patches: Patches, alpha: Floats) -> npt.NDArray[np.bool_]:
    """For each patch, whether it is lighter in one place than in another, as shadows are and few lenses."""
    mean, squares = patches.mean(alpha, alpha * alpha)
    return np.asarray(squares - mean**2 > _EVEN**2)


def _highest(places: Labels, values: Floats) -> Means:
    """The highest of the values (H x W) for each number that is in `places`."""
    highest, here = np.zeros(int(places.max(initial=0)) + 1), np.flatnonzero(places)
    np.maximum.at(highest, places.ravel()[here], values.ravel()[here])
    return highest


def _most(values: Floats) -> Floats:
    """The highest of the channels, H x W."""
    return reduce(cv2.max, cv2.split(values))
