"""Looking at a photo: a model says which part of it is the product. Ours is u2netp, which comes along; OpenCV runs it.

`assetgen/data/models/README.md` says where it is from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from threading import local

import cv2
import numpy as np

from assetgen.config.weights import U2NET, Eye
from assetgen.cutout.sighting import Sighting
from assetgen.model.arrays import Floats, Pixels

NAME = "u2netp"

See = Callable[[Pixels, tuple[int, int]], Floats]
"""What a model sees in a photo (H x W x 3): the share of product, 0 to 1, at a size (height, width)."""

_ROOM = 0.1
"""The room on each side of a photo, as a share of its long side: without, what touches the frame is not seen."""


class _Own(local):
    """What each thread has of its own: a net that looks at a photo cannot look at another."""

    net: cv2.dnn.Net | None = None


_own = _Own()


def through(eye: Eye, forward: Callable[[Floats], Floats]) -> See:
    """The sight of a model, by its one pass forward: 1 x 3 x side x side in, 1 x 1 x side x side out."""
    mean, scale = np.array(eye.mean, np.float32), np.array(eye.scale, np.float32)

    def see(rgb: Pixels, size: tuple[int, int]) -> Floats:
        small = cv2.resize(rgb, (eye.side, eye.side), interpolation=cv2.INTER_AREA).astype(np.float32)
        small = (small / max(float(small.max()), 1) - mean) / scale
        share = forward(np.ascontiguousarray(small.transpose(2, 0, 1)[None]))[0, 0]
        if eye.logits:
            share = (1 + np.tanh(share / 2)) / 2
        return np.asarray(np.clip(cv2.resize(share, size[::-1], interpolation=cv2.INTER_CUBIC), 0, 1), np.float32)

    return see


def _forward(given: Floats) -> Floats:
    net = _net()
    net.setInput(given)
    return np.asarray(net.forward())


_see = through(U2NET, _forward)


def look(photo: Pixels, size: tuple[int, int], see: See = _see) -> Sighting:
    """What a model sees in a photo (H x W x 3) with room around it, at a size (height, width).

    The one that comes along takes most of a second of one processor. Safe to call from several threads.
    """
    room, beside = (round(_ROOM * max(shape)) for shape in (photo.shape[:2], size))
    wide = np.asarray(cv2.copyMakeBorder(photo, room, room, room, room, cv2.BORDER_REPLICATE), np.uint8)
    height, width = size
    seen = see(wide, (height + 2 * beside, width + 2 * beside))
    return Sighting(seen[beside : beside + height, beside : beside + width])


def look_again(photo: Pixels, first: Sighting, see: See = _see) -> Sighting:
    """The same with a second look, without room: it sees finer, and what both see is sure."""
    height, width = first.roomy.shape
    return replace(first, near=see(photo, (height, width)))


def _net() -> cv2.dnn.Net:
    if _own.net is None:
        _own.net = cv2.dnn.readNetFromONNX(np.frombuffer(_weights(), np.uint8))
    return _own.net


@cache
def _weights() -> bytes:
    return files("assetgen").joinpath(f"data/models/{NAME}.onnx").read_bytes()
