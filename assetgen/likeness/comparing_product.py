"""A product's photo beside the same product drawn by somebody else: in another light, but is it still the same?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.likeness.product_template import Levels, Move, fitted, lab, seen_on, steps
from assetgen.model.arrays import Floats, Pixels, Region

_GREY = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""Luminance of linear sRGB, IEC 61966-2-1."""

_DIMMEST, _BRIGHTEST = -1.3, 0.9
"""Natural logarithms of light: what is dimmer or brighter than this has another colour, not another light."""

_WARM, _ROSY = 0.14, 0.04
"""The same for a tint: half of red over blue, as from 5600 to 4900 K; and red and blue over green, which lamps lack."""

_ALIEN = 11.0
"""Colours so far apart, in CIE Lab with lightness halved, are not those of one thing in two lights."""

_COVERED = 0.2
"""Most that may lie before a product, edges of what lies there counted: 15 % of it and a seam."""

_BEND, _FURTHEST = 0.1, 0.015
"""Within which distance a product that is drawn a little off bends one way, and how far; shares of its longer side."""

_WORST = 0.06
"""The share of the detail that is judged, that which agrees least: a few letters are no more."""


@dataclass(frozen=True)
class Differences:
    """colour: mean distance in a and b of CIE Lab, light and tint taken out; worst_colour: of its worst twentieth.

    light: how far the light would have to be outside what a picture's light can do, in natural logarithms.
    detail: 1 where patterns are the same, 0 unrelated, -1 the opposite; in the places that agree least.
    outline: the share of the outline that is seen there. missing: the share of the product where there's backdrop.
    """

    colour: float
    worst_colour: float
    light: float
    detail: float
    outline: float
    missing: float


@dataclass(frozen=True)
class _Pair:
    """Photo and picture in CIE Lab on one canvas, the photo lit as the picture is."""

    own: Floats
    seen: Floats
    alpha: Floats
    core: Region
    longer: float

    def square(self, share: float) -> npt.NDArray[np.uint8]:
        """For growing by a share of the product's longer side, and one pixel at least."""
        side = 2 * max(round(share * self.longer), 1) + 1
        return np.ones((side, side), np.uint8)


