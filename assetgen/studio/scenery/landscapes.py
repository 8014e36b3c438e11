"""Views into the open, painted from far to near; all of them out of focus."""

from __future__ import annotations

import numpy as np

from assetgen.studio.scenery.easel import Easel, box, ellipse
from assetgen.studio.tracer.colours import WHITE, linear, mix
from assetgen.studio.tracer.solids import Array

HAZE = linear("#eef3f6")


def sky(easel: Easel) -> None:
    """Pale at the horizon, deepening upwards."""
    deep = easel.wall
    pale = mix(deep, WHITE, 0.62)
    easel.fill([(0.3, pale), (1.4, mix(deep, pale, 0.45)), (3.4, deep)])


def warm_sky(easel: Easel) -> None:
    """Dusty over the sand, clear above."""
    dust = mix(easel.accent(0), WHITE, 0.6)
    easel.fill([(0.3, dust), (1.1, linear("#f3e4d2")), (2.8, easel.wall)])


def soft_clouds(easel: Easel) -> None:
    """A few flat banks near the horizon, so that the sky above stays free."""
    _banks(easel, mix(easel.wall, WHITE, 0.85), (0.55, 1.15), count=7, size=0.2, share=0.75)


def pastel_sky(easel: Easel) -> None:
    """Rose below, the main colour above, large dim clouds between."""
    rose = easel.accent(0)
    easel.fill([(0.0, mix(rose, WHITE, 0.35)), (1.0, mix(mix(rose, easel.wall, 0.5), WHITE, 0.3)), (2.6, easel.wall)])
    for depth in (0.35, 0.6):
        _banks(easel, mix(rose, WHITE, 0.75), (0.75 - depth, 1.0 - depth), count=9, size=0.34, share=depth + 0.2)


def _banks(easel: Easel, colour: Array, heights: tuple[float, float], *, count: int, size: float, share: float) -> None:
    """Clouds, each a heap of puffs."""
    rng, puffs = easel.rng, []
    for _ in range(count):
        x, y = rng.uniform(easel.left, easel.right), rng.uniform(*heights)
        for _ in range(9):
            at = x + rng.normal() * 2.4 * size, y + abs(rng.normal()) * 0.4 * size
            puffs.append((*at, size * rng.uniform(0.4, 1), colour))
    easel.dab(puffs, 0.08, share)


def sea(easel: Easel) -> None:
    """Water up to a horizon, glittering towards it, and a line of foam on the beach."""
    horizon, water, rng = 0.62, easel.accent(3), easel.rng
    middle, wide = (easel.left + easel.right) / 2, easel.right - easel.left + 1
    easel.lay(easel.shape([box(middle, -1, wide, 1 + horizon)], 0.012), mix(water, linear("#2c6f93"), 0.35))
    for y in np.linspace(horizon - 0.05, 0.05, 12):
        near = 1 - y / horizon
        swell = [
            (rng.uniform(easel.left, easel.right), y + rng.normal() * 0.015, rng.uniform(0.4, 1.1))
            for _ in range(int(2 * wide))
        ]
        shapes = [ellipse(x, level, length, 0.012 + 0.02 * near) for x, level, length in swell]
        easel.lay(easel.shape(shapes, 0.02), mix(water, HAZE, 0.25 + 0.55 * near), 0.35)
    for height, thick, share in ((0.1, 0.05, 0.75), (0.3, 0.02, 0.4), (0.42, 0.012, 0.25)):
        xs = np.linspace(easel.left - 0.2, easel.right + 0.2, 60)
        wave = height + 0.02 * np.sin(xs * 2.2 + rng.uniform(0, 6)) + 0.01 * np.sin(xs * 5.1)
        line = [*zip(xs, wave, strict=True), *zip(xs[::-1], wave[::-1] - thick, strict=True)]
        easel.lay(easel.shape([line], 0.025), WHITE * 0.95, share)


def ridge(easel: Easel, base: float, height: float, colour: Array, blur: float, *, rough: float = 0.3) -> None:
    """A line of hills over the whole width, filled downwards; rough: 0.2 for swells, 0.6 for peaks."""
    places, levels = np.array([-9.0, -6.0, -3.0, 0.0, 3.0, 6.0, 9.0]), easel.rng.random(7)
    for octave in range(5):
        between = (levels[1:] + levels[:-1]) / 2 + easel.rng.uniform(-0.5, 0.5, levels.size - 1) * rough ** (
            0.45 * octave + 0.5
        )
        levels = np.insert(levels, np.arange(1, levels.size), between)
        places = np.insert(places, np.arange(1, places.size), (places[1:] + places[:-1]) / 2)
    xs = np.linspace(easel.left - 0.3, easel.right + 0.3, 200)
    line = base + height * np.interp(xs, places, levels)
    outline = [*zip(xs, line, strict=True), (xs[-1], -1.5), (xs[0], -1.5)]
    easel.lay(easel.shape([outline], blur), colour)


