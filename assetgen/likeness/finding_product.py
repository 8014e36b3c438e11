"""The place in a picture of a product that somebody drew anew: how large, how turned, how stretched.

Colours are CIE Lab. How products are found was mended on the drawn ones of `python -m benchmarks.likeness`.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.likeness.product_template import (
    KEPT,
    Levels,
    Move,
    Template,
    edges,
    fitted,
    joined,
    lab,
    magnification,
    seen_on,
    template,
)
from assetgen.model.arrays import Box, Floats, Pixels

_COARSEST = 30
"""Pixels on the longer side of a small product while it is looked for."""

_COARSE = 40
"""The same of a product that isn't small."""

_FINE = 72
"""The same while a place that was found is made exact."""

_SMALL = 0.2
"""The height, in pictures, below which a product is small: looking closely would take as long as all the rest."""

_SMALLEST = 0.12
"""The height, in pictures, of the smallest product that is looked for."""

_LARGEST = 0.95
"""The height of the largest one."""

_STEP = 1.1
"""The ratio of one height that is tried to the one before."""

_NEAR = (0.6, 1.4)
"""The heights between which a product is looked for whose place is known, beside the known one."""

_PAD = 4
"""Pixels around the picture at the size of the template, so that a product at its edge is found."""

_PLACES = 2
"""The best places that are kept of each height."""

_APART = _COARSE // 4
"""Pixels around a place within which another one is the same."""

_COLOURLESS = 0.3
"""The worth of lines alone, where colours are not alike at all."""

_LIKE = 0.7
"""The worth of like colours in addition."""

_FAR_OFF = 900
"""The squared difference of colour above which more of it counts no more."""

_ALIKE = (0.8, 1.25)
"""The ratios of size between which two places may be the same."""

_SAME_PLACE = 0.15
"""How far apart, in the product's longer side, such places are at most."""

_LINES_REACH = 4
"""Pixels around a product that are looked at while its place is made exact."""

_JUDGED_REACH = 2
"""Pixels around it that are looked at while its place is judged."""

_ROUNDS = 30
"""Rounds of making a place exact at most."""

_EXACT = 2e-4
"""The gain in correlation below which a place is exact."""

_ECC_BLUR = 5
"""Pixels of the blur that OpenCV lays over both pictures before it compares them."""

_TINTED = 14.0
"""The difference, in a and b, of colours that may still be one in two lights: sigma of a bell curve."""

_CANDIDATES = 3
"""Places that are made exact."""

_TURN = 12.0
"""Degrees by which a product may be turned; what has moved more than these bounds has lost its way."""

_STRETCH = 1.6
"""The ratio of its sides at most, beside the photo's."""

_SHEAR = 0.25
"""The shear at most: how far its top goes to the side, in heights."""

_GROWN = 1.4
"""The ratio of its sizes, made exact and before, at most."""


@dataclass(frozen=True)
class Found:
    """A place where a product may be."""

    move: Move
    """The way from pixels of the trimmed cutout to those of the picture."""

    fit: float
    """How well the product fits there, 0 to 1."""


def find_places(product: Pixels, levels: Levels, place: Box | None) -> list[Found]:
    """The places where the trimmed product (RGBA) may be, the likeliest first."""
    moves = _distinct(_search(product, levels, place))
    if place:
        moves.insert(0, place_of(place, product, levels[0]))
    return sorted((refine_move(product, levels, move, _FINE) for move in moves), key=lambda found: -found.fit)


def place_of(place: Box, product: Pixels, picture: Pixels) -> Move:
    high, wide = picture.shape[:2]
    left, top, right, bottom = place[0] * wide, place[1] * high, place[2] * wide, place[3] * high
    across, down = (right - left) / product.shape[1], (bottom - top) / product.shape[0]
    return np.array([[across, 0, left + (across - 1) / 2], [0, down, top + (down - 1) / 2]], np.float32)


def _search(product: Pixels, levels: Levels, place: Box | None) -> list[Found]:
    """The template keeps its size and the picture has many, so that a small product is seen as well as a large one."""
    high, wide = product.shape[:2]
    templates = {longer: template(product, longer) for longer in (_COARSEST, _COARSE)}
    least, most = (_SMALLEST, _LARGEST) if place is None else [(place[3] - place[1]) * near for near in _NEAR]
    # It is no wider than the picture.
    most = min(most, _LARGEST * levels[0].shape[1] / levels[0].shape[0] * high / wide, 1.0)
    found: list[Found] = []
    while least <= most:
        longer = _COARSEST if least < _SMALL else _COARSE
        found += _matches(templates[longer], levels, longer * high / max(high, wide) / least)
        least *= _STEP
    return found


