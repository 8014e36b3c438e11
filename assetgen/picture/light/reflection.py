"""A product mirrored in a glossy floor: faint, fading and ever softer away from where it stands."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.model.arrays import HALF, Alpha, Floats, Pixels
from assetgen.model.request import Stage
from assetgen.picture.geometry import Rect
from assetgen.picture.light.footprint import Foot
from assetgen.picture.light.surface import on_surface
from assetgen.picture.paint import paste

MATT = 0.25
"""The gloss, 0 to 1, up to which a floor mirrors nothing that one would miss."""

_SIDE = 360
"""Points of the mirrored picture's longer side: a reflection is never sharp."""

_REACH = 0.5
"""How far down a reflection is seen, in heights of the product."""

_FADE = 1.8
"""The exponent by which it fades on the way."""

_STRENGTH = 0.7
"""The share of a perfect mirror's reflection that is seen at the foot, on a floor of gloss 1."""

_BLUR = (0.025, 0.035)
"""Sigma of the blur of its far end, along the floor and down, in longer sides."""

_SOFTENING = (2, 0.1)
"""How fast the blur comes in on the way down, and how much of it there is at the foot."""

_STANDS = 0.5
"""The share of standing, 0 to 1, from which a column of the picture stands."""


def mirror(pixels: Pixels, picture: Pixels, at: Rect, foot: Foot, stage: Stage) -> None:
    """Lays the reflection of a premultiplied picture that will be pasted `at` on the floor before it."""
    step = max(1.0, max(at.width, at.height) / _SIDE)
    size = max(2, round(at.width / step)), max(2, round(at.height / step))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    floor = _floor_line(small[..., 3], foot)
    top, deep = int(floor.min()), round(_REACH * size[1])
    rows = np.arange(top, size[1] + deep, dtype=np.float32)[:, None]
    below = np.maximum(rows - floor, 0)
    across = np.broadcast_to(np.arange(size[0], dtype=np.float32), below.shape)
    turned = cv2.remap(small, np.ascontiguousarray(across), 2 * floor - 1 - rows, cv2.INTER_LINEAR)
    share = below / deep
    blurred = cv2.GaussianBlur(turned, (0, 0), _BLUR[0] * _SIDE, sigmaY=_BLUR[1] * _SIDE)
    faster, least = _SOFTENING
    soft = turned + np.clip(faster * share, least, 1)[..., None] * (blurred.astype(np.float32) - turned)
    area = Rect(at.left, at.top + round(top * step), at.right, at.top + round((size[1] + deep) * step))
    seen = _STRENGTH * stage.gloss * np.clip(1 - share, 0, 1) ** _FADE * (rows >= floor)
    seen *= on_surface(area, below.shape, (pixels.shape[1], pixels.shape[0]), stage)[0]
    faint = np.rint(soft * seen[..., None]).astype(np.uint8)
    paste(pixels, area, cv2.resize(faint, (area.width, area.height)).astype(np.uint8, copy=False))


def _floor_line(alpha: Alpha, foot: Foot) -> Floats:
    """The row where the floor begins, for each column: its own lowest where it stands, as nearby where it hangs."""
    opaque = alpha > HALF
    ends = np.where(opaque.any(axis=0), alpha.shape[0] - opaque[::-1].argmax(axis=0), 0)
    columns = np.arange(ends.size)
    standing = np.interp(
        (columns + 0.5) / ends.size, (np.arange(foot.standing.size) + 0.5) / foot.standing.size, foot.standing
    )
    touches = (standing > _STANDS) & (ends > 0)
    if not touches.any():
        base = float(foot.base) / foot.outline.shape[0] * alpha.shape[0]
        return np.full(ends.size, base, np.float32)
    return np.interp(columns, columns[touches], ends[touches]).astype(np.float32)
