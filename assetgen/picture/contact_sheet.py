"""Several pictures on one sheet of paper, each over its caption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assetgen.model.arrays import Pixels
from assetgen.picture.geometry import Rect
from assetgen.picture.paint import fill
from assetgen.picture.type.typesetting import set_text

_PAPER = 250
"""The grey of the sheet, 0 to 255."""

_INK = (70, 70, 74)
"""The colour of the captions."""

_GAP = 36
"""Pixels between two pictures, and between them and the edge."""

_CAPTION = 34
"""Pixels under a picture for its caption."""

_TYPE = 15
"""Pixels of type size."""


@dataclass(frozen=True)
class Print:
    """A picture as it is shown, and what is written under it; `first` begins a new row."""

    pixels: Pixels
    caption: str
    first: bool = False


def lay_out(prints: Sequence[Print], width: int) -> Pixels:
    """The sheet, H x `width` x 3, uint8: the pictures in rows from the left, each as high as its highest picture."""
    places, x, y, lowest = [], _GAP, _GAP, _GAP
    for each in prints:
        height, wide = each.pixels.shape[:2]
        if x > _GAP and (each.first or x + wide + _GAP > width):
            x, y = _GAP, lowest
        places.append((x, y))
        x += wide + _GAP
        lowest = max(lowest, y + height + _CAPTION + _GAP)
    sheet = np.full((lowest, width, 3), _PAPER, np.uint8)
    for each, (left, top) in zip(prints, places, strict=True):
        height, wide = each.pixels.shape[:2]
        sheet[top : top + height, left : left + wide] = each.pixels
        _write(sheet, each.caption, left, top + height + 12)
    return sheet


def _write(sheet: Pixels, text: str, left: int, top: int) -> None:
    words = set_text(text, font="Inter", locale="en-US", width=4000, height=100, smallest=_TYPE, largest=_TYPE)
    top += round(words.cap_height) - words.baseline
    fill(sheet, Rect(left, top, left + words.width, top + words.height), _INK, words.mask)
