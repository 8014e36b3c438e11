"""A price, and beside or below it what it was before, struck through."""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np

from assetgen.config.layout import PriceLayer
from assetgen.errors import Problem
from assetgen.model.arrays import Alpha
from assetgen.model.canvas import BrandLook, Canvas
from assetgen.picture.type.typesetting import SetText, TextDoesNotFit, set_text

_BEFORE = 0.5
"""The size of the price before, in sizes of the new one."""

_GAP = 0.32
"""The room between the two beside each other, in sizes of the new one."""

_DROP = 0.36
"""The room from the baseline of one to the capitals of the other, in sizes of the new one."""

_STROKE = 0.075
"""The thickness of the line through the price before, in sizes of that."""

_OVERHANG = 0.1
"""How far that line goes beyond the price before, in sizes of that."""

_ENDLESS = 100_000
"""Pixels to a line: prices are not broken."""


def set_price(
    layer: PriceLayer, look: BrandLook, canvas: Canvas, *, width: int, height: int, smallest: float, largest: float
) -> SetText:
    """The price set as large as the box allows, all in one colour. Raises TextDoesNotFit."""
    drawn = _set(layer, look, canvas, largest)
    share = min(1.0, width / drawn.width, height / drawn.height)
    if share < 1:
        size = math.floor(4 * 0.99 * share * largest) / 4
        if size < smallest:
            least = _set(layer, look, canvas, smallest)
            said = f"{layer.text} {layer.was}".strip()
            raise TextDoesNotFit(
                Problem(
                    f"`{said}` does not fit: at {smallest:.3g} px, its smallest size, it takes {least.width} x "
                    f"{least.height} px and its box has {width} x {height}",
                    hint="enlarge the box of its layer, or allow a smaller `size`",
                )
            )
        drawn = _set(layer, look, canvas, size)
    return drawn


def _set(layer: PriceLayer, look: BrandLook, canvas: Canvas, size: float) -> SetText:
    now = _line(layer.text, look.heading, canvas, size)
    if not layer.was:
        return now
    before = _struck(_line(layer.was, look.body, canvas, _BEFORE * size))
    return _beside(now, before, canvas) if layer.form == "row" else _below(now, before, layer, canvas)


def _line(text: str, font: str, canvas: Canvas, size: float) -> SetText:
    return set_text(text, font=font, locale=canvas.locale, width=_ENDLESS, height=_ENDLESS, smallest=size, largest=size)


def _struck(price: SetText) -> SetText:
    """The line runs through the middle of the figures, which stand on the baseline and are as high as capitals."""
    over, thick = max(1, round(_OVERHANG * price.size)), max(1, round(_STROKE * price.size))
    mask = cv2.copyMakeBorder(price.mask, 0, 0, over, over, cv2.BORDER_CONSTANT, value=(0,))
    top = max(0, round(price.baseline - price.cap_height / 2 - thick / 2))
    mask[top : top + thick] = 255
    return replace(price, mask=mask.astype(np.uint8))


def _beside(now: SetText, before: SetText, canvas: Canvas) -> SetText:
    """Both on one baseline; the new one where reading begins."""
    rise = max(now.baseline, before.baseline)
    fall = max(now.height - now.baseline, before.height - before.baseline)
    parts = [_padded(part, rise - part.baseline, fall - (part.height - part.baseline)) for part in (now, before)]
    gap = np.zeros((rise + fall, round(_GAP * now.size)), np.uint8)
    first, second = parts if canvas.direction == "ltr" else reversed(parts)
    return replace(now, mask=np.hstack([first, gap, second]), baseline=rise)


def _below(now: SetText, before: SetText, layer: PriceLayer, canvas: Canvas) -> SetText:
    """The second baseline is the pitch: what stands below the price is measured from it."""
    pitch = round(_DROP * now.size + before.cap_height)
    top = now.baseline + pitch - before.baseline
    mask = np.zeros((max(now.height, top + before.height), max(now.width, before.width)), np.uint8)
    for part, down in ((now, 0), (before, top)):
        spare = mask.shape[1] - part.width
        starts_left = (layer.align == "start") == (canvas.direction == "ltr")
        left = spare // 2 if layer.align == "center" else 0 if starts_left else spare
        window = mask[down : down + part.height, left : left + part.width]
        np.maximum(window, part.mask, out=window)
    return replace(now, mask=mask, lines=2, pitch=pitch)


def _padded(part: SetText, above: int, below: int) -> Alpha:
    return np.pad(part.mask, ((above, below), (0, 0)))
