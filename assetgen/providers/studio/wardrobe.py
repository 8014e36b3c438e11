"""Who wears which colour and surface: what the prompt names, and matching tones for everything else."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from assetgen.providers.studio.colours import WHITE, brightness, linear, mix
from assetgen.providers.studio.reading import Wish
from assetgen.providers.studio.solids import Array, Finish
from assetgen.providers.studio.surfaces import OWN_COLOURS, PLAIN

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


def dressed(wish: Wish) -> Finishes:
    wall = _finish(wish, "wall", NEUTRAL)
    tone = _tone(wall.colour)
    stand = _finish(wish, "stand", mix(tone, WHITE, 0.12 if tone is not wall.colour else 0.35))
    floor = _finish(wish, "floor", wall.colour) if _named(wish, "floor") else wall
    if wish.stand in {"table", "sill"} and "floor" not in wish.colours and floor.surface in PLAIN:
        floor = replace(floor, colour=stand.colour)  # There the floor is the table, and the table is the stand.
    accents = tuple(linear(code) for code in wish.accents)
    inside = accents[0] if accents else wall.colour * (0.5 + 0.5 * brightness(wall.colour))
    return Finishes(wall, floor, stand, _finish(wish, "arch", inside), _props(wish, wall.colour, tone, accents))


def _finish(wish: Wish, thing: str, otherwise: Array) -> Finish:
    """A named colour, else the colour that the surface has by nature, else `otherwise`."""
    surface = wish.surfaces.get(thing, "paint")
    code = wish.colours.get(thing, OWN_COLOURS.get(surface))
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
