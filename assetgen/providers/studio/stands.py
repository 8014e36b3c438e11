"""What the product stands on and what stands beside it. The middle of the stand is at x = 0, z = 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from assetgen.providers.studio.colours import WHITE, mix
from assetgen.providers.studio.solids import Distance, Finish, Solid, arch, ball, block, drum, pebble
from assetgen.providers.studio.wardrobe import Finishes

TABLE_END = 1.6
"""How far behind the product's middle a table ends."""


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


@dataclass(frozen=True)
class Stand:
    """height: of the surface under the product; forward: how far before the middle the product's front meets it;
    width: free surface there; edge: half the width of the whole, beyond which props may stand.
    """

    solids: tuple[Solid, ...]
    height: float
    forward: float
    width: float
    edge: float


def round_podium(kit: Kit) -> Stand:
    radius, height = 1.12 * kit.scale, kit.between(0.3, 0.42)
    podium = _placed(drum(radius, height), (0, 0), height, kit.finishes.stand, reach=radius * 1.1)
    return Stand((podium,), height, 0.31 * radius, 1.84 * radius, 1.25 * kit.scale)


def stepped_podium(kit: Kit) -> Stand:
    low, high, finish = kit.between(0.18, 0.24), kit.between(0.2, 0.28), kit.finishes.stand
    aside, radius = -0.18 * kit.away * kit.between(0, 1), 1.05 * kit.scale
    lower = _placed(drum(1.36 * kit.scale, low), (aside, 0.001), low, finish, reach=1.5)
    upper = _placed(drum(radius, high), (0, 0), high, finish, reach=1.2, base=low)
    return Stand((lower, upper), low + high, 0.33 * radius, 1.81 * radius, 1.5 * kit.scale)


def stone_block(kit: Kit) -> Stand:
    height, tall, scale = kit.between(0.34, 0.46), kit.between(0.9, 1.3), kit.scale
    main = _brick((0, 0), (2.2 * scale, height, 1.7 * scale), kit.finishes.stand)
    beside = _brick((kit.away * 1.25 * scale, 1.25), (scale, tall, 0.7), kit.finishes.props[0])
    return Stand((main, beside), height, 0.35 * scale, 2.1 * scale, 1.25 * scale)


def steps(kit: Kit) -> Stand:
    """A low landing for the product; behind it a stair climbs away to one side."""
    rise, tread, finish = kit.between(0.27, 0.33), 0.56 * kit.scale, kit.finishes.stand
    landing = _brick((0, 0), (2.4 * kit.scale, rise, 1.7), finish)
    stair = [_brick((kit.away * tread * (i + 0.7), 1.4), (tread, rise * (i + 2), 1.0), finish) for i in range(4)]
    return Stand((landing, *stair), rise, 0.35, 2.1 * kit.scale, 1.25 * kit.scale)


def table(kit: Kit) -> Stand:
    top = Solid(block(24, 0.5, 8), (0, -0.25, TABLE_END - 4), 12.7, kit.finishes.floor, ground=True)
    return Stand((top,), 0.0, 0.3, 2.6 * kit.scale, 1.25 * kit.scale)


def window_sill(kit: Kit) -> Stand:
    """A table before a window frame, which is out of focus."""
    ledge = table(kit)
    white = Finish(mix(kit.finishes.floor.colour, WHITE, 0.6))
    first = kit.between(-4.5, -3.5)
    bars = [Solid(block(0.16, 9, 0.2), (first + 2.6 * i, 4.3, 2.2), 4.6, white, blur=0.006) for i in range(4)]
    rail = Solid(block(24, 0.5, 0.3), (0, 0.03, 2.1), 12.1, white, blur=0.006)
    return Stand((*ledge.solids, *bars, rail), ledge.height, ledge.forward, ledge.width, ledge.edge)


def bare_floor(kit: Kit) -> Stand:
    return Stand((), 0.0, 0.3, 2.6 * kit.scale, 1.25 * kit.scale)


STANDS: dict[str, Callable[[Kit], Stand]] = {
    "round": round_podium,
    "stepped": stepped_podium,
    "block": stone_block,
    "steps": steps,
    "table": table,
    "sill": window_sill,
    "floor": bare_floor,
}


