"""The products that `benchmarks.photos` takes pictures of, each a little different every time."""

from __future__ import annotations

import numpy as np

from benchmarks.wares import BLACK, GOLD, STEEL, WHITE, WOOD, Draw, Form, Pen, Piece, Ware, inside, pick

Random = np.random.Generator


def mug(pen: Pen, random: Random) -> Ware:
    colour, wide = pick(random), random.uniform(0.17, 0.21)
    handle = pen.line([(0.46 + wide, 0.42), (0.59 + wide, 0.44), (0.58 + wide, 0.64), (0.45 + wide, 0.7)], 0.04)
    body = pen.turned([(0.35, wide), (0.6, wide), (0.76, 0.95 * wide), (0.8, 0.85 * wide)], x=0.45)
    well = pen.disc(0.45, 0.35, 0.93 * wide, 0.12 * wide)
    return Ware((
        Piece(handle, colour, gloss=0.3),
        Piece(body, colour, Form.TURNED, gloss=0.3, texture=random.choice([0, 0.15])),
        Piece(well, inside(colour), Form.FLAT),
    ))  # fmt: skip


def bowl(pen: Pen, random: Random) -> Ware:
    colour = pick(random)
    body = pen.turned([(0.52, 0.3), (0.62, 0.27), (0.73, 0.17), (0.78, 0.11)], pitch=0.18)
    well = pen.disc(0.5, 0.52, 0.285, 0.05)
    return Ware((Piece(body, colour, Form.TURNED, 0.35, base=0.78), Piece(well, inside(colour, 0.7), Form.FLAT)))


def bottle(pen: Pen, random: Random) -> Ware:
    body = pen.turned([(0.25, 0.04), (0.34, 0.045), (0.42, 0.1), (0.5, 0.115), (0.75, 0.115), (0.8, 0.105)])
    label = body * pen.shape([(0.3, 0.52), (0.7, 0.53), (0.7, 0.7), (0.3, 0.7)])
    cap = pen.turned([(0.17, 0.045), (0.2, 0.05), (0.27, 0.05)])
    return Ware((
        Piece(body, pick(random), Form.TURNED, 0.6),
        Piece(label, random.choice(np.array([WHITE, (0.7, 0.62, 0.45)])), Form.TURNED, 0.02),
        Piece(cap, random.choice(np.array([BLACK, GOLD, STEEL])), Form.TURNED, 0.4),
    ))  # fmt: skip


def vase(pen: Pen, random: Random) -> Ware:
    neck = random.uniform(0.025, 0.04)
    body = pen.turned([(0.1, 1.5 * neck), (0.2, neck), (0.45, 1.1 * neck), (0.68, 0.075), (0.78, 0.08), (0.85, 0.05)])
    return Ware((Piece(body, pick(random), Form.TURNED, random.uniform(0.1, 0.6), base=0.85, texture=0.1),))


def lamp(pen: Pen, random: Random) -> Ware:
    cable = pen.line([(0.5, 0.83), (0.62, 0.845), (0.72, 0.82), (0.84, 0.85), (0.99, 0.835), (1.1, 0.84)], 0.008)
    foot = pen.turned([(0.8, 0.09), (0.83, 0.1)], pitch=0.2)
    stem = pen.turned([(0.4, 0.012), (0.81, 0.012)])
    shade = pen.turned([(0.16, 0.1), (0.42, 0.19)])
    return Ware((
        Piece(cable, BLACK, base=0.84, depth=0.004),
        Piece(foot, GOLD, Form.TURNED, 0.5, base=0.83),
        Piece(stem, GOLD, Form.TURNED, 0.5, base=0.82),
        Piece(shade, pick(random), Form.TURNED, 0.02, texture=0.05, base=0.83),
    ))  # fmt: skip


def jar(pen: Pen, random: Random) -> Ware:
    body = pen.turned([(0.45, 0.19), (0.5, 0.2), (0.75, 0.2), (0.78, 0.185)])
    lid = pen.turned([(0.33, 0.2), (0.36, 0.21), (0.47, 0.21)])
    return Ware((
        Piece(body, pick(random), Form.TURNED, 0.4, base=0.78),
        Piece(lid, random.choice(np.array([WHITE, WOOD, STEEL])), Form.TURNED, 0.2, base=0.78),
    ))  # fmt: skip


