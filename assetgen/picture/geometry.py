"""Boxes, margins, anchors, and the crop that brings a plate's standing point under the product."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, Self

from assetgen.config.layer import BoxedLayer
from assetgen.config.layer_fields import Box
from assetgen.config.layout import AnyLayer, PlateLayer, first_of
from assetgen.model.canvas import Canvas

SLIM = 2.0
"""The most that a margin may be on a slim canvas, in times its share of the short side."""

MAX_ZOOM = 1.2
"""The times that a plate is enlarged past covering the canvas, at most, to bring its standing point into place."""

Point = tuple[float, float]
"""A place as x and y, in pixels or in shares."""

Crop = tuple[Point, float]
"""The left top corner in pixels of the plate, and the scale from plate to canvas."""


class Rect(NamedTuple):
    """A rectangle in whole pixels; right and bottom are the first ones outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def middle(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def moved(self, right: int, down: int) -> Self:
        return self._replace(
            left=self.left + right, top=self.top + down, right=self.right + right, bottom=self.bottom + down
        )

    def grown(self, by: int) -> Rect:
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def within(self, other: Rect) -> Rect:
        """The part inside `other`; empty, but never negative, when there is none."""
        left, top = min(max(self.left, other.left), other.right), min(max(self.top, other.top), other.bottom)
        return Rect(left, top, max(left, min(self.right, other.right)), max(top, min(self.bottom, other.bottom)))


def whole_canvas(canvas: Canvas) -> Rect:
    """The rectangle of the whole canvas."""
    return Rect(0, 0, canvas.width, canvas.height)


def mean_side(canvas: Canvas) -> float:
    """The side of a square of the same area: what sizes of type, gaps and margins are shares of."""
    return math.sqrt(canvas.width * canvas.height)


def live_area(canvas: Canvas) -> Rect:
    """The part of a canvas where words, logo and product go: the safe area, never nearer to an edge than the margin."""
    safe = canvas.safe_area
    margin = canvas.margin * min(mean_side(canvas), SLIM * min(canvas.width, canvas.height))
    # Rounded inwards: nothing may leave the safe area by a part of a pixel.
    return Rect(
        math.ceil(max(margin, safe.left * canvas.width)),
        math.ceil(max(margin, safe.top * canvas.height)),
        math.floor(canvas.width - max(margin, safe.right * canvas.width)),
        math.floor(canvas.height - max(margin, safe.bottom * canvas.height)),
    )


def box_in(area: Rect, box: Box) -> Rect:
    """A box in fractions of `area`, at least a pixel wide and high."""
    # Sides are rounded, and not sizes: boxes that touch in the layout touch on the canvas.
    left, top = area.left + round(box.left * area.width), area.top + round(box.top * area.height)
    right, bottom = area.left + round(box.right * area.width), area.top + round(box.bottom * area.height)
    return Rect(left, top, max(left + 1, right), max(top + 1, bottom))


def panel_in(canvas: Canvas, box: Box) -> Rect:
    """A box whose sides at 0 and 1 are the edges of the canvas, and all others those of the live area."""
    inside, full = box_in(live_area(canvas), box), whole_canvas(canvas)
    return Rect(*(edge if side in {0, 1} else fitted for side, fitted, edge in zip(box, inside, full, strict=True)))


def place_of(canvas: Canvas, layer: BoxedLayer) -> Rect:
    """The place of a layer's box on a canvas."""
    return panel_in(canvas, layer.box) if layer.reaches_edges else box_in(live_area(canvas), layer.box)


def plate_area(canvas: Canvas, layers: Sequence[AnyLayer]) -> Rect:
    """The part of the canvas that the plate covers."""
    plate = first_of(PlateLayer, layers)
    return panel_in(canvas, plate.box) if plate and plate.box else whole_canvas(canvas)


def rect_anchored(width: int, height: int, room: Rect, anchor: str) -> Rect:
    """The place of a thing of this size at a side, a corner or the middle of `room`."""
    left, top = room.left + (room.width - width) // 2, room.top + (room.height - height) // 2
    if "left" in anchor:
        left = room.left
    if "right" in anchor:
        left = room.right - width
    if "top" in anchor:
        top = room.top
    if "bottom" in anchor:
        top = room.bottom - height
    return Rect(left, top, left + width, top + height)


def rect_around(rects: Sequence[Rect]) -> Rect:
    """The smallest rectangle that holds them all."""
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    return Rect(min(lefts), min(tops), max(rights), max(bottoms))


def crop_covering(
    plate: tuple[int, int], canvas: tuple[int, int], point: Point, target: Point, zoom: float = 1.0
) -> Crop:
    """The crop of a plate that covers a canvas, enlarged `zoom` times or more.

    `point`, in fractions of the plate, comes to lie at `target`, in fractions of the canvas: by moving the crop, and
    where that is not enough by enlarging the plate up to MAX_ZOOM times.
    """
    cover = max(canvas[0] / plate[0], canvas[1] / plate[1])
    zoom = max(
        zoom,
        *(
            _zoom(p * side * cover, t * full, full, side * cover)
            for p, t, full, side in zip(point, target, canvas, plate, strict=True)
        ),
    )
    scale = cover * min(max(zoom, 1.0), MAX_ZOOM)
    x, y = (
        min(max(p * side - t * full / scale, 0.0), side - full / scale)
        for p, t, full, side in zip(point, target, canvas, plate, strict=True)
    )
    return (x, y), scale


def _zoom(point: float, target: float, canvas: float, plate: float) -> float:
    """The times to enlarge one side for `point` to reach `target` with the canvas still covered; all in px."""
    if point <= 0 or point >= plate:
        return 1.0
    return max(target / point, (canvas - target) / (plate - point))


def layers_mirrored(layers: Sequence[AnyLayer]) -> tuple[AnyLayer, ...]:
    """The layers with left and right exchanged, for languages that are read from right to left."""
    return tuple(layer.mirrored() for layer in layers)
