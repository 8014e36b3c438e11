"""The picture and the mask that are sent along when a provider edits a product photo."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image

from assetgen.files.decode import decode, opened, orientation
from assetgen.files.resize import resized
from assetgen.model.arrays import Box, Pixels
from assetgen.picture.geometry import Rect

AS_IT_IS = {"PNG": "png", "JPEG": "jpeg", "WEBP": "webp"}
"""Formats that providers take, by Pillow's names."""

MOST_BYTES = 20_000_000
"""The bytes of a picture that is sent as it is, at most; the edits endpoint takes up to 50 MB a picture."""

LONGEST = 4096
"""The pixels on the longer side of a picture that is sent, at most."""

GROUND = 236
"""The grey of the frame round a protected product: light, so that what shows at its edges is not dark."""

_CORE = 250
"""The alpha from which a pixel belongs to the opaque core, 0 to 255."""


def sendable_photo(data: bytes) -> bytes:
    """The file as it is where providers take that, else a PNG of it, upright and at most LONGEST pixels on a side.

    Raises Unreadable.
    """
    with opened(data) as image:
        upright = orientation(image) == 1
        if image.format in AS_IT_IS and upright and len(data) <= MOST_BYTES and max(image.size) <= LONGEST:
            return data
    return sendable_pixels(decode(data))


def sendable_pixels(pixels: Pixels) -> bytes:
    """A PNG of a picture, at most LONGEST pixels on a side."""
    scale = min(1.0, LONGEST / max(pixels.shape[:2]))
    small = resized(pixels, round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
    return png_encoded(small)


def product_framed(cutout: Pixels, width: int, height: int, box: Box) -> tuple[Pixels, Pixels]:
    """The product standing in the box on plain grey, H x W x 3, and its mask, H x W x 4; both uint8.

    The mask is transparent where the picture may change, and its box is in shares of the picture.
    Only the opaque core is protected, without its outermost pixels: edges belong to the light of the new picture.
    """
    seen, spot = _seen(cutout), _spot(cutout, width, height, box)
    part = cutout[seen.top : seen.bottom, seen.left : seen.right].astype(np.float32)
    part[..., :3] *= part[..., 3:] / 255  # before resizing, or the colours of empty pixels would seep into the edge
    way = cv2.INTER_AREA if spot.width < seen.width else cv2.INTER_CUBIC
    small = np.clip(cv2.resize(part, (spot.width, spot.height), interpolation=way), 0, 255)
    picture = np.full((height, width, 3), GROUND, np.float32)
    under = picture[spot.top : spot.bottom, spot.left : spot.right]
    under *= 1 - small[..., 3:] / 255
    under += small[..., :3]
    core = cv2.erode((small[..., 3] >= _CORE).astype(np.uint8) * 255, np.ones((3, 3), np.uint8))
    mask = np.zeros((height, width, 4), np.uint8)
    mask[spot.top : spot.bottom, spot.left : spot.right, 3] = core
    return np.rint(np.clip(picture, 0, 255)).astype(np.uint8), mask


def framed_box(cutout: Pixels, width: int, height: int, box: Box) -> Box:
    """The place, in shares of the picture, where `product_framed` puts what is seen of the product."""
    spot = _spot(cutout, width, height, box)
    return spot.left / width, spot.top / height, spot.right / width, spot.bottom / height


def _spot(cutout: Pixels, width: int, height: int, box: Box) -> Rect:
    """The place in px of the product, as large as the box allows, in the middle of the box's foot."""
    seen = _seen(cutout)
    left, top, right, bottom = box[0] * width, box[1] * height, box[2] * width, box[3] * height
    scale = min((right - left) / seen.width, (bottom - top) / seen.height)
    size = max(1, round(seen.width * scale)), max(1, round(seen.height * scale))
    x, y = round((left + right - size[0]) / 2), round(bottom) - size[1]
    return Rect(x, y, x + size[0], y + size[1])


def _seen(cutout: Pixels) -> Rect:
    """The part of a cutout without its empty border; all of it where nothing is seen."""
    left, top, width, height = cv2.boundingRect((cutout[..., 3] > 8).astype(np.uint8))
    return Rect(left, top, left + width, top + height) if width else Rect(0, 0, cutout.shape[1], cutout.shape[0])


def png_encoded(pixels: Pixels) -> bytes:
    """The pixels as a PNG file, compressed little since it is sent once."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "png", compress_level=1)
    return file.getvalue()
