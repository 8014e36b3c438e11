"""Who wears which colour and surface: what the prompt names, then the season's or the product's palette where the set
takes one, then the set's own; and nothing that the prompt left open comes near the product's colour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from assetgen.providers.studio.colours import WHITE, brightness, linear, mix
from assetgen.providers.studio.palette import Scheme, flattering, kept_apart, seasonal
from assetgen.providers.studio.reading import Wish
from assetgen.providers.studio.settings import Setting
from assetgen.providers.studio.solids import Array, Finish
from assetgen.providers.studio.surfaces import SURFACES

NEUTRAL = linear("#e3d8ca")
CLAY = linear("#c9a27c")
DARK = 0.12
"""Below this luminance a wall counts as dark, and what stands before it is lifted to be seen."""


@dataclass(frozen=True)
class Finishes:
    """`props` are for the things beside the product: two or more, the first the strongest."""

    wall: Finish
    floor: Finish
    stand: Finish
    arch: Finish
    props: tuple[Finish, ...]


def dressed(wish: Wish, setting: Setting | None, rng: np.random.Generator) -> Finishes:
    """In a set, or without one in a plain studio."""
    code = wish.colours.get("product")
    product = linear(code) if code else None
    scheme = _scheme(wish, product, rng)
    finishes = _furnished(wish, setting, scheme) if setting else _plain(wish, scheme)
    return finishes if product is None else _beside(product, finishes, wish)


def _scheme(wish: Wish, product: Array | None, rng: np.random.Generator) -> Scheme | None:
    if wish.season:
        return seasonal(wish.season, rng)
    return None if product is None else flattering(product, rng)


def _beside(product: Array, finishes: Finishes, wish: Wish) -> Finishes:
    """Whatever the prompt gives no colour keeps its distance from the product's."""

    def apart(finish: Finish) -> Finish:
        return replace(finish, colour=kept_apart(finish.colour, product))

    open_things = {thing for thing in ("wall", "floor", "stand", "arch") if thing not in wish.colours}
    if wish.loose:
        open_things -= {"wall"}
    if len(wish.loose) > 1:
        open_things -= {"stand"}
    changed = {thing: apart(getattr(finishes, thing)) for thing in open_things}
    return replace(finishes, **changed, props=tuple(apart(prop) for prop in finishes.props))


def _furnished(wish: Wish, setting: Setting, scheme: Scheme | None) -> Finishes:
    loose, colours = list(wish.loose), dict(wish.colours)
    for thing in setting.dyed:
        if thing not in colours and loose:
            colours[thing] = loose.pop(0)
    taken = {"wall": scheme.wall, "stand": scheme.stand, "floor": scheme.stand} if scheme else {}

    def finish(thing: str, own: str) -> Finish:
        surface, code = own.split()
        named = wish.surfaces.get(thing)
        if thing in colours:
            return Finish(linear(colours[thing]), named or surface)
        if named:
            return Finish(linear(SURFACES[named].colour or code), named)
        return Finish(taken[thing] if thing in taken and thing in setting.dyed else linear(code), surface)

    props = [Finish(linear(code)) for code in (*loose, *setting.accents.split())]
    if _named(wish, "props"):
        props.insert(
            0,
            Finish(linear(wish.colours.get("props", setting.accents.split()[0])), wish.surfaces.get("props", "paint")),
        )
    wall = finish("wall", setting.wall)
    niche = mix(wall.colour, linear(setting.accents.split()[0]), 0.8)
    arch = Finish(linear(wish.colours["arch"]) if "arch" in wish.colours else niche, wish.surfaces.get("arch", "paint"))
    return Finishes(wall, finish("floor", setting.floor), finish("stand", setting.top), arch, tuple(props))


def _plain(wish: Wish, scheme: Scheme | None) -> Finishes:
    wish, accents = _dyed(wish, scheme)
    wall = _finish(wish, "wall", scheme.wall if scheme else NEUTRAL)
    tone = _tone(wall.colour)
    stand = _finish(
        wish, "stand", scheme.stand if scheme else mix(tone, WHITE, 0.12 if tone is not wall.colour else 0.35)
    )
    floor = _finish(wish, "floor", wall.colour) if _named(wish, "floor") else wall
    if wish.stand in {"table", "sill"} and "floor" not in wish.colours and not SURFACES[floor.surface].fine:
        floor = replace(floor, colour=stand.colour)  # There the floor is the table, and the table is the stand.
    inside = accents[0] if accents else wall.colour * (0.5 + 0.5 * brightness(wall.colour))
    return Finishes(wall, floor, stand, _finish(wish, "arch", inside), _props(wish, wall.colour, tone, accents))


def _dyed(wish: Wish, scheme: Scheme | None) -> tuple[Wish, tuple[Array, ...]]:
    """Colours that nothing claimed go to the wall, then to the stand; what is left are accents."""
    loose = [*wish.loose, *(() if scheme else wish.palette)]
    colours = dict(wish.colours)
    for thing in ("wall", "stand"):
        if thing not in colours and loose:
            colours[thing] = loose.pop(0)
    return replace(wish, colours=colours), (*(linear(code) for code in loose), *(scheme.accents if scheme else ()))


def _finish(wish: Wish, thing: str, otherwise: Array) -> Finish:
    """A named colour, else the colour that the surface has by nature, else `otherwise`."""
    surface = wish.surfaces.get(thing, "paint")
    code = wish.colours.get(thing, SURFACES[surface].colour)
    return Finish(linear(code) if code else otherwise, surface)


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
