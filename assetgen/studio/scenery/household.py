"""What stands beside the product in rooms."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.studio.scenery.kit import BRASS, OAK, Spot, brick, placed, sphere, tower
from assetgen.studio.tracer.colours import BLACK, WHITE, linear, mix
from assetgen.studio.tracer.solids import Finish, Solid, arch, block, drum, pebble, pillow, turned


def jars(spot: Spot) -> Iterator[Solid]:
    """Storage jars with wooden lids."""
    for i, (aside, z, radius, height) in enumerate(((0.25, 1.05, 0.34, 0.95), (0.95, 1.2, 0.3, 0.65))):
        at = spot.x(aside), z
        yield placed(pebble(radius, height, 0.06), at, height, spot.accent(i), reach=radius + height / 2)
        yield tower((at[0], z - 0.001), radius * 0.86, 0.1, OAK, base=height)


def board(spot: Spot) -> Iterator[Solid]:
    """A round-topped chopping board upright at the back, two lemons before it."""
    x = spot.x(0.35)
    yield placed(arch(1.0, 1.5, 0.08), (x, 1.45), 1.5, OAK, reach=1.0)
    lemon = Finish(linear("#e8c64a"))
    yield placed(pillow(0.42, 0.32, 0.32, 2), (x + spot.side * 0.1, 0.65), 0.32, lemon, reach=0.22)
    yield placed(pillow(0.4, 0.31, 0.31, 2), (x + spot.side * 0.5, 0.9), 0.31, lemon, reach=0.22)


def bottles(spot: Spot) -> Iterator[Solid]:
    """Soap and lotion, plain."""
    for i, (aside, z, radius, height) in enumerate(((0.2, 0.95, 0.25, 0.75), (0.75, 1.15, 0.3, 0.5))):
        at = spot.x(aside), z
        yield placed(pebble(radius, height, 0.08), at, height, spot.accent(i), reach=radius + height / 2)
        yield tower((at[0], z - 0.001), 0.09, 0.2, BRASS, base=height - 0.01)


def towels(spot: Spot) -> Iterator[Solid]:
    """Folded and stacked."""
    for i in range(3):
        size = (1.25 - 0.04 * i, 0.24, 0.8)
        finish = Finish(spot.accent(i).colour, "linen")
        yield brick((spot.x(0.45), 1.0 - 0.002 * i), size, finish, base=0.235 * i, bevel=0.11)


def books(spot: Spot) -> Iterator[Solid]:
    base = 0.0
    for i, (width, height) in enumerate(((1.15, 0.17), (1.0, 0.13), (0.85, 0.15))):
        form = turned(block(width, height, 0.75, 0.015), yaw=spot.between(-8, 8))
        at = spot.x(0.45), 0.95 - 0.002 * i
        yield placed(form, at, height, spot.accent(i), reach=0.75, base=base)
        base += height


def pencils(spot: Spot) -> Iterator[Solid]:
    x, z = spot.x(0.3), 1.0
    for i in range(4):
        lean = (i - 1.5) * 5
        form = turned(drum(0.028, 0.95), roll=lean)
        yield placed(form, (x + (i - 1.5) * 0.11, z + 0.06 - 0.001 * i), 0.95, spot.accent(i), reach=0.5, base=0.1)
    yield placed(drum(0.27, 0.55), (x, z), 0.55, spot.accent(3), reach=0.5)


def cup(spot: Spot) -> Iterator[Solid]:
    """Coffee in a cup on its saucer, at the spot.edge of the table."""
    x, z = spot.x(0.25), 0.55
    yield tower((x, z), 0.42, 0.04, spot.accent(0))
    yield placed(pebble(0.27, 0.36, 0.1), (x, z - 0.001), 0.36, spot.accent(0), reach=0.45, base=0.04)
    yield tower((x, z - 0.002), 0.235, 0.012, Finish(linear("#4a2c1c")), base=0.395)


def pillows(spot: Spot) -> Iterator[Solid]:
    """A large one and a small one, leaning at the head of the bed."""
    for i, (aside, z, width, height) in enumerate(((0.95, 1.9, 2.1, 1.3), (0.32, 1.3, 1.05, 0.66))):
        form = turned(pillow(width, height, 0.62, 3.4), pitch=-16, yaw=-7 * spot.side, roll=3 * spot.side)
        finish = Finish(spot.accent(i).colour, "linen")
        yield placed(form, (spot.x(aside), z), height * 0.96, finish, reach=width * 0.62)


def headboard(spot: Spot) -> Iterator[Solid]:
    finish = Finish(mix(spot.finishes.wall.colour, spot.accent(1).colour, 0.45), "linen")
    yield placed(block(7.5, 1.25, 0.25, 0.12), (0, 2.6), 1.25, finish, reach=4)


def dumbbells(spot: Spot) -> Iterator[Solid]:
    dark, steel = Finish(mix(spot.accent(0).colour, BLACK, 0.0)), Finish(linear("#b9bcc0"), "tiles")
    for x, z in ((spot.x(0.45), 0.75), (spot.x(0.75), 1.35)):
        for end in (-1, 1):
            for offset, radius in ((0.36, 0.27), (0.5, 0.22)):
                form = turned(drum(radius, 0.15, 0.03), roll=90, yaw=12)
                yield placed(form, (x + end * offset, z - end * 0.08), 2 * radius, dark, reach=0.35, base=0.27 - radius)
        grip = turned(drum(0.06, 0.7, 0.01), roll=90, yaw=12)
        yield placed(grip, (x, z + 0.01), 0.12, Finish(steel.colour), reach=0.4, base=0.21)


def weights(spot: Spot) -> Iterator[Solid]:
    """A bumper plate that stands on spot.edge, its rim towards the eye, and a ball."""
    x, z = spot.x(0.55), 1.5
    yield placed(turned(drum(0.75, 0.2, 0.06), pitch=90, yaw=0), (x, z), 1.5, spot.accent(0), reach=0.8)
    hub = turned(drum(0.2, 0.24, 0.03), pitch=90)
    yield placed(hub, (x, z - 0.001), 0.4, spot.accent(1), reach=0.3, base=0.55)


def molecule(spot: Spot) -> Iterator[Solid]:
    """Balls on rods."""
    x, z = spot.x(0.35), 1.0
    rod = Finish(linear("#e9edf0"))
    yield placed(
        turned(drum(0.05, 0.9), roll=-38 * spot.side), (x + spot.side * 0.24, z), 0.7, rod, reach=0.5, base=0.3
    )
    yield placed(
        turned(drum(0.05, 0.8), roll=40 * spot.side), (x + spot.side * 0.22, z + 0.01), 0.7, rod, reach=0.5, base=0.85
    )
    yield sphere((x, z - 0.002), 0.34, spot.accent(0))
    yield sphere((x + spot.side * 0.5, z - 0.001), 0.24, spot.accent(1), base=0.72)
    yield sphere((x + spot.side * 0.02, z - 0.003), 0.2, spot.accent(2), base=1.25)


def petri(spot: Spot) -> Iterator[Solid]:
    for i, (aside, z) in enumerate(((0.25, 0.55), (0.7, 1.0))):
        x = spot.x(aside)
        yield tower((x, z), 0.38, 0.07, Finish(WHITE * 0.9, "mirror"))
        yield tower((x, z - 0.001), 0.32, 0.02, spot.accent(i), base=0.065)


def round_mirror(spot: Spot) -> Iterator[Solid]:
    """A round mirror on the wall, rimmed with brass."""
    x, z = spot.x(0.25), 2.75
    yield placed(turned(drum(0.95, 0.06), pitch=90), (x, z), 1.9, BRASS, reach=1.0, base=0.75)
    glass = Finish(linear("#dfe6e6"), "mirror")
    yield placed(turned(drum(0.9, 0.07), pitch=90), (x, z - 0.01), 1.8, glass, reach=1.0, base=0.8)


def pictures(spot: Spot) -> Iterator[Solid]:
    """Two colour fields on the wall, framed."""
    frame, mount = Finish(linear("#3b3733")), Finish(linear("#f3efe8"))
    for i, (x, width, height, base) in enumerate(
        ((spot.side * 1.35, 1.2, 1.6, 0.95), (-spot.side * 1.6, 0.9, 1.2, 1.2))
    ):
        yield brick((x, 2.36), (width, height, 0.08), frame, base=base)
        yield brick((x, 2.32), (width - 0.09, height - 0.09, 0.08), mount, base=base + 0.045)
        yield brick((x, 2.29), (width * 0.62, height * 0.66, 0.08), spot.accent(i), base=base + height * 0.17)
