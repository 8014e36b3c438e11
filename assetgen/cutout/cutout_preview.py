"""A cutout for people to judge: over a checkerboard, over dark and over light."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.model.arrays import Pixels, Region

DARK = (24, 24, 26)
"""The dark ground, RGB."""

LIGHT = (250, 249, 246)
"""The light ground, RGB."""

_SQUARES = ((214, 214, 214), (158, 158, 158))
"""The two colours of the checkerboard, RGB."""

_MARGIN = 0.06
"""The room around the product at each side, as a share of the square."""

_LEAST_SEEN = 8
"""The alpha, 0 to 255, up to which nobody sees a pixel."""


def preview(rgba: Pixels, panel: int = 200) -> Pixels:
    """A picture in RGB of three squares, each `panel` pixels wide; the product fills them but for a margin."""
    picture = _centred(rgba, panel)
    alpha = picture[..., 3:].astype(np.float32) / 255
    grounds = (_checkerboard(panel), np.array(DARK), np.array(LIGHT))
    panels = [picture[..., :3] * alpha + ground * (1 - alpha) for ground in grounds]
    return np.rint(np.hstack(panels)).astype(np.uint8)


def webp(rgb: Pixels) -> bytes:
    """The picture as WebP of quality 80: small, and good enough to look at."""
    done, data = cv2.imencode(".webp", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_WEBP_QUALITY, 80])
    assert done  # noqa: S101 - fails only for pixels that are not pixels
    return np.asarray(data).tobytes()


def _centred(rgba: Pixels, side: int) -> Pixels:
    """The cutout, trimmed to what is seen of it, in the middle of a square; never enlarged."""
    left, top, width, height = cv2.boundingRect(_seen(rgba).astype(np.uint8))
    part = rgba[top : top + height, left : left + width].astype(np.float32) if width else rgba.astype(np.float32)
    part[..., :3] *= part[..., 3:] / 255  # clear pixels have no colour to lend
    scale = min(1.0, (1 - 2 * _MARGIN) * side / max(part.shape[:2]))
    # A needle keeps a pixel of its width.
    size = max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale))
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    small[..., :3] = small[..., :3] * 255 / np.maximum(small[..., 3:], 1)
    square = np.zeros((side, side, 4), np.uint8)
    y, x = ((side - length) // 2 for length in small.shape[:2])
    square[y : y + small.shape[0], x : x + small.shape[1]] = np.rint(np.clip(small, 0, 255))
    return square


def _seen(rgba: Pixels) -> Region:
    return np.asarray(rgba[..., 3] > _LEAST_SEEN)


def _checkerboard(side: int) -> Pixels:
    rows, columns = np.indices((side, side)) // max(6, side // 25)
    return np.asarray(np.array(_SQUARES, np.uint8)[(rows + columns) % 2])
