"""Several products as one group: how large each is, and which stands in front of which.

Lengths are in heights of the tallest product. On the floor, x runs to the right and z towards the camera.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.model.arrays import Alpha
from assetgen.picture.light.footprint import PITCH

MOST_APART = 4.0
"""The most times that the largest product is shown as long as the smallest."""

MOST_HIDDEN = 0.25
"""The share of a product that those before it may hide."""
FIRST_HIDDEN = 0.1
"""The share that they may hide of the first one, which the picture is about."""
LABEL = 0.5
"""The middle of a product, in shares of its width and height, which nothing may hide."""

_SAFELY = 0.8
"""The part of those shares that is used on the grid: products still change in size a little, and edges get finer."""

_DEEP = 0.4
"""The way from the middle of a foot to its front, in widths of the product: bottles are round, but bags are not."""

_FARTHER = 0.06
"""The share by which a product is smaller for each height of the tallest that it stands farther back."""
_FARTHEST = 0.88
"""The share of its size that a product has at least, however far back it stands."""

_OVERLAP = 0.16
"""The best overlap of neighbours, in widths of the narrower: edges that only just touch look like a mistake."""

_ASIDE = 0.14
"""The best way from the middle of the group to the tallest, in widths of the group."""

_FORWARD = 0.5
"""The way that a product of no height would stand before the tallest, in heights of the tallest."""

_NEARER = (0.0, 0.5, 1.0, 2.0, 3.5, 5.0)
"""The ways nearer to the camera than it must be that a product is tried at, in heights of the product."""

_WIDTHS = (0.3, 0.38, 0.48, 0.6, 0.74, 0.9, 1.05, 2.0)
"""The widths tried for a group, in those of all its products side by side; the last always has room."""

_PLACES = 41
"""The number of places tried from left to right."""

_CELLS = 32
"""The cells, for the height of the tallest, of the grid on which hiding is measured."""

_NEAR = 2
"""The cells between two outlines up to which they seem to touch."""
_CLEARLY = 0.02
"""The share of a product from which it is hidden clearly, and not just touched."""


class GroupExtent(NamedTuple):
    """The room of a group: width, height, and how far apart nearest and farthest base may be; all in one unit."""

    width: float
    height: float
    depth: float


class GroupSpot(NamedTuple):
    """A product in its group: the left top corner, from that of the group, and its width."""

    number: int
    left: float
    top: float
    width: float


def lengths(sizes: Sequence[tuple[int, int]], heights: Sequence[float | None]) -> list[float]:
    """The longer sides of products, the longest 1, from the sizes of their photos and their heights in mm.

    True to each other up to MOST_APART; where they are farther apart, all relations are raised to the power that brings
    the largest down to it. An unknown length is the median of the known ones; where none is known, all are the same.
    """
    known = [h and h * max(1.0, width / height) for (width, height), h in zip(sizes, heights, strict=True)]
    usual = median([length for length in known if length] or [1.0])
    filled = [length or usual for length in known]
    longest, apart = max(filled), max(filled) / min(filled)
    # A power keeps order and equal relations; cutting the extremes off would make a mug as large as a lamp.
    power = min(1.0, math.log(MOST_APART) / math.log(apart)) if apart > 1 else 1.0
    return [(length / longest) ** power for length in filled]


def arrange(alphas: Sequence[Alpha], longest: Sequence[float], room: GroupExtent) -> list[GroupSpot]:
    """The products' places, from the back to the front; the first of `alphas` is what the picture is about.

    The tallest is put down first, beside the middle; each next one where it hides nothing that must be seen and goes
    well with its neighbours. That is done for groups of several widths, and the best of them is taken.
    """
    sides = [length / max(alpha.shape) for alpha, length in zip(alphas, longest, strict=True)]
    tallest = max(alpha.shape[0] * side for alpha, side in zip(alphas, sides, strict=True))
    pieces = [_piece(n, alpha, side / tallest) for n, (alpha, side) in enumerate(zip(alphas, sides, strict=True))]
    pieces.sort(key=lambda piece: -piece.height)
    side_by_side = sum(piece.width for piece in pieces)
    widest = max(piece.width for piece in pieces)
    widths = dict.fromkeys(max(share * side_by_side, widest) for share in _WIDTHS)
    # Putting the pieces down fills a plan, and is what its cost is known from.
    return min((_Arrangement(width, room) for width in widths), key=lambda plan: plan.put_down(pieces)).spots()


@dataclass(frozen=True)
class _Member:
    """A product to be put down, its outline on the grid."""

    index: int
    width: float
    height: float
    outline: npt.NDArray[np.bool_]
    cells: int


def _piece(index: int, alpha: Alpha, side: float) -> _Member:
    width, height = alpha.shape[1] * side, alpha.shape[0] * side
    size = max(1, round(width * _CELLS)), max(1, round(height * _CELLS))
    outline = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA) > 127
    return _Member(index, width, height, outline, max(1, int(outline.sum())))


@dataclass(frozen=True)
class _PutDown:
    """A product at its place: the middle of its foot."""

    piece: _Member
    x: float
    z: float

    @property
    def left(self) -> float:
        return self.x - self.piece.width / 2

    @property
    def right(self) -> float:
        return self.x + self.piece.width / 2

    @property
    def base(self) -> float:
        """The front of the foot, down in the picture."""
        return PITCH * (self.z + _DEEP * self.piece.width)

    @property
    def top(self) -> float:
        return self.base - self.piece.height


def _lopsided(group: Sequence[_PutDown]) -> float:
    """The way from the group's middle to its weight, in widths of the group."""
    left, right = min(p.left for p in group), max(p.right for p in group)
    weight = sum(p.piece.cells for p in group)
    return abs(sum(p.x * p.piece.cells for p in group) / weight - (left + right) / 2) / (right - left)


