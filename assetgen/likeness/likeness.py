"""How far the product in a finished picture is still the product of the photo, whoever drew the picture.

Measured, not understood: what a photo shows is compared with what the picture shows, light and tint taken out. Values
that are compared with thresholds here were set on the samples in `benchmarks/likeness.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assetgen.likeness.comparing_product import Differences, measure_differences
from assetgen.likeness.finding_product import Found, find, refine, shape_of
from assetgen.likeness.product_template import Levels, Move, levels_of, magnification, trimmed
from assetgen.model.arrays import Box, Pixels

_CLOSE, _EXACT = 256, 128
"""Pixels on the product's longer side while it is compared, and while its place is found to a fraction of a pixel."""

_LEAST_FIT, _PLAIN_FIT = 0.3, 0.6
"""A fit below the first is not the product; above the second there is no need to look elsewhere."""

_TINY = 24
"""A product with fewer pixels than this on its longer side cannot be compared."""


@dataclass(frozen=True)
class Likeness:
    """How much of a product a picture has kept; each from 0, nothing, to 1, all that can be seen.

    score: the product of the four others. size, place: compared with where the product was put. structure: pattern,
    letters, outline and proportions. box: where it was found, as fractions of the picture; None when it was not.
    """

    score: float
    size: float
    place: float
    colour: float
    structure: float
    box: Box | None


_ABSENT = Likeness(0.0, 0.0, 0.0, 0.0, 0.0, None)


def likeness(product: Pixels, picture: Pixels, place: Box | None = None) -> Likeness:
    """`product` is a cutout, trimmed or not; `place` the box of what is seen of it, where it was put beforehand.

    Without a place it may be anywhere, from 12 % to 95 % of the picture's height: size and place are then 1.
    """
    own, levels = trimmed(product), levels_of(np.ascontiguousarray(picture[..., :3]))
    if max(own.shape[:2]) < _TINY:
        return _ABSENT
    judged: list[tuple[float, Likeness]] = []
    for found in find(own, levels, place)[:2]:
        if found.fit > _LEAST_FIT and not any(fit > _PLAIN_FIT for fit, _ in judged):
            judged.append((found.fit, _judged(own, levels, found, place)))
    return max(judged, key=lambda one: (one[1].score, one[0]), default=(0.0, _ABSENT))[1]


def _judged(own: Pixels, levels: Levels, found: Found, place: Box | None) -> Likeness:
    pixels = max(own.shape[:2]) * min(magnification(found.move), 1.0)
    longer = float(np.clip(pixels, _TINY, _CLOSE))
    move = refine(own, levels, found.move, min(longer, _EXACT)).move
    if longer > _EXACT:
        move = refine(own, levels, move, longer).move
    box = _box(own, levels[0], move)
    size, at = _against(place, box, levels[0]) if place else (1.0, 1.0)
    seen = measure_differences(own, levels, move, longer)
    colour, structure = _colour(seen), _structure(seen, move)
    return Likeness(size * at * colour * structure, size, at, colour, structure, box)


def _colour(seen: Differences) -> float:
    """A just noticeable difference is 2.3; light that is not quite as smooth as assumed makes 1 or 2."""
    return _kept(seen.colour, 3, 12) * _kept(seen.worst_colour, 5, 18) * _kept(seen.light, 0, 0.5)


def _structure(seen: Differences, move: Move) -> float:
    _, ratio, shear = shape_of(move)
    stretched = max(abs(float(np.log(max(ratio, 1e-3)))), abs(shear))
    drawn = _kept(1 - seen.detail, 0.35, 0.7) * _kept(1 - seen.outline, 0.18, 0.55)
    return drawn * _kept(stretched, 0.05, 0.3) * _kept(seen.missing, 0.01, 0.2)


def _kept(value: float, free: float, most: float) -> float:
    """1 up to the first bound, which costs nothing, 0 from the second on."""
    return float(np.clip((most - value) / (most - free), 0, 1))


def _against(place: Box, box: Box, picture: Pixels) -> tuple[float, float]:
    """Size and place, in diagonals of the box where the product was put."""
    pixels = np.array([picture.shape[1], picture.shape[0]] * 2, np.float64)
    put, seen = np.array(place) * pixels, np.array(box) * pixels
    diagonal, own = (max(float(np.hypot(*(one[2:] - one[:2]))), 1.0) for one in (put, seen))
    off = float(np.hypot(*(put[:2] + put[2:] - seen[:2] - seen[2:]))) / 2 / diagonal
    return _kept(abs(float(np.log(own / diagonal))), 0.03, 0.3), _kept(off, 0.02, 0.2)


def _box(own: Pixels, picture: Pixels, move: Move) -> Box:
    rows, columns = np.nonzero(own[..., 3] > 12)
    points = np.column_stack([columns, rows]) @ move[:, :2].T + move[:, 2] + 0.5
    half, size = magnification(move) / 2, np.array(picture.shape[1::-1])
    left, top = ((points.min(axis=0) - half) / size).tolist()
    right, bottom = ((points.max(axis=0) + half) / size).tolist()
    return left, top, right, bottom
