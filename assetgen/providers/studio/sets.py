"""A wish becomes a set: solids, backdrop, lamps and camera. Chance decides what the prompt leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from assetgen.providers.studio.backdrop import Backdrop, Niche
from assetgen.providers.studio.camera import LENS_DISTANCE, Camera, framing
from assetgen.providers.studio.colours import linear
from assetgen.providers.studio.light import TIMES, Lamp, Time, gobo, lamp_at
from assetgen.providers.studio.reading import Wish
from assetgen.providers.studio.solids import Finish, Solid, Vector
from assetgen.providers.studio.stands import (
    STANDS,
    TABLE_END,
    Kit,
    Stand,
    named_props,
    niche_props,
    quiet_props,
    table_props,
)
from assetgen.providers.studio.surfaces import PLAIN
from assetgen.providers.studio.wardrobe import dressed

RAISED = {"table", "sill"}
"""Stands whose surface ends before the wall, with the floor far below the frame."""


@dataclass(frozen=True)
class ProductSet:
    """Everything that is rendered; solids come from back to front.

    side: the lamp's side, -1 to 1. outdoors: there is a view out of a window instead of the wall. sprig: the side
    (-1 or 1) from which leaves reach into the frame, 0 for none.
    """

    camera: Camera
    backdrop: Backdrop
    stand: Stand
    solids: tuple[Solid, ...]
    lamps: tuple[Lamp, ...]
    time: Time
    side: float
    outdoors: bool
    bokeh: bool
    sprig: int
    seed: int

    @property
    def ground(self) -> Vector:
        """A point where the floor meets the wall, or where the table ends."""
        raised = self.backdrop.floor_level < 0
        return 0.0, 0.0, TABLE_END if raised else self.backdrop.distance - 0.3 * self.backdrop.sweep

    @property
    def underfoot(self) -> Finish:
        """What the product stands on is made of."""
        return self.stand.solids[0].finish if self.stand.height else self.backdrop.floor


def build(wish: Wish, width: int, height: int, seed: int) -> ProductSet:
    rng = np.random.default_rng(seed)
    side = _side(wish, rng)
    view, x, y = framing(width, height)
    kind = wish.stand or ("floor" if wish.surfaces.get("floor") == "water" else "round")
    # Props stand away from the lamp: their shadows fall out of the frame.
    kit = Kit(dressed(wish), min(1.0, view * width / height / 2.65), 1 if side <= 0 else -1, rng)
    stand = STANDS[kind](kit)
    time = replace(TIMES[wish.time], height=TIMES[wish.time].height * kit.between(0.94, 1.08))
    return ProductSet(
        camera=Camera(width, height, view, (0.0, stand.height, -stand.forward), x, y),
        backdrop=_backdrop(wish, kind, kit),
        stand=stand,
        solids=tuple(sorted((*stand.solids, *_props(wish, kind, stand, kit)), key=_painting_order)),
        lamps=tuple(_lamps(time, side, (0.0, stand.height + 0.6, 0.4), _pattern(wish, kind), rng)),
        time=time,
        side=side,
        outdoors=kind == "sill",
        bokeh="bokeh" in wish.extras,
        sprig=kit.away if "leaves" in wish.extras else 0,
        seed=seed,
    )


def _side(wish: Wish, rng: np.random.Generator) -> float:
    either = float(rng.choice([-1, 1]))
    return {"left": -1.0, "right": 1.0, "above": 0.0, None: either}[wish.side] * float(rng.uniform(0.9, 1.0))


def _painting_order(solid: Solid) -> tuple[bool, float]:
    return not solid.ground, -float(np.hypot(solid.centre[0], solid.centre[2] + LENS_DISTANCE))


def _props(wish: Wish, kind: str, stand: Stand, kit: Kit) -> Iterator[Solid]:
    named = tuple(named_props(wish.extras, stand.edge, kit))
    if named:
        yield from named
    elif kind == "table":
        yield from table_props(stand.edge, kit)
    elif "arch" in wish.extras:
        yield from niche_props(stand.edge, kit)
    elif kind in {"round", "stepped"}:
        yield from quiet_props(stand.edge, kit)


def _backdrop(wish: Wish, kind: str, kit: Kit) -> Backdrop:
    finishes, niche = kit.finishes, None
    if kind in RAISED:
        return Backdrop(3.0, 0.0, -4.0, finishes.wall, finishes.floor)
    if "arch" in wish.extras:
        width, height = kit.between(2.5, 2.8) * kit.scale, kit.between(3.0, 3.2) * max(kit.scale, 0.9)
        niche = Niche(0.0, width, height, 0.8, finishes.arch)
    seamless = niche is None and finishes.floor.surface in {finishes.wall.surface, *PLAIN}
    return Backdrop(kit.between(2.3, 2.7), 1.6 if seamless else 0.0, 0.0, finishes.wall, finishes.floor, niche)


def _pattern(wish: Wish, kind: str) -> str | None:
    return wish.shadow or ("pool" if wish.time == "night" else "window" if kind == "sill" else None)


def _lamps(time: Time, side: float, aim: Vector, pattern: str | None, rng: np.random.Generator) -> Iterator[Lamp]:
    key = lamp_at(side, time, aim, linear(time.lamp))
    # Behind a pattern the lamp is small: a large one would wash it away.
    yield replace(key, gobo=gobo(pattern, rng, time.softness), radius=min(key.radius, 0.1)) if pattern else key
    if time.second:
        yield lamp_at(-side or 1.0, replace(time, height=22), aim, linear(time.second) * 0.9)
