"""Light of the plate around a pasted product's edge, which lets it belong there without touching its colours.

`light_balanced` does touch them, by less than can be seen side by side, and only where a layout asks for it.
"""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.model.arrays import Pixels
from assetgen.model.request import Light
from assetgen.picture.geometry import Rect
from assetgen.picture.light.footprint import Foot

_WRAP = 0.2
"""The share of an edge's own colour that gives way to the light behind it, where it is all but transparent."""

_COARSE = 48
"""The points of the longer side of the plate behind a product, so coarse that only its light is left."""

_THIN = 0.35
"""The share of product around an edge below which it is a strap's or a wire's: spared, or that would vanish."""

_STRONGEST = 2.0
"""The largest move of the white balance, in CIE delta-E of a light grey."""


def light_wrapped(picture: Pixels, at: Rect, foot: Foot, pixels: Pixels) -> Pixels:
    """The premultiplied picture (H x W x 4, uint8) with light of the canvas behind on its half-covered edge alone."""
    edge = cv2.findNonZero(cv2.inRange(picture[..., 3], 1, 254))
    inside = at.within(Rect(0, 0, pixels.shape[1], pixels.shape[0]))
    if edge is None or not (inside.width and inside.height):
        return picture
    columns, rows = edge.reshape(-1, 2).T
    step = max(at.width, at.height) / _COARSE
    size = max(1, round(at.width / step)), max(1, round(at.height / step))
    behind = pixels[inside.top : inside.bottom, inside.left : inside.right]
    light = cv2.blur(cv2.resize(behind, size, interpolation=cv2.INTER_AREA), (3, 3))
    around = cv2.blur(foot.outline, (7, 7))
    alpha = picture[rows, columns, 3:].astype(np.float32) / 255
    solid = around[rows * around.shape[0] // at.height, columns * around.shape[1] // at.width][:, None]
    share = _WRAP * (1 - alpha) * np.clip((solid - _THIN + 0.1) / 0.2, 0, 1)
    own = picture[rows, columns, :3].astype(np.float32)
    lit = light[rows * size[1] // at.height, columns * size[0] // at.width] * alpha
    result = picture.copy()
    result[rows, columns, :3] = np.rint(own + share * (lit - own)).astype(np.uint8)
    return result


def light_balanced(picture: Pixels, light: Light, blend: float) -> Pixels:
    """The premultiplied picture as under this light, by at most 2 delta-E at a `blend` of 1; black stays black."""
    tint = np.array(light.tint, np.float32) ** (1 / 2.2)
    gains = tint / float(tint @ np.array([0.21, 0.72, 0.07], np.float32))
    grey = np.full((1, 1, 3), 0.75, np.float32)
    moved = cv2.cvtColor(grey * gains, cv2.COLOR_RGB2LAB) - cv2.cvtColor(grey, cv2.COLOR_RGB2LAB)
    far = float(np.linalg.norm(moved))
    if far < 0.1 or not blend:
        return picture
    gains = 1 + (gains - 1) * blend * min(1.0, _STRONGEST / far)
    # Premultiplied: no colour may be larger than its alpha, or edges would shine.
    colours = np.minimum(picture[..., :3] * gains, picture[..., 3:])
    return np.dstack([np.rint(colours).astype(np.uint8), picture[..., 3]])
