"""The part of a plate that fills a canvas: its standing point under the product, and calm under the words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import assert_never

import cv2
import numpy as np

from assetgen.config.layer import DrawnLayer
from assetgen.config.layout import (
    AnyLayer,
    BadgeLayer,
    LogoLayer,
    PlateLayer,
    PriceLayer,
    ProductLayer,
    ScrimLayer,
    ShapeLayer,
    TextLayer,
    first_of,
)
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import Canvas
from assetgen.model.request import Stage
from assetgen.picture.geometry import MAX_ZOOM, Crop, Point, Rect, crop_covering, place_of
from assetgen.picture.light.surface import half_depth
from assetgen.picture.type.ground_under_words import GRAIN, flicker

_SHIFTS = (0.0, -0.03, 0.03, -0.06, 0.06)  # of the canvas's width: how far the standing point may be off its target
_ZOOMS = (1.0, (1 + MAX_ZOOM) / 2, MAX_ZOOM)
_TYPE = 0.06  # of the canvas's short side: the size of type that the ground is looked at for
_COPY = 128  # px: the long side of the copy of a plate that is looked at, at most
_UNEVEN = 0.15  # what differences within a text count for, beside flicker
_WORTH = 0.03  # the unrest, in logarithms of light, that the furthest shift and the largest zoom must each save

_IN_FRONT = 0.35
"""The share of half the floor's depth by which a foot in the middle of the floor reaches before the middle."""

Aim = tuple[Point, Point]
"""A point, in fractions of the plate, and where it belongs, in fractions of the area that the plate covers."""


def read_for_crop(layers: Sequence[AnyLayer]) -> tuple[AnyLayer, ...]:
    """The layers that a crop depends on, without what products and languages differ in, so that they share it."""
    return tuple(read for layer in layers if (read := _read_for_crop(layer)))


def _read_for_crop(layer: AnyLayer) -> AnyLayer | None:
    match layer:
        case PlateLayer() | ProductLayer() | ShapeLayer():
            return layer
        case TextLayer() | PriceLayer():
            return TextLayer(layer="text", text="", box=layer.box)
        case BadgeLayer() | LogoLayer() | ScrimLayer() | DrawnLayer():
            return None
        case _:
            assert_never(layer)


def aim_of(stage: Stage | None, canvas: Canvas, layers: Sequence[AnyLayer], area: Rect) -> Aim:
    """The plate's focus if it has one, else its standing point under the product, both in its `area` of the canvas."""
    plate, product = first_of(PlateLayer, layers), first_of(ProductLayer, layers)
    focus = plate.focus if plate else None
    if focus or not (stage and product):
        point = focus or (0.5, 0.5)
        return point, point
    room = place_of(canvas, product)
    in_front = _IN_FRONT * half_depth(stage, area.width, area.height)
    return (stage.x, stage.y), (
        (room.middle[0] - area.left) / area.width,
        (room.bottom - area.top) / area.height - in_front,
    )


def choose_crop(plate: Pixels, canvas: Canvas, area: Rect, aim: Aim, layers: Sequence[AnyLayer]) -> Crop:
    """The crop that is calmest under the words and reaches the aim, or nearly; `area` is what the plate covers."""
    point, target = aim
    size, full = (plate.shape[1], plate.shape[0]), (area.width, area.height)
    first = crop_covering(size, full, point, target)
    words = _words_on_plate(canvas, area, read_for_crop(layers))
    plate_layer = first_of(PlateLayer, layers)
    # Another crop could cut into a product that is drawn on the plate, and a focus is somebody's own choice.
    if canvas.drawn or not words or (plate_layer and plate_layer.focus):
        return first
    unrest = _Unrest(plate, canvas, first[1])
    best, least = first, unrest.under(words, first)
    for shift in _SHIFTS:
        for zoom in _ZOOMS:
            crop = crop_covering(size, full, point, (target[0] + shift, target[1]), zoom)
            cost = _WORTH * (abs(shift) / max(_SHIFTS) + (crop[1] / first[1] - 1) / (MAX_ZOOM - 1))
            if (found := unrest.under(words, crop) + cost) < least:
                best, least = crop, found
    return best


def _words_on_plate(canvas: Canvas, area: Rect, layers: Sequence[AnyLayer]) -> list[Rect]:
    """The places of words that lie on the plate and not on a panel, counted from the corner of its area."""
    panels = [place_of(canvas, s) for s in layers if isinstance(s, ShapeLayer) and s.form == "panel"]
    texts = [place_of(canvas, layer) for layer in layers if isinstance(layer, TextLayer)]
    bare = [text.within(area) for text in texts if not any(text.within(panel) == text for panel in panels)]
    return [text.moved(-area.left, -area.top) for text in bare if text.width and text.height]


class _Unrest:
    """The unrest of each part of a plate, from sums over a small copy of it."""

    def __init__(self, plate: Pixels, canvas: Canvas, scale: float) -> None:
        type_size = _TYPE * min(canvas.width, canvas.height) / scale
        # Every so many pixels, two by two made one: many times as fast as a mean of all.
        skip = max(1, round(type_size / GRAIN / 2), round(max(plate.shape[:2]) / _COPY / 2))
        some = np.ascontiguousarray(plate[::skip, ::skip, :3])
        small = cv2.resize(some, (some.shape[1] // 2, some.shape[0] // 2), interpolation=cv2.INTER_AREA)
        self._step = 2 * skip
        light, fine = flicker(small.astype(np.uint8, copy=False))
        # Sums of squares too: the spread within any rectangle is then told from its four corners.
        self._sums = cv2.integral(cv2.merge((light, light * light, fine * fine)))

    def under(self, words: Sequence[Rect], crop: Crop) -> float:
        """The flicker of light at the scale of letters, and some of its spread within a text; in logarithms."""
        areas = [word.width * word.height for word in words]
        total = sum(area * self._within(word, crop) for area, word in zip(areas, words, strict=True))
        return total / sum(areas)

    def _within(self, word: Rect, crop: Crop) -> float:
        (left, top), scale = crop
        rows, columns, _ = self._sums.shape
        x0, x1 = (min(max(0, round((left + x / scale) / self._step)), columns - 1) for x in (word.left, word.right))
        y0, y1 = (min(max(0, round((top + y / scale) / self._step)), rows - 1) for y in (word.top, word.bottom))
        sums = self._sums[y1, x1] - self._sums[y0, x1] - self._sums[y1, x0] + self._sums[y0, x0]
        light, light2, fine2 = (sums / max(1, (x1 - x0) * (y1 - y0))).tolist()
        return math.sqrt(max(0.0, fine2 + _UNEVEN * (light2 - light * light)))
