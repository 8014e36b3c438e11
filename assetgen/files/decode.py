"""The pixels of picture files of all kinds: 8 bit sRGB, upright."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from assetgen.model.arrays import WITH_ALPHA, Alpha, Pixels

MAX_PIXELS = 100_000_000
"""The pixels of a picture at most; more are more likely a mistake or an attack than a product photo."""

_OPAQUE = 255
"""The alpha of a pixel that is all product."""


class Unreadable(Exception):
    """Why a file cannot be used as a picture, in a marketer's words."""


def measure(data: bytes) -> tuple[int, int]:
    """Width and height of a picture file, upright, without decoding it. Raises Unreadable."""
    with opened(data) as image:
        if image.width * image.height > MAX_PIXELS:
            megapixels = f"{image.width * image.height / 1e6:.0f}"
            raise Unreadable(f"has {megapixels} megapixels, the most that is read is {MAX_PIXELS // 1_000_000}")
        # Of a PNG the whole picture would be read for this, and next to none are turned.
        turned = image.format != "PNG" and image.getexif().get(0x0112, 1) in {5, 6, 7, 8}
        return (image.height, image.width) if turned else (image.width, image.height)


def decode(data: bytes) -> Pixels:
    """H x W x 3, or H x W x 4 where the file has transparency. Raises Unreadable."""
    measure(data)
    with opened(data) as image:
        try:
            image.load()
        except (OSError, SyntaxError, ValueError) as error:
            raise Unreadable("is damaged or cut off: save or download it again") from error
        upright = ImageOps.exif_transpose(image)
    clear = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    return np.asarray(_srgb(upright, "RGBA" if clear else "RGB"))


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


def _srgb(image: Image.Image, mode: str) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16") or image.mode == "I":
        image = Image.fromarray((np.asarray(image, dtype=np.float32) / 257).round().astype(np.uint8))
    if profile and image.mode in {"RGB", "CMYK", "L"} and not (image.mode == "RGB" and _is_ours(profile)):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            image = converted or image
        except (ImageCms.PyCMSError, OSError):
            pass  # A broken profile is common and harmless: such files were made as sRGB.
    return image.convert(mode)


@lru_cache(16)
def _is_ours(profile: bytes) -> bool:
    """LittleCMS's own sRGB, which we embed: converting from it would change nothing, in five times the time."""
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile))).strip() == "sRGB built-in"
    except (ImageCms.PyCMSError, OSError):
        return False


def opened(data: bytes) -> Image.Image:
    """The file with its header read, whatever its size. Raises Unreadable."""
    try:
        # Decompression bombs are refused by `measure`, with our own limit and words.
        limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            return Image.open(io.BytesIO(data))
        finally:
            Image.MAX_IMAGE_PIXELS = limit
    except Image.DecompressionBombError as error:  # another thread has just put the limit back
        raise Unreadable("has far more pixels than are read") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if data.lstrip()[:1] == b"<":
            raise Unreadable("is a web page or XML, not a picture") from error
        raise Unreadable("is empty" if not data else "is not a picture that can be read") from error
