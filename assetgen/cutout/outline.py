"""Where a product ends and its backdrop, shadows included, begins.

A shadow fades over many pixels and a product ends within a few. So the backdrop is what can be reached from the frame
without crossing a sharp edge. All lengths are in pixels of a picture whose long side is `SIDE`.
"""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.cutout.masks import dilate, disc, distance, erode
from assetgen.cutout.patches import Patches
from assetgen.model.arrays import Floats, Region

SIDE = 800
"""Large enough for a strap, small enough to be quick; `tracing` draws the outline at the size of the photo."""


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


def find_product(backdrop: Backdrop, edges: Floats) -> Region:
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


def surroundings(backdrop: Backdrop, edges: Floats) -> Region:
    """Backdrop that the frame reaches, soft shadows included."""
    dim, tint, _ = _dimmed(backdrop, _smooth(backdrop, edges))
    return _flood(dim & (tint < 0.018 - 0.15 * backdrop.shade), backdrop.off < 0.08 + 2 * backdrop.noise)


def _smooth(backdrop: Backdrop, edges: Floats) -> Region:
    return edges < max(0.0015, 0.8 * backdrop.noise)


def _dimmed(backdrop: Backdrop, smooth: Region) -> tuple[Region, Floats, Region]:
    noise, shade = backdrop.noise, backdrop.shade
    tint = backdrop.hue - 3 * noise
    return smooth & (shade < 0.06 + 3 * noise) & (shade > -1.0), tint, tint < 0.055 - 0.35 * shade


