"""What made things are made of: colour and relief at every point, out of smooth noise.

A point (x, y, z) has the texture coordinates u = x, v = z + y: the floor runs on up a wall, and
a podium's side over its edge.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from assetgen.studio.tracer import earth
from assetgen.studio.tracer.coat import Coat, tinted
from assetgen.studio.tracer.colours import brightness, linear, mix
from assetgen.studio.tracer.noise import Noise, sample
from assetgen.studio.tracer.solids import Array


@dataclass(frozen=True)
class SurfaceKind:
    """A kind of surface, and how it is drawn."""

    draw: Callable[[Array, Array, Array, Noise], Coat]
    colour: str | None = None
    """Its colour by nature, where no other is named."""

    shine: float = 0.0
    """0 is matt, 1 a mirror."""

    fine: bool = True
    """Whether it has a pattern that small pictures of it need to average."""


def paint(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    return Coat(tinted(colour, 1 + 0.011 * sample(noise.soft, u * 0.19, v * 0.17)))


def plaster(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Limewash: broad cloudy strokes over a barely uneven ground."""
    blotch = sample(noise.soft, u * 0.17, v * 0.13) * 0.6 + sample(noise.fine, u * 0.4, v * 0.31) * 0.4
    right, down = (sample(tile, u * 0.45, v * 0.45) for tile in noise.relief)
    return Coat(tinted(colour, 1 + 0.045 * blotch), (right * 0.02, down * 0.02))


