"""A cutout for people to judge: over a checkerboard, over dark and over light."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.model.arrays import Pixels, Region

DARK, LIGHT = (24, 24, 26), (250, 249, 246)
_SQUARES = ((214, 214, 214), (158, 158, 158))
_MARGIN = 0.06


def preview(rgba: Pixels, panel: int = 200) -> Pixels:
    """RGB, three squares of `panel` pixels side by side; the product fills them but for a margin."""
    picture = _centred(rgba, panel)
    alpha = picture[..., 3:].astype(np.float32) / 255
    grounds = (_checkerboard(panel), np.array(DARK), np.array(LIGHT))
    panels = [picture[..., :3] * alpha + ground * (1 - alpha) for ground in grounds]
    return np.rint(np.hstack(panels)).astype(np.uint8)


def webp(rgb: Pixels) -> bytes:
    """Small, and good enough to look at."""
    done, data = cv2.imencode(".webp", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_WEBP_QUALITY, 80])
    assert done  # noqa: S101 - fails only for pixels that are not pixels
    return np.asarray(data).tobytes()


def _centred(rgba: Pixels, side: int) -> Pixels:
    """What is seen of the cutout in the middle of a square; never enlarged."""
    left, top, width, height = cv2.boundingRect(_seen(rgba).astype(np.uint8))
    part = rgba[top : top + height, left : left + width].astype(np.float32) if width else rgba.astype(np.float32)
    part[..., :3] *= part[..., 3:] / 255  # clear pixels have no colour to lend
    scale = min(1.0, (1 - 2 * _MARGIN) * side / max(part.shape[:2]))
    small = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small[..., :3] = small[..., :3] * 255 / np.maximum(small[..., 3:], 1)
    square = np.zeros((side, side, 4), np.uint8)
    y, x = ((side - length) // 2 for length in small.shape[:2])
    square[y : y + small.shape[0], x : x + small.shape[1]] = np.rint(np.clip(small, 0, 255))
    return square


def _seen(rgba: Pixels) -> Region:
    return np.asarray(rgba[..., 3] > 8)


def _checkerboard(side: int) -> Pixels:
    rows, columns = np.indices((side, side)) // max(6, side // 25)
    return np.asarray(np.array(_SQUARES, np.uint8)[(rows + columns) % 2])
