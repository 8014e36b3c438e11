"""The products that `benchmarks.photos` looks at from above."""

from __future__ import annotations

import numpy as np

from benchmarks.wares import BLACK, GOLD, STEEL, Draw, Form, Pen, Piece, Ware, inside, pick

Random = np.random.Generator


def scissors(pen: Pen, random: Random) -> Ware:
    blades = [
        pen.shape([(0.47, 0.5), (0.62, 0.12), (0.63, 0.2), (0.53, 0.55)]),
        pen.shape([(0.53, 0.5), (0.38, 0.12), (0.37, 0.2), (0.47, 0.55)]),
    ]
    loops = [
        pen.line([(x - 0.07, 0.75), (x, 0.65), (x + 0.07, 0.75), (x, 0.86)], 0.03, closed=True) for x in (0.36, 0.64)
    ]
    arms = [pen.line([(0.5, 0.52), (x, 0.67)], 0.03) for x in (0.4, 0.6)]
    grip = pick(random)
    return Ware((
        *(Piece(blade, STEEL, Form.FLAT, 0.5) for blade in blades),
        *(Piece(part, grip, gloss=0.2) for part in arms + loops),
    ), lift=0.008)  # fmt: skip


def ring(pen: Pen, random: Random) -> Ware:
    metal = random.choice(np.array([GOLD, STEEL]))
    band = pen.disc(0.5, 0.55, 0.24) - pen.disc(0.5, 0.55, random.uniform(0.2, 0.225))
    stone = pen.shape([(0.44, 0.27), (0.56, 0.27), (0.58, 0.31), (0.5, 0.38), (0.42, 0.31)])
    return Ware((Piece(band, metal, gloss=0.7), Piece(stone, pick(random), Form.FLAT, 0.6)), lift=0.02)


def comb(pen: Pen, random: Random) -> Ware:
    step = random.uniform(0.014, 0.022)
    back = pen.shape([(0.1, 0.42), (0.3, 0.38), (0.7, 0.38), (0.9, 0.42), (0.9, 0.47), (0.1, 0.47)])
    teeth = pen.lines([[(x, 0.46), (x, 0.62)] for x in np.arange(0.11, 0.9, step)], step * 0.5)
    return Ware((Piece(np.maximum(back, teeth), pick(random), gloss=0.25),), lift=0.006)


def sunglasses(pen: Pen, random: Random) -> Ware:
    frame = pick(random)
    lenses = [
        pen.shape([(x - 0.14, 0.44), (x + 0.13, 0.43), (x + 0.12, 0.55), (x, 0.62), (x - 0.12, 0.56)], smooth=True)
        for x in (0.31, 0.69)
    ]
    rims = [
        pen.line(
            [(x - 0.14, 0.44), (x + 0.13, 0.43), (x + 0.12, 0.55), (x, 0.62), (x - 0.12, 0.56)], 0.014, closed=True
        )
        for x in (0.31, 0.69)
    ]
    bridge = pen.line([(0.44, 0.45), (0.5, 0.43), (0.56, 0.45)], 0.016)
    temples = [
        pen.line([(0.17, 0.44), (0.1, 0.36), (0.3, 0.3)], 0.012),
        pen.line([(0.83, 0.44), (0.9, 0.36), (0.7, 0.3)], 0.012),
    ]
    return Ware((
        *(Piece(part, frame, gloss=0.4) for part in temples),
        *(Piece(lens, (0.04, 0.035, 0.03), Form.FLAT, 0.5) for lens in lenses),
        *(Piece(part, frame, gloss=0.4) for part in [*rims, bridge]),
    ), lift=0.02)  # fmt: skip