def mountains(easel: Easel) -> None:
    for i, (base, height) in enumerate(((0.6, 0.95), (0.35, 0.7), (0.02, 0.6))):
        ridge(
            easel, base, height, mix(easel.accent(0), mix(easel.wall, WHITE, 0.5), 0.72 - 0.26 * i), 0.035, rough=0.42
        )
        mist(easel, base - 0.1, 0.4)


def mist(easel: Easel, y: float, share: float) -> None:
    band = np.exp(-(((easel.heights() - y) / 0.28) ** 2)) * np.ones((1, easel.columns), np.float32)
    easel.lay(band.astype(np.float32), mix(easel.wall, WHITE, 0.7), share)


def dunes(easel: Easel) -> None:
    """Crests with a lit flank to one side and a slope in shade to the other."""
    sand = easel.accent(0)
    for i, (foot, height, count) in enumerate(((0.34, 0.42, 5), (0.12, 0.5, 4), (-0.2, 0.55, 3))):
        lit = mix(sand, mix(easel.wall, WHITE, 0.4), 0.5 - 0.22 * i)
        shade = lit * np.array([0.62, 0.55, 0.56], np.float32)
        easel.lay(easel.shape([box((easel.left + easel.right) / 2, -1.5, 30, 1.5 + foot)], 0.03), lit)
        spots = np.linspace(easel.left, easel.right, count + 1) + easel.rng.uniform(-0.4, 0.4, count + 1)
        for x in spots:
            tall, wide = height * easel.rng.uniform(0.55, 1), easel.rng.uniform(1.3, 2.0)
            ts = np.linspace(0, 1, 24)
            rise = [(x - wide * (1 - t), foot - 0.05 + (tall + 0.05) * (3 * t * t - 2 * t**3)) for t in ts]
            fall = [(x + 0.75 * wide * t, foot - 0.05 + (tall + 0.05) * (1 - t) ** 1.6) for t in ts]
            inner = [(x - 0.22 * wide * np.sin(3.1 * t) + 0.1 * wide * t, foot + tall * (1 - t)) for t in ts]
            easel.lay(easel.shape([[*rise, *fall]], 0.025), lit)
            easel.lay(easel.shape([[*fall, *reversed(inner)]], 0.025), shade, 0.85)


def snowy_hills(easel: Easel) -> None:
    pale = linear("#e6eef6")
    ridge(easel, 0.5, 0.5, mix(easel.wall, pale, 0.55), 0.05)
    _firs(easel, 0.42, 0.55, mix(linear("#5d7a86"), easel.wall, 0.45), blur=0.05, count=26)
    ridge(easel, 0.2, 0.4, mix(easel.wall, pale, 0.8), 0.05)
    _firs(easel, 0.16, 0.95, mix(linear("#39565e"), easel.wall, 0.25), blur=0.035, count=9)
    ridge(easel, -0.12, 0.36, pale, 0.05)


def _firs(easel: Easel, base: float, size: float, colour: Array, *, blur: float, count: int) -> None:
    """Narrow trees of three tiers; fewer behind the product and where words stand."""
    trees = []
    for x in easel.rng.uniform(easel.left, easel.right, count * 2)[
        : max(int(count * (easel.right - easel.left) / 4), 4)
    ]:
        height = size * easel.rng.uniform(0.6, 1.15) * (0.55 if abs(x) < 0.8 or x < -2.2 else 1)
        foot = base + easel.rng.uniform(-0.06, 0.06)
        trees += [
            [(x - w * height, foot + a * height), (x + w * height, foot + a * height), (x, foot + b * height)]
            for w, a, b in ((0.24, 0.08, 0.55), (0.19, 0.32, 0.78), (0.13, 0.56, 1.0))
        ]
    easel.lay(easel.shape(trees, blur), colour)