class _Arrangement:
    """The group while it is put together: for each cell whose it is, and whether it must stay seen."""

    def __init__(self, width: float, room: GroupExtent) -> None:
        self._width, self._room = width, room
        self._middle = math.ceil((width + 1) * _CELLS)
        self._owner = np.full((6 * _CELLS, 2 * self._middle), -1)  # so large that no window leaves it
        self._label = np.zeros(self._owner.shape, bool)
        self._placed: list[_PutDown] = []
        self._seen: list[int] = []

    def put_down(self, pieces: Sequence[_Member]) -> float:
        """The distance of the group from a perfect one; infinite where not every piece finds a place."""
        total = 0.0
        self._take(_PutDown(pieces[0], 0.0, 0.0))
        for piece in pieces[1:]:
            cost, place = self._best(piece)
            if place is None:
                return math.inf
            self._take(place)
            total += cost
        left, right = self._sides()
        aside = abs(self._placed[0].x - (left + right) / 2) / (right - left)
        shape = 6 * self._smallness(self._placed) + 3 * abs(aside - _ASIDE) + 6 * _lopsided(self._placed)
        return total / len(pieces) + shape

    def _best(self, piece: _Member) -> tuple[float, _PutDown | None]:
        best, place = math.inf, None
        for x in self._across(piece):
            z = self._foremost(piece, x)
            for nearer in _NEARER:
                candidate = _PutDown(piece, x, z + nearer * piece.height)
                group = [*self._placed, candidate]
                cost = (
                    self._touching(candidate) + nearer / 5 + self._smallness(group, self._width) + 2 * _lopsided(group)
                )
                if cost >= best:  # before looking at what it hides, which takes far longer
                    break
                hidden = self._hidden(candidate)
                if cost + 3 * hidden < best and (cost := cost + 3 * hidden + 0.4 * self._kisses(candidate)) < best:
                    best, place = cost, candidate
                if hidden < math.inf:  # it comes nearer only while it hides too much
                    break
        return best, place

    def _across(self, piece: _Member) -> list[float]:
        """The places from left to right at which the group stays as narrow as planned."""
        left, right = self._sides()
        first, last = right - self._width + piece.width / 2, left + self._width - piece.width / 2
        return [first + (last - first) * n / (_PLACES - 1) for n in range(_PLACES)]

    def _sides(self) -> tuple[float, float]:
        return min(p.left for p in self._placed), max(p.right for p in self._placed)

    def _foremost(self, piece: _Member, x: float) -> float:
        """The z that it needs: its front a little before the tallest's, and its foot before all that it overlaps."""
        tallest = self._placed[0].piece
        z = _DEEP * (tallest.width - piece.width) + _FORWARD * (1 - piece.height)
        for other in self._placed:
            reach = (piece.width + other.piece.width) / 2
            beside = abs(x - other.x) / reach
            if beside < 1:
                z = max(z, other.z + 2 * _DEEP * reach * math.sqrt(1 - beside**2))
        return z

    def _smallness(self, group: Sequence[_PutDown], width: float = 0.0) -> float:
        """The logarithm of how much larger than its room the group would be."""
        width = width or max(p.right for p in group) - min(p.left for p in group)
        bases = [p.base for p in group]
        height, depth = max(bases) - min(p.top for p in group), max(bases) - min(bases)
        return math.log(max(width / self._room.width, height / self._room.height, depth / self._room.depth))

    def _hidden(self, place: _PutDown) -> float:
        """The shares of the others that it hides, added up; infinite where that is too much."""
        if self._label[self._window(place)][place.piece.outline].any():
            return math.inf
        shares = 0.0
        for other, seen, taken in zip(self._placed, self._seen, self._taken(place), strict=True):
            most = MOST_HIDDEN if other.piece.index else FIRST_HIDDEN
            if taken and seen - taken < (1 - _SAFELY * most) * other.piece.cells:
                return math.inf
            shares += taken / other.piece.cells
        return shares

    def _kisses(self, place: _PutDown) -> int:
        """The number of others that it touches without standing clearly before them."""
        behind = [taken > _CLEARLY * p.piece.cells for taken, p in zip(self._taken(place), self._placed, strict=True)]
        aside = [self._taken(replace(place, x=place.x + cells / _CELLS)) for cells in (-_NEAR, _NEAR)]
        return sum(not clearly and any(taken) for clearly, *taken in zip(behind, *aside, strict=True))

    def _taken(self, place: _PutDown) -> list[int]:
        """The number of cells of each of the others that it hides."""
        under = self._owner[self._window(place)][place.piece.outline]
        return [int(count) for count in np.bincount(under[under >= 0], minlength=len(self._placed))]

    def _touching(self, place: _PutDown) -> float:
        """The distance from the best overlap with the nearest neighbour on each side, in widths of the narrower."""
        gaps: dict[bool, float] = {}
        for other in self._placed:
            narrower = min(place.piece.width, other.piece.width)
            gap = (abs(place.x - other.x) - (place.piece.width + other.piece.width) / 2) / narrower
            side = other.x > place.x
            gaps[side] = min(gap, gaps.get(side, gap))
        return sum(min(1.5, abs(gap + _OVERLAP)) for gap in gaps.values())

    def _take(self, place: _PutDown) -> None:
        outline, window = place.piece.outline, self._window(place)  # what it hides is counted before it is painted
        self._seen = [seen - taken for seen, taken in zip(self._seen, self._taken(place), strict=True)]
        self._owner[window][outline] = len(self._placed)  # each piece is in front of those before: see _foremost
        rows, columns = (round(side * (1 - LABEL) / 2) for side in outline.shape)
        middle = np.zeros_like(outline)
        middle[rows : outline.shape[0] - rows, columns : outline.shape[1] - columns] = True
        self._label[window][outline] = middle[outline]
        self._placed.append(place)
        self._seen.append(place.piece.cells)

    def _window(self, place: _PutDown) -> tuple[slice, slice]:
        rows, columns = place.piece.outline.shape
        top, left = round(place.top * _CELLS) + 2 * _CELLS, round(place.left * _CELLS) + self._middle
        return slice(top, top + rows), slice(left, left + columns)

    def spots(self) -> list[GroupSpot]:
        """The places of all pieces; what stands farther back is a little smaller, about the middle of its base."""
        nearest, left, top = max(p.z for p in self._placed), self._placed[0].left, self._placed[0].top
        spots = []
        for place in self._placed:
            share = max(_FARTHEST, 1 - _FARTHER * (nearest - place.z))
            width, height = place.piece.width * share, place.piece.height * share
            spots.append(GroupSpot(place.piece.index, place.x - width / 2, place.base - height, width))
        left, top = min(spot.left for spot in spots), min(spot.top for spot in spots)
        return [spot._replace(left=spot.left - left, top=spot.top - top) for spot in spots]