def tee(pen: Pen, random: Random) -> Ware:
    colour = random.choice(np.array([(0.8, 0.8, 0.8), (0.78, 0.76, 0.7), pick(random)]))
    body = pen.shape(
        [
            (0.38, 0.2),
            (0.5, 0.23),
            (0.62, 0.2),
            (0.86, 0.32),
            (0.8, 0.44),
            (0.69, 0.4),
            (0.7, 0.84),
            (0.3, 0.84),
            (0.31, 0.4),
            (0.2, 0.44),
            (0.14, 0.32),
        ]
    )
    neck = pen.shape([(0.4, 0.2), (0.5, 0.19), (0.6, 0.2), (0.5, 0.245)], smooth=True)
    folds = [pen.line([(x, 0.45), (x + 0.02, 0.6), (x, 0.82)], 0.006) * body for x in (0.4, 0.56)]
    return Ware((
        Piece(body, colour, Form.FLAT, 0, 0.04),
        Piece(neck, inside(colour, 0.7), Form.FLAT, 0),
        *(Piece(0.5 * fold, inside(colour, 0.8), Form.FLAT, 0) for fold in folds),
    ), lift=0.006)  # fmt: skip


def chain(pen: Pen, random: Random) -> Ware:
    turns = np.linspace(0.15 * np.pi, 2.85 * np.pi, 110)
    spread = 0.2 + 0.1 * np.cos(turns * 0.5)
    beads = [
        pen.disc(0.5 + 1.2 * s * np.cos(t), 0.5 + s * np.sin(t), 0.0065) for s, t in zip(spread, turns, strict=True)
    ]
    pendant = pen.disc(0.5, 0.82, 0.035)
    loop = pen.line([(0.5, 0.7), (0.5, 0.8)], 0.004)
    metal = random.choice(np.array([GOLD, STEEL]))
    return Ware(
        (Piece(np.maximum.reduce([*beads, loop]), metal, gloss=0.7), Piece(pendant, metal, gloss=0.6)), lift=0.006
    )


def fork(pen: Pen, random: Random) -> Ware:
    tines = pen.lines([[(x, 0.1), (x, 0.3)] for x in (0.45, 0.483, 0.517, 0.55)], 0.014)
    head = pen.shape([(0.443, 0.28), (0.557, 0.28), (0.55, 0.36), (0.515, 0.42), (0.485, 0.42), (0.45, 0.36)])
    stem = pen.shape([(0.49, 0.4), (0.51, 0.4), (0.53, 0.88), (0.5, 0.92), (0.47, 0.88)])
    return Ware(
        (Piece(np.maximum.reduce([tines, head, stem]), random.choice(np.array([STEEL, GOLD, BLACK])), gloss=0.6),),
        lift=0.008,
    )


def belt(pen: Pen, random: Random) -> Ware:
    colour = pick(random)
    strap = pen.line([(0.62, 0.3), (0.35, 0.28), (0.22, 0.5), (0.4, 0.74), (0.7, 0.7), (0.8, 0.5), (0.62, 0.4)], 0.05)
    buckle = pen.line([(0.58, 0.25), (0.68, 0.25), (0.68, 0.36), (0.58, 0.36)], 0.014, smooth=False, closed=True)
    return Ware((Piece(strap, colour, texture=0.1), Piece(buckle, GOLD, gloss=0.6)), lift=0.02)


def trivet(pen: Pen, random: Random) -> Ware:
    outer = pen.disc(0.5, 0.5, 0.32) - pen.disc(0.5, 0.5, 0.28)
    spokes = [
        [(0.5 + 0.29 * np.cos(t), 0.5 + 0.29 * np.sin(t)), (0.5 + 0.29 * np.cos(t + 2.2), 0.5 + 0.29 * np.sin(t + 2.2))]
        for t in np.linspace(0, 2 * np.pi, int(random.integers(9, 15)), endpoint=False)
    ]
    return Ware((Piece(np.maximum(outer, pen.lines(spokes, 0.016)), pick(random), gloss=0.2),), lift=0.012)


LYING: tuple[Draw, ...] = (scissors, ring, comb, sunglasses, tee, chain, fork, belt, trivet)