def differences(product: Pixels, levels: Levels, move: Move, longer: float) -> Differences:
    """Of the trimmed product and the picture where `move` lays it, with so many pixels on its longer side."""
    small = fitted(product, longer, move)
    own, seen = (
        np.asarray(cv2.GaussianBlur(one, (0, 0), 0.7), np.float32)
        for one in (small.colours, seen_on(small, levels, move))
    )
    core = _core(small.alpha)
    lit, excess = _relit(own, seen, core)
    pair = _Pair(lab(lit), lab(seen), small.alpha, core, longer)
    off = _coarse(pair)
    far = np.asarray(np.sqrt(off[..., 1] ** 2 + off[..., 2] ** 2 + (0.5 * off[..., 0]) ** 2), np.float32)
    cover, missing = _before(pair, far)
    rest = core & ~cover
    chroma = np.sort(np.minimum(np.hypot(off[..., 1], off[..., 2])[rest], 30))
    # The worst fiftieth is left out: it is where edges don't quite meet.
    worst = chroma[-max(chroma.size // 20, 1) : -max(chroma.size // 50, 1)]
    return Differences(
        colour=float(chroma.mean()) if chroma.size else 0.0,
        worst_colour=float(worst.mean()) if worst.size else 0.0,
        light=excess,
        detail=max(_detail(pair, rest), _detail(_settled(pair), rest)),
        outline=_outline(pair, far, cover),
        missing=missing,
    )


def _core(alpha: Floats) -> Region:
    """Where nothing shines through; of thin things, where most is product."""
    core = cv2.erode((alpha > 0.9).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return next((one for one in (core, alpha > 0.6, alpha > 0.2) if one.sum() >= 40), alpha > 0)


def _linear(colours: Floats) -> Floats:
    return np.asarray(np.clip(colours, 0, 1) ** 2.2 + 0.02, np.float32)


def _relit(own: Floats, seen: Floats, core: Region) -> tuple[Floats, float]:
    """The photo in the picture's light: a smooth change of brightness and a tint, both as far as light goes."""
    light = _linear(own)
    ratio = np.log(_linear(seen)) - np.log(light)
    grey = np.asarray(ratio @ _GREY, np.float32)
    smooth = _surface(grey, core)
    bounded = np.clip(smooth, _DIMMEST, _BRIGHTEST)
    red, green, blue = (float(np.median((ratio[..., n] - grey)[core])) for n in range(3))
    warm = float(np.clip((red - blue) / 2, -_WARM, _WARM))
    rosy = float(np.clip((red + blue) / 2 - green, -_ROSY, _ROSY)) / 3
    tint = np.array([rosy + warm, -2 * rosy, rosy - warm], np.float32)
    tint -= tint @ _GREY
    lit = np.clip(light * np.exp(bounded[..., None] + tint) - 0.02, 0, 1) ** (1 / 2.2)
    return np.asarray(lit, np.float32), float(np.abs(smooth - bounded)[core].mean())


def _surface(values: Floats, core: Region) -> Floats:
    """A quadratic surface through the values, by least squares that pass over what lies far off (Cauchy weights)."""
    high, wide = values.shape
    y, x = np.mgrid[-1 : 1 : high * 1j, -1 : 1 : wide * 1j].astype(np.float32)
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=2)
    apart = max(int(np.sqrt(core.sum() / 1500)), 1)
    some = np.zeros_like(core)
    some[::apart, ::apart] = core[::apart, ::apart]
    A, b = terms[some], values[some]
    if len(b) < 12:
        return np.full_like(values, np.median(values[core]))
    # Bends are held back a little: few points would bend it anyhow.
    ridge = np.diag([1e-6, 0.006, 0.006, 0.02, 0.02, 0.02]).astype(np.float32) * len(b)
    weight = np.ones(len(b), np.float32)
    fit = np.zeros(6, np.float32)
    for _ in range(5):
        fit = np.linalg.solve((A.T * weight) @ A + ridge, (A.T * weight) @ b)
        weight = np.asarray(1 / (1 + ((b - A @ fit) / 0.15) ** 2), np.float32)
    return np.asarray(terms @ fit, np.float32)


def _coarse(pair: _Pair) -> Floats:
    """Photo less picture, of surfaces rather than of points."""
    sigma, inside = 0.015 * pair.longer, pair.core.astype(np.float32)
    weight = np.maximum(cv2.GaussianBlur(inside, (0, 0), sigma), 1e-2)
    off = cv2.GaussianBlur((pair.own - pair.seen) * inside[..., None], (0, 0), sigma)
    return np.asarray(off / weight[..., None], np.float32)


def _before(pair: _Pair, far: Floats) -> tuple[Region, float]:
    """What lies before the product, such as a hand, and the share of the product that is missing.

    Both go on past the outline. What is there instead of a missing part is seen elsewhere around the product too.
    What does not go on past the outline is neither: the product itself has another colour there.
    """
    alien = cv2.morphologyEx(((far > _ALIEN) & pair.core).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(alien)
    areas, area = stats[:, cv2.CC_STAT_AREA], max(int(pair.core.sum()), 1)
    largest = [n for n in sorted(range(1, count), key=lambda n: -areas[n])[:12] if areas[n] > 0.003 * area]
    around = cv2.dilate((pair.alpha > 0.5).astype(np.uint8), pair.square(0.05))
    ring = (pair.alpha < 0.05) & (around > 0)
    cover, missing = np.zeros_like(pair.core), 0
    for part in (labels == n for n in largest):
        near = cv2.dilate(part.astype(np.uint8), pair.square(0.045)) > 0
        colour = np.median(pair.seen[part], axis=0)
        if not _goes_on(pair.seen[ring & near], colour):
            continue
        if _seen_among(pair.seen[ring & ~near], colour):
            missing += int(part.sum())
        elif cover.sum() + part.sum() < _COVERED * area:
            cover |= cv2.dilate(part.astype(np.uint8), pair.square(0.03)) > 0
    return cover, missing / area


def _goes_on(beside: Floats, colour: Floats) -> bool:
    return len(beside) >= 5 and float(np.linalg.norm(np.median(beside, axis=0) - colour)) < 16


def _seen_among(elsewhere: Floats, colour: Floats) -> bool:
    return len(elsewhere) > 0 and float((np.linalg.norm(elsewhere - colour, axis=1) < 12).mean()) > 0.12


def _settled(pair: _Pair) -> _Pair:
    """The picture moved a little, and smoothly, to where its lines lie on those of the photo.

    A place that is found is exact to half a pixel, and who draws a product anew bends it by as much: fine weave would
    look like another one. Letters don't become others: what moves them moves all that is near by.
    """
    own, seen = (np.clip(one[..., 0] * 2.55, 0, 255).astype(np.uint8) for one in (pair.own, pair.seen))
    inside = cv2.dilate(pair.core.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    nothing = np.zeros((*own.shape, 2), np.float32)
    if min(own.shape) < 40:
        return pair
    flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST).calc(own, np.where(inside, seen, own), nothing)
    weight = np.asarray(pair.core * np.minimum(steps(pair.own), 10), np.float32)
    stiff = pair.square(_BEND).shape
    near = cv2.blur(weight, stiff)[..., None] + 0.05
    smooth = cv2.blur(flow * weight[..., None], stiff) / near
    smooth = np.clip(smooth, -_FURTHEST * pair.longer, _FURTHEST * pair.longer)
    y, x = np.mgrid[0 : own.shape[0], 0 : own.shape[1]].astype(np.float32)
    moved = cv2.remap(
        pair.seen, x + smooth[..., 0], y + smooth[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return replace(pair, seen=np.asarray(moved, np.float32))


def _detail(pair: _Pair, rest: Region) -> float:
    """Contrast and structure of SSIM (Wang et al., 2004) on lightness, in the windows that agree least.

    Windows count by what there is to see in them, in the photo or in the picture: plain surfaces tell nothing.
    """
    agree, tell = _structure(pair, rest)
    cell = max(round(pair.longer / 20), 4)
    grid = max(rest.shape[1] // cell, 1), max(rest.shape[0] // cell, 1)
    share, told, sums = (
        cv2.resize(one.astype(np.float32), grid, interpolation=cv2.INTER_AREA) for one in (rest, tell, tell * agree)
    )
    filled = share > 0.2
    if not filled.any():
        return 1.0
    agreed = sums[filled] / np.maximum(told[filled], 1e-6)
    order = np.argsort(agreed)
    agreed, weight = agreed[order], told[filled][order] + 0.01
    # Two windows at least: one alone may be a highlight.
    worst = np.cumsum(weight) <= max(_WORST * weight.sum(), weight[:2].sum())
    return float((weight * agreed)[worst].sum() / weight[worst].sum())


def _structure(pair: _Pair, rest: Region) -> tuple[Floats, Floats]:
    """At every point, -1 to 1, how alike the two are around it, and 0 to 1, how much there is to see."""
    sigma, inside = max(0.012 * pair.longer, 1.2), rest.astype(np.float32)
    weight = np.maximum(cv2.GaussianBlur(inside, (0, 0), sigma), 1e-2)

    def mean(values: Floats) -> Floats:
        return np.asarray(cv2.GaussianBlur(values * inside, (0, 0), sigma) / weight, np.float32)

    a, b = pair.own[..., 0], pair.seen[..., 0]
    mean_a, mean_b = mean(a), mean(b)
    both, var_a, var_b = mean(a * b) - mean_a * mean_b, mean(a * a) - mean_a**2, mean(b * b) - mean_b**2
    # The constants are a noise of 1.7 levels of lightness, and a contrast of 4 of them, which is plain to see.
    most = np.maximum(np.maximum(var_a, var_b), 0)
    agree = (2 * both + 6) / (np.maximum(var_a, 0) + np.maximum(var_b, 0) + 6)
    return np.asarray(agree, np.float32), np.asarray(np.where(rest, most / (most + 15), 0), np.float32)


def _outline(pair: _Pair, far: Floats, cover: Region) -> float:
    """The share of the outline along which the picture changes its colour there, rather than a little beside it."""
    solid = (pair.alpha > 0.5).astype(np.uint8)
    line = (solid > cv2.erode(solid, np.ones((3, 3), np.uint8))) & ~cover
    change = steps(pair.seen)
    # The product's own edges beside its outline, a rim or a seam, are not its outline in a wrong place.
    strange = np.maximum(change - cv2.dilate(steps(pair.own), np.ones((5, 5), np.uint8)), 0)
    there = cv2.dilate(change, pair.square(0.008))[line]
    around = cv2.dilate(np.asarray(strange, np.float32), pair.square(0.03))[line]
    wrong = cv2.dilate(np.where(pair.alpha > 0.9, far, 0), np.ones((5, 5), np.uint8))[line] > _ALIEN
    # Where nothing changes, the product stands before its own colour, and tells little, or isn't there.
    plain = around > 4
    good = np.where(plain, there >= 0.6 * around, ~wrong)
    weight = np.where(plain | wrong, 1.0, 0.3)
    return float((weight * good).sum() / weight.sum()) if weight.size else 1.0