def snowfall(easel: Easel) -> None:
    for size, blur, share in ((0.018, 0.012, 0.55), (0.034, 0.025, 0.35)):
        flakes = [
            (*_anywhere(easel), size * easel.rng.uniform(0.6, 1.3)) for _ in range(int(10 * (easel.right - easel.left)))
        ]
        easel.lay(easel.discs(flakes, blur), WHITE, share)


def _anywhere(easel: Easel) -> tuple[float, float]:
    return float(easel.rng.uniform(easel.left, easel.right)), float(easel.rng.uniform(-0.6, easel.top))


def woods(easel: Easel) -> None:
    """A bright clearing between trunks that grow darker and sharper as they come nearer."""
    light, leafy = mix(easel.wall, linear("#f3f2cf"), 0.6), easel.wall * np.array([0.72, 0.82, 0.66], np.float32)
    easel.fill(
        [(-0.2, leafy * 0.25), (0.35, leafy * 0.6), (1.1, mix(leafy, light, 0.85)), (2.4, mix(leafy, light, 0.4))]
    )
    _blobs(easel, leafy * 0.6, light, (0.3, 2.8), count=60, size=0.17)
    for count, width, blur, dark in ((13, 0.09, 0.06, 0.55), (8, 0.16, 0.045, 0.85), (3, 0.3, 0.04, 1.0)):
        trunks: list[list[tuple[float, float]]] = []
        sides: list[list[tuple[float, float]]] = []
        for x in _aside(easel, count, 0.4 if dark < 0.7 else 1.05):
            wide, lean = width * easel.rng.uniform(0.7, 1.3), easel.rng.normal() * 0.08
            for group, share in ((trunks, 1.0), (sides, 0.35)):
                right = x + 0.62 * wide
                group.append(
                    [
                        (right - 1.24 * wide * share, -0.4),
                        (right, -0.4),
                        (right + lean - 0.2 * wide, 4),
                        (right + lean - 0.2 * wide - 0.84 * wide * share, 4),
                    ]
                )
        bark = mix(light, linear("#3a2c1f"), dark)
        easel.lay(easel.shape(trunks, blur), bark, 0.92)
        easel.lay(easel.shape(sides, blur), bark * 0.5, 0.5)
    _blobs(easel, leafy * 0.3, leafy * 0.8, (-0.15, 0.25), count=24, size=0.16)
    _flecks(easel, light, 9, (0.9, 1.9))


def _aside(easel: Easel, count: int, clear: float) -> list[float]:
    """Places away from the middle, spread over the width, sparse to the far left."""
    spots = np.linspace(easel.left, easel.right, count + 2)[1:-1] + easel.rng.uniform(-0.25, 0.25, count)
    return [float(x) for x in spots if abs(x) > clear and (x > -2.0 or easel.rng.random() < 0.4)]


def _blobs(easel: Easel, dark: Array, light: Array, heights: tuple[float, float], *, count: int, size: float) -> None:
    """Leaves far out of focus."""
    rng, blobs = easel.rng, []
    for _ in range(int(count * (easel.right - easel.left) / 3.8)):
        x, y, radius = rng.uniform(easel.left, easel.right), rng.uniform(*heights), size * rng.uniform(0.4, 1.2)
        blobs.append((x, y, radius, mix(dark, light, rng.random()) * np.float32(rng.uniform(0.8, 1.15))))
    easel.dab(blobs, 0.09, 0.75)


def garden(easel: Easel) -> None:
    """Sky above, hedges and shrubs below, with flecks of sun between the leaves."""
    green = mix(linear("#6f9a4a"), easel.wall, 0.15)
    pale = mix(linear("#f6faea"), easel.wall, 0.3)
    easel.fill([(0.0, green * 0.6), (0.7, green), (1.35, mix(green, pale, 0.7)), (2.1, pale)])
    _blobs(easel, green * 0.3, mix(green, pale, 0.35), (-0.1, 1.3), count=80, size=0.22)
    _blobs(easel, green * 0.8, mix(green, pale, 0.6), (0.9, 1.6), count=30, size=0.16)
    _flecks(easel, mix(pale, linear("#fff3c4"), 0.5), 16, (0.5, 1.5))


