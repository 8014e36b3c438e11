"""The ways to write a picture file, by Pillow or by libvips: benchmarks/encode.py measures which is better at what.

Every file carries its tags and nothing else; the same input gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from PIL import Image

from assetgen.files.tags import Tags, srgb, tagged_jpeg, tagged_png
from assetgen.model.arrays import Pixels

Chroma = Literal["4:4:4", "4:2:0"]


@dataclass(frozen=True)
class Way:
    """A format and how its colours are kept. `write` takes a quality of 1 to 100, which looks about like that of JPEG.

    weight: of a file of quality 92, beside that of QUICK_JPEG; slope: how the weight falls with the quality, see
    `assetgen.files.encode`; both as is usual, for guesses. Below `least` another way looks better, above `most`
    nobody sees what the bytes are for.
    """

    format: str
    chroma: Chroma
    write: Callable[[Pixels, int, Tags], bytes]
    weight: float
    slope: float = 0.55
    least: int = 1
    most: int = 92


def _quick_jpeg(pixels: Pixels, quality: int, tags: Tags) -> bytes:
    return _pillow("JPEG", {"quality": quality, "subsampling": "4:4:4"}, pixels, tags)


def _jpeg(subsampling: str, pixels: Pixels, quality: int, tags: Tags) -> bytes:
    options = {
        "Q": quality,
        "subsample_mode": subsampling,
        "interlace": True,  # progressive
        "optimize_coding": True,
        "optimize_scans": True,
        "trellis_quant": True,
        "overshoot_deringing": True,
        "quant_table": 3,  # mozjpeg's own choice, and kinder to halved colours than the one of the standard
    }
    return tagged_jpeg(_vips(pixels, ".jpg", options, tags), tags)


def _webp(effort: int, pixels: Pixels, quality: int, tags: Tags) -> bytes:
    return _pillow("WEBP", {"quality": quality, "method": effort}, pixels, tags)


def _exact_webp(pixels: Pixels, _: int, tags: Tags) -> bytes:
    return _pillow("WEBP", {"lossless": True, "method": 2}, pixels, tags)


def _avif(pixels: Pixels, quality: int, tags: Tags) -> bytes:
    options = {"quality": max(quality - 12, 0), "subsampling": "4:4:4", "speed": 8, "max_threads": 1}
    return _pillow("AVIF", options, pixels, tags)


def _png(pixels: Pixels, _: int, tags: Tags) -> bytes:
    return tagged_png(_vips(pixels, ".png", {"compression": 6, "filter": "all"}, tags), tags)


def _palette(pixels: Pixels, quality: int, tags: Tags) -> bytes:
    """256 colours or fewer."""
    options = {"palette": True, "Q": quality, "dither": 1.0, "compression": 9}
    return tagged_png(_vips(pixels, ".png", options, tags), tags)


def _pillow(codec: str, options: dict[str, Any], pixels: Pixels, tags: Tags) -> bytes:
    out = io.BytesIO()
    beside: dict[str, Any] = {"icc_profile": srgb(), "xmp": tags.xmp, "dpi": (tags.dpi, tags.dpi)}
    Image.fromarray(pixels).save(out, codec, **options, **beside)
    return out.getvalue()


def _vips(pixels: Pixels, ending: str, options: dict[str, Any], tags: Tags) -> bytes:
    import pyvips

    per_mm = tags.dpi / 25.4
    image = pyvips.Image.new_from_array(pixels, interpretation="srgb").copy(xres=per_mm, yres=per_mm)
    return bytes(image.write_to_buffer(ending, keep=pyvips.enums.ForeignKeep.NONE, **options))


QUICK_JPEG = Way("jpg", "4:4:4", _quick_jpeg, 1.0)
JPEG = Way("jpg", "4:4:4", partial(_jpeg, "off"), 0.77, least=80)
HALVED_JPEG = Way("jpg", "4:2:0", partial(_jpeg, "on"), 0.61, least=20)
QUICK_WEBP = Way("webp", "4:2:0", partial(_webp, 2), 0.44)
WEBP = Way("webp", "4:2:0", partial(_webp, 4), 0.42, least=15)
EXACT_WEBP = Way("webp", "4:4:4", _exact_webp, 5.0, least=100, most=100)
AVIF = Way("avif", "4:4:4", _avif, 0.34, least=30)
PNG = Way("png", "4:4:4", _png, 8.0, least=100, most=100)
PALETTE = Way("png", "4:4:4", _palette, 1.2, slope=0.2, least=50, most=100)
