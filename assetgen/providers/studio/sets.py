"""A wish becomes a set: solids, backdrop, lamps and camera. Chance decides what the prompt leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from assetgen.providers.studio import light
from assetgen.providers.studio.backdrop import Backdrop, Niche
from assetgen.providers.studio.camera import LENS_DISTANCE, Camera, framing
from assetgen.providers.studio.colours import brightness, linear, mix
from assetgen.providers.studio.light import TIMES, Gobo, Lamp, Time
from assetgen.providers.studio.reading import Wish
from assetgen.providers.studio.solids import Array, Finish, Solid, arch, ball, block, drum, pebble
from assetgen.providers.studio.surfaces import OWN_COLOURS

WHITE = np.ones(3, np.float32)
NEUTRAL = "#e3d8ca"
TABLE_END = 1.6
"""How far behind the product's middle a table ends."""


@dataclass(frozen=True)
class Colours:
    """Who wears what; `props` is never empty."""

    wall: Finish
    floor: Finish
    stand: Finish
    arch: Finish
    props: tuple[Finish, ...]


@dataclass(frozen=True)
class Place:
    """Where the product stands: the height of the surface, how far in front of its middle, and how wide it is free."""

    height: float
    forward: float
    width: float


@dataclass(frozen=True)
class ProductSet:
    """Everything that is rendered; solids stand from back to front.

    side: the lamp's side, -1 to 1. outdoors: the wall is a view out of a window. sprig: the side (-1 or 1) from which
    leaves reach into the frame, 0 for none.
    """

    camera: Camera
    backdrop: Backdrop
    solids: tuple[Solid, ...]
    lamps: tuple[Lamp, ...]
    time: Time
    place: Place
    side: float
    outdoors: bool
    bokeh: bool
    sprig: int
    seed: int

    @property
    def ground(self) -> float:
        """Where the floor or the table ends, as the distance behind the middle of the set."""
        return TABLE_END if self.backdrop.floor_level < 0 else self.backdrop.distance - 0.3 * self.backdrop.sweep


def build(wish: Wish, width: int, height: int, seed: int) -> ProductSet:
    rng = np.random.default_rng(seed)
    time, colours = TIMES[wish.time], dressed(wish)
    side = _side(wish, rng)
    toward = 1 if side <= 0 else -1  # Props stand away from the lamp, where they shade nothing that matters.
    stand = wish.stand or ("floor" if wish.surfaces.get("floor") == "water" else "round")
    view, x, y = framing(width, height)
    scale = min(1.0, view * width / height / 2.65)
    place, stand_solids = STAND_BUILDERS[stand](colours, scale, toward, rng)
    camera = Camera(width, height, view, (0.0, place.height, -place.forward), x, y)
    backdrop = _backdrop(wish, stand, colours, scale, rng)
    props = tuple(_props(wish, stand, colours, scale, toward, rng)) if stand != "sill" else ()
    return ProductSet(
        camera=camera,
        backdrop=backdrop,
        solids=tuple(sorted((*props, *stand_solids), key=_nearness)),
        lamps=tuple(_lamps(wish, time, side, place, rng)),
        time=time,
        place=place,
        side=side,
        outdoors=stand == "sill",
        bokeh="bokeh" in wish.extras,
        sprig=toward if "leaves" in wish.extras else 0,
        seed=seed,
    )


def _nearness(solid: Solid) -> tuple[bool, float]:
    return not solid.ground, -float(np.hypot(solid.centre[0], solid.centre[2] + LENS_DISTANCE))


def dressed(wish: Wish) -> Colours:
    def finish(thing: str, otherwise: Array) -> Finish:
        surface = wish.surfaces.get(thing, "paint")
        own = linear(OWN_COLOURS[surface]) if surface in OWN_COLOURS else otherwise
        return Finish(linear(wish.colours[thing]) if thing in wish.colours else own, surface)

    wall = finish("wall", linear(NEUTRAL))
    dark = brightness(wall.colour) < 0.12
    tone = np.minimum(wall.colour * np.float32(0.2 / max(brightness(wall.colour), 0.01)), 1) if dark else wall.colour
    stand = finish("stand", mix(tone, WHITE, 0.12 if dark else 0.35))
    floor = finish("floor", wall.colour)
    if "floor" not in wish.colours and "stand" in wish.colours and wish.stand in {"table", "sill"}:
        floor = replace(floor, colour=stand.colour)
    accents = [linear(code) for code in wish.accents]
    inside = accents[0] if accents else mix(wall.colour, wall.colour * brightness(wall.colour), 0.5)
    props = [finish("props", accents[0])] if "props" in wish.colours or accents else []
    props += [Finish(accent) for accent in accents[1:]]
    deeper = linear("#c9a27c") if not wish.colours else wall.colour * (0.25 + 0.6 * wall.colour)
    if dark:
        deeper = mix(wall.colour, tone, 0.5)
    props += [Finish(deeper), Finish(mix(tone, WHITE, 0.25 if dark else 0.5))]
    return Colours(wall, floor, stand, finish("arch", inside), tuple(props))


