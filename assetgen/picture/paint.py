"""Colours and pictures laid over a canvas, in place, clipped at its edges."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.model.arrays import Alpha, Floats, Pixels
from assetgen.picture.colour import RGB
from assetgen.picture.geometry import Rect

_DITHER = np.random.default_rng(1).random((64, 64), np.float32) - np.float32(0.5)
"""Noise of half a level either way, always the same: the same picture is drawn again from the same inputs."""


def fill(pixels: Pixels, place: Rect, colour: RGB, mask: Alpha) -> None:
    """Lays `colour` over the canvas where the mask, of the size of `place`, is not 0."""
    part, window = _clipped(pixels, place), _window(pixels, place)
    mask = mask[part]
    if mask.size:
        # A mask has 256 levels: a table of what each adds does for all pixels.
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
    """Lays a veil, full from a side of the canvas to `hold` and gone at `reach`, both fractions; `all` covers it."""
    height, width = pixels.shape[:2]
    across = side in {"left", "right"}
    steps = np.arange(width if across else height, dtype=np.float32) + np.float32(0.5)
    along = steps / steps.size if side in {"top", "left"} else 1 - steps / steps.size
    share = _eased((reach - along) / max(reach - hold, 1e-6)) if side != "all" else np.ones_like(along)
    seen = np.flatnonzero(share * opacity > 1 / 512)
    if seen.size:
        first, last = int(seen[0]), int(seen[-1]) + 1
        place = Rect(first, 0, last, height) if across else Rect(0, first, width, last)
        _veil(pixels, place, share[first:last] if across else share[first:last, None], colour, opacity)


def pool(pixels: Pixels, place: Rect, *, fade: int, colour: RGB, opacity: float) -> None:
    """Lays a veil, full over `place` and gone `fade` px around it, with round corners."""
    around = place.grown(fade).within(Rect(0, 0, pixels.shape[1], pixels.shape[0]))
    along, down = (
        np.maximum(np.maximum(first - np.arange(start, end), np.arange(start, end) - last + 1), 0).astype(np.float32)
        for first, last, start, end in (
            (place.left, place.right, around.left, around.right),
            (place.top, place.bottom, around.top, around.bottom),
        )
    )
    _veil(pixels, around, _eased(1 - np.hypot(along, down[:, None]) / max(fade, 1)), colour, opacity)


def _eased(share: Floats) -> Floats:
    share = np.clip(share, 0, 1)
    return share * share * (3 - 2 * share)


def _veil(pixels: Pixels, place: Rect, share: Floats, colour: RGB, opacity: float) -> None:
    """Lays a veil with dither, for on a smooth wall the eye sees steps of one level; `share` is 0 to 1."""
    across, down = -(-place.width // _DITHER.shape[1]), -(-place.height // _DITHER.shape[0])
    alpha = np.tile(_DITHER, (down, across))[: place.height, : place.width]
    alpha += 255 * opacity * share
    fill(pixels, place, colour, np.rint(np.clip(alpha, 0, 255, out=alpha)).astype(np.uint8))


def _over(
    pixels: Pixels, window: tuple[slice, slice], inked: npt.NDArray[np.integer | np.floating], alpha: Alpha
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
