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
"""Large enough for a strap, small enough to be quick; `trace` draws its outline at the size of the photo."""

_REACH = 9.0
"""How far `trace` may move the outline."""

_BEND = 0.1
"""What it costs `trace` to move by half a pixel more than the pixel before; a clear edge is worth 2."""


def sharp_edges(ratio: Floats) -> Floats:
    """How steeply light changes from pixel to pixel, less what a wide ramp would change anyway; 0 is smooth."""
    height, width = ratio.shape[:2]
    small = cv2.resize(ratio, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    ramp = cv2.resize(_slope(cv2.GaussianBlur(small, (0, 0), 2)), (width, height))
    return np.maximum(_slope(cv2.GaussianBlur(ratio, (0, 0), 0.9)) - 0.75 * ramp, 0).astype(np.float32)


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
    smooth = _smooth(backdrop, edges)
    dim, tint, tinted = _dimmed(backdrop, smooth)
    neutral = dim & (tint < 0.018 - 0.15 * shade)
    outside = surroundings(backdrop, edges)
    outside |= _tinted_shadows(outside, dim & tinted, smooth)
    outside |= _shadows(outside, neutral, backdrop, edges)
    outside |= _openings(~outside, smooth, backdrop)
    outside |= _shadows(outside, neutral, backdrop, edges)
    outside |= _contact_line(outside, shade, tinted)
    outside = _climb(outside, edges)
    return _without_crumbs(_rounded(outside, shade), off, ~smooth, 0.05 + 3 * noise)


def surroundings(backdrop: Backdrop, edges: Floats) -> Mask:
    """Backdrop that the frame reaches, soft shadows included."""
    dim, tint, _ = _dimmed(backdrop, _smooth(backdrop, edges))
    return _flood(dim & (tint < 0.018 - 0.15 * backdrop.shade), backdrop.off < 0.08 + 2 * backdrop.noise)


def _smooth(backdrop: Backdrop, edges: Floats) -> Mask:
    return edges < max(0.0015, 0.8 * backdrop.noise)


def _dimmed(backdrop: Backdrop, smooth: Mask) -> tuple[Mask, Floats, Mask]:
    noise, shade = backdrop.noise, backdrop.shade
    tint = backdrop.hue - 3 * noise
    return smooth & (shade < 0.06 + 3 * noise) & (shade > -1.6), tint, tint < 0.055 - 0.35 * shade


def without_holes(product: Mask) -> Mask:
    """The product with everything inside its outer outline."""
    found, _ = cv2.findContours(product.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros(product.shape, np.uint8)
    cv2.drawContours(filled, found, -1, 1, cv2.FILLED)
    return filled.astype(np.bool_)


def _rounded(outside: Mask, shade: Floats) -> Mask:
    """The product with a calm outline, calmest at its foot, where a deep shadow hides it."""
    inside = (~outside).astype(np.uint8)
    foot = _dilate(outside & (shade < -0.05), 8)
    return np.where(foot, cv2.GaussianBlur(inside * 255, (0, 0), 2) > 127, cv2.medianBlur(inside, 3) > 0)


def trace(product: Mask, backdrop: Backdrop, size: tuple[int, int]) -> Mask:
    """The product at another size (height, width), with its outline moved to the best line within `_REACH` pixels."""
    sheet = np.dstack([backdrop.ratio, _distance(product) - _distance(~product)])
    found, _ = cv2.findContours(product.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    scale = max(size) / max(product.shape)
    lines = [_best_line(line[:, 0].astype(np.float32), sheet) for line in found if len(line) > 12]
    drawn = np.zeros(size, np.uint8)
    cv2.fillPoly(drawn, [np.rint(16 * ((line + 0.5) * scale - 0.5)).astype(np.int32) for line in lines], 1, shift=4)
    return drawn.astype(np.bool_)


def _best_line(line: Floats, sheet: Floats) -> Floats:
    """The closed line, each point moved along its normal to where product most clearly turns into backdrop.

    The sheet holds the ratio to the backdrop and the depth within the product, which tells inwards from outwards and
    where a sample lies nearer to another stretch of the outline.
    """
    line = _calm(line, 4)
    along = _calm(np.roll(line, -1, axis=0) - np.roll(line, 1, axis=0), 4)
    across = (
        along[:, ::-1] * np.array((-1, 1), np.float32) / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6)
    )
    steps = np.arange(-_REACH, _REACH + 0.1, 0.5, dtype=np.float32)
    places = line[:, None] + steps[:, None] * across[:, None]
    samples = cv2.remap(sheet, places[..., 0], places[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    middle = len(steps) // 2
    if samples[:, middle - 2, 3].sum() < samples[:, middle + 2, 3].sum():
        across, samples = -across, samples[:, ::-1]
    score = _turns(samples[..., :3])
    score[np.abs(samples[..., 3] + steps) > 1.5 + 0.3 * np.abs(steps)] = -9
    return np.asarray(line + across * _calm(steps[_best_path(score)][:, None], 1.5))


def _turns(ratio: Floats) -> Floats:
    """How clearly each sample, from the product outwards, parts product and backdrop.

    Brightening counts less than darkening: where a product stands, a thin dark line comes first, and that is shadow.
    """
    shade, hue = ratio.mean(axis=2), ratio.max(axis=2) - ratio.min(axis=2)
    rise, fade = 2 * np.gradient(shade, axis=1), -2 * np.gradient(hue, axis=1)
    step, fade = np.maximum(-rise, 0.3 * rise), np.maximum(fade, 0)
    return np.asarray(step / (step + 0.05) + fade / (fade + 0.02))


def _best_path(score: Floats) -> npt.NDArray[np.intp]:
    """The column to take in each row for the highest sum, moving by one at most, which costs; the ends meet."""
    rows, lap = len(score), min(len(score), 60)
    laps = np.concatenate([score, score[:lap]])
    total, came = laps[0], np.zeros(laps.shape, np.intp)
    edged = np.full(laps.shape[1] + 2, -np.inf, np.float32)
    for row in range(1, len(laps)):
        edged[1:-1] = total
        left, right = edged[:-2] - _BEND, edged[2:] - _BEND
        best = np.maximum(np.maximum(left, right), total)
        came[row] = np.where(best == total, 0, np.where(best == left, -1, 1))
        total = best + laps[row]
    path = np.full(len(laps), total.argmax())
    for row in range(len(laps) - 1, 0, -1):
        path[row - 1] = path[row] + came[row, path[row]]
    return np.concatenate([path[rows : rows + lap // 2], path[lap // 2 : rows]])


def _calm(values: Floats, sigma: float) -> Floats:
    """A Gaussian along a closed line."""
    wide = int(3 * sigma) + 1
    laps = np.pad(values, ((wide, wide), (0, 0)), mode="wrap")
    return cv2.GaussianBlur(laps, (1, 2 * wide + 1), 0.01, sigmaY=sigma)[wide:-wide]


def frayed(product: Mask, backdrop: Backdrop, edges: Floats) -> Mask:
    """Where hair or fur stands out from a product: edge beside edge, with backdrop between them."""
    inner, outer = _distance(product), _distance(~product)
    belt = (inner < 8) & (outer < 8)
    plain = backdrop.off < 0.09 + 3 * backdrop.noise
    between = belt & (edges > 0.012) & np.where(product, plain & (inner > 2.5), outer > 3.5)
    share, all_of_it = (cv2.boxFilter(m.astype(np.float32), -1, (41, 41)) for m in (between, belt))
    hairy = (share > 0.06 * all_of_it + 0.002) & belt
    return _dilate(hairy, 40) if hairy.sum() > 0.28 * belt.sum() else np.zeros_like(product)


def _flood(free: Mask, plain: Mask) -> Mask:
    """What the frame reaches; a shadow lies open to it, so only plain backdrop is followed through narrow gaps."""
    narrow, wide = _reach(free, gap=3), _reach(free, gap=12)
    near = _distance(~wide) < 9
    return narrow & (near | plain)


def _reach(free: Mask, *, gap: int) -> Mask:
    """What the frame reaches without squeezing through gaps in the outline narrower than 2 x gap."""
    wide = cv2.copyMakeBorder(_erode(free, gap).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    _, labels = cv2.connectedComponents(wide, connectivity=4)
    return _dilate(labels[1:-1, 1:-1] == labels[0, 0], gap) & free


def _tinted_shadows(outside: Mask, shade: Mask, smooth: Mask) -> Mask:
    """Shadows in the product's hue: no edge parts them from the backdrop, while one parts them from the product."""
    patches = _Patches.of(shade & ~outside)
    edge = _dilate(~smooth, 3)
    outer, inner = patches.belt(0, 4, outside), patches.belt(0, 4, ~outside)
    beside = outer.sizes() > 0.3 * (outer.sizes() + inner.sizes())
    return (beside & (outer.mean(edge) < 0.2) & (inner.mean(edge) > 0.5))[patches.labels]


def _shadows(outside: Mask, shade: Mask, backdrop: Backdrop, edges: Floats) -> Mask:
    """Patches in the backdrop's own hue that hardly any edge, or a soft one, parts from it.

    A hard shadow has a clearer edge; then a change of hue has to part it from the product.
    """
    patches = _Patches.of(shade & ~outside)
    dark, hue = patches.mean(backdrop.shade, backdrop.hue)
    crest = patches.belt(0, 4, outside).mean(cv2.dilate(edges, _disc(2)))
    step = np.nan_to_num(np.abs(dark - patches.belt(3, 7, outside).mean(backdrop.shade)))
    parted = patches.belt(3, 7, ~outside).mean(backdrop.hue) - hue > 0.1
    soft = crest < np.maximum(0.004, 0.03 * step)
    hard = (crest < 0.05 * step) & parted & (step < 0.75)
    own = hue < np.where(dark < -0.015, 0.045, 0.006 + 1.5 * backdrop.noise)
    return (own & (soft | hard))[patches.labels]


def _openings(inside: Mask, smooth: Mask, backdrop: Backdrop) -> Mask:
    """Patches of backdrop within the product, such as the hole of a handle: its very hue, hardly shaded, a clear rim.

    A small patch may as well be a gleam or white print; it has to be long, near the outline as gaps in fur are, or one
    of many as the holes of a basket.
    """
    off, noise = backdrop.off, backdrop.noise
    close = 0.03 + 2 * noise
    patches = _Patches.of(inside & ((smooth & (off < 2 * close)) | (off < close)), core=0)
    contrast = patches.belt(3, 6, inside).mean(off)
    wide, deep, *channels = patches.mean(_distance(patches.labels > 0), _distance(inside), *cv2.split(backdrop.ratio))
    hue, far = np.ptp(channels, axis=0), np.abs(channels).max(axis=0)
    bare = (far < 0.05) & (hue < 0.01 + 0.004 * contrast) & (contrast > 0.1 + noise)
    clear = (wide > 3) | ((wide > 1.2) & (deep < 25)) | ((contrast > 0.5) & (patches.areas() > 400))
    many = bare & (wide > 1.7) & (hue < 0.008) & (far < 0.012) & (contrast > 0.3)
    many &= many.sum() >= 6
    return _with_tails(((bare & clear) | many)[patches.labels], off)


def _with_tails(openings: Mask, off: Floats) -> Mask:
    """Follows an opening to where it narrows to less than a pixel, as between two handles: a valley in `off`."""
    valley = cv2.morphologyEx(off, cv2.MORPH_BLACKHAT, _disc(3)) > 0.3
    _, labels = cv2.connectedComponents((valley | openings).astype(np.uint8))
    return openings | (valley & np.isin(labels, np.unique(labels[openings])))


@dataclass(frozen=True)
class _Patches:
    """The joined patches of a mask by number, 0 for everything else, and how far each other pixel is from its nearest."""

    labels: Labels
    nearest: Labels
    distance: Floats

    @classmethod
    def of(cls, mask: Mask, *, core: int = 1) -> Self:
        """Bridges narrower than 2 x core do not join patches."""
        seeds = _erode(mask, core)
        distance, nearest = cv2.distanceTransformWithLabels(
            (~seeds).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_CCOMP
        )
        beyond = np.maximum(distance - core, 0) if seeds.any() else np.full(mask.shape, np.inf, np.float32)
        return cls(np.where(beyond < 0.5, nearest, 0), nearest, beyond)

    def belt(self, near: float, far: float, where: Mask) -> _Belt:
        """The pixels of `where` that lie `near` to `far` pixels beyond a patch."""
        places = np.flatnonzero((self.distance > near + 0.5) & (self.distance < far + 0.5) & where)
        return _Belt(places, self.nearest.ravel()[places], self.count)

    @property
    def count(self) -> int:
        return int(self.nearest.max(initial=0)) + 1

    def mean(self, *values: Floats | Mask) -> list[Means]:
        places = np.flatnonzero(self.labels)
        return [_Belt(places, self.labels.ravel()[places], self.count).mean(these) for these in values]

    def areas(self) -> Means:
        return np.bincount(self.labels.ravel(), minlength=self.count).astype(np.float64)


@dataclass(frozen=True)
class _Belt:
    """Pixels by place, each with the number of the patch that it belongs to or lies beside."""

    places: npt.NDArray[np.intp]
    labels: Labels
    count: int

    def sizes(self) -> Means:
        return np.bincount(self.labels, minlength=self.count).astype(np.float64)

    def mean(self, values: Floats | Mask) -> Means:
        """Not a number for patches of which fewer than 20 pixels are seen, and for 0."""
        seen = self.sizes()
        means = np.bincount(self.labels, weights=values.ravel()[self.places], minlength=self.count)
        means = means / np.maximum(seen, 1)
        means[seen < 20] = np.nan
        means[0] = np.nan
        return means


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
    parts = _Patches.of(inside)
    areas = parts.areas()
    large = areas > max(60, 0.004 * areas[1:].max(initial=0))
    (off_by,) = parts.mean(off)
    keep: Mask = large & (parts.belt(0, 2, ~inside).mean(edge) > 0.4) & (off_by > distinct)
    return keep[parts.labels] & inside


def _distance(mask: Mask) -> Floats:
    """From each pixel of the mask to the nearest pixel outside it."""
    return cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 3)


def _erode(mask: Mask, radius: int) -> Mask:
    """Beyond the frame counts as set: a mask that touches it is not eaten there."""
    return cv2.erode(mask.astype(np.uint8), _disc(radius), borderType=cv2.BORDER_CONSTANT, borderValue=1).astype(bool)


def _dilate(mask: Mask, radius: int) -> Mask:
    return cv2.dilate(mask.astype(np.uint8), _disc(radius)).astype(bool)


def _disc(radius: int) -> cv2.typing.MatLike:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
