"""Where a product ends and its backdrop, shadows included, begins.

A shadow fades over many pixels and a product ends within a few. So the backdrop is what can be reached from the frame
without crossing a sharp edge. All lengths are in pixels of a picture whose long side is `SIDE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.imaging.backdrop import Backdrop, Floats, Mask

Means = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int32]

SIDE = 800
"""Large enough for a strap, small enough to be quick; `matting` finds the outline in the full photo."""


def sharp_edges(ratio: Floats) -> Floats:
    """How steeply light changes from pixel to pixel, less what a wide ramp would change anyway; 0 is smooth."""
    height, width = ratio.shape[:2]
    small = cv2.resize(ratio, (width // 3, height // 3), interpolation=cv2.INTER_AREA)
    ramp = cv2.resize(_slope(cv2.GaussianBlur(small, (0, 0), 2)), (width, height))
    return np.maximum(_slope(cv2.GaussianBlur(ratio, (0, 0), 0.9)) - ramp / 2, 0).astype(np.float32)


def _slope(light: cv2.typing.MatLike) -> Floats:
    """The steepest of the channels, in logarithms of light per pixel."""
    along, down = (cv2.Sobel(light, cv2.CV_32F, dx, 1 - dx, scale=1 / 8) for dx in (1, 0))
    red, green, blue = cv2.split(along * along + down * down)
    return np.sqrt(cv2.max(cv2.max(red, green), blue))


def find_product(backdrop: Backdrop, edges: Floats) -> Mask:
    """Everything that is neither backdrop, nor a shadow on it, nor seen through an opening.

    A shadow is darker than the backdrop, down to a fifth of it, and the deeper it is the more of the product's hue
    may be reflected into it. The numbers were found on photos with known cutouts: `benchmarks/cutouts.py`.
    """
    noise, shade, off = backdrop.noise, backdrop.shade, backdrop.off
    tint = backdrop.hue - 3 * noise
    smooth = edges < max(0.0015, 0.8 * noise)
    dim = smooth & (shade < 0.06 + 3 * noise) & (shade > -1.6)
    tinted = tint < 0.055 - 0.35 * shade
    outside = _flood(dim & (tint < 0.018 - 0.15 * shade), off < 0.08 + 2 * noise)
    outside |= _tinted_shadows(outside, dim & tinted, smooth)
    outside |= _openings(~outside, smooth, backdrop, 0.03 + 2 * noise)
    outside = _settle(outside, backdrop, smooth)
    outside |= _contact_line(outside, shade, tinted)
    outside = _climb(outside, edges)
    return _without_crumbs(_rounded(outside, shade), off, ~smooth, 0.05 + 3 * noise)


def _rounded(outside: Mask, shade: Floats) -> Mask:
    """The product with a calm outline, calmest at its foot, where a deep shadow hides it."""
    inside = (~outside).astype(np.uint8)
    foot = _dilate(outside & (shade < -0.1), 8)
    return np.where(foot, cv2.GaussianBlur(inside * 255, (0, 0), 3) > 127, cv2.medianBlur(inside, 7) > 0)


def frayed(product: Mask, backdrop: Backdrop, edges: Floats) -> Mask:
    """Where hair or fur stands out from a product: edge beside edge, with backdrop between them."""
    inner, outer = (cv2.distanceTransform(m.astype(np.uint8), cv2.DIST_L2, 3) for m in (product, ~product))
    belt = (inner < 8) & (outer < 8)
    plain = backdrop.off < 0.09 + 3 * backdrop.noise
    between = belt & (edges > 0.012) & np.where(product, plain & (inner > 2.5), outer > 3.5)
    share, all_of_it = (cv2.boxFilter(m.astype(np.float32), -1, (41, 41)) for m in (between, belt))
    hairy = (share > 0.06 * all_of_it + 0.002) & belt
    return _dilate(hairy, 20) if hairy.sum() > 0.3 * belt.sum() else np.zeros_like(product)


def _flood(free: Mask, plain: Mask) -> Mask:
    """What the frame reaches; a shadow lies open to it, so only plain backdrop is followed through narrow gaps."""
    narrow, wide = _reach(free, gap=3), _reach(free, gap=12)
    near = cv2.distanceTransform((~wide).astype(np.uint8), cv2.DIST_L2, 3) < 9
    return narrow & (near | plain)


def _reach(free: Mask, *, gap: int) -> Mask:
    """What the frame reaches without squeezing through gaps in the outline narrower than 2 x gap."""
    wide = cv2.copyMakeBorder(_erode(free, gap).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    _, labels = cv2.connectedComponents(wide, connectivity=4)
    return _dilate(labels[1:-1, 1:-1] == labels[0, 0], gap) & free


def _tinted_shadows(outside: Mask, shade: Mask, smooth: Mask) -> Mask:
    """Shadows in the product's hue: no edge parts them from the backdrop, while one parts them from the product."""
    patches = _Patches.of(shade & ~outside, near=0, far=4)
    edge = _dilate(~smooth, 3)
    shadows = (patches.belt_mean(edge, outside) < 0.2) & (patches.belt_mean(edge, ~outside) > 0.5)
    return shadows[patches.labels]


