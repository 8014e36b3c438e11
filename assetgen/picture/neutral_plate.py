"""A plate and a product that say nothing, for looking at a layout and at nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assetgen.config.layout import AnyLayer, ProductLayer, first_of
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import Canvas
from assetgen.model.request import Stage
from assetgen.picture.compose import FittedPlate
from assetgen.picture.geometry import box_in, layers_mirrored, live_area
from assetgen.picture.standing_product import Trimmed, trim
from assetgen.picture.vector import rounded_mask

_WALL = (226, 222, 214)
_FLOOR = (205, 199, 188)
_SHELF = 0.1
"""The share of the canvas's height from where the wall meets the floor down to where the product stands."""


def neutral_plate(canvas: Canvas, layers: Sequence[AnyLayer]) -> FittedPlate:
    """A wall and a floor, which lies where the layout lets the product stand."""
    turned = layers_mirrored(layers) if canvas.mirrored else layers
    stands = first_of(ProductLayer, turned)
    room = box_in(live_area(canvas), stands.box) if stands else live_area(canvas)
    x, y = room.middle[0] / canvas.width, room.bottom / canvas.height
    stage = Stage(ground=max(0.1, y - _SHELF), x=x, y=y, width=1.0)
    down = (np.arange(canvas.height, dtype=np.float32)[:, None, None] + 0.5) / canvas.height
    wall = np.array(_WALL, np.float32) - 14 * (down / stage.ground)
    floor = np.array(_FLOOR, np.float32) + 10 * (down - stage.ground)
    edge = np.clip((down - stage.ground) * canvas.height + 0.5, 0, 1)
    rows = np.rint(wall + edge * (floor - wall)).clip(0, 255).astype(np.uint8)
    return FittedPlate(np.ascontiguousarray(np.broadcast_to(rows, (canvas.height, canvas.width, 3))), stage)


def neutral_product() -> Trimmed:
    """A jar with a lid."""
    rgba = np.zeros((1000, 640, 4), np.uint8)
    _part(rgba, (120, 0, 520, 240), (92, 100, 96))
    _part(rgba, (0, 200, 640, 1000), (143, 154, 147))
    return trim(rgba)


def _part(rgba: Pixels, box: tuple[int, int, int, int], colour: tuple[int, int, int]) -> None:
    """Draws a turned form, lit from the left."""
    left, top, right, bottom = box
    mask = rounded_mask(right - left, bottom - top, 60)
    across = np.linspace(-1, 1, right - left, dtype=np.float32)[:, None]
    lit = np.array(colour, np.float32) * (1.12 - 0.28 * (across + 0.35) ** 2)
    window = rgba[top:bottom, left:right]
    window[..., :3] = np.where(mask[..., None] > 0, lit.clip(0, 255).astype(np.uint8), window[..., :3])
    np.maximum(window[..., 3], mask, out=window[..., 3])
