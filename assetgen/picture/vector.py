"""Logos and plain forms as pixels."""

from __future__ import annotations

import numpy as np
from PIL import Image

from assetgen.files.decode import Unreadable, decode
from assetgen.model.arrays import Alpha, Pixels
from assetgen.picture.type.fonts import use_bundled_fonts

PNG = b"\x89PNG\r\n\x1a\n"
"""How a PNG begins."""


class NotAPicture(ValueError):
    """Why bytes cannot be drawn, as the end of a sentence about them."""


def rasterise(data: bytes, width: int, height: int) -> Pixels:
    """An SVG or PNG as RGBA, H x W x 4 and uint8, as large as fits inside width x height with its own aspect.

    Raises NotAPicture.
    """
    if not data.startswith(PNG):
        return _draw_svg(data, width, height)
    try:
        rgba = Image.fromarray(decode(data)).convert("RGBA")
    except Unreadable as error:
        raise NotAPicture(str(error)) from error
    scale = min(width / rgba.width, height / rgba.height)
    size = max(1, round(rgba.width * scale)), max(1, round(rgba.height * scale))
    return np.asarray(rgba.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0))


def _draw_svg(data: bytes, width: int, height: int) -> Pixels:
    use_bundled_fonts()
    import pyvips

    try:
        scale = 1.0
        for _ in range(3):  # vips tells the size in whole pixels: the first answer is rough, the second good
            drawing = pyvips.Image.svgload_buffer(data, scale=scale)
            scale *= min(width / drawing.width, height / drawing.height)
        drawn: Pixels = drawing.numpy()
    except pyvips.Error as error:
        raise NotAPicture("is no drawing that can be read: export it as a plain SVG") from error
    return np.ascontiguousarray(drawn[:height, :width])


def rounded_mask(width: int, height: int, radius: float) -> Alpha:
    """A rectangle with round corners as coverage 0 to 255; half of the short side as radius is a pill or a disc."""
    radius = min(radius, width / 2, height / 2)
    down, across = np.ogrid[:height, :width]
    x = np.abs(across + 0.5 - width / 2) - (width / 2 - radius)
    y = np.abs(down + 0.5 - height / 2) - (height / 2 - radius)
    # Signed distance to the edge: https://iquilezles.org/articles/distfunctions2d/
    distance = np.hypot(x.clip(0), y.clip(0)) + np.minimum(np.maximum(x, y), 0) - radius
    mask: Alpha = (np.clip(0.5 - distance, 0, 1) * 255 + 0.5).astype(np.uint8)
    return mask
