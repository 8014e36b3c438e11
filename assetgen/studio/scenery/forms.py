"""Plain forms beside the product: a studio's, and the bold ones of posters."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assetgen.studio.scenery.kit import Spot, brick, placed, sphere, tower
from assetgen.studio.tracer.solids import Finish, Solid, arch, ball, block, cut, drum, pebble, turned


def spheres(spot: Spot) -> Iterator[Solid]:
    yield sphere((spot.x(0.05, -1), 0.9), 0.42, spot.accent(0))
    yield sphere((spot.x(0.1), 0.35), 0.2, spot.accent(1))
    yield sphere((spot.x(0.35), 1.2), 0.58, spot.accent(1))


def vase(spot: Spot) -> Iterator[Solid]:
    """Body, neck and lip; each a hair nearer, to be painted over the one below."""
    x, z, finish = spot.x(spot.between(0.15, 0.4)), 0.95, spot.accent(0)
    yield placed(pebble(0.46, 1.0, 0.34), (x, z), 1.0, finish, reach=0.7)
    yield placed(drum(0.13, 0.45), (x, z - 0.001), 0.45, finish, reach=0.3, base=0.98)
    yield placed(pebble(0.2, 0.07, 0.034), (x, z - 0.002), 0.07, finish, reach=0.3, base=1.38)


def quiet(spot: Spot) -> Iterator[Solid]:
    """A tall form behind the stand and a small sphere: enough for depth where the prompt names nothing."""
    if spot.rng.random() < 0.5:
        yield tower((spot.x(0.2), 1.2), 0.48 * spot.scale, spot.between(0.95, 1.4), spot.accent(0))
        yield sphere((spot.x(0.12, -1), 0.6), spot.between(0.2, 0.28), spot.accent(1))
    else:
        height = spot.between(1.5, 2.0)
        yield placed(arch(1.5 * spot.scale, height, 0.22), (spot.x(0), 1.5), height, spot.accent(0), reach=1.3)
        yield sphere((spot.x(0.2), 0.5), spot.between(0.2, 0.3), spot.accent(1))


def homely(spot: Spot) -> Iterator[Solid]:
    """Things for a table: a vase, a jar with a ball, or two balls."""
    x, z = spot.x(spot.between(0.15, 0.4)), spot.between(0.75, 0.95)
    form = spot.rng.integers(3)
    if form == 0:
        yield from vase(spot)
    elif form == 1:
        height = spot.between(0.5, 0.8)
        yield placed(pebble(0.5, height, 0.2), (x, z), height, spot.accent(0), reach=0.7)
        yield sphere((x - spot.side * 0.55, z - 0.5), spot.between(0.16, 0.22), spot.accent(1))
    else:
        yield sphere((x, z), spot.between(0.4, 0.55), spot.accent(0))
        yield sphere((-x, z), spot.between(0.2, 0.3), spot.accent(1))


def beside_niche(spot: Spot) -> Iterator[Solid]:
    """A sphere or a low drum before the wall."""
    x, finish = spot.x(spot.between(0.1, 0.3)), spot.accent(int(spot.rng.integers(2)))
    if spot.rng.random() < 0.6:
        yield sphere((x, 0.7), spot.between(0.22, 0.36), finish)
    else:
        yield tower((x, 1.0), 0.4 * spot.scale, spot.between(0.35, 0.7), finish)


def cubes(spot: Spot) -> Iterator[Solid]:
    yield brick((spot.x(0.5), 1.35), (0.9, 1.15, 0.8), spot.accent(0))
    yield brick((spot.x(0.2), 0.55), (0.5, 0.42, 0.5), spot.accent(1))


def ones(spot: Spot) -> Iterator[Solid]:
    """Four upright bars: 11.11."""
    for i, x in enumerate((-1.75, -1.15, 1.15, 1.75)):
        height = 2.15
        yield placed(block(0.34, height, 0.34, 0.05), (x * spot.scale, 1.75), height, spot.accent(i % 2), reach=1.15)


def hills(spot: Spot) -> Iterator[Solid]:
    """Round sheets of paper, one behind the other."""
    sheets = (
        (0.0, 2.3, 1.9, 1.3, 1),
        (spot.side * 1.5, 2.0, 1.45, 1.2, 2),
        (-spot.side * 1.75, 1.7, 1.1, 1.1, 0),
        (spot.side * 1.8, 1.35, 0.8, 0.8, 3),
    )
    for x, z, height, radius, number in sheets:
        form = arch(2 * radius, height, 0.06, 0.012)
        yield placed(form, (x * max(spot.scale, 0.8), z), height, spot.accent(number), reach=1.1 * max(radius, height))


PUFFS = (
    (0.75, 1.45, 0.62),
    (1.35, 1.35, 0.5),
    (0.3, 1.3, 0.44),
    (0.5, 0.98, 0.36),
    (1.05, 0.95, 0.42),
    (0.05, 0.95, 0.26),
    (0.8, 0.68, 0.24),
)


def clouds(spot: Spot) -> Iterator[Solid]:
    """Heaps of soft balls to both sides, level below."""
    white = Finish(np.asarray(0.7 + 0.3 * spot.accent(0).colour, np.float32), glow=0.1)  # light goes through them
    for flip, far in ((1, 0.0), (-1, 0.3)):
        for dx, z, radius in PUFFS:
            base = -0.35 * radius
            form = cut(ball(radius), -radius - base)
            yield placed(form, (spot.x(far + dx, flip), z + far), 2 * radius, white, reach=radius, base=base)


def tubes(spot: Spot) -> Iterator[Solid]:
    """A frame of light behind the product."""
    light = spot.accent(0)
    glow = Finish(light.colour, glow=2.6)
    half, top, thick = 1.32 * spot.scale, 2.1, 0.035
    for x in (-half, half):
        yield placed(drum(thick, top - 0.1), (x, 1.75), top - 0.1, glow, reach=top / 2, base=0.12)
    bar = turned(drum(thick, 2 * half + 2 * thick), roll=90)
    for height in (0.1, top):
        yield placed(bar, (0, 1.75), 2 * thick, glow, reach=half + 0.1, base=height)
