"""Leaf silhouettes, for shadows on the wall and for sprigs out of focus."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from assetgen.studio.tracer.solids import Array

Point = complex
"""A point as x + iy, in fractions of the picture's height: turning a leaf is one multiplication."""


def palm(rng: np.random.Generator, root: Point, tip: Point) -> Iterator[list[Point]]:
    """The leaflets of a frond: long, narrow, swept towards the tip."""
    spine = tip - root
    sag = rng.choice([-1, 1]) * rng.uniform(0.2, 0.5)
    ts = np.linspace(0, 1, 20)
    stem = [root + spine * (t + 1j * sag * t * (1 - t)) for t in ts]
    yield _stem(stem, 0.004)
    for t, at in zip(ts[3:], stem[3:], strict=True):
        along = spine / abs(spine) * np.exp(1j * sag * (1 - 2 * t))
        length = abs(spine) * (0.36 * np.sin(np.pi * t**0.75) + 0.12)
        for side in (-1, 1):
            turn = np.exp(1j * side * (1.2 - 0.85 * t + rng.uniform(-0.08, 0.08)))
            yield leaf(at, along * turn * length, 0.055)


def eucalyptus(rng: np.random.Generator, root: Point, tip: Point) -> Iterator[list[Point]]:
    """A bending stem with pairs of round leaves that grow smaller towards the tip."""
    spine = tip - root
    bend = 1j * rng.uniform(-0.5, 0.5)
    ts = np.linspace(0, 1, 11)
    stem = [root + spine * (t + bend * t * (1 - t)) for t in ts]
    yield _stem(stem, 0.005)
    for t, at in zip(ts[1:], stem[1:], strict=True):
        size = abs(spine) * (0.15 - 0.08 * t)
        for side in (-1, 1):
            turn = np.exp(1j * side * rng.uniform(0.7, 1.3))
            yield leaf(at, spine / abs(spine) * turn * size, rng.uniform(0.27, 0.36))


def drawn(leaves: Iterator[list[Point]], width: int, height: int) -> Array:
    """Leaves as a mask from 0 to 1 with smooth edges; a length of 1 is the height."""
    mask = np.zeros((height, width), np.uint8)
    scale = 256 * height
    for leaf in leaves:
        outline = np.array([(p.real * scale, p.imag * scale) for p in leaf])
        cv2.fillPoly(mask, [outline.round().astype(np.int32)], (255,), cv2.LINE_AA, shift=8)
    return mask.astype(np.float32) / 255


def _stem(points: list[Point], width: float) -> list[Point]:
    aside = width * 1j * (points[-1] - points[0]) / abs(points[-1] - points[0])
    return [*(p + aside for p in points), *(p - aside for p in reversed(points))]


def leaf(root: Point, spine: Point, width: float) -> list[Point]:
    """An outline pointed at both ends; `width` is half the greatest width over the length."""
    ts = np.linspace(0, 1, 12)
    edge = [(t, width * np.sin(np.pi * t**0.8)) for t in ts]
    return [root + spine * (t + 1j * w) for t, w in edge] + [root + spine * (t - 1j * w) for t, w in reversed(edge)]
