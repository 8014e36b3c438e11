"""Products drawn from simple pieces, for photos whose exact cutout is known: `WARES` names them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.model.arrays import Floats

Points = Sequence[tuple[float, float]]
Colour = tuple[float, float, float]

_FINE = 4
"""Drawn this much larger than the picture, then averaged: how much of a pixel a piece covers."""

PALETTE: tuple[Colour, ...] = (
    (0.05, 0.06, 0.08), (0.10, 0.14, 0.32), (0.55, 0.08, 0.06), (0.08, 0.28, 0.16), (0.70, 0.45, 0.10),
    (0.35, 0.18, 0.09), (0.45, 0.55, 0.60), (0.62, 0.50, 0.42), (0.75, 0.55, 0.55), (0.30, 0.45, 0.60),
    (0.82, 0.78, 0.70), (0.80, 0.81, 0.82), (0.85, 0.80, 0.62), (0.70, 0.78, 0.72),
)  # fmt: skip
"""Shares of light that a surface gives back, dark to pale."""

GOLD, STEEL, WOOD, WHITE, BLACK = (0.7, 0.45, 0.15), (0.55, 0.56, 0.58), (0.42, 0.24, 0.12), (0.84,) * 3, (0.03,) * 3


class Form(Enum):
    TURNED = "round about an upright axis"
    ROUND = "swelling from its outline"
    FLAT = "flat with a narrow rounded rim"


@dataclass(frozen=True)
class Piece:
    """Drawn over the pieces before it: how much of each pixel it covers, and how it takes the light.

    base: where it stands on the floor, from the top; depth: from its middle to its front, in picture heights.
    """

    cover: Floats
    colour: Colour
    form: Form = Form.ROUND
    gloss: float = 0.15
    texture: float = 0.0
    base: float = 0.8
    depth: float = 0.03


@dataclass(frozen=True)
class Ware:
    """A product in front of the camera; a lying one is seen from above, `lift` above what it lies on."""

    pieces: tuple[Piece, ...]
    lift: float = 0.0


@dataclass(frozen=True)
class Pen:
    """Draws on a square of `side` pixels, in shares of it."""

    side: int

    def shape(self, points: Points, *, smooth: bool = False) -> Floats:
        drawn = self._sheet()
        cv2.fillPoly(drawn, [self._fine(curve(points, closed=True) if smooth else points)], 255)
        return self._reduced(drawn)

    def line(self, points: Points, width: float, *, smooth: bool = True, closed: bool = False) -> Floats:
        drawn = self._sheet()
        way = self._fine(curve(points, closed=closed) if smooth else points)
        cv2.polylines(drawn, [way], closed, 255, max(1, round(width * self.side * _FINE)))
        return self._reduced(drawn)

    def lines(self, ways: Sequence[Points], width: float) -> Floats:
        drawn = self._sheet()
        thick = max(1, round(width * self.side * _FINE))
        cv2.polylines(drawn, [self._fine(way) for way in ways], isClosed=False, color=255, thickness=thick)
        return self._reduced(drawn)

    def disc(self, x: float, y: float, across: float, down: float | None = None) -> Floats:
        angles = np.linspace(0, 2 * np.pi, 400)
        around = np.stack([x + across * np.cos(angles), y + (down or across) * np.sin(angles)], axis=1)
        return self.shape([(float(u), float(v)) for u, v in around])

    def turned(self, profile: Points, *, x: float = 0.5, pitch: float = 0.14) -> Floats:
        """A body of revolution from (height, radius) pairs top to bottom, its ends as round as the camera sees them."""
        heights = np.linspace(profile[0][0], profile[-1][0], 200)
        given = curve(profile, closed=False)
        radii = np.interp(heights, [y for y, _ in given], [r for _, r in given])
        right = list(zip(x + radii, heights, strict=True))
        left = [(2 * x - u, v) for u, v in reversed(right)]
        body = self.shape([(float(u), float(v)) for u, v in right + left])
        for height, radius in (profile[0], profile[-1]):
            body = np.maximum(body, self.disc(x, height, radius, pitch * radius))
        return body

    def _sheet(self) -> npt.NDArray[np.uint8]:
        return np.zeros((self.side * _FINE, self.side * _FINE), np.uint8)

    def _fine(self, points: Points) -> npt.NDArray[np.int32]:
        return np.asarray(np.rint(np.array(points) * self.side * _FINE), np.int32)

    def _reduced(self, drawn: npt.NDArray[np.uint8]) -> Floats:
        size = (self.side, self.side)
        return np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_AREA), np.float32) / 255


def curve(points: Points, *, closed: bool) -> Points:
    """A smooth way through the points (Catmull-Rom)."""
    P = np.array(points, float)
    P = np.concatenate([P[-1:], P, P[:2]]) if closed else np.concatenate([P[:1], P, P[-1:]])
    t = np.linspace(0, 1, 16, endpoint=False)[:, None]
    runs = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(P, P[1:], P[2:], P[3:], strict=False)
    ]
    smooth = np.concatenate([*runs, P[-2:-1]])
    return [(float(x), float(y)) for x, y in smooth]


Draw = Callable[[Pen, np.random.Generator], Ware]


def pick(random: np.random.Generator) -> Colour:
    return PALETTE[random.integers(len(PALETTE))]


def inside(colour: Colour, share: float = 0.5) -> Colour:
    red, green, blue = colour
    return red * share, green * share, blue * share