def autumn_trees(easel: Easel) -> None:
    gold, rust = easel.accent(0), easel.accent(1)
    pale = mix(linear("#fbeed6"), easel.wall, 0.4)
    easel.fill([(0.0, rust * 0.55), (0.5, mix(rust, gold, 0.5)), (1.3, mix(gold, pale, 0.55)), (2.2, pale)])
    _blobs(easel, rust, gold, (0.0, 1.5), count=70, size=0.22)
    trunks = [box(x, -0.3, easel.rng.uniform(0.09, 0.16), 4) for x in _aside(easel, 7, 0.7)]
    easel.lay(easel.shape(trunks, 0.06), mix(rust, linear("#3b271c"), 0.7), 0.6)
    _blobs(easel, rust, mix(gold, pale, 0.3), (0.8, 2.0), count=26, size=0.2)
    _flecks(easel, mix(pale, gold, 0.4), 18, (0.5, 1.7))


def _flecks(easel: Easel, colour: Array, count: int, heights: tuple[float, float]) -> None:
    """Sun through leaves, as the discs that a wide-open lens makes of it."""
    rng, left = easel.rng, max(easel.left, -2.2)
    discs = [
        (rng.uniform(left, easel.right), rng.uniform(*heights), rng.uniform(0.05, 0.12), rng.uniform(0.08, 0.3))
        for _ in range(int(count * (easel.right - left) / 3.8))
    ]
    easel.shine(easel.discs(discs, 0.012), colour)


def blossom(easel: Easel) -> None:
    """Flowering twigs that hang in from both upper corners."""
    pink, twig = easel.accent(0), linear("#8a6a5a")
    far = min(easel.right, 2.0) + 0.1
    for side in (-1, 1) if easel.left > -2.2 else (1,):  # In a wide frame words stand to the left.
        for root, tip in BRANCHES:
            points = [
                (
                    side * far * (root[0] + (tip[0] - root[0]) * t),
                    root[1] + (tip[1] - root[1]) * t + 0.12 * np.sin(3 * t),
                )
                for t in np.linspace(0, 1, 12)
            ]
            stem = [*((x, y + 0.012) for x, y in points), *((x, y - 0.012) for x, y in reversed(points))]
            easel.lay(easel.shape([stem], 0.02), twig, 0.8)
            for tone in (0.1, 0.35, 0.6):
                spots = [(x + easel.rng.normal() * 0.08, y + easel.rng.normal() * 0.07) for x, y in points[2:]]
                petals = [petal for x, y in spots for petal in _flower(easel, x, y)]
                easel.lay(np.minimum(easel.discs(petals, 0.01), 1), mix(pink, WHITE, tone), 0.9)
                easel.lay(easel.discs([(x, y, 0.014) for x, y in spots], 0.01), pink * 0.6, 0.7)


BRANCHES = (((1.1, 1.9), (0.62, 1.1)), ((1.1, 1.2), (0.7, 0.75)), ((1.1, 2.6), (0.55, 1.95)))


def _flower(easel: Easel, x: float, y: float) -> list[tuple[float, float, float]]:
    """Five round petals."""
    size, turn = easel.rng.uniform(0.04, 0.058), easel.rng.uniform(0, 6.3)
    turns = turn + np.arange(5) * 2 * np.pi / 5
    return [(x + size * float(np.cos(t)), y + 0.9 * size * float(np.sin(t)), 0.72 * size) for t in turns]


def coast(easel: Easel) -> None:
    """Hills across a bay, seen over a white parapet."""
    y = easel.heights() * np.ones((1, easel.columns), np.float32)
    water = np.clip((0.92 - y) * easel.unit * 0.3 + 0.5, 0, 1)
    ridge(easel, 0.8, 0.34, mix(easel.accent(0), easel.wall, 0.5), 0.05)
    easel.lay(easel.softened(water, 0.02), mix(linear("#3f86ad"), easel.wall, 0.35))


def parapet(easel: Easel) -> None:
    """A low whitewashed wall with a rounded coping and posts."""
    wide = easel.right - easel.left + 1
    middle = (easel.right + easel.left) / 2
    white = linear("#f3efe8")
    easel.lay(easel.shape([box(middle, -0.6, wide, 1.16)], 0.03), white * 0.86)
    easel.lay(easel.shape([box(middle, 0.5, wide, 0.13)], 0.03), white)
    easel.lay(easel.shape([box(middle, 0.44, wide, 0.06)], 0.04), white * 0.62)


def moon(easel: Easel) -> None:
    x = min(easel.right * 0.62, 1.15)
    easel.shine(easel.discs([(x, 1.55, 0.42)], 0.3), linear("#ffd28a"), 0.28)
    easel.shine(easel.discs([(x, 1.55, 0.36)], 0.02), linear("#ffe3b0"), 0.72)
