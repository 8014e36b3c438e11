"""Guides over a picture, of what its layout asks for: boxes, baselines, the safe area, and what does not fit."""

from __future__ import annotations

from collections.abc import Sequence

import cv2

from assetgen.config.layer import BoxedLayer
from assetgen.config.layout import AnyLayer
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import BrandLook, Canvas
from assetgen.picture.geometry import Rect, layers_mirrored, live_area, place_of
from assetgen.picture.type.lettering import write

_SAFE = (0, 140, 255)
_LIVE = (0, 175, 150)
_BOX = (120, 90, 220)
_BASELINE = (235, 80, 160)
_WRONG = (230, 20, 20)


def mark(
    pixels: Pixels,
    canvas: Canvas,
    layers: Sequence[AnyLayer],
    look: BrandLook,
    *,
    scale: float,
    overfull: Sequence[int],
) -> None:
    """Draws guides on a picture shown at `scale`. `layers` are the layout's; those at `overfull` do not fit."""
    turned = layers_mirrored(layers) if canvas.mirrored else tuple(layers)
    _frame(pixels, _safe(canvas), _SAFE, scale)
    _frame(pixels, live_area(canvas), _LIVE, scale)
    for n, layer in enumerate(turned):
        if isinstance(layer, BoxedLayer) and n not in overfull:
            _frame(pixels, place_of(canvas, layer), _BOX, scale)
    for block in write(canvas, [layer for n, layer in enumerate(turned) if n not in overfull], look):
        for line in block:
            for n in range(line.words.lines):
                y = line.ink.top + line.words.baseline + n * line.words.pitch
                _line(pixels, (line.ink.left, y), (line.ink.right, y), _BASELINE, scale)


def cross_out(
    pixels: Pixels, canvas: Canvas, layers: Sequence[AnyLayer], overfull: Sequence[int], *, scale: float
) -> None:
    """Crosses out the boxes whose words did not fit, on a picture shown at `scale`."""
    turned = layers_mirrored(layers) if canvas.mirrored else tuple(layers)
    for layer in (turned[n] for n in overfull):
        if isinstance(layer, BoxedLayer):
            _frame(pixels, place_of(canvas, layer), _WRONG, scale, crossed=True)


def _safe(canvas: Canvas) -> Rect:
    safe = canvas.safe_area
    left, top = round(safe.left * canvas.width), round(safe.top * canvas.height)
    return Rect(left, top, round((1 - safe.right) * canvas.width), round((1 - safe.bottom) * canvas.height))


def _frame(pixels: Pixels, box: Rect, colour: tuple[int, int, int], scale: float, *, crossed: bool = False) -> None:
    left, top, right, bottom = (round(scale * side) for side in box)
    right, bottom = min(right, pixels.shape[1] - 1), min(bottom, pixels.shape[0] - 1)
    cv2.rectangle(pixels, (left, top), (right, bottom), colour, 3 if crossed else 1)
    if crossed:
        cv2.line(pixels, (left, top), (right, bottom), colour, 2, cv2.LINE_AA)


def _line(
    pixels: Pixels, start: tuple[int, int], end: tuple[int, int], colour: tuple[int, int, int], scale: float
) -> None:
    (x0, y0), (x1, y1) = ((round(scale * x), round(scale * y)) for x, y in (start, end))
    cv2.line(pixels, (x0, y0), (x1, y1), colour, 1)