def teapot(pen: Pen, random: Random) -> Ware:
    colour = pick(random)
    spout = pen.shape([(0.62, 0.66), (0.74, 0.5), (0.82, 0.42), (0.85, 0.45), (0.78, 0.56), (0.66, 0.74)], smooth=True)
    handle = pen.line([(0.38, 0.5), (0.22, 0.46), (0.19, 0.6), (0.36, 0.72)], 0.03)
    body = pen.turned([(0.42, 0.08), (0.46, 0.13), (0.6, 0.2), (0.74, 0.16), (0.8, 0.1)])
    knob = np.maximum(pen.disc(0.5, 0.37, 0.025), pen.turned([(0.39, 0.02), (0.42, 0.085)]))
    return Ware((
        Piece(spout, colour, gloss=0.4),
        Piece(handle, colour, gloss=0.4),
        Piece(body, colour, Form.TURNED, 0.4),
        Piece(knob, colour, Form.TURNED, 0.4),
    ))  # fmt: skip


def chair(pen: Pen, random: Random) -> Ware:
    colour, thin = random.choice(np.array([WOOD, BLACK, WHITE, STEEL])), random.uniform(0.012, 0.02)
    back = [pen.line([(x, 0.14), (x + 0.01, 0.55)], thin, smooth=False) for x in (0.36, 0.44, 0.52, 0.6)]
    rails = [pen.line([(0.35, y), (0.61, y)], 1.6 * thin, smooth=False) for y in (0.16, 0.3)]
    hind = [pen.line([(0.38, 0.55), (0.36, 0.83)], thin), pen.line([(0.6, 0.55), (0.62, 0.83)], thin)]
    seat = pen.shape([(0.34, 0.53), (0.62, 0.53), (0.68, 0.6), (0.67, 0.63), (0.3, 0.63), (0.29, 0.6)])
    front = [pen.line([(0.31, 0.62), (0.29, 0.9)], thin), pen.line([(0.66, 0.62), (0.68, 0.9)], thin)]
    return Ware((
        *(Piece(leg, colour, base=0.83, depth=0.01) for leg in hind + back + rails),
        *(Piece(leg, colour, base=0.9, depth=0.01) for leg in front),
        Piece(seat, colour, Form.FLAT, base=0.87, depth=0.14),
    ))  # fmt: skip


def basket(pen: Pen, random: Random) -> Ware:
    edge = [(0.27, 0.42), (0.73, 0.42), (0.68, 0.8), (0.32, 0.8)]
    body, step = pen.shape(edge), random.uniform(0.035, 0.05)
    upright = [[(x, 0.4), (0.5 + 0.8 * (x - 0.5), 0.82)] for x in np.arange(0.27, 0.74, step)]
    level = [[(0.25, y), (0.75, y)] for y in np.arange(0.44, 0.8, step)]
    weave = body * pen.lines([*upright, *level], step * 0.35)
    rim = np.maximum(pen.line([(0.26, 0.42), (0.74, 0.42)], 0.03), pen.line([(0.32, 0.79), (0.68, 0.79)], 0.025))
    handle = pen.line([(0.3, 0.42), (0.34, 0.2), (0.5, 0.13), (0.66, 0.2), (0.7, 0.42)], 0.022)
    return Ware(tuple(Piece(p, (0.5, 0.33, 0.17), texture=0.15, depth=0.1) for p in (weave, rim, handle)))


def plant(pen: Pen, random: Random) -> Ware:
    leaves = []
    for angle in np.linspace(-1.2, 1.2, 13) + random.normal(0, 0.1, 13):
        reach, bend = random.uniform(0.25, 0.42), random.normal(0, 0.05)
        tip = (0.5 + reach * np.sin(angle), 0.6 - reach * np.cos(angle))
        side = np.array([np.cos(angle), np.sin(angle)]) * 0.028
        middle = np.array([0.5 + 0.6 * reach * np.sin(angle) + bend, 0.6 - 0.6 * reach * np.cos(angle)])
        leaf = pen.shape([(0.5, 0.6), tuple(middle - side), tip, tuple(middle + side)], smooth=True)
        leaves.append(Piece(leaf, (0.07, random.uniform(0.18, 0.35), 0.06), gloss=0.3, base=0.84))
    pot = pen.turned([(0.58, 0.13), (0.62, 0.125), (0.84, 0.09)])
    return Ware((*leaves, Piece(pot, pick(random), Form.TURNED, 0.1, base=0.84)))