def without_holes(product: Region) -> Region:
    """The product with everything inside its outer outline."""
    found, _ = cv2.findContours(product.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros(product.shape, np.uint8)
    cv2.drawContours(filled, found, -1, 1, cv2.FILLED)
    return filled.astype(np.bool_)


def _rounded(outside: Region, shade: Floats) -> Region:
    """The product with a calm outline, calmest at its foot, where a deep shadow hides it."""
    inside = (~outside).astype(np.uint8)
    foot = dilate(erode(outside & (shade < -0.05), 3), 11)
    return np.where(foot, cv2.GaussianBlur(inside * 255, (0, 0), 2) > 127, cv2.medianBlur(inside, 3) > 0)


def frayed(product: Region, backdrop: Backdrop, edges: Floats) -> Region:
    """Where hair or fur stands out: edge beside edge with backdrop between them, along a ragged outline."""
    calm = cv2.GaussianBlur(product.astype(np.uint8) * 255, (0, 0), 4) > 127
    inner, outer = distance(product), distance(~product)
    belt = (inner < 8) & (outer < 8)
    plain = backdrop.off < 0.09 + 3 * backdrop.noise
    between = belt & (edges > 0.009) & np.where(product, plain & (inner > 2.5), outer > 3.5)
    share, all_of_it = (cv2.boxFilter(m.astype(np.float32), -1, (41, 41)) for m in (between, belt))
    hairy = (share > 0.06 * all_of_it + 0.002) & belt
    ragged = (calm != product).sum() > 0.45 * (product & (inner < 1.5)).sum()
    return dilate(hairy, 40) if ragged and hairy.sum() > 0.15 * belt.sum() else np.zeros_like(product)


def _flood(free: Region, plain: Region) -> Region:
    """What the frame reaches; a shadow lies open to it, so only plain backdrop is followed through narrow gaps."""
    narrow, wide = _reach(free, gap=3), _reach(free, gap=12)
    near = distance(~wide) < 9
    return narrow & (near | plain)


def _reach(free: Region, *, gap: int) -> Region:
    """What the frame reaches without squeezing through gaps in the outline narrower than 2 x gap."""
    wide = cv2.copyMakeBorder(erode(free, gap).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    _, labels = cv2.connectedComponents(wide, connectivity=4)
    return dilate(labels[1:-1, 1:-1] == labels[0, 0], gap) & free


def _tinted_shadows(outside: Region, shade: Region, smooth: Region) -> Region:
    """Shadows in the product's hue: no edge parts them from the backdrop, while one parts them from the product."""
    patches = Patches.of(shade & ~outside)
    edge = dilate(~smooth, 3)
    outer, inner = patches.belt(0, 4, outside), patches.belt(0, 4, ~outside)
    beside = outer.sizes() > 0.3 * (outer.sizes() + inner.sizes())
    return (beside & (outer.mean(edge) < 0.2) & (inner.mean(edge) > 0.5))[patches.labels]


def _shadows(outside: Region, shade: Region, backdrop: Backdrop, edges: Floats) -> Region:
    """Patches in the backdrop's own hue that hardly any edge, or a soft one, parts from it.

    A hard shadow has a clearer edge; then a change of hue has to part it from the product.
    """
    patches = Patches.of(shade & ~outside)
    dark, hue = patches.mean(backdrop.shade, backdrop.hue)
    crest = patches.belt(0, 4, outside).mean(cv2.dilate(edges, disc(2)))
    step = np.nan_to_num(np.abs(dark - patches.belt(3, 7, outside).mean(backdrop.shade)))
    parted = patches.belt(3, 7, ~outside).mean(backdrop.hue) - hue > 0.1
    soft = crest < np.maximum(0.004, 0.03 * step)
    hard = (crest < 0.05 * step) & parted & (step < 0.75)
    own = hue < np.where(dark < -0.015, 0.045, 0.006 + 1.5 * backdrop.noise)
    return (own & (soft | hard))[patches.labels]


def _openings(inside: Region, smooth: Region, backdrop: Backdrop) -> Region:
    """Patches of backdrop within the product, such as the hole of a handle: its very hue, hardly shaded, a clear rim.

    A small patch may as well be a gleam or white print; it has to be long, near the outline as gaps in fur are, or one
    of many as the holes of a basket.
    """
    off, noise = backdrop.off, backdrop.noise
    close = 0.03 + 2 * noise
    patches = Patches.of(inside & ((smooth & (off < 2 * close)) | (off < close)), core=0)
    contrast = patches.belt(3, 6, inside).mean(off)
    wide, deep, *channels = patches.mean(distance(patches.labels > 0), distance(inside), *cv2.split(backdrop.ratio))
    hue, far = np.ptp(channels, axis=0), np.abs(channels).max(axis=0)
    bare = (far < 0.05) & (hue < 0.01 + 0.004 * contrast) & (contrast > 0.1 + noise)
    clear = (wide > 3) | ((wide > 1.2) & (deep < 25)) | ((contrast > 0.5) & (patches.areas() > 400))
    many = bare & (wide > 1.7) & (hue < 0.008) & (far < 0.012) & (contrast > 0.3)
    many &= many.sum() >= 6
    return _with_tails(((bare & clear) | many)[patches.labels], off)


def _with_tails(openings: Region, off: Floats) -> Region:
    """Follows an opening to where it narrows to less than a pixel, as between two handles: a valley in `off`."""
    valley = cv2.morphologyEx(off, cv2.MORPH_BLACKHAT, disc(3)) > 0.3
    _, labels = cv2.connectedComponents((valley | openings).astype(np.uint8))
    return openings | (valley & np.isin(labels, np.unique(labels[openings])))


def _contact_line(outside: Region, shade: Floats, neutral: Region) -> Region:
    """The thin dark line where a product stands on its shadow; it belongs to the shadow."""
    line = cv2.morphologyEx(shade, cv2.MORPH_BLACKHAT, disc(6)) > 0.12
    return dilate(outside & (shade < -0.08), 5) & line & neutral


def _climb(outside: Region, edges: Floats) -> Region:
    """Lets the backdrop grow up the slope of the nearest edge to its crest, where the product begins."""
    for _ in range(6):
        highest = cv2.dilate(np.where(outside, edges, -1), np.ones((3, 3), np.uint8))
        grown = outside | ((highest >= 0) & (edges > highest))
        if (grown == outside).all():
            break
        outside = grown
    return outside


def _without_crumbs(inside: Region, off: Floats, edge: Region, distinct: float) -> Region:
    """Drops specks, shreds of shadow that no edge surrounds, and what hardly differs from the backdrop."""
    parts = Patches.of(inside)
    areas = parts.areas()
    large = areas > max(60, 0.004 * areas[1:].max(initial=0))
    (off_by,) = parts.mean(off)
    keep: Region = large & (parts.belt(0, 2, ~inside).mean(edge) > 0.4) & (off_by > distinct)
    return keep[parts.labels] & inside


def lookalikes(product: Region, backdrop: Backdrop, edges: Floats) -> float:
    """The share of the product in patches that may as well be its openings, in shade: smooth, in the backdrop's hue."""
    shaded = (backdrop.shade < 0.05) & (backdrop.shade > -0.45) & (backdrop.hue < 0.03 + 3 * backdrop.noise)
    patches = Patches.of(product & shaded & _smooth(backdrop, edges), core=0)
    wide, hue = patches.mean(distance(patches.labels > 0), backdrop.hue)
    contrast = patches.belt(3, 6, product).mean(backdrop.off)
    enclosed = patches.belt(0, 6, ~product).sizes() < 20
    like = enclosed & (wide > 3) & (contrast > 0.3) & (hue < 0.025 + 2 * backdrop.noise)
    return float(patches.areas()[like].sum() / max(int(product.sum()), 1))


def combed(product: Region, backdrop: Backdrop) -> float:
    """The share of the product in grooves, a few pixels wide, that one may look through, as between a comb's teeth."""
    wide = np.ones((13, 13), np.uint8)  # square: a disc takes twice as long
    groove = cv2.morphologyEx(backdrop.off, cv2.MORPH_BLACKHAT, wide) > 0.25
    seen = (backdrop.hue < 0.06 + 3 * backdrop.noise) & (backdrop.shade > -0.5) & (backdrop.shade < 0.05)
    return float((product & groove & seen).sum() / max(int(product.sum()), 1))
