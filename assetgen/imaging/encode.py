"""Pixels to files: the best quality that a channel's weight allows."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, Literal

from PIL import Image, ImageCms, PngImagePlugin

from assetgen.errors import InputError, Problem
from assetgen.model.cutout import Pixels

Chroma = Literal["4:4:4", "4:2:0"]

_CHROMAS: dict[str, tuple[Chroma, ...]] = {  # the formats that we write, in order of preference; the sharpest first
    "jpg": ("4:4:4", "4:2:0"),
    "webp": ("4:2:0",),
    "avif": ("4:4:4", "4:2:0"),
    "png": (),
}
_SHARP_TO = 80  # below this quality, coarser steps harm coloured letters more than halving the chroma does


class TooHeavy(InputError):
    """No allowed format gets down to the channel's weight at a quality that we accept."""


@dataclass(frozen=True)
class Limits:
    """What a channel allows: formats in its order, weight in bytes, the JPEG quality to begin and to give up at.

    reserve: bytes that are added to the file later, and count.
    """

    formats: tuple[str, ...]
    max_bytes: int | None = None
    min_bytes: int = 0
    dpi: int = 72
    quality: int = 92
    floor: int = 60
    reserve: int = 0

    def allow(self, data: bytes) -> bool:
        return self.max_bytes is None or len(data) + self.reserve <= self.max_bytes


@dataclass(frozen=True)
class Encoded:
    """A finished file; `attempts` says how often it was encoded to find the quality.

    A picture too plain to reach `min_bytes` stays lighter than that: files are never padded.
    """

    data: bytes
    format: str
    quality: int
    chroma: Chroma
    attempts: int

    @property
    def extension(self) -> str:
        return f".{self.format}"


Save = Callable[[int, Chroma], Encoded]


def encode(pixels: Pixels, limits: Limits, xmp: bytes) -> Encoded:
    """Embeds the sRGB profile, `xmp` and nothing else; the same input gives the same bytes. Raises TooHeavy."""
    picture = Image.fromarray(pixels)
    tried: list[Encoded] = []

    def save(codec: str, quality: int, chroma: Chroma) -> Encoded:
        before = next((len(earlier.data) for earlier in tried if earlier.format == codec), None)
        # Pillow has room for a byte per pixel: https://github.com/python-pillow/Pillow/issues/148
        thorough = before is not None and before < picture.width * picture.height and quality <= limits.quality
        options = _options(codec, quality, chroma, xmp, thorough=thorough)
        data = _file(picture, codec, options | {"xmp": xmp, "dpi": (limits.dpi, limits.dpi)})
        tried.append(Encoded(data, codec, quality, chroma, len(tried) + 1))
        return tried[-1]

    for codec in _by_preference(limits.formats):
        found = _search(partial(save, codec), _CHROMAS[codec], limits)
        if found:
            return replace(found, attempts=len(tried))
    raise TooHeavy(_problem(tried, limits))


def _by_preference(formats: tuple[str, ...]) -> list[str]:
    """JPEG is taken everywhere; WebP and AVIF lead only where the channel puts them first."""
    if not formats & _CHROMAS.keys():
        raise InputError(Problem(f"we cannot write {' or '.join(formats)}", hint=f"we write {', '.join(_CHROMAS)}"))
    lead = formats[0] if formats[0] in {"webp", "avif"} else None
    return sorted(formats & _CHROMAS.keys(), key=lambda codec: (codec != lead, list(_CHROMAS).index(codec)))


def _search(save: Save, chromas: tuple[Chroma, ...], limits: Limits) -> Encoded | None:
    """At most six encodings: quality goes down first, then the sharpness of colours."""
    first = save(limits.quality, next(iter(chromas), "4:4:4"))
    if limits.allow(first.data):
        return _enriched(save, first, limits) if chromas else first
    for chroma in chromas:
        worst = max(limits.floor, _SHARP_TO) if chroma == "4:4:4" else limits.floor
        lightest = save(min(worst, limits.quality), chroma)
        if limits.allow(lightest.data):
            return _refined(save, lightest, limits)
    return None


def _refined(save: Save, lightest: Encoded, limits: Limits) -> Encoded:
    best, beyond = lightest, limits.quality + 1
    for _ in range(3):
        middle = (best.quality + beyond) // 2
        tried = save(middle, best.chroma)
        if limits.allow(tried.data):
            best = tried
        else:
            beyond = middle
    return best


def _enriched(save: Save, encoded: Encoded, limits: Limits) -> Encoded:
    if len(encoded.data) >= limits.min_bytes:
        return encoded
    richest = save(100, encoded.chroma)
    return richest if limits.allow(richest.data) else encoded


def _options(codec: str, quality: int, chroma: Chroma, xmp: bytes, *, thorough: bool) -> dict[str, Any]:
    if codec == "jpg":
        # A tenth lighter and four times slower: only when every byte counts.
        return {"quality": quality, "subsampling": chroma, "optimize": thorough, "progressive": thorough}
    if codec == "webp":
        return {"quality": quality, "method": 2}  # 4, the default, takes twice as long for one part in thirty
    if codec == "avif":
        return {"quality": quality - 12, "subsampling": chroma, "speed": 8, "max_threads": 1}  # looks like JPEG's
    chunks = PngImagePlugin.PngInfo()  # Pillow ignores xmp= when it writes PNG
    chunks.add_itxt("XML:com.adobe.xmp", xmp.decode())
    return {"compress_level": 6, "pnginfo": chunks}


def _file(picture: Image.Image, codec: str, options: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG" if codec == "jpg" else codec, icc_profile=_srgb(), **options)
    return out.getvalue()


@cache
def _srgb() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # LittleCMS writes the present second here, and files would differ; this is the day of the sRGB standard.
    profile[24:36] = struct.pack(">6H", 1999, 10, 18, 0, 0, 0)
    return bytes(profile)


def _problem(tried: list[Encoded], limits: Limits) -> Problem:
    lightest = (min(len(encoded.data) for encoded in tried) + limits.reserve) / 1000
    what = "the picture and its credentials weigh" if limits.reserve else "the picture weighs"
    allowed = (limits.max_bytes or 0) / 1000
    return Problem(
        f"{what} {lightest:.0f} kB at the lowest quality we accept, and the channel takes {allowed:.0f} kB",
        hint="use a calmer plate or a scrim: smooth backgrounds weigh little",
    )
