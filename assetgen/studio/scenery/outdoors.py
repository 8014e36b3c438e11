"""What stands beside the product in the open."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.studio.scenery.kit import LEAF, Spot, placed, sphere, tower
from assetgen.studio.tracer.colours import linear
from assetgen.studio.tracer.solids import Finish, Solid, cone, drum, pillow, rock, turned


def pebbles(spot: Spot) -> Iterator[Solid]:
    for i, (aside, z, width) in enumerate(((0.35, 0.75, 0.8), (0.95, 1.15, 0.62), (0.12, 0.25, 0.3))):
        height = width * spot.between(0.42, 0.55)
        form = turned(pillow(width, height, width * 0.75, 2.3), yaw=spot.between(-30, 30))
        finish = Finish(spot.accent(i).colour, "stone")
        yield placed(form, (spot.x(aside), z), height * 0.9, finish, reach=width * 0.6)


def boulders(spot: Spot) -> Iterator[Solid]:
    for i, (aside, z, width, height) in enumerate(((0.55, 1.5, 1.5, 1.0), (0.25, 0.6, 0.6, 0.3))):
        finish = Finish(spot.accent(i).colour, "stone")
        yield placed(rock(spot.rng, width, height, width), (spot.x(aside), z), height, finish, reach=width)


def topiary(spot: Spot) -> Iterator[Solid]:
    """A ball of box in a pot."""
    x, z = spot.x(0.4), 1.2
    yield tower((x, z), 0.38, 0.6, spot.accent(0))
    yield sphere((x, z - 0.001), 0.52, LEAF, base=0.5)


def herbs(spot: Spot) -> Iterator[Solid]:
    x, z = spot.x(0.3), 0.9
    yield tower((x, z), 0.26, 0.42, spot.accent(1))
    for dx, dy, radius in ((-0.14, 0.5, 0.2), (0.15, 0.52, 0.19), (0.0, 0.66, 0.2)):
        yield sphere((x + dx, z - 0.001 - 0.01 * dy), radius, LEAF, base=dy - radius)


def toadstools(spot: Spot) -> Iterator[Solid]:
    pale, cap = Finish(linear("#ece2cf")), spot.accent(0)
    for aside, z, size in ((0.3, 0.65, 1.0), (0.68, 0.9, 0.7)):
        x = spot.x(aside)
        yield tower((x, z), 0.09 * size, 0.42 * size, pale)
        form = pillow(0.56 * size, 0.34 * size, 0.56 * size, 2)
        yield placed(form, (x, z - 0.001), 0.34 * size, cap, reach=0.4 * size, base=0.3 * size)


def log(spot: Spot) -> Iterator[Solid]:
    """A branch that lies on the ground."""
    bark = Finish(linear("#6a5442"), "bark")
    form = turned(drum(0.2, 2.4, 0.05), roll=90, yaw=18 * spot.side)
    yield placed(form, (spot.x(1.0), 1.5), 0.4, bark, reach=1.25)


def firs(spot: Spot) -> Iterator[Solid]:
    """Cones, as children draw trees."""
    for i, (aside, z, radius, height) in enumerate(
        ((0.55, 1.5, 0.52, 1.7), (1.15, 2.0, 0.5, 1.2), (0.1, 0.8, 0.3, 0.85))
    ):
        at = spot.x(aside), z
        yield placed(cone(radius, height), at, height, spot.accent(i), reach=0.5 * height + 0.2)
