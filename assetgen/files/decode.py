"""The door through which all picture files come in, and their pixels: 8 bit sRGB, upright."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache

import numpy as np
from PIL import Image, TiffImagePlugin, UnidentifiedImageError

from assetgen.files.foreign_files import damaged, in_words
from assetgen.files.numbered_colours import is_hdr, named_profile
from assetgen.files.png_chunks import chunks
from assetgen.files.to_srgb import conversion, pixels_in_srgb
from assetgen.model.arrays import WITH_ALPHA, Alpha, Pixels

MAX_PIXELS = 100_000_000
"""The pixels of a picture at most; more are more likely a mistake or an attack than a product photo."""

LONGEST = 30_000
"""The pixels of a side at most: OpenCV takes no picture of more than 32,767."""

SLIMMEST = 200
"""How many times as long as wide a picture is at most: made smaller, a strip would have no width left."""

_SMALLER = "save it smaller, for 4,000 pixels on its longer side are plenty"
"""The way out for a picture that is too large; 2000 pixels serve nearly every channel."""

_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF", "BMP")
"""Pillow's names of what is read, and nothing else is: others start programs, as EPS does. JPEG holds a phone's MPO."""

_OPAQUE = 255
"""The alpha of a pixel that is all product."""

_ORIENTATION = 0x0112
"""The tag of EXIF that says how a picture is stored: CIPA DC-008."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by that tag."""

_LYING = 5
"""The orientation from which on rows are columns."""

_PREVIEW = 254
"""The tag of TIFF that says whether a picture is a small one of another."""

_OTHERS = 330
"""The tag of TIFF that says where the others are."""

_RAW = 50706
"""The tag that all of Adobe's raw files have."""


class Unreadable(Exception):
    """Why a file cannot be used as a picture, in a marketer's words."""


def measure(data: bytes) -> tuple[int, int]:
    """Width and height of a picture file, upright, without decoding it. Raises Unreadable."""
    with opened(data) as image:
        return upright_size(image)


def decode(data: bytes) -> Pixels:
    """H x W x 3, or H x W x 4 where the file has transparency. Raises Unreadable."""
    with opened(data) as image:
        image.load()
        turn = _TURNS.get(_turned_by(image))
        return pixels_in_srgb(image if turn is None else image.transpose(turn))


def colours_told(data: bytes) -> str | None:
    """What is to be said of a picture file's colours, such as `converted from Display P3`. Raises Unreadable."""
    with opened(data) as image:
        return conversion(image)


def whole_size(data: bytes) -> tuple[int, int]:
    """Width and height, upright, of a picture file that was decoded to its last pixel. Raises Unreadable."""
    height, width = decode(data).shape[:2]
    return width, height


def decode_mask(data: bytes) -> Alpha:
    """H x W, 255 is product: what is opaque where the file has transparency, else what is white. Raises Unreadable."""
    pixels = decode(data)
    if pixels.shape[2] == WITH_ALPHA and not (pixels[..., 3] == _OPAQUE).all():
        return pixels[..., 3]
    return np.asarray(Image.fromarray(pixels[..., :3]).convert("L"))


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """A picture with its header read, within the limits of size. Raises Unreadable.

    So does whatever a decoder raises inside: there is no list of what damaged files make them raise.
    """
    # Damage that does not matter is nobody's business, and what does comes as an exception. Said each time, since the
    # list of filters may have been put back; `catch_warnings` would do so while other threads are in here.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    try:
        with Image.open(io.BytesIO(data), formats=_formats()) as image:
            _refuse_unfit(image, data)
            if image.format == "PNG" and "exif" not in image.info and (late := _late_exif(data)):
                image.info["exif"] = late
            if profile := named_profile(image, data):
                image.info["icc_profile"] = profile
            yield image
    except Unreadable:
        raise
    except UnidentifiedImageError as error:
        raise Unreadable(in_words(data, heic="HEIF" in _formats())) from error
    except Image.DecompressionBombError as error:
        most = MAX_PIXELS // 1_000_000
        raise Unreadable(f"has far more than the {most} megapixels that are read: {_SMALLER}") from error
    except MemoryError as error:
        raise Unreadable("takes more memory than this machine has: save it smaller") from error
    except Exception as error:  # Pillow has no list of what damaged files make it raise
        raise Unreadable(damaged(data)) from error


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Width and height of a picture that was opened, as it is seen."""
    return (image.height, image.width) if _turned_by(image) >= _LYING else (image.width, image.height)


def orientation(image: Image.Image) -> int:
    """How a picture is stored, 1 to 8, where 1 is upright: CIPA DC-008, tag 0x0112."""
    with suppress(Exception):  # damaged EXIF says nothing, and the picture may be good all the same
        noted = exif_of(image).get(_ORIENTATION, 1)
        return int(noted) if noted in range(1, 9) else 1
    return 1


def exif_of(image: Image.Image) -> Image.Exif:
    """The EXIF of a picture; what is damaged raises anything, here or when it is looked at."""
    # Of a PNG its own method would decode the whole picture, to find EXIF behind the pixels.
    return Image.Image.getexif(image)


def _turned_by(image: Image.Image) -> int:
    """The orientation that is still to be undone: Pillow opens a TIFF upright."""
    return 1 if image.format == "TIFF" else orientation(image)


def _refuse_unfit(image: Image.Image, data: bytes) -> None:
    """Before anything is decoded, and for a file that is not what it seems."""
    width, height = image.size
    if width * height > MAX_PIXELS:
        megapixels = f"{width * height / 1e6:,.0f}"
        most = MAX_PIXELS // 1_000_000
        raise Unreadable(f"has {megapixels} megapixels, the most that is read is {most}: {_SMALLER}")
    if max(width, height) > LONGEST:
        size = f"{width:,} x {height:,} pixels"
        raise Unreadable(f"is {size}, and the longest side that is read is {LONGEST:,}: {_SMALLER}")
    if is_hdr(image, data):
        raise Unreadable("is an HDR picture, whose light no ordinary screen shows: export it with sRGB colours")
    if max(width, height) > SLIMMEST * min(width, height):
        slim = f"more than {SLIMMEST} times as long as wide"
        raise Unreadable(f"is a strip of {width:,} x {height:,} pixels, {slim}: crop it")
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        tags = image.tag_v2
        if _RAW in tags or (_OTHERS in tags and int(tags.get(_PREVIEW, 0)) & 1):
            raise Unreadable("is a camera's raw file, of which only a small preview could be read: export it as JPEG")


@cache
def _formats() -> tuple[str, ...]:
    """What is read here: HEIC too, where its package is installed."""
    logging.getLogger("PIL").addHandler(
        logging.NullHandler()
    )  # what it would tell comes as an exception, or is no matter
    try:
        import pi_heif
    except ImportError:
        return _FORMATS
    pi_heif.register_heif_opener()
    return (*_FORMATS, "HEIF")


def _late_exif(data: bytes) -> bytes | None:
    """The EXIF of a PNG that stands behind its pixels, where Pillow finds it only when all is decoded."""
    for name, start, length in chunks(data):
        if name == b"eXIf":
            return b"Exif\0\0" + data[start : start + length]
    return None