def concrete(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Cast in panels: joints, the holes of the ties, and clouds of damp."""
    blotch = sample(noise.soft, u * 0.21, v * 0.19) * 0.6 + sample(noise.fine, u * 0.33, v * 0.27) * 0.5
    across, up = (u + 0.55) / 2.3, (v + 0.5) / 1.7
    joint = np.maximum(_line(across, 0.006), _line(up, 0.008))
    tie = np.hypot(np.abs(_saw(across)) * 2.3 - 0.75, np.abs(_saw(up)) * 1.7 - 0.5)
    hole = np.clip((0.055 - tie) / 0.02, 0, 1)
    right, down = (sample(tile, u * 0.6, v * 0.6) for tile in noise.relief)
    return Coat(
        tinted(colour, (1 + 0.07 * blotch) * (1 - 0.3 * joint) * (1 - 0.45 * hole)), (right * 0.03, down * 0.03)
    )


def tiles(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Hand-made tiles in a running bond, none quite like its neighbour, each tilted by a hair."""
    width, height = np.float32(0.74), np.float32(0.37)
    across = u / width + 0.5 * np.mod(np.floor(v / height), 2)
    return _tiled(colour, (across, v / height), (width, height), noise)


def mosaic(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Small square tiles, as in a pool."""
    size = np.float32(0.3)
    return _tiled(colour, (u / size, v / size), (size, size), noise)


def stacked(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Slender upright tiles, joint over joint."""
    width, height = np.float32(0.26), np.float32(0.9)
    return _tiled(colour, (u / width, v / height), (width, height), noise)


def _tiled(colour: Array, at: tuple[Array, Array], size: tuple[np.float32, np.float32], noise: Noise) -> Coat:
    """A coat of tiles of this size; `at` is the place counted in tiles across and up."""
    column, row = (np.floor(share) for share in at)
    # One value for each tile, the same wherever in the tile it is asked for.
    spread, tilt, lean = (sample(noise.fine, column * a + row * b, row * a - column * b) for a, b in _SCATTER)
    edge = [(0.5 - np.abs(_saw(share))) * length for share, length in zip(at, size, strict=True)]
    nearest = np.minimum(*edge)
    joint = np.clip((0.016 - nearest) / 0.008, 0, 1)
    bevel = np.exp(-nearest / 0.018) * 0.12
    slopes = [
        0.016 * turn - bevel * np.sign(_saw(share)) * (own <= nearest)
        for turn, share, own in zip((tilt, lean), at, edge, strict=True)
    ]
    grout = mix(colour, np.full(3, 0.62, np.float32), 0.55) * np.float32(0.82)
    tile = tinted(colour, 1 + 0.035 * spread)
    return Coat(tile * (1 - joint)[..., None] + grout * joint[..., None], (slopes[0], slopes[1]))


_SCATTER = tuple((np.float32(a), np.float32(b)) for a, b in ((0.3711, 0.6173), (0.7283, 0.1337), (0.2719, 0.8141)))


def _saw(share: Array) -> Array:
    """How far from the middle of its period, -0.5 to 0.5."""
    fraction: Array = share - np.floor(share) - np.float32(0.5)
    return fraction


def _line(share: Array, width: float) -> Array:
    """1 on the border between two periods, with soft edges; width as a share of the period."""
    line: Array = np.clip((width - (0.5 - np.abs(_saw(share)))) / (0.5 * width) + 0.5, 0, 1)
    return line


def marble(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Veins run where warped clouds cross zero; wide grey drifts with thin dark lines."""
    bend = sample(noise.soft, u * 0.23 + 0.3, v * 0.23)
    a, b = u * 0.16 + v * 0.07 + bend * 0.035, v * 0.16 - u * 0.05 + bend * 0.03
    wide = np.exp(-np.abs(sample(noise.soft, a, b)) / 0.22)
    thin = np.exp(-np.abs(sample(noise.soft, a * 2.1 + 0.4, b * 2.1)) / 0.05)
    mask = np.clip(sample(noise.soft, u * 0.3 + 0.7, v * 0.3) * 0.5 + 0.5, 0, 1)
    light = brightness(colour) > 0.12
    vein = mix(colour, linear("#6e6a68" if light else "#f3ead9"), 0.75 if light else 0.5)
    strength = np.clip(0.30 * wide + 0.5 * thin * mask, 0, 1)[..., None]
    return Coat(colour * (1 - strength) + vein * strength)


def terrazzo(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    cover = [sample(np.ascontiguousarray(noise.chips[..., i]), u * 0.42, v * 0.42)[..., None] for i in range(3)]
    chips = [mix(linear(code), colour, 0.25) for code in ("#b5654a", "#8f9a86", "#5b5550")]
    result = tinted(colour, 1 + 0.012 * sample(noise.fine, u * 0.5, v * 0.5))
    for share, chip in zip(cover, chips, strict=True):
        result = result * (1 - share) + chip * share
    return Coat(result)


def rubber(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """A gym's floor: dark crumb with a few pale flecks."""
    cover = sample(np.ascontiguousarray(noise.chips[..., 0]), u * 0.9, v * 0.9) * 0.5
    fleck = sample(np.ascontiguousarray(noise.chips[..., 1]), u * 1.1 + 0.3, v * 1.1) * 0.3
    ground = tinted(colour, 1 + 0.08 * sample(noise.fine, u * 0.8, v * 0.8))
    flecked = (cover + fleck)[..., None] * np.float32(0.5)
    return Coat(ground * (1 - flecked) + mix(colour, linear("#d8d8d4"), 0.5) * flecked)


def wood(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Planks along u, each cut from another part of the tree."""
    plank = np.floor(v / 0.62 + 0.2)
    seam = np.abs(v / 0.62 + 0.2 - plank - 0.5) * 2
    part = np.mod(plank * np.float32(0.377), 1)
    growth = sample(noise.soft, u * 0.035 + part, v * 0.09 + part * 3)
    rings = np.sin((growth * 2.6 + v * 1.2 + part * 5) * np.float32(6.0))
    fibre = sample(noise.fine, u * 0.07 + part, v * 1.9 + part)
    shade = 1 + 0.09 * rings + 0.06 * fibre + 0.10 * (part - 0.5) - 0.45 * np.clip((seam - 0.975) / 0.02, 0, 1)
    warm = np.array([1.0, 0.96, 0.9], np.float32)
    return Coat(tinted(colour, shade) * warm ** (1 - shade)[..., None])


def linen(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Uneven threads both ways; no regular weave, which would shimmer when the picture is resized."""
    threads = sample(noise.fine, u * 2.4, v * 0.12) + sample(noise.fine, u * 0.12 + 0.5, v * 2.4)
    folds = sample(noise.soft, u * 0.11, v * 0.07)
    right, down = (sample(tile, u * 0.12, v * 0.08) for tile in noise.relief)
    return Coat(tinted(colour, 1 + 0.036 * threads + 0.02 * folds), (right * 0.05, down * 0.03))


def drapery(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """A curtain's deep folds, dark in the valleys; they sway a little on the way down."""
    sway = 0.25 * sample(noise.soft, u * 0.03, v * 0.012)
    phase = u * 7.5 + 1.4 * np.sin(u * 1.3 + 2 * sway) + 2.2 * sway
    fold = np.sin(phase) + 0.35 * np.sin(2.3 * phase + 1.0 + sway)
    slope = np.cos(phase) + 0.8 * np.cos(2.3 * phase + 1.0 + sway)
    crest = np.clip(0.5 + 0.38 * fold, 0, 1)
    return Coat(tinted(colour, 0.3 + 0.75 * crest), (0.42 * slope, np.zeros_like(u)))


SURFACES = {
    "paint": SurfaceKind(paint, fine=False),
    "plaster": SurfaceKind(plaster, fine=False),
    "concrete": SurfaceKind(concrete, "#b4b1ab"),
    "tiles": SurfaceKind(tiles, "#efece4", shine=0.1),
    "mosaic": SurfaceKind(mosaic, "#9fd0d6", shine=0.1),
    "stacked": SurfaceKind(stacked, "#b9c7bd", shine=0.1),
    "marble": SurfaceKind(marble, "#f1eeea", shine=0.35),
    "terrazzo": SurfaceKind(terrazzo, "#efe7db", shine=0.16),
    "rubber": SurfaceKind(rubber, "#3a3b3d"),
    "wood": SurfaceKind(wood, "#c49b72", shine=0.06),
    "linen": SurfaceKind(linen, "#e4d9c8"),
    "velvet": SurfaceKind(drapery, "#23483a", fine=False),
    "glaze": SurfaceKind(paint, shine=0.1, fine=False),
    "mirror": SurfaceKind(paint, "#121316", shine=1.0, fine=False),
    "sand": SurfaceKind(earth.sand, "#dfc7a2"),
    "water": SurfaceKind(earth.water, "#86b7c0", shine=0.9),
    "snow": SurfaceKind(earth.snow, "#eef3f8"),
    "moss": SurfaceKind(earth.moss, "#6d7f3c"),
    "leaves": SurfaceKind(earth.leaves, "#b8652c"),
    "stone": SurfaceKind(earth.stone, "#9b9892"),
    "bark": SurfaceKind(earth.bark, "#6f5540"),
    "rings": SurfaceKind(earth.rings, "#d9b98f"),
}
