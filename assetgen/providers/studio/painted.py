"""What is painted and not traced, because the lens would blur it anyway: garden, lights, leaves; and laying over."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.providers.studio.colours import WHITE, linear, mix
from assetgen.providers.studio.foliage import drawn, eucalyptus
from assetgen.providers.studio.solids import Array

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom lie outside."""

SKY = linear("#f6fafc")
LEAF = linear("#6f8064")
LIGHTS = [linear(code) for code in ("#ffd9a0", "#ffc47a", "#fff0d6", "#ffb37a")]


def lay_over(picture: Array, colour: Array, cover: Array, box: Box, blur: float = 0.0) -> None:
    """Changes the picture in the box; `blur` is the standard deviation in pixels."""
    left, top, right, bottom = box
    colour = colour * cover[..., None]
    if blur > 0.3:
        colour, cover = (cv2.GaussianBlur(layer, (0, 0), blur) for layer in (colour, cover))
    below = picture[top:bottom, left:right]
    below *= (1 - cover)[..., None]
    below += colour


def view(width: int, height: int, tint: Array, rng: np.random.Generator) -> Array:
    """Out of a window and out of focus: sky above, a garden below, tinted."""
    rows, columns = 192, max(192 * width // height, 32)
    down = np.linspace(0, 1, rows, dtype=np.float32)[:, None, None]
    garden = mix(linear("#7f9a6a"), tint, 0.4)
    small = np.repeat(mix(SKY, tint, 0.2) * (1 - down) + mix(garden, WHITE, 0.3) * down, columns, axis=1)
    for near in np.linspace(0, 1, 90):
        centre = int(rng.integers(columns)), int(rows * (0.48 + 0.3 * near + rng.normal() * 0.1))
        leaf = mix(garden * rng.uniform(0.45, 1.5), SKY, 0.35 * (1 - near))
        cv2.circle(small, centre, int(rng.integers(5, 16)), leaf.tolist(), -1)
    blurred = cv2.GaussianBlur(small, (0, 0), 6)
    return np.asarray(cv2.resize(blurred, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def add_lights(picture: Array, rng: np.random.Generator) -> None:
    """Lamps far behind the set, as the discs that a wide-open lens makes of them, each with a glow."""
    height, width = picture.shape[:2]
    discs = np.zeros_like(picture)
    for _ in range(int(30 * max(width / height, 0.8))):
        # In a wide frame fewer to the left, where the words are.
        x, y = rng.random() ** min(height / width, 1) * width, rng.random() ** 1.3 * 0.72 * height
        disc = np.zeros_like(picture[..., 0])
        centre, radius = (int(16 * x), int(16 * y)), int(16 * height * rng.uniform(0.012, 0.042))
        cv2.circle(disc, centre, radius, (0.75 * rng.uniform(0.15, 1) ** 2,), -1, cv2.LINE_AA, 4)
        discs += disc[..., None] * LIGHTS[rng.integers(len(LIGHTS))]
    small = cv2.resize(discs, (max(64 * width // height, 16), 64), interpolation=cv2.INTER_AREA)
    glow = cv2.resize(cv2.GaussianBlur(small, (0, 0), 3), (width, height), interpolation=cv2.INTER_CUBIC)
    picture += cv2.GaussianBlur(discs, (0, 0), 0.002 * height) + 0.55 * np.maximum(glow, 0)


def add_sprig(picture: Array, side: int, rng: np.random.Generator) -> None:
    """Eucalyptus near the lens, reaching in from the lower corner of a side (-1 or 1)."""
    height, width = picture.shape[:2]
    edge = width / height if side > 0 else 0.0
    mask = np.zeros((height, width), np.float32)
    for reach, top in ((0.10, 0.44), (0.2, 0.66)):
        root, tip = complex(edge + 0.03 * side, 1.04), complex(edge - reach * side, top)
        mask = np.maximum(mask, drawn(eucalyptus(rng, root, tip), width, height))
    light = np.linspace(1.05, 0.55, height, dtype=np.float32)[:, None, None]
    lay_over(picture, LEAF * light, mask, (0, 0, width, height), blur=0.008 * height)
