"""The colours of an opened picture turned into 8 bit sRGB by its profile, with its transparency."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
from PIL import Image, ImageCms

from assetgen.model.arrays import Pixels

_BAND = 256
"""Rows that are converted at once: a large photo needs its own pixels and the finished ones, and little besides."""

_SPACES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK"}
"""The colour spaces that profiles are for (ICC.1:2022, table 19), by the modes that they fit."""

_OPAQUE = 255
"""The alpha of a pixel that hides what is behind it."""


def pixels_in_srgb(image: Image.Image) -> Pixels:
    """H x W x 3, or H x W x 4 where the picture has transparency; it must be decoded."""
    clear = image.has_transparency_data
    colours = _mode_of_colours(image)
    transform = _transform(image.info.get("icc_profile"), colours)
    pixels = np.empty((image.height, image.width, 4 if clear else 3), np.uint8)
    for top in range(0, image.height, _BAND):
        band = image.crop((0, top, image.width, min(top + _BAND, image.height)))
        rows = pixels[top : top + _BAND]
        if clear:
            rows[..., 3] = _alpha(band)
        rows[..., :3] = np.asarray(_rgb(_eight_bits(band), colours, transform))
    return pixels


def conversion(image: Image.Image) -> str | None:
    """What is to be said of the way of an opened picture's colours into sRGB; None where they are sRGB, or unsaid."""
    profile, colours = image.info.get("icc_profile"), _mode_of_colours(image)
    if profile and _transform(profile, colours) is not None:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile))).strip()
        return None if name.casefold().startswith("srgb") else f"converted from {name or 'the colours of its profile'}"
    if colours == "CMYK":
        which = "that can be used" if profile else "of its own"
        return f"converted from CMYK without a profile {which}: look at the colours"
    if profile and not (colours == "RGB" and _is_ours(profile)):
        return "its colour profile is damaged or for other colours: taken for sRGB"
    return None


def _mode_of_colours(image: Image.Image) -> str:
    """The mode in which a picture's colours are when its transparency and its palette are put away."""
    if image.mode in {"CMYK", "LAB", "HSV", "YCbCr"}:
        return image.mode
    return "L" if image.mode in {"1", "L", "LA", "La", "F"} or image.mode.startswith("I") else "RGB"


def _rgb(band: Image.Image, colours: str, transform: ImageCms.ImageCmsTransform | None) -> Image.Image:
    if band.mode in {"RGBa", "La"}:
        band = band.convert({"RGBa": "RGBA", "La": "LA"}[band.mode])
    if band.mode == "PA":  # which Pillow turns into RGB only by way of its transparency
        band = band.convert("RGBA")
    if band.mode != colours:
        band = band.convert(colours)
    if transform is not None:
        return transform.apply(band)
    return band if band.mode == "RGB" else band.convert("RGB")


def _alpha(band: Image.Image) -> Pixels:
    if band.mode.startswith("I"):  # of 16 bits: one level of grey is clear, or none
        return np.where(np.asarray(band) == band.info.get("transparency"), 0, _OPAQUE).astype(np.uint8)
    return np.asarray(band.convert("RGBA").getchannel("A"))


def _eight_bits(band: Image.Image) -> Image.Image:
    if not band.mode.startswith("I"):
        return band
    return Image.fromarray((np.asarray(band, np.float32) / 257).round().clip(0, 255).astype(np.uint8))


def _transform(profile: bytes | None, colours: str) -> ImageCms.ImageCmsTransform | None:
    """The way from a profile to sRGB; None without one that fits, for then the colours are taken as sRGB."""
    if not profile or colours not in _SPACES or (colours == "RGB" and _is_ours(profile)):
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space != _SPACES[colours]:
            return None
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), colours, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None  # A broken profile is common and harmless: such files were made as sRGB.


@lru_cache(16)
def _is_ours(profile: bytes) -> bool:
    """LittleCMS's own sRGB, which we embed: converting from it would change nothing, in five times the time."""
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile))).strip() == "sRGB built-in"
    except (ImageCms.PyCMSError, OSError):
        return False