def shoe(pen: Pen, random: Random) -> Ware:
    upper = [
        (0.18, 0.72),
        (0.2, 0.5),
        (0.3, 0.47),
        (0.36, 0.53),
        (0.5, 0.58),
        (0.7, 0.65),
        (0.82, 0.7),
        (0.82, 0.78),
        (0.2, 0.78),
    ]
    sole = pen.shape([(0.17, 0.75), (0.5, 0.76), (0.84, 0.74), (0.85, 0.8), (0.6, 0.81), (0.18, 0.81)], smooth=True)
    laces = pen.lines([[(0.37 + d, 0.54 + 0.6 * d), (0.43 + d, 0.57 + 0.3 * d)] for d in (0, 0.05, 0.1)], 0.012)
    return Ware((
        Piece(pen.shape(upper, smooth=True), pick(random), texture=0.08, base=0.81, depth=0.06),
        Piece(laces, WHITE, base=0.81),
        Piece(sole, random.choice(np.array([WHITE, BLACK, WOOD])), gloss=0.05, base=0.81, depth=0.07),
    ))  # fmt: skip


def furball(pen: Pen, random: Random) -> Ware:
    hairs = []
    for angle in random.uniform(0, 2 * np.pi, 2600):
        start, lean, length = random.uniform(0.17, 0.22), angle + random.normal(0, 0.3), random.uniform(0.02, 0.06)
        root = np.array([0.5 + start * np.cos(angle), 0.55 + start * np.sin(angle)])
        hairs.append([tuple(root), tuple(root + length * np.array([np.cos(lean), np.sin(lean)]))])
    fur = np.maximum(pen.disc(0.5, 0.55, 0.21), pen.lines(hairs, 0.0016))
    return Ware((Piece(fur, pick(random), gloss=0, texture=0.35, base=0.77, depth=0.15),))


def bag(pen: Pen, random: Random) -> Ware:
    colour = pick(random)
    straps = [
        [(0.36, 0.45), (0.4, 0.2), (0.5, 0.14), (0.6, 0.2), (0.64, 0.45)],
        [(0.38, 0.45), (0.43, 0.24), (0.51, 0.18), (0.58, 0.24), (0.62, 0.45)],
    ]
    body = pen.shape(
        [(0.25, 0.44), (0.5, 0.43), (0.75, 0.44), (0.79, 0.62), (0.8, 0.8), (0.5, 0.815), (0.2, 0.8), (0.21, 0.62)],
        smooth=True,
    )
    return Ware((
        *(Piece(pen.line(strap, 0.022), inside(colour, 0.6), base=0.81) for strap in straps),
        Piece(body, colour, gloss=0.1, texture=0.1, base=0.81, depth=0.1),
    ))  # fmt: skip


def carton(pen: Pen, random: Random) -> Ware:
    colour = pick(random)
    front = pen.shape([(0.28, 0.36), (0.6, 0.34), (0.6, 0.84), (0.29, 0.81)])
    side = pen.shape([(0.6, 0.34), (0.73, 0.36), (0.72, 0.79), (0.6, 0.84)])
    band = front * pen.shape([(0.2, 0.5), (0.7, 0.49), (0.7, 0.6), (0.2, 0.6)])
    return Ware((
        Piece(front, colour, Form.FLAT, 0.05, depth=0.1, base=0.83),
        Piece(side, inside(colour, 0.6), Form.FLAT, 0.05, depth=0.1, base=0.82),
        Piece(band, WHITE, Form.FLAT, 0.05, base=0.83),
    ))  # fmt: skip


def bucket(pen: Pen, random: Random) -> Ware:
    body = pen.turned([(0.5, 0.19), (0.82, 0.14)])
    well = pen.disc(0.5, 0.5, 0.18, 0.022)
    wire = pen.line([(0.31, 0.5), (0.36, 0.3), (0.5, 0.22), (0.64, 0.3), (0.69, 0.5)], random.uniform(0.004, 0.008))
    colour = random.choice(np.array([STEEL, pick(random)]))
    return Ware((
        Piece(wire, STEEL, gloss=0.5, base=0.82, depth=0.004),
        Piece(body, colour, Form.TURNED, 0.4, base=0.82),
        Piece(well, inside(colour, 0.6), Form.FLAT, base=0.82),
    ))  # fmt: skip


STANDING: tuple[Draw, ...] = (
    mug, bowl, bottle, vase, lamp, jar, teapot, chair, basket, plant, shoe, furball, bag, carton, bucket,
)  # fmt: skip
