"""The colour and surface that each thing wears.

It is what the prompt names, then the season's or the product's palette where the set takes one, then the set's own;
and nothing that the prompt left open comes near the product's colour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from assetgen.studio.palette import Scheme, flattering, kept_apart, seasonal
from assetgen.studio.prompt_reading import Wish
from assetgen.studio.settings import SetRow
from assetgen.studio.tracer.colours import WHITE, brightness, linear, mix
from assetgen.studio.tracer.solids import Array, Finish
from assetgen.studio.tracer.surfaces import SURFACES

NEUTRAL = linear("#e3d8ca")
CLAY = linear("#c9a27c")
NATURAL = {"stone", "snow", "sand", "rings"}
"""Surfaces of what grew or lay there, which keep their own colour unless the prompt names another."""

DARK = 0.12
"""The luminance, 0 to 1, below which a wall counts as dark, and what stands before it is lifted to be seen."""


@dataclass(frozen=True)
class Finishes:
    """`props` are for the things beside the product: two or more, the first the strongest."""

    wall: Finish
    floor: Finish
    stand: Finish
    arch: Finish
    props: tuple[Finish, ...]


def dressed(wish: Wish, setting: SetRow | None, rng: np.random.Generator) -> Finishes:
    """The finishes of a set, or of a plain studio without one."""
    code = wish.colours.get("product")
    product = linear(code) if code else None
    scheme = seasonal(wish.season, rng) if wish.season else flattering(product, rng) if product is not None else None
    # A brand's palette decides only where nothing else does.
    loose = (*wish.loose, *(() if setting or scheme else wish.palette))
    wish, accents = _handed_out(replace(wish, loose=loose), setting.dyed if setting else ("wall", "stand"))
    finishes = _furnished(wish, accents, setting, scheme) if setting else _plain(wish, accents, scheme)
    return finishes if product is None else _beside(product, finishes, wish)


def _handed_out(wish: Wish, things: tuple[str, ...]) -> tuple[Wish, tuple[Array, ...]]:
    """Colours that nothing claimed go to these things in turn; what is left are accents."""
    colours, loose = dict(wish.colours), list(wish.loose)
    for thing in things:
        if thing not in colours and loose:
            colours[thing] = loose.pop(0)
    return replace(wish, colours=colours), tuple(linear(code) for code in loose)


def _beside(product: Array, finishes: Finishes, wish: Wish) -> Finishes:
    """Whatever the prompt gives no colour keeps its distance from the product's."""

    def apart(finish: Finish) -> Finish:
        return replace(finish, colour=kept_apart(finish.colour, product))

    free = {thing for thing in ("wall", "floor", "stand", "arch") if thing not in wish.colours}
    changed = {thing: apart(getattr(finishes, thing)) for thing in free}
    return replace(finishes, **changed, props=tuple(apart(prop) for prop in finishes.props))


def _furnished(wish: Wish, accents: tuple[Array, ...], setting: SetRow, scheme: Scheme | None) -> Finishes:
    own = {
        thing: spec.split()
        for thing, spec in (("wall", setting.wall), ("floor", setting.floor), ("stand", setting.top))
    }
    natural = {thing: linear(code) for thing, (_, code) in own.items() if code != "wall"}
    if scheme:
        themed = {"wall": scheme.wall, "floor": scheme.stand, "stand": scheme.stand}
        natural |= {thing: themed[thing] for thing in setting.dyed if own[thing][0] not in NATURAL}

    def finish(thing: str) -> Finish:
        return _finish(wish, thing, natural[thing], own[thing][0])

    wall = finish("wall")
    natural.setdefault("floor", wall.colour)
    strong, *others = (linear(code) for code in setting.accents.split())
    named = [_finish(wish, "props", strong)] if _named(wish, "props") else []
    props = (*named, *(Finish(accent) for accent in (*accents, strong, *others)))
    return Finishes(wall, finish("floor"), finish("stand"), _finish(wish, "arch", mix(wall.colour, strong, 0.8)), props)


def _plain(wish: Wish, accents: tuple[Array, ...], scheme: Scheme | None) -> Finishes:
    accents = (*accents, *(scheme.accents if scheme else ()))
    wall = _finish(wish, "wall", scheme.wall if scheme else NEUTRAL)
    tone = _tone(wall.colour)
    light = mix(tone, WHITE, 0.12 if tone is not wall.colour else 0.35)
    stand = _finish(wish, "stand", scheme.stand if scheme else light)
    floor = _finish(wish, "floor", wall.colour) if _named(wish, "floor") else wall
    if wish.stand in {"table", "sill"} and "floor" not in wish.colours and not SURFACES[floor.surface].fine:
        floor = replace(floor, colour=stand.colour)  # There the floor is the table, and the table is the stand.
    inside = accents[0] if accents else wall.colour * (0.5 + 0.5 * brightness(wall.colour))
    return Finishes(wall, floor, stand, _finish(wish, "arch", inside), _props(wish, wall.colour, tone, accents))


def _finish(wish: Wish, thing: str, otherwise: Array, surface: str = "paint") -> Finish:
    """A named colour, else the colour that a named surface has by nature, else `otherwise`."""
    named = wish.surfaces.get(thing)
    code = wish.colours.get(thing) or (SURFACES[named].colour if named else None)
    return Finish(linear(code) if code else otherwise, named or surface)


def _named(wish: Wish, thing: str) -> bool:
    return thing in wish.colours or thing in wish.surfaces


def _tone(wall: Array) -> Array:
    """The wall's own hue, light enough to stand before the wall."""
    luminance = brightness(wall)
    return np.minimum(wall * (0.2 / max(luminance, 0.01)), 1) if luminance < DARK else wall


def _props(wish: Wish, wall: Array, tone: Array, accents: tuple[Array, ...]) -> tuple[Finish, ...]:
    if tone is not wall:
        strong, pale = mix(wall, tone, 0.5), mix(tone, WHITE, 0.25)
    else:
        strong, pale = (wall * (0.25 + 0.6 * wall) if wish.colours else CLAY), mix(wall, WHITE, 0.5)
    named = [_finish(wish, "props", strong)] if _named(wish, "props") else []
    return (*named, *(Finish(accent) for accent in accents), Finish(strong), Finish(pale))
