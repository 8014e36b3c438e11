"""Colours and pictures laid over a canvas, in place, clipped at its edges."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.imaging.colour import RGB
from assetgen.imaging.geometry import Rect
from assetgen.model.cutout import Pixels

Mask = npt.NDArray[np.uint8]


def fill(pixels: Pixels, place: Rect, colour: RGB, mask: Mask) -> None:
    """Lays `colour` over the canvas where the mask, of the size of `place`, is not 0."""
    part, window = _clipped(pixels, place), _window(pixels, place)
    mask = mask[part]
    if mask.size:
        levels = np.arange(256, dtype=np.float32)[:, None] * np.array(colour, np.float32) / 255
        inked = cv2.LUT(cv2.merge((mask, mask, mask)), np.rint(levels).astype(np.uint8)[None])
        _over(pixels, window, inked, mask)


def paste(pixels: Pixels, place: Rect, premultiplied: Pixels) -> None:
    """Lays a picture with premultiplied alpha, of the size of `place`, over the canvas."""
    part, window = _clipped(pixels, place), _window(pixels, place)
    picture = premultiplied[part]
    if picture.size:
        _over(pixels, window, cv2.cvtColor(picture, cv2.COLOR_RGBA2RGB), picture[..., 3])


def multiply(pixels: Pixels, place: Rect, factor: Pixels) -> None:
    """Darkens the canvas: 255 leaves a channel as it is, 0 makes it black."""
    part, window = _clipped(pixels, place), _window(pixels, place)
    if factor[part].size:
        pixels[window] = cv2.multiply(pixels[window], factor[part], scale=1 / 255)


def scrim(pixels: Pixels, side: str, *, hold: float, reach: float, colour: RGB, opacity: float) -> None:
    """A veil, full from a side of the canvas to `hold` and gone at `reach`, both fractions; `all` covers it."""
    height, width = pixels.shape[:2]
    across = side in {"left", "right"}
    steps = np.arange(width if across else height, dtype=np.float32) + 0.5
    along = steps / steps.size if side in {"top", "left"} else 1 - steps / steps.size
    share = np.clip((reach - along) / max(reach - hold, 1e-6), 0, 1) if side != "all" else np.ones_like(along)
    veil = np.rint(255 * opacity * share * share * (3 - 2 * share)).astype(np.uint8)
    seen = np.flatnonzero(veil)
    if seen.size:
        first, last = int(seen[0]), int(seen[-1]) + 1
        place = Rect(first, 0, last, height) if across else Rect(0, first, width, last)
        veil = veil[first:last] if across else veil[first:last, None]
        fill(pixels, place, colour, np.ascontiguousarray(np.broadcast_to(veil, (place.height, place.width))))


def _over(
    pixels: Pixels, window: tuple[slice, slice], inked: npt.NDArray[np.integer | np.floating], alpha: Mask
) -> None:
    through = cv2.cvtColor(cv2.bitwise_not(alpha), cv2.COLOR_GRAY2RGB)
    pixels[window] = cv2.add(cv2.multiply(pixels[window], through, scale=1 / 255), inked)


def _window(pixels: Pixels, place: Rect) -> tuple[slice, slice]:
    inside = place.within(Rect(0, 0, pixels.shape[1], pixels.shape[0]))
    return slice(inside.top, inside.bottom), slice(inside.left, inside.right)


def _clipped(pixels: Pixels, place: Rect) -> tuple[slice, slice]:
    """The part of a thing at `place` that lies on the canvas, counted from the thing's own corner."""
    down, across = _window(pixels, place)
    return (
        slice(down.start - place.top, down.stop - place.top),
        slice(across.start - place.left, across.stop - place.left),
    )
