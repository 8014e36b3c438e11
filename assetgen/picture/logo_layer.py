"""The brand's logo as the eye measures it: by its ink, by its area, and hung by its weight."""

from __future__ import annotations

import math
from functools import lru_cache

import cv2
import numpy as np

from assetgen.model.arrays import Pixels
from assetgen.model.canvas import BrandLook
from assetgen.picture.colour import LARGE_READABLE, RGB, ink_and_paper, legibility, more_legible, sample
from assetgen.picture.geometry import Rect, rect_anchored
from assetgen.picture.paint import fill, paste
from assetgen.picture.standing_product import rgba_premultiplied
from assetgen.picture.vector import rasterise

_SEEN = 8
"""The alpha, 0 to 255, up to which a pixel is no ink."""

_PROBE = 400
"""The pixels of the size at which the empty border of a logo file is measured."""


def draw_logo(
    pixels: Pixels, logo: bytes, look: BrandLook, room: Rect, anchor: str, *, words: RGB | None
) -> tuple[Rect, bool]:
    """Draws the logo; where it went, and whether it is the one for dark ground.

    `words` is the colour of the canvas's text, which the logo takes after where that can be read.
    """
    drawn = _drawn(logo, room.width, room.height)
    place = seat(drawn, room, anchor)
    paper = ink_and_paper(look)[1]
    under = sample(pixels, place)
    as_words = words if words and legibility(under, words) >= LARGE_READABLE else None
    on_dark = (as_words or more_legible(under, look)) == paper
    if on_dark and look.logo_dark:
        # The other file may have another shape, and with it another place.
        drawn = _drawn(look.logo_dark, room.width, room.height)
        place = seat(drawn, room, anchor)
    if on_dark and not look.logo_dark:
        fill(pixels, place, paper, drawn[..., 3])
    else:
        paste(pixels, place, rgba_premultiplied(drawn))
    return place, on_dark


def seat(drawn: Pixels, room: Rect, anchor: str) -> Rect:
    """The logo's place at its anchor; between top and bottom it hangs by the weight of its ink, not by its outline."""
    height, width = drawn.shape[:2]
    place = rect_anchored(width, height, room, anchor)
    if "top" in anchor or "bottom" in anchor:
        return place
    rows = drawn[..., 3].sum(axis=1, dtype=np.float64)
    weight = float(rows @ (np.arange(height) + 0.5)) / max(float(rows.sum()), 1.0)
    lift = round(height / 2 - weight)
    return place.moved(0, min(max(lift, room.top - place.top), room.bottom - place.bottom))


@lru_cache(maxsize=64)
def _drawn(logo: bytes, width: int, height: int) -> Pixels:
    """The logo cut to its ink, H x W x 4: a square one as high as the room, others of its area, all inside."""
    probe = rasterise(logo, _PROBE, _PROBE)
    ink = _ink(probe)
    aspect = ink.width / ink.height
    tall = min(height, width / aspect, height / math.sqrt(aspect))
    scale = tall / ink.height
    whole = rasterise(logo, max(1, round(probe.shape[1] * scale)), max(1, round(probe.shape[0] * scale)))
    # Cut anew: at this size the ink begins at another pixel.
    inside = _ink(whole)
    return np.ascontiguousarray(whole[inside.top : inside.bottom, inside.left : inside.right])


def _ink(drawn: Pixels) -> Rect:
    """The box of a drawing's ink; all of it where nothing is seen."""
    left, top, width, height = cv2.boundingRect((drawn[..., 3] > _SEEN).view(np.uint8))
    return Rect(left, top, left + width, top + height) if width else Rect(0, 0, drawn.shape[1], drawn.shape[0])
