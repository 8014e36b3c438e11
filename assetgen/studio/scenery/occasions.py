"""What hangs or glows behind the set on days of the calendar and on posters."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from assetgen.studio.scenery.easel import Easel, box, ellipse, rounded
from assetgen.studio.tracer.colours import WHITE, linear, mix

LIGHTS = [linear(code) for code in ("#ffd9a0", "#ffc47a", "#fff0d6", "#ffb37a")]


def bokeh(easel: Easel) -> None:
    """Lamps far behind the set, as the discs that a wide-open lens makes of them, each with a glow."""
    lamps: list[list[tuple[float, ...]]] = [[], [], [], []]
    for _ in range(int(7 * (easel.right - easel.left))):
        # In a wide frame fewer to the left, where the words are; everywhere fewer and dimmer towards the top.
        x = easel.right - (easel.right - easel.left) * easel.rng.random() ** (1 if easel.left > -2.2 else 1.7)
        y = easel.top * easel.rng.random() ** 1.25
        strength = 0.75 * easel.rng.uniform(0.15, 1) ** 2 * (1 - 0.6 * max(y / easel.top - 0.4, 0))
        strength *= 0.35 if x < -2 else 1
        lamps[easel.rng.integers(4)].append((x, y, easel.rng.uniform(0.045, 0.15), strength))
    for colour, discs in zip(LIGHTS, lamps, strict=True):
        easel.shine(easel.discs(discs, 0.008), colour)
        easel.shine(easel.discs(discs, 0.22), colour, 0.4)


def lanterns(easel: Easel) -> None:
    """Red paper lanterns with tassels, hung at both sides, lit from within."""
    far, gold, red = min(easel.right, 2.1), linear("#e0b04e"), linear("#d3231c")
    for x, y, size in (
        (-0.86 * far, 1.3, 0.38),
        (-0.5 * far, 1.9, 0.22),
        (0.84 * far, 1.55, 0.34),
        (0.56 * far, 2.1, 0.18),
    ):
        body = easel.shape([ellipse(x, y, size, 0.84 * size)], 0.014)
        easel.shine(easel.discs([(x, y, size)], 0.3), linear("#ff5a30"), 0.3)
        easel.lay(easel.shape([box(x, y, 0.012, 4)], 0.008), gold, 0.7)
        easel.lay(easel.shape([box(x, y - 1.7 * size, 0.1 * size, 0.95 * size)], 0.014), gold)
        easel.lay(body, red)
        easel.shine(body * easel.discs([(x, y - 0.05 * size, 0.75 * size)], 0.16), linear("#ff7a2e"), 1.0)
        for share in (0.93, 0.62, 0.22):
            ribs = [ellipse(x, y, share * size, 0.84 * size), ellipse(x, y, share * size - 0.02, 0.84 * size - 0.01)]
            easel.lay(np.maximum(easel.shape(ribs[:1], 0.008) - easel.shape(ribs[1:], 0.008), 0), gold, 0.55)
        for dy in (-0.9, 0.8):
            easel.lay(easel.shape([rounded(x, y + dy * size, 0.66 * size, 0.12 * size, 0.02)], 0.012), gold)


def crescent(easel: Easel) -> None:
    """A new moon, to the right of an arch, or above it where the frame is narrow."""
    x, y, light = min(easel.right * 0.66, 1.2), 1.72 if easel.right > 1.5 else 2.2, linear("#ffe7b8")
    disc, bite = easel.discs([(x, y, 0.3)], 0.008), easel.discs([(x + 0.13, y + 0.07, 0.26)], 0.008)
    easel.shine(easel.discs([(x, y, 0.32)], 0.3), light, 0.22)
    easel.shine(disc * (1 - bite), light, 0.95)


def stars(easel: Easel) -> None:
    """Sparse, small, and above the arch."""
    spots = [
        (
            easel.rng.uniform(easel.left, easel.right),
            easel.rng.uniform(1.1, easel.top),
            easel.rng.uniform(0.008, 0.018),
            easel.rng.uniform(0.1, 0.55),
        )
        for _ in range(int(7 * (easel.right - easel.left)))
    ]
    easel.shine(easel.discs([spot for spot in spots if abs(spot[0]) > 1.15 or spot[1] > 2.1], 0.006), linear("#ffeccc"))


def hanging_lamps(easel: Easel) -> None:
    """Pierced brass lanterns on long chains, aglow, at both sides."""
    far, brass = min(easel.right, 2.0), linear("#c9974a")
    for x, y, size in ((-0.82 * far, 1.3, 0.26), (-0.52 * far, 1.85, 0.18), (0.9 * far, 1.05, 0.22)):
        easel.lay(easel.shape([box(x, y, 0.014, 4)], 0.01), brass, 0.7)
        easel.shine(easel.discs([(x, y, size)], 0.3), LIGHTS[1], 0.35)
        body = [
            (x, y - 1.3 * size),
            (x + 0.62 * size, y - 0.5 * size),
            (x + 0.5 * size, y + 0.45 * size),
            (x - 0.5 * size, y + 0.45 * size),
            (x - 0.62 * size, y - 0.5 * size),
        ]
        easel.lay(easel.shape([body], 0.015), brass)
        easel.shine(
            easel.shape([[(x + 0.66 * (a - x), y - 0.3 * size + 0.66 * (b - y + 0.3 * size)) for a, b in body]], 0.025),
            LIGHTS[1],
            0.9,
        )
        easel.lay(
            easel.shape(
                [
                    [
                        (x - 0.56 * size, y + 0.42 * size),
                        (x + 0.56 * size, y + 0.42 * size),
                        (x + 0.06, y + 1.1 * size),
                        (x - 0.06, y + 1.1 * size),
                    ]
                ],
                0.015,
            ),
            brass * 0.8,
        )


def hearts(easel: Easel) -> None:
    """Paper hearts on threads, at different depths, to the sides."""
    far = min(easel.right, 2.1)
    spots = (
        (-0.86, 1.2, 0.25, 0.02),
        (-0.58, 1.75, 0.16, 0.035),
        (0.84, 1.45, 0.28, 0.02),
        (0.6, 0.95, 0.15, 0.035),
        (0.98, 0.6, 0.17, 0.04),
        (-0.98, 0.6, 0.14, 0.04),
    )
    for i, (place, y, size, blur) in enumerate(spots):
        x = place * far
        shadow = [(a + 0.07, b - 0.08) for a, b in _heart(x, y, size)]
        easel.lay(easel.shape([shadow], 0.07), easel.wall * 0.55, 0.45)
        easel.lay(easel.shape([box(x, y + 0.2 * size, 0.01, 4)], 0.008), mix(easel.wall, WHITE, 0.5), 0.8)
        easel.lay(easel.shape([_heart(x, y, size)], blur), easel.accent(i))


def _heart(x: float, y: float, size: float) -> list[tuple[float, float]]:
    turns = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    across = 16 * np.sin(turns) ** 3
    up = 13 * np.cos(turns) - 5 * np.cos(2 * turns) - 2 * np.cos(3 * turns) - np.cos(4 * turns)
    return [(x + size * float(a) / 16, y + size * float(b) / 16) for a, b in zip(across, up, strict=True)]


def spooky(easel: Easel) -> None:
    """A bare tree that reaches in from the left, and bats before the moon."""
    dark, far = easel.wall * 0.12, min(easel.right, 2.0)
    limbs = _branches(easel.rng, (-far * 1.02, -0.4), 86.0, 1.05, 0.15)
    easel.lay(easel.shape(limbs, 0.02), dark, 0.95)
    bats = [
        _bat(x, y, size) for x, y, size in ((0.45 * far, 1.25, 0.16), (0.28 * far, 1.75, 0.1), (0.9 * far, 1.0, 0.12))
    ]
    easel.lay(easel.shape(bats, 0.014), dark, 0.95)


def _branches(
    rng: np.random.Generator, at: tuple[float, float], turn: float, length: float, width: float
) -> Iterator[list[tuple[float, float]]]:
    """A limb and all that grows from it; turn in degrees from the ground."""
    x, y = at
    way = float(np.cos(np.radians(turn))), float(np.sin(np.radians(turn)))
    end, thin = (x + way[0] * length, y + way[1] * length), width * 0.62
    corners = ((at, width / 2), (at, -width / 2), (end, -thin / 2), (end, thin / 2))
    yield [(px - way[1] * half, py + way[0] * half) for (px, py), half in corners]
    if width > 0.02:
        for bend in (rng.uniform(14, 30), -rng.uniform(20, 38)):
            yield from _branches(rng, end, turn + bend, length * rng.uniform(0.55, 0.75), thin)


def _bat(x: float, y: float, size: float) -> list[tuple[float, float]]:
    half = [
        (0, 0.28),
        (0.1, 0.4),
        (0.18, 0.2),
        (0.55, 0.5),
        (1.25, 0.42),
        (1.0, 0.1),
        (0.72, 0.12),
        (0.5, -0.12),
        (0.28, -0.02),
        (0, -0.4),
    ]
    return [(x + size * a, y + size * b) for a, b in half] + [(x - size * a, y + size * b) for a, b in reversed(half)]


def confetti(easel: Easel) -> None:
    for _ in range(int(8 * (easel.right - easel.left))):
        x, y = easel.rng.uniform(max(easel.left, -2.4), easel.right), easel.rng.uniform(0.2, 2.1)
        if abs(x) < 0.7:
            continue
        form = cv2.boxPoints(((x, y), (0.09, 0.05), float(easel.rng.uniform(0, 180))))
        easel.lay(
            easel.shape([[(float(a), float(b)) for a, b in form]], easel.rng.choice([0.01, 0.03])),
            easel.accent(int(easel.rng.integers(4))),
            0.9,
        )


def halo(easel: Easel) -> None:
    """A pool of light on the wall behind the product."""
    x, y = easel.across(), easel.heights()
    pool = np.exp(-((x / 1.15) ** 2 + ((y - 0.55) / 0.95) ** 2)).astype(np.float32)
    easel.shine(pool, mix(easel.wall, easel.accent(0), 0.85), 0.55)


def sun_disc(easel: Easel) -> None:
    """A disc of paper on the wall."""
    easel.lay(easel.discs([(0.06, 1.42, 0.66)], 0.06), easel.wall * 0.6, 0.4)
    easel.lay(easel.discs([(0.0, 1.5, 0.66)]), easel.accent(3))


def fir_branches(easel: Easel) -> None:
    """A dark tree at each side, hung with lights."""
    far, green = min(easel.right, 2.0), mix(easel.wall, linear("#123326"), 0.6)
    for side, tall in ((-1, 2.3), (1, 2.0)):
        x = side * far * 0.92
        tiers = [
            [(x - w, y), (x + w, y), (x, y + h)]
            for w, y, h in ((0.85, -0.1, 0.95), (0.66, 0.45, 0.85), (0.46, 0.95, 0.75), (0.26, 1.4, tall - 1.4))
        ]
        easel.lay(easel.shape(tiers, 0.07), green)
        spots = []
        for y in easel.rng.uniform(0, tall - 0.3, 26):
            dx = easel.rng.uniform(-1, 1) * 0.8 * (1 - y / tall)
            spots.append((x + dx, float(y), easel.rng.uniform(0.025, 0.055), easel.rng.uniform(0.2, 0.9)))
        easel.shine(easel.discs(spots, 0.008), LIGHTS[0])
        easel.shine(easel.discs(spots, 0.12), LIGHTS[1], 0.5)
