"""A place where a small thing covers nothing that matters: in a corner, or else along an edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

import cv2
import numpy as np

from assetgen.model.arrays import Alpha
from assetgen.model.canvas import Canvas, PlacedLayer
from assetgen.picture.geometry import Rect, rect_anchored, whole_canvas
from assetgen.picture.standing_product import StandingProduct

_CORNERS = ("bottom-right", "bottom-left", "top-right", "top-left")

_STEPS = 24
"""The number of steps from corner to corner in which places along an edge are tried."""

Size = tuple[int, int]


class FreeCorner(NamedTuple):
    """A place for the size of this number; `covered`, 0 to 1, is the share of it that is taken already."""

    number: int
    place: Rect
    covered: float


def taken_mask(
    canvas: Canvas, placed: Sequence[PlacedLayer], standings: Sequence[StandingProduct], frames: Sequence[Rect]
) -> Alpha:
    """The mask of what must stay free, H x W, uint8: words, logo, products, the platform's own things, edges of panels.

    255 is taken; along a product's outline it has the product's alpha.
    """
    mask = np.zeros((canvas.height, canvas.width), np.uint8)
    size = np.array((canvas.width, canvas.height) * 2)
    covers = [np.rint(size * (box.x0, box.y0, box.x1, box.y1)).astype(int).tolist() for box in canvas.keep_out]
    for box in (*map(Rect._make, covers), *(_with_clear_space(layer) for layer in placed if layer.must_stay_free)):
        left, top, right, bottom = box.within(whole_canvas(canvas))
        mask[top:bottom, left:right] = 255
    for standing in standings:
        seen = standing.place.within(whole_canvas(canvas))
        inside = seen.moved(-standing.place.left, -standing.place.top)
        alpha = standing.picture[inside.top : inside.bottom, inside.left : inside.right, 3]
        part = mask[seen.top : seen.bottom, seen.left : seen.right]
        np.maximum(part, alpha, out=part)
    for frame in frames:  # but not where that is the canvas's own edge: there the line lies outside
        left, top, right, bottom = frame.within(whole_canvas(canvas))
        first = left or -1, top or -1
        last = right - (right < canvas.width), bottom - (bottom < canvas.height)
        cv2.rectangle(mask, first, last, (255,), 1)
    return mask


def _with_clear_space(layer: PlacedLayer) -> Rect:
    """The layer's box with its clear space around it: what stands right beside a logo is taken for a part of it."""
    box = Rect(*layer.box)
    return box.grown(round(layer.clear_space * box.height))


def free_spot(sizes: Sequence[Size], rooms: Sequence[Rect], taken: Alpha, *, air: int, mirrored: bool) -> FreeCorner:
    """The first corner of the rooms that is free with `air` px around it, else the first free place along their edges.

    Earlier `sizes` and `rooms` go before later ones, and one must fit. Where nothing is free, it is the place that
    covers least.
    """
    # A sum over all before each pixel: hundreds of places are asked about, each in four look-ups.
    count = cv2.integral((taken > 127).view(np.uint8))
    frame = Rect(0, 0, taken.shape[1], taken.shape[0])

    def covered(place: Rect) -> int:
        left, top, right, bottom = place.within(frame)
        return int(count[bottom, right] - count[top, right] - count[bottom, left] + count[top, left])

    # `product` turns the last one fastest: every room is tried in one way before any is tried in the next.
    ways = [(spots, margin) for margin in (air, 0) for spots in (_in_corners, _along_edges)]
    for (spots, margin), room in product(ways, rooms):
        for spot in spots(sizes, room, mirrored=mirrored):
            if not covered(spot.place.grown(margin)):
                return spot
    everywhere = (
        spot
        for spots, room in product((_in_corners, _along_edges), rooms)
        for spot in spots(sizes, room, mirrored=mirrored)
    )
    least = min(everywhere, key=lambda spot: covered(spot.place))
    return least._replace(covered=covered(least.place) / (least.place.width * least.place.height))


def _in_corners(sizes: Sequence[Size], room: Rect, *, mirrored: bool) -> Iterator[FreeCorner]:
    for number, size in _fitting(sizes, room):
        yield from (FreeCorner(number, place, 0.0) for place in _corners(size, room, mirrored=mirrored))


def _along_edges(sizes: Sequence[Size], room: Rect, *, mirrored: bool) -> Iterator[FreeCorner]:
    """The places between the corners: first along the lower and upper edge, then up and down the sides."""
    for number, size in _fitting(sizes, room):
        first, second, third, last = _corners(size, room, mirrored=mirrored)
        for start, end in ((first, second), (third, last), (first, third), (second, last)):
            across, down = end.left - start.left, end.top - start.top
            for step in range(1, _STEPS):  # the corners themselves were tried before
                moved = start.moved(round(across * step / _STEPS), round(down * step / _STEPS))
                yield FreeCorner(number, moved, 0.0)


def _fitting(sizes: Sequence[Size], room: Rect) -> Iterator[tuple[int, Size]]:
    return ((n, size) for n, size in enumerate(sizes) if size[0] <= room.width and size[1] <= room.height)


def _corners(size: Size, room: Rect, *, mirrored: bool) -> Sequence[Rect]:
    right, left, upper_right, upper_left = (rect_anchored(*size, room, corner) for corner in _CORNERS)
    return (left, right, upper_left, upper_right) if mirrored else (right, left, upper_right, upper_left)