def _openings(inside: Mask, smooth: Mask, backdrop: Backdrop, close: float) -> Mask:
    """Patches of plain backdrop within the product, such as the hole of a handle: its very colour and a sharp rim."""
    off, hue = backdrop.off, backdrop.hue
    patches = _Patches.of(inside & ((smooth & (off < 4 * close)) | (off < close)), near=3, far=6)
    holes = (patches.mean(off) < close) & (patches.mean(hue) < close / 2) & (patches.belt_mean(off, inside) > 4 * close)
    return holes[patches.labels]


@dataclass(frozen=True)
class _Patches:
    """The joined patches of a mask by number, and a belt around each with the same number; 0 is everything else."""

    count: int
    labels: Labels
    belt: Labels

    @classmethod
    def of(cls, mask: Mask, *, near: int, far: int) -> Self:
        """The belt lies `near` to `far` pixels beyond the patch."""
        count, labels = cv2.connectedComponents(_erode(mask, 1).astype(np.uint8), connectivity=4)
        seeds = labels.astype(np.float32)
        patch, inner, outer = (cv2.dilate(seeds, _disc(1 + radius)).astype(np.int32) for radius in (0, near, far))
        return cls(count, patch, np.where(inner == 0, outer, 0))

    def mean(self, values: Floats | Mask) -> Means:
        return self._mean(values.ravel(), self.labels.ravel())

    def belt_mean(self, values: Floats | Mask, where: Mask) -> Means:
        return self._mean(values[where], self.belt[where])

    def _mean(self, values: Floats | Mask, labels: Labels) -> Means:
        """Not a number for patches of which fewer than 20 pixels are seen, and for 0."""
        seen = np.bincount(labels, minlength=self.count)
        means = np.bincount(labels, weights=values, minlength=self.count) / np.maximum(seen, 1)
        means[seen < 20] = np.nan
        means[0] = np.nan
        return means


def _settle(outside: Mask, backdrop: Backdrop, smooth: Mask) -> Mask:
    """Moves the outline to the sharpest line nearby; farther where it follows none, in the deep shadow at the foot."""
    loose = _dilate(outside, 1) & ~outside & ~_dilate(~smooth, 2) & (backdrop.shade < -0.05)
    many = cv2.boxFilter(loose.astype(np.float32), -1, (25, 25), normalize=False) > 10
    zone = _dilate(loose & many, 14) & ~outside
    markers = np.where(outside, 1, np.where(zone, 0, 2)).astype(np.int32)
    ratio = backdrop.ratio
    small = cv2.resize(ratio, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    slow = cv2.resize(cv2.GaussianBlur(small, (0, 0), 2), ratio.shape[1::-1])
    local = ratio - slow
    relief = (128 + 127 * local / (np.abs(local) + 0.3)).astype(np.uint8)
    return np.equal(cv2.watershed(relief, markers), 1)


def _contact_line(outside: Mask, shade: Floats, neutral: Mask) -> Mask:
    """The thin dark line where a product stands on its shadow; it belongs to the shadow."""
    line = cv2.morphologyEx(shade, cv2.MORPH_BLACKHAT, _disc(6)) > 0.12
    return _dilate(outside & (shade < -0.08), 5) & line & neutral


def _climb(outside: Mask, edges: Floats) -> Mask:
    """Lets the backdrop grow up the slope of the nearest edge to its crest, where the product begins."""
    for _ in range(6):
        highest = cv2.dilate(np.where(outside, edges, -1), np.ones((3, 3), np.uint8))
        grown = outside | ((highest >= 0) & (edges > highest))
        if (grown == outside).all():
            break
        outside = grown
    return outside


def _without_crumbs(inside: Mask, off: Floats, edge: Mask, distinct: float) -> Mask:
    """Drops specks, shreds of shadow that no edge surrounds, and what hardly differs from the backdrop."""
    parts = _Patches.of(inside, near=0, far=2)
    areas = np.bincount(parts.labels.ravel(), minlength=parts.count)
    large = areas > max(60, 0.004 * areas[1:].max(initial=0))
    keep: Mask = large & (parts.belt_mean(edge, ~inside) > 0.4) & (parts.mean(off) > distinct)
    return keep[parts.labels] & inside


def _erode(mask: Mask, radius: int) -> Mask:
    """Beyond the frame counts as set: a mask that touches it is not eaten there."""
    return cv2.erode(mask.astype(np.uint8), _disc(radius), borderType=cv2.BORDER_CONSTANT, borderValue=1).astype(bool)


def _dilate(mask: Mask, radius: int) -> Mask:
    return cv2.dilate(mask.astype(np.uint8), _disc(radius)).astype(bool)


def _disc(radius: int) -> cv2.typing.MatLike:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