def _side(wish: Wish, rng: np.random.Generator) -> float:
    named = {"left": -1.0, "right": 1.0, "above": 0.0, None: float(rng.choice([-1.0, 1.0]))}[wish.side]
    return named * float(rng.uniform(0.9, 1.0))


def _lamps(wish: Wish, time: Time, side: float, place: Place, rng: np.random.Generator) -> Iterator[Lamp]:
    time = replace(time, height=time.height * rng.uniform(0.94, 1.08))
    aim = (0.0, place.height + 0.6, 0.4)
    kind = wish.shadow or {"night": "pool"}.get(wish.time) or ("window" if wish.stand == "sill" else None)
    gobo: Gobo | None = light.gobo(kind, rng, time.softness) if kind else None
    colour = linear(time.lamp)
    softness = min(time.softness, 0.1) if gobo else time.softness
    yield replace(light.lamp_at(side, time, aim, colour, gobo), radius=softness)
    if time.second:
        yield light.lamp_at(-side or 1.0, replace(time, height=22), aim, linear(time.second) * 0.9)


def _backdrop(wish: Wish, stand: str, colours: Colours, scale: float, rng: np.random.Generator) -> Backdrop:
    raised = stand in {"table", "sill"}
    distance = 3.0 if raised else float(rng.uniform(2.3, 2.7))
    niche = None
    if "arch" in wish.extras and not raised:
        width = float(rng.uniform(2.5, 2.8)) * scale
        niche = Niche(0.0, width, float(rng.uniform(3.0, 3.2)) * max(scale, 0.9), 0.8, colours.arch)
    seamless = colours.floor.surface in {colours.wall.surface, "paint", "plaster"}
    sweep = 0.0 if niche or not seamless else 1.6
    return Backdrop(distance, sweep, -4.0 if raised else 0.0, colours.wall, colours.floor, niche)


def _round(colours: Colours, scale: float, toward: int, rng: np.random.Generator) -> tuple[Place, list[Solid]]:
    radius, height = 1.12 * scale, float(rng.uniform(0.3, 0.42))
    return Place(height, 0.35 * scale, 2 * radius * 0.92), [_drum((0, 0), radius, height, colours.stand)]


def _stepped(colours: Colours, scale: float, toward: int, rng: np.random.Generator) -> tuple[Place, list[Solid]]:
    low, high = float(rng.uniform(0.18, 0.24)), float(rng.uniform(0.2, 0.28))
    shift = -0.18 * toward * float(rng.random())
    lower = _drum((shift, 0), 1.36 * scale, low, colours.stand)
    upper = _drum((0, -0.001), 1.05 * scale, high, _shade(colours.stand, 1.05), base=low)
    return Place(low + high, 0.35 * scale, 1.9 * scale), [lower, upper]


def _block(colours: Colours, scale: float, toward: int, rng: np.random.Generator) -> tuple[Place, list[Solid]]:
    height = float(rng.uniform(0.34, 0.46))
    main = _block_at((0, 0), (2.2 * scale, height, 1.7 * scale), colours.stand)
    tall = float(rng.uniform(0.9, 1.3))
    side = _block_at((toward * 1.25 * scale, 1.25), (1.0 * scale, tall, 0.7), colours.props[0])
    return Place(height, 0.35 * scale, 2.1 * scale), [main, side]


def _steps(colours: Colours, scale: float, toward: int, rng: np.random.Generator) -> tuple[Place, list[Solid]]:
    """A low landing for the product; behind it a stair climbs away to one side."""
    rise, tread = float(rng.uniform(0.27, 0.33)), 0.56 * scale
    landing = _block_at((0, 0), (2.4 * scale, rise, 1.7), colours.stand)
    stair = [
        _block_at((toward * tread * (i + 0.7), 1.4), (tread, rise * (i + 2), 1.0), colours.stand) for i in range(4)
    ]
    return Place(rise, 0.35, 2.1 * scale), [landing, *stair]


