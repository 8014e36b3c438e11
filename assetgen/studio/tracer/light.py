"""Lamps, times of day, and the shadows of things outside the picture."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin

import cv2
import numpy as np

from assetgen.studio.tracer import foliage
from assetgen.studio.tracer.solids import Array, Vector, column, dot, unit

LAMP_DISTANCE = 12.0
GOBO_SPAN = 7.0
"""How much of the set a gobo's picture covers, measured at the standing point."""


@dataclass(frozen=True)
class Time:
    """How the light is at a time of day.

    height: degrees above the floor; turn: degrees from the camera's axis to the side; softness: the lamp's radius as an
    angle in radians; share: of the light in the open, how much comes from the lamp; exposure: 1 shows a painted wall
    in its own colour; second: a second lamp opposite, if any; far: the light on what lies behind the set.
    """

    height: float
    turn: float
    softness: float
    share: float
    lamp: str
    sky: str
    exposure: float = 1.0
    second: str | None = None
    far: str = "#ffffff"


TIMES = {
    "day": Time(44, 52, 0.24, 0.60, "#fffaf3", "#f5f8ff"),
    "morning": Time(34, 60, 0.09, 0.66, "#fff6e8", "#f1f6ff", far="#fffaf2"),
    "golden": Time(25, 64, 0.05, 0.74, "#ffe6c8", "#eceaff", 0.95, far="#fff3e6"),
    "noon": Time(58, 42, 0.025, 0.74, "#fffcf6", "#eaf2ff", 1.06),
    "winter": Time(30, 58, 0.06, 0.62, "#fff3e2", "#dfeaff", 1.0, far="#f6f9ff"),
    "gallery": Time(62, 40, 0.28, 0.56, "#fffdf9", "#f7f9ff", 1.04),
    "night": Time(44, 50, 0.14, 0.80, "#ffe6c6", "#6f86e6", 1.15, far="#3a4a86"),
    "evening": Time(48, 46, 0.16, 0.70, "#ffedd2", "#c3c2d6", 1.0, far="#d8cfd6"),
    "spot": Time(54, 48, 0.12, 0.84, "#fff4e6", "#c9d2e6", 1.1, far="#b9bccb"),
    "neon": Time(36, 62, 0.14, 0.80, "#ff4fc3", "#6a55e0", 0.62, "#35d6ff", far="#5a3f9a"),
}
"""`winter`, `gallery`, `evening` and `spot` are the light of sets; the others can be asked for."""


@dataclass(frozen=True)
class Gobo:
    """What stands between the lamp and the set: a picture of the light let through, 0 to 1."""

    picture: Array

    def let_through(self, points: Array, lamp: Lamp) -> Array:
        away = points - column(lamp.position)
        forward = unit(column(lamp.aim) - column(lamp.position))
        right = unit(np.cross(np.array([0, 1, 0], np.float32), forward.ravel()).astype(np.float32).reshape(3, 1, 1))
        up = np.cross(forward.ravel(), right.ravel()).astype(np.float32).reshape(3, 1, 1)
        scale = np.float32(LAMP_DISTANCE / GOBO_SPAN) / np.maximum(dot(away, forward), np.float32(0.1))
        size = self.picture.shape[0]
        x, y = (dot(away, right) * scale + 0.5) * size, (0.5 - dot(away, up) * scale) * size
        return np.asarray(cv2.remap(self.picture, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.float32)


@dataclass(frozen=True)
class Lamp:
    """A lamp of the set."""

    position: Vector
    aim: Vector
    """The point that it is turned to."""

    radius: float
    """Its radius as an angle seen from the product."""

    colour: Array
    gobo: Gobo | None = None


def lamp_at(side: float, time: Time, aim: Vector, colour: Array, gobo: Gobo | None = None) -> Lamp:
    """A lamp whose `side` of -1 is fully to the left, 1 to the right, and 0 above the camera."""
    turn, height = radians(time.turn) * side, radians(time.height + (1 - abs(side)) * 18)
    toward = sin(turn) * cos(height), sin(height), -cos(turn) * cos(height)
    x, y, z = (a + LAMP_DISTANCE * t for a, t in zip(aim, toward, strict=True))
    return Lamp((x, y, z), aim, time.softness, colour, gobo)


def gobo(kind: str, rng: np.random.Generator, softness: float) -> Gobo:
    size = 512
    picture = {"window": _window, "leaves": _leaves, "pool": _pool, "dapple": _dapple}[kind](rng, size)
    blur = size * (0.002 + 0.02 * softness)
    return Gobo(cv2.GaussianBlur(picture, (0, 0), blur).astype(np.float32))


def _window(rng: np.random.Generator, size: int) -> Array:
    """Panes of a tall window; around them a little light remains."""
    picture = np.full((size, size), 0.36, np.float32)
    columns, rows = int(rng.integers(2, 4)), int(rng.integers(2, 5))
    middle, half = 0.5 + rng.uniform(-0.1, 0.1), rng.uniform(0.35, 0.45)
    left, right, top = middle - half, middle + half, rng.uniform(0.0, 0.12)
    for x0, x1 in pairwise(np.linspace(left, right, columns + 1)):
        for y0, y1 in pairwise(np.linspace(top, 1.1, rows + 1)):
            bar = 0.014
            pane = [int(edge * size) for edge in (y0 + bar, y1 - bar, max(x0 + bar, 0), x1 - bar)]
            picture[pane[0] : pane[1], pane[2] : pane[3]] = 1
    return picture


def _pool(rng: np.random.Generator, size: int) -> Array:  # noqa: ARG001 - a spotlight leaves nothing to chance
    """A spotlight's round pool, fading to the dark."""
    y, x = np.ogrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    return np.asarray(0.05 + 0.95 * np.exp(-((x * x + y * y) / 0.16)), np.float32)


def _leaves(rng: np.random.Generator, size: int) -> Array:
    """Fronds reaching into the light from one side, near ones crisp and far ones soft."""
    light = np.ones((size, size), np.float32)
    edge = rng.choice([0.08, 0.92])
    for blur, depth, lowest in ((0.016, 0.35, 0.5), (0.009, 0.4, 0.5), (0.003, 0.55, 0.3)):
        root = complex(edge + rng.uniform(-0.1, 0.1), rng.uniform(0.1, lowest))
        tip = root + (0.5 - edge) * rng.uniform(1.0, 1.5) + 1j * rng.uniform(-0.05, 0.3)
        mask = foliage.drawn(foliage.palm(rng, root, tip), size, size)
        light = np.minimum(light, 1 - np.float32(depth) * cv2.GaussianBlur(mask, (0, 0), blur * size))
    return light


def _dapple(rng: np.random.Generator, size: int) -> Array:
    """Sun through a roof of leaves far above: soft discs that run together, and shade between them."""
    light = np.full((size, size), 0.3, np.float32)
    for strength in np.sort(rng.uniform(0.6, 1, 150)):  # the brightest on top
        centre = int(rng.integers(size)), int(rng.integers(size))
        cv2.circle(light, centre, int(rng.integers(10, 38)), (float(strength),), -1, cv2.LINE_AA)
    middle = np.zeros((size, size), np.float32)
    cv2.circle(middle, (size // 2, size // 2), int(0.2 * size), (0.9,), -1)
    return np.asarray(np.maximum(cv2.GaussianBlur(light, (0, 0), 7), cv2.GaussianBlur(middle, (0, 0), 40)), np.float32)
