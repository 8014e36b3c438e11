"""What the product stands on. The middle of the stand is at x = 0, z = 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from assetgen.studio.scenery.kit import Kit, brick, placed
from assetgen.studio.tracer.colours import WHITE, mix
from assetgen.studio.tracer.solids import Finish, Solid, block, drum, rock

TABLE_END = 1.6
"""How far behind the product's middle a table ends."""


@dataclass(frozen=True)
class Stand:
    """What a product stands on; lengths are in units of the set."""

    solids: tuple[Solid, ...]
    """The bodies that it is made of."""

    height: float
    """The height of the surface under the product."""

    forward: float
    """How far before the middle the product's front meets that surface."""

    width: float
    """The width of the free surface there."""

    edge: float
    """Half the width of the whole, beyond which props may stand."""


def round_podium(kit: Kit) -> Stand:
    radius, height = 1.12 * kit.scale, kit.between(0.3, 0.42)
    podium = placed(drum(radius, height), (0, 0), height, kit.finishes.stand, reach=radius * 1.1)
    return Stand((podium,), height, 0.31 * radius, 1.84 * radius, 1.25 * kit.scale)


def stepped_podium(kit: Kit) -> Stand:
    low, high, finish = kit.between(0.18, 0.24), kit.between(0.2, 0.28), kit.finishes.stand
    aside, radius = -0.18 * kit.away * kit.between(0, 1), 1.05 * kit.scale
    lower = placed(drum(1.36 * kit.scale, low), (aside, 0.001), low, finish, reach=1.5)
    upper = placed(drum(radius, high), (0, 0), high, finish, reach=1.2, base=low)
    return Stand((lower, upper), low + high, 0.33 * radius, 1.81 * radius, 1.5 * kit.scale)


def stone_block(kit: Kit) -> Stand:
    height, tall, scale = kit.between(0.34, 0.46), kit.between(0.9, 1.3), kit.scale
    main = brick((0, 0), (2.2 * scale, height, 1.7 * scale), kit.finishes.stand)
    beside = brick((kit.away * 1.25 * scale, 1.25), (scale, tall, 0.7), kit.accent(0))
    return Stand((main, beside), height, 0.35 * scale, 2.1 * scale, 1.25 * scale)


def slab(kit: Kit) -> Stand:
    """A block without its neighbour."""
    height, scale = kit.between(0.26, 0.36), kit.scale
    main = brick((0, 0), (2.3 * scale, height, 1.8 * scale), kit.finishes.stand)
    return Stand((main,), height, 0.35 * scale, 2.1 * scale, 1.3 * scale)


def boulder(kit: Kit) -> Stand:
    height, width = kit.between(0.42, 0.55), 2.75 * kit.scale
    main = placed(rock(kit.rng, width, height, 2.1), (0, 0), height, kit.finishes.stand, reach=1.7)
    return Stand((main,), height, 0.3 * kit.scale, 2.0 * kit.scale, 1.45 * kit.scale)


def stump(kit: Kit) -> Stand:
    """A slice of a trunk: bark around it, the sawn face on top."""
    radius, height = 1.16 * kit.scale, kit.between(0.36, 0.46)
    bark = replace(kit.finishes.stand, surface="bark", colour=kit.finishes.stand.colour * np.float32(0.35))
    trunk = placed(drum(radius, height, 0.06), (0, 0.001), height, bark, reach=radius * 1.1)
    face = placed(drum(radius - 0.05, 0.02, 0.008), (0, 0), 0.02, kit.finishes.stand, reach=radius, base=height)
    return Stand((trunk, face), height + 0.02, 0.31 * radius, 1.78 * radius, 1.3 * kit.scale)


def tray(kit: Kit) -> Stand:
    height, scale = 0.09, kit.scale
    main = brick((0, 0), (2.4 * scale, height, 1.7 * scale), kit.finishes.stand)
    return Stand((main,), height, 0.35 * scale, 2.2 * scale, 1.35 * scale)


def round_table(kit: Kit) -> Stand:
    """A small round top, wide and thin."""
    radius, height = 1.42 * kit.scale, 0.1
    top = placed(drum(radius, height, 0.04), (0, 0), height, kit.finishes.stand, reach=radius * 1.05)
    return Stand((top,), height, 0.31 * radius, 1.84 * radius, 1.45 * kit.scale)


def steps(kit: Kit) -> Stand:
    """A low landing for the product; behind it a stair climbs away to one side."""
    rise, tread, finish = kit.between(0.27, 0.33), 0.56 * kit.scale, kit.finishes.stand
    landing = brick((0, 0), (2.4 * kit.scale, rise, 1.7), finish)
    stair = [brick((kit.away * tread * (i + 0.7), 1.4), (tread, rise * (i + 2), 1.0), finish) for i in range(4)]
    return Stand((landing, *stair), rise, 0.35, 2.1 * kit.scale, 1.25 * kit.scale)


def bare_floor(kit: Kit) -> Stand:
    """Also a table: its top is the floor."""
    return Stand((), 0.0, 0.3, 2.6 * kit.scale, 1.25 * kit.scale)


def window_sill(kit: Kit) -> Stand:
    """A table before a window's frame."""
    ledge = bare_floor(kit)
    white = Finish(mix(kit.finishes.floor.colour, WHITE, 0.6))
    first = kit.between(-4.5, -3.5)
    bars = [Solid(block(0.16, 9, 0.2), (first + 2.6 * i, 4.3, 2.2), 4.6, white) for i in range(4)]
    rail = Solid(block(24, 0.5, 0.3), (0, 0.03, 2.1), 12.1, white)
    return replace(ledge, solids=(*bars, rail))


STANDS: dict[str, Callable[[Kit], Stand]] = {
    "round": round_podium,
    "stepped": stepped_podium,
    "block": stone_block,
    "slab": slab,
    "rock": boulder,
    "stump": stump,
    "tray": tray,
    "cafe-table": round_table,
    "steps": steps,
    "table": bare_floor,
    "sill": window_sill,
    "floor": bare_floor,
}
RAISED = {"table", "sill"}
"""Stands whose surface ends before the wall, with the floor far below the frame."""