def _matches(small: Template, levels: Levels, height: float) -> list[Found]:
    """The best places in the picture made so many pixels high."""
    picture = levels[0]
    size = max(round(picture.shape[1] * height / picture.shape[0]), 2), max(round(height), 2)
    base = next((one for one in reversed(levels) if one.shape[0] >= height), picture)
    level = cv2.resize(base, size, interpolation=cv2.INTER_AREA)
    level = cv2.copyMakeBorder(level, _PAD, _PAD, _PAD, _PAD, cv2.BORDER_REPLICATE)
    if level.shape[0] < small.alpha.shape[0] or level.shape[1] < small.alpha.shape[1]:
        return []
    fit = _fit(small, np.asarray(level / np.float32(255), np.float32))
    to_picture = np.array([picture.shape[1] / size[0], picture.shape[0] / size[1]])
    found = []
    for _ in range(_PLACES):
        _, best, _, (x, y) = cv2.minMaxLoc(fit)
        move = cv2.invertAffineTransform(small.to_product).astype(np.float64)
        move[:, 2] += (x - _PAD + 0.5, y - _PAD + 0.5)
        move *= to_picture[:, None]
        move[:, 2] -= 0.5
        found.append(Found(move.astype(np.float32), best))
        cv2.circle(fit, (x, y), _APART, -1.0, -1)
    return found


def _fit(small: Template, level: Floats) -> Floats:
    """How well the template fits at each position, 0 to 1: edges where they should be, times how near colours are."""
    near = small.near(_JUDGED_REACH).astype(np.float32)
    lines = cv2.matchTemplate(edges(level), small.lines, cv2.TM_CCOEFF_NORMED, mask=near)
    both = np.dstack([small.inner, small.inner])
    chroma = np.ascontiguousarray(lab(level)[..., 1:])
    off = cv2.matchTemplate(chroma, small.chroma, cv2.TM_SQDIFF, mask=both) / max(float(small.inner.sum()), 1)
    lines = np.nan_to_num(lines, nan=0, posinf=0, neginf=0).clip(0, 1)
    return np.asarray(lines * (_COLOURLESS + _LIKE * np.exp(-np.maximum(off, 0) / (2 * _TINTED**2))), np.float32)


def _distinct(found: list[Found]) -> list[Move]:
    """The best ones that are not the same one seen twice."""
    kept: list[Move] = []
    for one in sorted(found, key=lambda one: -one.fit):
        if len(kept) < _CANDIDATES and not any(_same(one.move, other) for other in kept):
            kept.append(one.move)
    return kept


def _same(one: Move, other: Move) -> bool:
    ratio = float(one[1, 1] / other[1, 1])
    least, most = _ALIKE
    return least < ratio < most and bool(np.abs(one[:, 2] - other[:, 2]).max() < _SAME_PLACE * KEPT * one[1, 1])


def refine_move(product: Pixels, levels: Levels, move: Move, longer: float) -> Found:
    """The move made exact by the enhanced correlation coefficient (Evangelidis and Psarakis, 2008) of the edges."""
    small = fitted(product, longer, move)
    seen = edges(seen_on(small, levels, move))
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _ROUNDS, _EXACT)
    step = np.eye(2, 3, dtype=np.float32)
    try:
        cv2.findTransformECC(small.lines, seen, step, cv2.MOTION_AFFINE, stop, small.near(_LINES_REACH), _ECC_BLUR)
    except cv2.error:  # nothing there looks like it, so that there is nowhere to go
        return Found(move, _agreement(small, levels, move))
    better = joined(move, joined(small.to_product, joined(step, cv2.invertAffineTransform(small.to_product))))
    tries = [move, better] if _plausible(better, move) else [move]
    return max((Found(one, _agreement(small, levels, one)) for one in tries), key=lambda found: found.fit)


def _plausible(move: Move, before: Move) -> bool:
    turn, ratio, shear = shape_of(move)
    grown = magnification(move) / magnification(before)
    kept = 1 / _STRETCH < ratio < _STRETCH and 1 / _GROWN < grown < _GROWN
    return kept and abs(turn) < _TURN and abs(shear) < _SHEAR


def shape_of(move: Move) -> tuple[float, float, float]:
    """The degrees by which a move turns, width by height compared with the photo's, and its shear."""
    (a, b), (c, d) = move[:, :2].tolist()
    across, area = float(np.hypot(a, c)), a * d - b * c
    if area <= 0:
        return 0.0, 0.0, 0.0
    return float(np.degrees(np.arctan2(c, a))), across * across / area, (a * b + c * d) / area


def _agreement(small: Template, levels: Levels, move: Move) -> float:
    near, seen = small.near(_JUDGED_REACH) > 0, seen_on(small, levels, move)
    ours, theirs = small.lines[near], edges(seen)[near]
    if not (np.ptp(ours) and np.ptp(theirs)):  # nothing is to be seen there, or of the product
        return 0.0
    lines = float(np.corrcoef(ours, theirs)[0, 1])
    off = ((lab(seen)[..., 1:] - small.chroma) ** 2).sum(axis=2)[small.inner > 0]
    colours = float(np.exp(-np.minimum(off, _FAR_OFF) / (2 * _TINTED**2)).mean())
    return max(lines, 0.0) * (_COLOURLESS + _LIKE * colours) if np.isfinite(lines) else 0.0