def named_props(extras: frozenset[str], edge: float, kit: Kit) -> Iterator[Solid]:
    """The vase and the spheres that the prompt asks for."""
    first, second = kit.finishes.props[:2]
    if "vase" in extras:
        yield from _vase((kit.away * (edge + kit.between(0.15, 0.4)), 0.95), first)
    if "spheres" in extras:
        yield _sphere((-kit.away * (edge + 0.05), 0.9), 0.42, first)
        yield _sphere((kit.away * (edge + 0.1), 0.35), 0.2, second)
        yield _sphere((kit.away * (edge + 0.35), 1.2), 0.58, second)


def quiet_props(edge: float, kit: Kit) -> Iterator[Solid]:
    """A tall form behind the stand and a small sphere: enough for depth where the prompt names nothing."""
    first, second = kit.finishes.props[:2]
    if kit.rng.random() < 0.5:
        height = kit.between(0.95, 1.4)
        yield _placed(drum(0.48 * kit.scale, height), (kit.away * (edge + 0.2), 1.2), height, first, reach=0.9)
        yield _sphere((-kit.away * (edge + 0.12), 0.6), kit.between(0.2, 0.28), second)
    else:
        height = kit.between(1.5, 2.0)
        yield _placed(arch(1.5 * kit.scale, height, 0.22), (kit.away * edge, 1.5), height, first, reach=1.3)
        yield _sphere((kit.away * (edge + 0.2), 0.5), kit.between(0.2, 0.3), second)


def table_props(edge: float, kit: Kit) -> Iterator[Solid]:
    """Something for the home, out of focus: a vase, a jar with a ball, or two balls, on either side."""
    first, second = kit.finishes.props[:2]
    side = float(kit.rng.choice([-1, 1]))
    x, z = side * (edge + kit.between(0.15, 0.4)), kit.between(0.75, 0.95)
    form = kit.rng.integers(3)
    if form == 0:
        yield from _vase((x, z), first)
    elif form == 1:
        height = kit.between(0.5, 0.8)
        yield _placed(pebble(0.5, height, 0.2), (x, z), height, first, reach=0.7, blur=0.003)
        yield _sphere((x - side * 0.55, z - 0.5), kit.between(0.16, 0.22), second)
    else:
        yield _sphere((x, z), kit.between(0.4, 0.55), first)
        yield _sphere((-x, z), kit.between(0.2, 0.3), second)


def niche_props(edge: float, kit: Kit) -> Iterator[Solid]:
    """A sphere or a low drum before the wall, beside the niche."""
    x = float(kit.rng.choice([-1, 1])) * (edge + kit.between(0.1, 0.3))
    finish = kit.finishes.props[int(kit.rng.integers(2))]
    if kit.rng.random() < 0.6:
        yield _sphere((x, 0.7), kit.between(0.22, 0.36), finish)
    else:
        height = kit.between(0.35, 0.7)
        yield _placed(drum(0.4 * kit.scale, height), (x, 1.0), height, finish, reach=0.6)


def _vase(at: tuple[float, float], finish: Finish) -> Iterator[Solid]:
    """Body, neck and lip; each a hair nearer, to be painted over the one below."""
    x, z = at
    yield _placed(pebble(0.46, 1.0, 0.34), at, 1.0, finish, reach=0.7, blur=0.003)
    yield _placed(drum(0.13, 0.45), (x, z - 0.001), 0.45, finish, reach=0.3, base=0.98, blur=0.003)
    yield _placed(pebble(0.2, 0.07, 0.034), (x, z - 0.002), 0.07, finish, reach=0.3, base=1.38, blur=0.003)


def _sphere(at: tuple[float, float], radius: float, finish: Finish) -> Solid:
    return _placed(ball(radius), at, 2 * radius, finish, reach=radius)


def _brick(at: tuple[float, float], size: tuple[float, float, float], finish: Finish) -> Solid:
    return _placed(block(*size), at, size[1], finish, reach=float(np.linalg.norm(size)) / 2)


def _placed(
    form: Distance,
    at: tuple[float, float],
    height: float,
    finish: Finish,
    *,
    reach: float,
    base: float = 0.0,
    blur: float = 0.0,
) -> Solid:
    """A form of this height put down at x, z, on the floor or on `base`."""
    return Solid(form, (at[0], base + height / 2, at[1]), reach, finish, blur)
