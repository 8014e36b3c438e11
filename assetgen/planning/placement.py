"""The place on a plate where the layout will put the product."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assetgen.config.layout import AnyLayer, PlateLayer, ProductLayer, first_of
from assetgen.config.shape import RATIOS, Shape
from assetgen.model.arrays import Box

WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
"""The box of a plate that covers the whole canvas."""

BUTTONS = (0.14, 0.2)
"""The shares of a story that apps cover above and below: the safe areas of most of them in `data/channels.yaml`."""

AMID: Box = (0.2, 0.35, 0.8, 0.92)
"""The box in which a product stands if no layout says, in shares of the plate."""


def standing_place(layers: Sequence[AnyLayer], shape: Shape, margin: float, *, mirrored: bool = False) -> Box | None:
    """The product's box in fractions of the part that the plate covers; None where the layout shows no product.

    It depends on the shape alone, so that all channels of a shape share their plates. margin: a share of the mean side.
    """
    product = first_of(ProductLayer, layers)
    if product is None:
        return None
    live = _live(shape, margin)
    plate = first_of(PlateLayer, layers)
    covered = plate.box if plate and plate.box else WHOLE
    area = [side if side in {0, 1} else inside for side, inside in zip(covered, _within(live, covered), strict=True)]
    left, top, right, bottom = _within(live, product.box)
    width, height = area[2] - area[0], area[3] - area[1]
    box = ((left - area[0]) / width, (top - area[1]) / height, (right - area[0]) / width, (bottom - area[1]) / height)
    left, top, right, bottom = (round(min(1.0, max(0.0, side)), 3) for side in box)
    return (round(1 - right, 3), top, round(1 - left, 3), bottom) if mirrored else (left, top, right, bottom)


def _live(shape: Shape, margin: float) -> Box:
    """The live area on most channels of a shape, in shares of the canvas; tall ones have buttons above and below."""
    ratio = RATIOS[shape.plain]
    across, down = margin / math.sqrt(ratio), margin * math.sqrt(ratio)
    top, bottom = BUTTONS if shape.plain is Shape.TALL else (down, down)
    return across, top, 1 - across, 1 - bottom


def _within(area: Box, box: Sequence[float]) -> Box:
    width, height = area[2] - area[0], area[3] - area[1]
    left, top, right, bottom = box
    return area[0] + left * width, area[1] + top * height, area[0] + right * width, area[1] + bottom * height
