"""Rooms behind the set, painted out of focus."""

from __future__ import annotations

import numpy as np

from assetgen.studio.scenery.easel import Easel, box, ellipse, rounded
from assetgen.studio.tracer.colours import WHITE, linear, mix

LAMP = linear("#ffc47a")


def shelves(easel: Easel) -> None:
    """Boards with books and vases, to the right; the wall above stays free."""
    wood, rng = mix(linear("#8a6a4c"), easel.wall, 0.25), easel.rng
    left, right = 0.75, max(easel.right + 0.3, 2.0)
    for y in (0.42, 1.02):
        x = left + 0.1
        while x < right:
            wide = rng.uniform(0.06, 0.12)
            if rng.random() < 0.2:
                easel.lay(easel.shape([ellipse(x + 0.14, y + 0.16, 0.13, 0.17)], 0.03), easel.accent(1))
                x += 0.36
            else:
                tone = mix(easel.accent(int(rng.integers(4))), easel.wall, 0.25) * rng.uniform(0.75, 1.1)
                easel.lay(easel.shape([box(x + wide / 2, y + 0.03, wide, rng.uniform(0.28, 0.42))], 0.02), tone)
                x += wide
        easel.lay(easel.shape([box((left + right) / 2, y, right - left, 0.05)], 0.02), wood)
        easel.lay(easel.shape([box((left + right) / 2, y - 0.12, right - left, 0.12)], 0.06), easel.wall * 0.6, 0.4)


def sofa(easel: Easel) -> None:
    """A low sofa with two cushions, and a lamp beside it."""
    cloth = easel.accent(0)
    x, reach = (-0.95, 1.35)
    easel.lay(easel.shape([rounded(x, -0.5, 2 * reach, 1.25, 0.2)], 0.05), cloth * 0.8)
    easel.lay(easel.shape([rounded(x, -0.5, 2 * reach + 0.5, 0.78, 0.2)], 0.05), cloth)
    for dx, tone in ((-0.7, easel.accent(1)), (-0.25, easel.accent(2))):
        easel.lay(easel.shape([rounded(x + dx, 0.2, 0.55, 0.5, 0.16)], 0.045), tone)


def cafe(easel: Easel) -> None:
    """A dim room: a bright window to one side, pendant lamps, the bar's shelf."""
    wall = easel.wall
    easel.fill([(-0.4, wall * 0.35), (0.4, wall * 0.7), (1.5, wall), (3.0, wall * 0.8)])
    far = min(easel.right, 2.0)
    panes = [box(-far * 0.86, 0.25, 0.62, 2.6)]
    easel.lay(easel.shape(panes, 0.06), linear("#f1ece0"), 0.85)
    easel.lay(easel.shape([box(-far * 0.86, 0.25, 0.05, 2.6), box(-far * 0.86, 1.0, 0.62, 0.05)], 0.04), wall * 0.4)
    easel.lay(easel.shape([box(1.2, -0.5, 2.6, 0.85)], 0.06), linear("#5d4230"))
    easel.lay(easel.shape([box(1.2, 0.33, 2.7, 0.07)], 0.03), linear("#b08a5f"))
    for x in np.arange(0.55, 2.4, 0.21):
        easel.lay(
            easel.shape([rounded(float(x), 0.4, 0.11, easel.rng.uniform(0.16, 0.34), 0.04)], 0.03),
            easel.accent(int(easel.rng.integers(3))),
            0.8,
        )
    for x in (0.62 * far, 0.95 * far):
        easel.lay(easel.shape([box(x, 1.5, 0.02, 3)], 0.02), linear("#2b221d"), 0.7)
        easel.shine(easel.discs([(x, 1.4, 0.13)], 0.02), LAMP, 0.9)
        easel.shine(easel.discs([(x, 1.4, 0.2)], 0.25), LAMP, 0.5)


def glassware(easel: Easel) -> None:
    """Flasks on a bench, the liquids in them pale."""
    far = min(easel.right, 1.9)
    for i, (x, kind, size) in enumerate(
        (
            (-0.78 * far, "flask", 1.15),
            (-0.45 * far, "tube", 0.9),
            (0.62 * far, "beaker", 0.9),
            (0.92 * far, "flask", 0.85),
        )
    ):
        liquid, glass = mix(easel.accent(i), WHITE, 0.25), mix(easel.wall, linear("#8fa8b6"), 0.55)
        w = size * {"flask": 0.38, "tube": 0.1, "beaker": 0.27}[kind]
        neck, h = (0.09 * size if kind == "flask" else w), size * {"flask": 0.85, "tube": 1.0, "beaker": 0.62}[kind]
        outline = [
            (x - w, 0.03),
            (x + w, 0.03),
            (x + neck, 0.62 * h),
            (x + neck, h),
            (x - neck, h),
            (x - neck, 0.62 * h),
        ]
        level, wide = 0.32 * h, w + (neck - w) * 0.5 if kind == "flask" else w
        filled = [(x - w, 0.03), (x + w, 0.03), (x + wide, level), (x - wide, level)]
        easel.lay(easel.shape([outline], 0.03), glass, 0.5)
        easel.lay(easel.shape([filled], 0.03), liquid, 0.85)
        easel.shine(easel.shape([box(x - 0.55 * neck, 0.1, 0.04, h * 0.8)], 0.02), WHITE, 0.25)


def strips(easel: Easel) -> None:
    """Slanting tubes of light on a dark wall, to the sides."""
    far = min(easel.right, 1.95)
    for x, lean in ((-0.72 * far, 0.35), (0.72 * far, 0.35), (1.02 * far, 0.35)):
        bar = [(x - 0.03, 0.25), (x + 0.03, 0.25), (x + lean + 0.03, 1.75), (x + lean - 0.03, 1.75)]
        easel.shine(easel.shape([bar], 0.012), mix(easel.accent(1), WHITE, 0.35), 0.85)
        easel.shine(easel.shape([bar], 0.22), easel.accent(1), 0.55)
