"""How a product stands, read off its outline: where its foot is, how deep, and if it leans or floats."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.model.arrays import Alpha, Floats

GRID = 170
"""Grid points over the product's longer side."""

PITCH = 0.16
"""How depth on the floor is foreshortened: the sine of a camera that looks down by 9 degrees."""

_LEANING = 0.12
"""A product leans if its lowest point is this near to an end of its foot; one with its corner further in is turned."""

_HOVER = 0.05
"""How high above its shadow a product floats that could not stand the way it is seen."""


@dataclass(frozen=True)
class Foot:
    """A product on a grid of GRID points: its outline, and for each column if it stands, where it ends, and its gap.

    standing: 1 or 0; nothing stands where the product floats.
    lowest: the lower edge, in rows from the top.
    gap: how far that edge hangs above the floor, in rows, because the product leans.
    hover: how far the whole product floats above the floor, in rows.
    """

    outline: Floats
    standing: Floats
    lowest: Floats
    gap: Floats
    hover: float

    @property
    def base(self) -> int:
        """The row of the floor under it."""
        return round(float(self.lowest.max()) + self.hover)

    @property
    def depth(self) -> float:
        """How deep its footprint shows on the floor, were it round; a photo from high above shows it deeper."""
        front = (self.lowest + self.gap)[self.standing > 0]
        return max(PITCH * front.size, 2 * float(np.ptp(front))) if front.size else 0.0


def foot_of(alpha: Alpha) -> Foot:
    """Columns stand where the lower edge runs on evenly from its lowest point: handles and overhangs do not."""
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
    """To a part of a row: the last row that is more product than not, and what the next has of it."""
    opaque, size = outline > 0.5, outline.shape[0]
    ends = np.where(opaque.any(axis=0), size - opaque[::-1].argmax(axis=0), 0)
    below = np.pad(outline, ((0, 1), (0, 0)))[ends, np.arange(ends.size)]
    whole = outline[np.maximum(ends - 1, 0), np.arange(ends.size)]
    edge = np.where(ends > 0, ends - 1 + whole + below, 0).astype(np.float32)
    # Cutouts are ragged below, where the photo's own shadow was.
    calm: Floats = cv2.GaussianBlur(cv2.medianBlur(edge[None], 5), (0, 0), 1.5)[0].astype(np.float32)
    return calm


def _standing(lowest: Floats) -> Floats:
    base = lowest.max()
    even = (np.abs(np.gradient(lowest)) < 0.7) & (base - lowest < 0.14 * GRID)
    standing = np.zeros(lowest.size, np.float32)
    for run in np.split(np.arange(even.size), np.flatnonzero(np.diff(even)) + 1):
        if even[run[0]] and base - lowest[run].max() < 0.03 * GRID:
            standing[run] = 1
    return standing


def _topples(outline: Floats, standing: Floats) -> bool:
    """Whether its weight lies beside everything it could stand on."""
    columns, weight = np.flatnonzero(standing), outline.sum(axis=0)
    if not columns.size:
        return True
    middle = float((weight * np.arange(weight.size)).sum() / max(weight.sum(), 1e-6))
    air = 0.06 * weight.size
    return not columns[0] - air <= middle <= columns[-1] + air


def _gap(outline: Floats, lowest: Floats, standing: Floats) -> Floats:
    """The room below a product that leans.

    A foot that curves up at both ends, as round ones do, touches all along; so does the lower edge of a box that is
    turned: it runs up to the back, but its sides stay upright.
    """
    columns = np.flatnonzero(standing)
    if columns.size < 3:
        return np.zeros_like(lowest)
    slope = float(np.polyfit(columns, lowest[columns], 1)[0])
    pivot = columns[-1] if slope > 0 else columns[0]
    lowest_within = abs(int(columns[lowest[columns].argmax()]) - pivot) > _LEANING * np.ptp(columns)
    if lowest_within or _tilt(outline) / slope < 0.5:
        return np.zeros_like(lowest)
    gap: Floats = np.maximum(slope * (pivot - np.arange(lowest.size)), 0).astype(np.float32)
    return gap


def _tilt(outline: Floats) -> float:
    """How far its two sides lean to the left for each row down; of a turned thing, as its lower edge falls."""
    opaque = outline > 0.5
    rows = np.flatnonzero(opaque.any(axis=1))
    rows = rows[rows.size // 3 : rows.size * 5 // 6]
    if rows.size < 3:
        return 0.0
    sides = opaque[rows].argmax(axis=1), opaque.shape[1] - opaque[rows, ::-1].argmax(axis=1)
    return -float(np.mean([np.polyfit(rows, side, 1)[0] for side in sides]))
