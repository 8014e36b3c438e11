"""What there is to build a set with, and how things are put down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assetgen.studio.tracer.colours import linear
from assetgen.studio.tracer.solids import Distance, Finish, Solid, ball, block, drum
from assetgen.studio.wardrobe import Finishes

BRASS = Finish(linear("#c2a068"), "glaze")
OAK = Finish(linear("#c39a6b"), "wood")
LEAF = Finish(linear("#5f7d4a"), "moss")


@dataclass(frozen=True)
class Kit:
    """What there is to build with.

    scale: 1, less where the frame is narrow; away: the side (-1, 1) far from the lamp.
    """

    finishes: Finishes
    scale: float
    away: int
    rng: np.random.Generator

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def accent(self, number: int) -> Finish:
        """The finish of the things beside the product: 0 is the strongest; after the last it starts again."""
        return self.finishes.props[number % len(self.finishes.props)]


@dataclass(frozen=True)
class Spot(Kit):
    """A place where a prop may stand: its side (-1 left, 1 right) and where the stand ends."""

    side: int = 1
    edge: float = 0.0

    def x(self, aside: float, turn: int = 1) -> float:
        """A place so far beyond the stand's end; with a turn of -1 on the other side."""
        return self.side * turn * (self.edge + aside)


def placed(
    form: Distance, at: tuple[float, float], height: float, finish: Finish, *, reach: float, base: float = 0.0
) -> Solid:
    """A form of this height put down at x, z, on the floor or on `base`."""
    return Solid(form, (at[0], base + height / 2, at[1]), reach, finish)


def brick(
    at: tuple[float, float], size: tuple[float, float, float], finish: Finish, base: float = 0.0, bevel: float = 0.025
) -> Solid:
    return placed(block(*size, bevel), at, size[1], finish, reach=float(np.linalg.norm(size)) / 2, base=base)


def sphere(at: tuple[float, float], radius: float, finish: Finish, base: float = 0.0) -> Solid:
    return placed(ball(radius), at, 2 * radius, finish, reach=radius, base=base)


def tower(at: tuple[float, float], radius: float, height: float, finish: Finish, base: float = 0.0) -> Solid:
    return placed(drum(radius, height), at, height, finish, reach=radius + height / 2, base=base)
