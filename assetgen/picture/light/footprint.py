"""How a product stands, read off its outline: where its foot is, how deep, and if it leans or floats."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.model.arrays import Alpha, Floats

GRID = 170
"""Grid points over the product's longer side."""

PITCH = 0.16
"""Depth on the floor as it is seen, beside its length: the sine of a camera that looks down by 9 degrees."""

_LEANING = 0.12
"""The share of a foot from its end within which the lowest point of a leaning product lies; further in it is turned."""

_HOVER = 0.05
"""How high, in longer sides, a product floats above its shadow that could not stand the way it is seen."""

_OPAQUE = 0.5
"""The alpha, 0 to 1, above which a point is more product than not."""

_JAGS = 5
"""Columns of the median that takes jags off the lower edge."""

_CALM = 1.5
"""Sigma in columns of the blur that calms it."""

_EVEN = 0.7
"""Rows per column by which the lower edge rises at most where it runs on evenly."""

_LOW = 0.14
"""How high above the lowest point, in longer sides, such an edge may be a foot."""

_DOWN = 0.03
"""How high above it, in longer sides, the lowest point of a foot is at most."""

_AIR = 0.06
"""How far beside its foot, in widths, a product's weight may lie, for what the grid and the photo get wrong."""

_FEWEST = 3
"""Columns, or rows, below which no slope is measured."""

_TURNED = 0.5
"""How far the sides lean, beside the slope of its lower edge, of a leaning product at least."""


@dataclass(frozen=True)
class Foot:
    """A product on a grid of H x W points, GRID on its longer side, and how it stands."""

    outline: Floats
    """H x W, 0 to 1, how much of each point is product."""

    standing: Floats
    """W, 1 where a column stands and 0 elsewhere; nothing stands where the product floats."""

    lowest: Floats
    """W, the lower edge, in rows from the top."""

    gap: Floats
    """W, how far that edge hangs above the floor, in rows, because the product leans."""

    hover: float
    """How far the whole product floats above the floor, in rows."""

    @property
    def base(self) -> int:
        """The row of the floor under the product."""
        return round(float(self.lowest.max()) + self.hover)

    @property
    def depth(self) -> float:
        """The rows that the footprint takes on the floor, were it round; a photo from high above shows it deeper."""
        front = (self.lowest + self.gap)[self.standing > 0]
        return max(PITCH * front.size, 2 * float(np.ptp(front))) if front.size else 0.0


def foot_of(alpha: Alpha) -> Foot:
    """The foot of a product with this alpha.

    Columns stand where the lower edge runs on evenly from its lowest point: handles and overhangs do not.
    """
    step = max(alpha.shape) / GRID
    size = max(3, round(alpha.shape[1] / step)), max(3, round(alpha.shape[0] / step))
    outline = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    lowest = _lower_edge(outline)
    standing = _standing(lowest)
    if _topples(outline, standing):
        nothing = np.zeros_like(lowest)
        return Foot(outline, nothing, lowest, nothing, _HOVER * GRID)
    return Foot(outline, standing, lowest, _gap(outline, lowest, standing), 0.0)


def _lower_edge(outline: Floats) -> Floats:
    """The lower edge of each column, W, to a part of a row.

    It is the last row that is more product than not, and what the next has of it.
    """
    opaque, size = outline > _OPAQUE, outline.shape[0]
    ends = np.where(opaque.any(axis=0), size - opaque[::-1].argmax(axis=0), 0)
    below = np.pad(outline, ((0, 1), (0, 0)))[ends, np.arange(ends.size)]
    whole = outline[np.maximum(ends - 1, 0), np.arange(ends.size)]
    edge = np.where(ends > 0, ends - 1 + whole + below, 0).astype(np.float32)
    # Cutouts are ragged below, where the photo's own shadow was.
    calm: Floats = cv2.GaussianBlur(cv2.medianBlur(edge[None], _JAGS), (0, 0), _CALM)[0].astype(np.float32)
    return calm


def _standing(lowest: Floats) -> Floats:
    """The columns that stand, W, 1 or 0, by their lower edge."""
    base = lowest.max()
    even = (np.abs(np.gradient(lowest)) < _EVEN) & (base - lowest < _LOW * GRID)
    standing = np.zeros(lowest.size, np.float32)
    for run in np.split(np.arange(even.size), np.flatnonzero(np.diff(even)) + 1):
        if even[run[0]] and base - lowest[run].max() < _DOWN * GRID:
            standing[run] = 1
    return standing


def _topples(outline: Floats, standing: Floats) -> bool:
    """Whether a product's weight lies beside everything it could stand on."""
    columns, weight = np.flatnonzero(standing), outline.sum(axis=0)
    if not columns.size:
        return True
    middle = float((weight * np.arange(weight.size)).sum() / max(weight.sum(), 1e-6))
    air = _AIR * weight.size
    return not columns[0] - air <= middle <= columns[-1] + air


def _gap(outline: Floats, lowest: Floats, standing: Floats) -> Floats:
    """The room below a product that leans, in rows for each column.

    A foot that curves up at both ends, as round ones do, touches all along; so does the lower edge of a box that is
    turned: it runs up to the back, but its sides stay upright.
    """
    columns = np.flatnonzero(standing)
    if columns.size < _FEWEST:
        return np.zeros_like(lowest)
    slope = float(np.polyfit(columns, lowest[columns], 1)[0])
    pivot = columns[-1] if slope > 0 else columns[0]
    lowest_within = abs(int(columns[lowest[columns].argmax()]) - pivot) > _LEANING * np.ptp(columns)
    if lowest_within or _tilt(outline) / slope < _TURNED:
        return np.zeros_like(lowest)
    gap: Floats = np.maximum(slope * (pivot - np.arange(lowest.size)), 0).astype(np.float32)
    return gap


def _tilt(outline: Floats) -> float:
    """The columns by which the two sides lean to the left for each row down, in the mean."""
    opaque = outline > _OPAQUE
    rows = np.flatnonzero(opaque.any(axis=1))
    rows = rows[rows.size // 3 : rows.size * 5 // 6]
    if rows.size < _FEWEST:
        return 0.0
    sides = opaque[rows].argmax(axis=1), opaque.shape[1] - opaque[rows, ::-1].argmax(axis=1)
    return -float(np.mean([np.polyfit(rows, side, 1)[0] for side in sides]))
