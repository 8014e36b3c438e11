"""What stands beside the product on days of the calendar."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assetgen.studio.scenery.kit import BRASS, Spot, brick, placed, sphere, tower
from assetgen.studio.tracer.colours import linear
from assetgen.studio.tracer.solids import Finish, Solid, cone, drum, pillow, turned

STALK = Finish(linear("#5d6b3a"))
CREAM = Finish(linear("#f2e6cf"))


def gifts(spot: Spot) -> Iterator[Solid]:
    """Two boxes with ribbons."""
    yield from _gift(spot, (spot.x(0.6), 1.5), (1.0, 0.95, 0.9), 0)
    yield from _gift(spot, (spot.x(0.22), 0.7), (0.58, 0.5, 0.55), 1)


def one_gift(spot: Spot) -> Iterator[Solid]:
    yield from _gift(spot, (spot.x(0.35), 0.95), (0.7, 0.66, 0.65), 1)


def _gift(spot: Spot, at: tuple[float, float], size: tuple[float, float, float], number: int) -> Iterator[Solid]:
    x, z = at
    width, height, depth = size
    box, ribbon = spot.accent(number), spot.accent(number + 2)
    yield brick((x, z), size, box, bevel=0.02)
    yield brick((x, z - 0.001), (0.16 * width, height + 0.02, depth + 0.02), ribbon)
    for turn in (-28, 28):
        form = turned(pillow(0.4 * width, 0.2 * width, 0.16 * width, 2), roll=turn)
        at_bow = x - np.sign(turn) * 0.18 * width, z - 0.3 * depth
        yield placed(form, (float(at_bow[0]), at_bow[1]), 0.2 * width, ribbon, reach=0.24 * width, base=height + 0.03)


def bags(spot: Spot) -> Iterator[Solid]:
    """Paper bags with their handles up."""
    for i, (aside, z, width) in enumerate(((0.65, 1.5, 1.1), (0.22, 0.75, 0.68))):
        x, height = spot.x(aside), width * 1.2
        cord = spot.accent(i + 2)
        for dx in (-0.22 * width, 0.22 * width):
            yield tower((x + dx, z), 0.022, 0.3 * width, cord, base=height - 0.02)
        grip = turned(drum(0.022, 0.44 * width), roll=90)
        yield placed(grip, (x, z), 0.044, cord, reach=0.25 * width, base=height + 0.3 * width - 0.06)
        yield brick((x, z - 0.001), (width, height, 0.5 * width), spot.accent(i), bevel=0.012)


def baubles(spot: Spot) -> Iterator[Solid]:
    for i, (aside, z, radius) in enumerate(((0.1, 0.35, 0.2), (0.5, 0.75, 0.3), (0.95, 0.5, 0.17))):
        at = spot.x(aside), z
        glass = Finish(spot.accent(i).colour, "glaze")
        yield tower((at[0], z + 0.001), 0.055, 0.09, BRASS, base=2 * radius - 0.02)
        yield sphere(at, radius, glass)


def pumpkins(spot: Spot) -> Iterator[Solid]:
    yield from _pumpkin(spot.accent(0), (spot.x(0.55), 1.1), 0.62)
    yield from _pumpkin(spot.accent(1), (spot.x(0.12), 0.5), 0.28)


def small_pumpkin(spot: Spot) -> Iterator[Solid]:
    yield from _pumpkin(spot.accent(0), (spot.x(0.35), 0.8), 0.4)


def _pumpkin(finish: Finish, at: tuple[float, float], radius: float) -> Iterator[Solid]:
    """Ribs around the middle, the nearest painted last."""
    x, z = at
    height = 1.36 * radius
    yield placed(
        turned(drum(0.1 * radius, 0.5 * radius, 0.02), roll=-12),
        at,
        0.4 * radius,
        STALK,
        reach=0.4 * radius,
        base=0.86 * height,
    )
    for degrees in (90, 30, 150, -20, 200, -90):
        turn = np.radians(degrees)
        rib = 0.42 * radius * float(np.cos(turn)), 0.42 * radius * float(np.sin(turn))
        form = turned(pillow(1.02 * radius, height, 1.02 * radius, 2), yaw=degrees)
        yield placed(form, (x + rib[0], z + rib[1]), height, finish, reach=0.72 * radius)


def oranges(spot: Spot) -> Iterator[Solid]:
    """Mandarins in a small pile, for luck."""
    peel = spot.accent(1)
    for dx, z, base in ((0.2, 0.95, 0.0), (0.68, 0.98, 0.0), (0.44, 0.7, 0.0), (0.44, 0.85, 0.33)):
        x = spot.x(dx)
        yield placed(pillow(0.5, 0.42, 0.5, 2), (x, z), 0.42, peel, reach=0.26, base=base)
        leaf = turned(pillow(0.24, 0.03, 0.12, 2), roll=20 * spot.side)
        yield placed(leaf, (x + 0.09 * spot.side, z - 0.02), 0.03, STALK, reach=0.13, base=base + 0.41)


def candles(spot: Spot) -> Iterator[Solid]:
    for aside, z, height in ((0.15, 0.6, 0.5), (0.55, 0.95, 0.85), (0.95, 0.75, 0.35)):
        x = spot.x(aside)
        yield placed(
            pillow(0.09, 0.2, 0.09, 2), (x, z), 0.2, Finish(linear("#ffc774"), glow=3.0), reach=0.1, base=height + 0.05
        )
        yield tower((x, z), 0.15, height, CREAM)


def lantern(spot: Spot) -> Iterator[Solid]:
    """A lit lantern of brass and glass: foot, light, roof and ring."""
    x, z = spot.x(0.22), 0.9
    light = Finish(linear("#ffb45e"), glow=1.6)
    for i, offset in enumerate((-0.27, -0.09, 0.09, 0.27)):
        yield tower((x + offset, z - 0.36 + 0.001 * i), 0.022, 0.7, BRASS, base=0.16)
    yield tower((x, z), 0.42, 0.16, BRASS)
    yield placed(drum(0.33, 0.7), (x, z + 0.002), 0.7, light, reach=0.5, base=0.16)
    yield tower((x, z - 0.002), 0.42, 0.07, BRASS, base=0.85)
    yield placed(cone(0.36, 0.42), (x, z - 0.003), 0.42, BRASS, reach=0.45, base=0.92)
    yield sphere((x, z - 0.004), 0.06, BRASS, base=1.32)