def _table(colours: Colours, scale: float, toward: int, rng: np.random.Generator) -> tuple[Place, list[Solid]]:
    top = block(24, 0.5, 6, bevel=0.03)
    return Place(0.0, 0.3, 2.6 * scale), [Solid(top, (0, -0.25, TABLE_END - 3), 12.5, colours.floor, ground=True)]


def _sill(colours: Colours, scale: float, toward: int, rng: np.random.Generator) -> tuple[Place, list[Solid]]:
    place, (ledge,) = _table(colours, scale, toward, rng)
    frame = Finish(mix(colours.floor.colour, WHITE, 0.6))
    bars = [Solid(block(0.16, 9, 0.2, 0.03), (x, 4.3, 2.2), 4.6, frame, 0.006) for x in (-3.9, -1.35, 1.35, 3.9)]
    rail = Solid(block(24, 0.5, 0.3, 0.03), (0, 0.03, 2.1), 12.1, frame, 0.006)
    return place, [*bars, rail, ledge]


def _floor(colours: Colours, scale: float, toward: int, rng: np.random.Generator) -> tuple[Place, list[Solid]]:
    return Place(0.0, 0.3, 2.6 * scale), []


STAND_BUILDERS = {
    "round": _round,
    "stepped": _stepped,
    "block": _block,
    "steps": _steps,
    "table": _table,
    "sill": _sill,
    "floor": _floor,
}


def _props(
    wish: Wish, stand: str, colours: Colours, scale: float, toward: int, rng: np.random.Generator
) -> Iterator[Solid]:
    """Props beside and behind the product, smaller on the lamp's side; never in front of it or in its place."""
    first, second = colours.props[0], colours.props[1]
    edge = (1.5 if stand == "stepped" else 1.25) * scale
    asked = wish.extras & {"spheres", "vase"}
    if "vase" in asked or (stand == "table" and not asked):
        yield from _vase((toward * (edge + 0.3), 0.95), first)
    if "spheres" in asked:
        yield _ball((-toward * (edge + 0.05), 0.9), 0.42, first)
        yield _ball((toward * (edge + 0.1), 0.35), 0.2, second)
        yield _ball((toward * (edge + 0.35), 1.2), 0.58, second)
    if asked or "arch" in wish.extras or stand not in {"round", "stepped"}:
        return
    if rng.random() < 0.5:
        yield _drum((toward * (edge + 0.2), 1.2), 0.48 * scale, float(rng.uniform(0.95, 1.4)), first)
        yield _ball((-toward * (edge + 0.12), 0.6), float(rng.uniform(0.2, 0.28)), second)
    else:
        half = float(rng.uniform(0.75, 1.0))
        yield Solid(arch(1.5 * scale, 2 * half, 0.22), (toward * edge, half, 1.5), 1.5, first)
        yield _ball((toward * (edge + 0.2), 0.5), float(rng.uniform(0.2, 0.3)), second)


def _vase(at: tuple[float, float], finish: Finish) -> Iterator[Solid]:
    parts = (
        (pebble(0.46, 1.0, 0.34), 0.5, 0.0),
        (drum(0.13, 0.45), 1.205, 0.001),
        (pebble(0.2, 0.07, 0.034), 1.415, 0.002),
    )
    for form, height, nearer in parts:
        yield Solid(form, (at[0], height, at[1] - nearer), 0.7, finish, blur=0.003)


def _drum(at: tuple[float, float], radius: float, height: float, finish: Finish, base: float = 0) -> Solid:
    reach = float(np.hypot(radius, height / 2))
    return Solid(drum(radius, height), (at[0], base + height / 2, at[1]), reach, finish)


def _block_at(at: tuple[float, float], size: tuple[float, float, float], finish: Finish) -> Solid:
    return Solid(block(*size), (at[0], size[1] / 2, at[1]), float(np.linalg.norm(size)) / 2, finish)


def _ball(at: tuple[float, float], radius: float, finish: Finish) -> Solid:
    return Solid(ball(radius), (at[0], radius, at[1]), radius, finish)


def _shade(finish: Finish, factor: float) -> Finish:
    return replace(finish, colour=np.minimum(finish.colour * np.float32(factor), 1))
