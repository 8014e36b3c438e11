"""The model that comes along, u2netp, run by OpenCV: it says which part of a photo is the product.

`assetgen/data/models/README.md` says where it is from.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from threading import local

import cv2
import numpy as np

from assetgen.cutout.sighting import Sighting
from assetgen.model.arrays import Floats, Pixels

NAME = "u2netp"

SIDE = 320
"""Pixels of the square that it looks at."""

ROOM = 0.1
"""The room on each side of a photo, as a share of its long side: without, what touches the frame is not seen."""

_MEAN = np.array((0.485, 0.456, 0.406), np.float32)
_SCALE = np.array((0.229, 0.224, 0.225), np.float32)
"""The colours that it was trained on (U-2-Net, data_loader.py, `ToTensorLab`)."""


class _Own(local):
    """What each thread has of its own: a net that looks at a photo cannot look at another."""

    net: cv2.dnn.Net | None = None


_own = _Own()


def look(photo: Pixels, size: tuple[int, int]) -> Sighting:
    """What the model sees in a photo (H x W x 3) with room around it, at a size (height, width).

    It takes most of a second of one processor. Safe to call from several threads.
    """
    room, beside = (round(ROOM * max(shape)) for shape in (photo.shape[:2], size))
    wide = np.asarray(cv2.copyMakeBorder(photo, room, room, room, room, cv2.BORDER_REPLICATE), np.uint8)
    height, width = size
    seen = _seen(wide, (height + 2 * beside, width + 2 * beside))
    return Sighting(seen[beside : beside + height, beside : beside + width])


def look_again(photo: Pixels, first: Sighting) -> Sighting:
    """The same with a second look, without room: it sees finer, and what both see is sure."""
    height, width = first.roomy.shape
    return replace(first, near=_seen(photo, (height, width)))


def _seen(rgb: Pixels, size: tuple[int, int]) -> Floats:
    small = cv2.resize(rgb, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    small = (small / max(float(small.max()), 1) - _MEAN) / _SCALE
    net = _net()
    net.setInput(np.ascontiguousarray(small.transpose(2, 0, 1)[None]))
    share = cv2.resize(np.asarray(net.forward())[0, 0], size[::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(share, 0, 1), np.float32)


def _net() -> cv2.dnn.Net:
    if _own.net is None:
        _own.net = cv2.dnn.readNetFromONNX(np.frombuffer(_weights(), np.uint8))
    return _own.net


@cache
def _weights() -> bytes:
    return files("assetgen").joinpath(f"data/models/{NAME}.onnx").read_bytes()
