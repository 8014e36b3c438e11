"""The likeness of the product in a finished picture to that of the photo, whoever drew the picture.

Measured, not understood: what a photo shows is compared with what the picture shows, light and tint taken out. Values
that are compared with thresholds here were set on the samples in `benchmarks/likeness.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assetgen.likeness.comparing_product import Differences, measure_differences
from assetgen.likeness.finding_product import Found, find_places, place_of, refine_move, shape_of
from assetgen.likeness.product_template import Levels, Move, levels_of, magnification, trimmed
from assetgen.model.arrays import Box, Pixels

_CLOSE = 256
"""Pixels on the product's longer side, at most, while it is compared."""

_EXACT = 128
"""The same while its place is found to a fraction of a pixel."""

_LEAST_FIT = 0.3
"""The fit, 0 to 1, up to which it is not the product."""

_PLAIN_FIT = 0.6
"""The fit above which there is no need to look elsewhere."""

_TRIES = 2
"""Places that are compared at most."""

_TINY = 24
"""Pixels on its longer side below which a product cannot be compared."""

_SEEN = 12
"""The alpha, 0 to 255, up to which nothing is seen of a pixel."""

_NARROWEST = 1e-3
"""The ratio of the sides at least, so that it has a logarithm."""

# Bounds in pairs: up to the first all of the likeness is kept, from the second on nothing.

_MEAN_COLOUR = (3, 12)
"""The mean difference in CIE Lab; a just noticeable one is 2.3, and light that is not smooth makes 1 or 2."""

_WORST_COLOUR = (5, 18)
"""The same of the twentieth that agrees least."""

_LIGHT = (0, 0.5)
"""The light, in natural logarithms, beyond what light can do."""

_DETAIL = (0.35, 0.7)
"""The correlation that patterns lack to be the same."""

_OUTLINE = (0.18, 0.55)
"""The share of the outline that is not seen."""

_STRETCHED = (0.05, 0.3)
"""The logarithm of the ratio of the sides beside the photo's, or the shear."""

_MISSING = (0.01, 0.2)
"""The share of the product that is not there."""

_SIZE = (0.03, 0.3)
"""The logarithm of the ratio of the diagonals, seen and put."""

_PLACE = (0.02, 0.2)
"""The way from where it was put to where it is seen, in diagonals."""


@dataclass(frozen=True)
class Likeness:
    """How much of a product a picture has kept; each from 0, nothing, to 1, all that can be seen."""

    score: float
    """The product of the four others."""

    size: float
    """Its size, compared with that of the box where it was put."""

    place: float
    """Its place, compared with that of the box where it was put."""

    colour: float
    """Its colours, light and tint taken out."""

    structure: float
    """Its pattern, letters, outline and proportions."""

    box: Box | None
    """The place where it was found; None when it was not."""


_ABSENT = Likeness(0.0, 0.0, 0.0, 0.0, 0.0, None)


def likeness(product: Pixels, picture: Pixels, place: Box | None = None) -> Likeness:
    """The likeness of a product (a cutout, RGBA, trimmed or not) in a picture (H x W x 3 or 4).

    `place` is the box of what is seen of it, where it was put beforehand.

    Without a place it may be anywhere, from 12 % to 95 % of the picture's height: size and place are then 1.
    """
    own, levels = trimmed(product), levels_of(np.ascontiguousarray(picture[..., :3]))
    if max(own.shape[:2]) < _TINY:
        return _ABSENT
    judged: list[tuple[float, Likeness]] = []
    if place:  # who kept it as it was put has not moved it by a hair: made exact, a place may be a little worse
        put = place_of(place, own, levels[0])
        judged.append((0.0, _compared(own, levels, put, place)))
    for found in find_places(own, levels, place)[:_TRIES]:
        if found.fit > _LEAST_FIT and not any(fit > _PLAIN_FIT for fit, _ in judged):
            judged.append((found.fit, _judged(own, levels, found, place)))
    return max(judged, key=lambda one: (one[1].score, one[0]), default=(0.0, _ABSENT))[1]


def _judged(own: Pixels, levels: Levels, found: Found, place: Box | None) -> Likeness:
    longer = _longer(own, found.move)
    move = refine_move(own, levels, found.move, min(longer, _EXACT)).move
    if longer > _EXACT:
        move = refine_move(own, levels, move, longer).move
    return _compared(own, levels, move, place)


def _longer(own: Pixels, move: Move) -> float:
    """The pixels on the product's longer side while it is compared."""
    return float(np.clip(max(own.shape[:2]) * min(magnification(move), 1.0), _TINY, _CLOSE))


def _compared(own: Pixels, levels: Levels, move: Move, place: Box | None) -> Likeness:
    box = _box(own, levels[0], move)
    size, at = _against(place, box, levels[0]) if place else (1.0, 1.0)
    seen = measure_differences(own, levels, move, _longer(own, move))
    colour, structure = _colour(seen), _structure(seen, move)
    return Likeness(size * at * colour * structure, size, at, colour, structure, box)


def _colour(seen: Differences) -> float:
    """How much of the colours is kept, 0 to 1."""
    worst = _kept(seen.worst_colour, *_WORST_COLOUR)
    return _kept(seen.colour, *_MEAN_COLOUR) * worst * _kept(seen.light, *_LIGHT)


def _structure(seen: Differences, move: Move) -> float:
    _, ratio, shear = shape_of(move)
    stretched = max(abs(float(np.log(max(ratio, _NARROWEST)))), abs(shear))
    drawn = _kept(1 - seen.detail, *_DETAIL) * _kept(1 - seen.outline, *_OUTLINE)
    return drawn * _kept(stretched, *_STRETCHED) * _kept(seen.missing, *_MISSING)


def _kept(value: float, free: float, most: float) -> float:
    """The share that is kept: 1 up to the first bound, 0 from the second on."""
    return float(np.clip((most - value) / (most - free), 0, 1))


def _against(place: Box, box: Box, picture: Pixels) -> tuple[float, float]:
    """How much of size and place is kept, measured in diagonals of the box where the product was put."""
    pixels = np.array([picture.shape[1], picture.shape[0]] * 2, np.float64)
    put, seen = np.array(place) * pixels, np.array(box) * pixels
    diagonal, own = (max(float(np.hypot(*(one[2:] - one[:2]))), 1.0) for one in (put, seen))
    off = float(np.hypot(*(put[:2] + put[2:] - seen[:2] - seen[2:]))) / 2 / diagonal
    return _kept(abs(float(np.log(own / diagonal))), *_SIZE), _kept(off, *_PLACE)


def _box(own: Pixels, picture: Pixels, move: Move) -> Box:
    rows, columns = np.nonzero(own[..., 3] > _SEEN)
    points = np.column_stack([columns, rows]) @ move[:, :2].T + move[:, 2] + 0.5
    half, size = magnification(move) / 2, np.array(picture.shape[1::-1])
    left, top = ((points.min(axis=0) - half) / size).tolist()
    right, bottom = ((points.max(axis=0) + half) / size).tolist()
    return left, top, right, bottom
