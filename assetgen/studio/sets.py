"""A wish becomes a set: solids, backdrop, lamps and camera. Chance decides what the prompt leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from assetgen.studio.prompt_reading import Wish
from assetgen.studio.scenery.inventory import PROPS
from assetgen.studio.scenery.kit import Kit, Spot
from assetgen.studio.settings import SETTINGS, SetRow
from assetgen.studio.stands import RAISED, STANDS, TABLE_END, Stand
from assetgen.studio.tracer.camera import LENS_DISTANCE, Camera, framing
from assetgen.studio.tracer.colours import linear
from assetgen.studio.tracer.light import TIMES, Lamp, Time, gobo, lamp_at
from assetgen.studio.tracer.solids import Finish, Solid, Vector
from assetgen.studio.tracer.surfaces import SURFACES
from assetgen.studio.tracer.sweep import Niche, Sweep
from assetgen.studio.wardrobe import dressed

NOT_AFTER_DARK = {"morning", "noon"}


@dataclass(frozen=True)
class ProductSet:
    """Everything that is rendered; solids come from back to front.

    side: the lamp's side, -1 to 1. view: painters of what lies behind; open_air: that is all there is behind. sprig:
    the side (-1 or 1) from which leaves reach into the frame, 0 for none.
    """

    camera: Camera
    backdrop: Sweep
    stand: Stand
    solids: tuple[Solid, ...]
    accents: tuple[Finish, ...]
    lamps: tuple[Lamp, ...]
    time: Time
    side: float
    view: tuple[str, ...]
    open_air: bool
    sprig: int
    seed: int

    @property
    def underfoot(self) -> Finish:
        """What the product stands on is made of."""
        return (
            self.stand.solids[-1].finish if self.stand.solids and self.stand.solids[-1].sharp else self.backdrop.floor
        )


def build(wish: Wish, width: int, height: int, seed: int) -> ProductSet:
    rng = np.random.default_rng(seed)
    setting = SETTINGS[wish.place] if wish.place else None
    side = _side(wish, rng)
    view, x, y = framing(width, height)
    kind = _stand(wish, setting)
    # Props stand away from the lamp: their shadows fall out of the frame.
    kit = Kit(dressed(wish, setting, rng), min(1.0, view * width / height / 2.65), 1 if side <= 0 else -1, rng)
    stand = STANDS[kind](kit)
    stand = replace(stand, solids=tuple(replace(solid, sharp=solid.centre[2] < 0.5) for solid in stand.solids))
    time = _time(wish, setting)
    time = replace(time, height=time.height * kit.between(0.94, 1.08))
    # A window looks out on the place that is asked for, where that is one outside.
    behind = ("garden",) if kind == "sill" and not (setting and setting.open_air) else setting.view if setting else ()
    return ProductSet(
        camera=Camera(
            width, height, view, (0.0, stand.height, -stand.forward), x, y, setting.aperture if setting else 0.012
        ),
        backdrop=_backdrop(wish, setting, kind, kit),
        stand=stand,
        solids=tuple(sorted((*stand.solids, *_props(wish, setting, kind, stand, kit)), key=_painting_order)),
        accents=kit.finishes.props,
        lamps=tuple(_lamps(time, side, (0.0, stand.height + 0.6, 0.4), _pattern(wish, setting, kind), rng)),
        time=time,
        side=side,
        view=(*behind, *(("bokeh",) if "bokeh" in wish.extras and "bokeh" not in behind else ())),
        open_air=kind == "sill" or bool(setting and setting.open_air and "wall" not in wish.surfaces),
        sprig=kit.away if "leaves" in wish.extras else 0,
        seed=seed,
    )


def _stand(wish: Wish, setting: SetRow | None) -> str:
    if wish.stand:
        return wish.stand
    return setting.stand if setting else "floor" if wish.surfaces.get("floor") == "water" else "round"


def _time(wish: Wish, setting: SetRow | None) -> Time:
    if setting and (wish.time is None or (setting.after_dark and wish.time in NOT_AFTER_DARK)):
        return TIMES[setting.time]
    return TIMES[wish.time or "day"]


def _side(wish: Wish, rng: np.random.Generator) -> float:
    either = float(rng.choice([-1, 1]))
    return {"left": -1.0, "right": 1.0, "above": 0.0, None: either}[wish.side] * float(rng.uniform(0.9, 1.0))


def _painting_order(solid: Solid) -> float:
    return -float(np.hypot(solid.centre[0], solid.centre[2] + LENS_DISTANCE))


def _props(wish: Wish, setting: SetRow | None, kind: str, stand: Stand, kit: Kit) -> Iterator[Solid]:
    named = tuple(name for name in ("vase", "spheres") if name in wish.extras)
    for i, name in enumerate(named or _own_props(wish, setting, kind)):
        yield from PROPS[name](Spot(kit.finishes, kit.scale, kit.away, kit.rng, kit.away * (-1) ** i, stand.edge))


def _own_props(wish: Wish, setting: SetRow | None, kind: str) -> tuple[str, ...]:
    if setting:
        return setting.props
    if kind == "table":
        return ("homely",)
    if "arch" in wish.extras:
        return ("beside-niche",)
    return ("quiet",) if kind in {"round", "stepped"} else ()


def _backdrop(wish: Wish, setting: SetRow | None, kind: str, kit: Kit) -> Sweep:
    finishes = kit.finishes
    depth = (setting.depth if setting else 2.5) * kit.between(0.95, 1.05)
    end = "edge" if kind in RAISED else setting.end if setting else "sweep"
    if end in {"edge", "far"}:
        return Sweep(max(depth, 3.0), 0.0, TABLE_END if end == "edge" else depth - 0.01, finishes.wall, finishes.floor)
    niche = _niche(wish, setting, kit)
    plain = finishes.floor.surface == finishes.wall.surface or not SURFACES[finishes.floor.surface].fine
    sweep = 1.6 if plain and niche is None and end == "sweep" else 0.0
    return Sweep(depth, sweep, depth, finishes.wall, finishes.floor, niche)


def _niche(wish: Wish, setting: SetRow | None, kit: Kit) -> Niche | None:
    form = "round" if "arch" in wish.extras else setting.niche if setting else None
    if form is None:
        return None
    width, height = kit.between(2.5, 2.8) * kit.scale, kit.between(3.0, 3.2) * max(kit.scale, 0.9)
    if not setting or setting.niche != form:
        return Niche(form, width, height, 0.8, kit.finishes.arch)
    # A set's own niche has a rim and is lower: words stand above it.
    width, height = 0.9 * width, 0.85 * (width if form == "moon" else height)
    return Niche(form, width, height, 0.8, kit.finishes.arch, rim=kit.accent(0))


def _pattern(wish: Wish, setting: SetRow | None, kind: str) -> str | None:
    if wish.shadow or wish.time == "night":
        return wish.shadow or "pool"
    if setting and wish.time in {None, setting.time, "morning"}:
        return setting.shadow
    return "window" if kind == "sill" else None


def _lamps(time: Time, side: float, aim: Vector, pattern: str | None, rng: np.random.Generator) -> Iterator[Lamp]:
    key = lamp_at(side, time, aim, linear(time.lamp))
    # Behind a pattern the lamp is small: a large one would wash it away.
    yield replace(key, gobo=gobo(pattern, rng, time.softness), radius=min(key.radius, 0.1)) if pattern else key
    if time.second:
        yield lamp_at(-side or 1.0, replace(time, height=22), aim, linear(time.second) * 0.9)
