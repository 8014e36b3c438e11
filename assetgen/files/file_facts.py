"""What a picture file says about itself, before its pixels are looked at."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypedDict

from PIL import Image, ImageCms, ImageSequence, TiffImagePlugin
from PIL.ExifTags import GPSTAGS, IFD, TAGS

from assetgen.files.decode import MAX_PIXELS, Unreadable, exif_of, opened, orientation, upright_size

_FORMATS = {"JPEG": "jpg", "MPO": "jpg", "HEIF": "heic"}
"""Our words for formats that are not Pillow's in small letters."""

_LONGEST_FILM = 20 * MAX_PIXELS
"""The pixels of all frames of an animation at most: to tell how long it runs, each is decoded."""


@dataclass(frozen=True)
class Header:
    """Width and height in pixels, as the picture is seen: upright.

    format: by its contents, as channels name it: `jpg`, `png`, `webp`, `avif`, `gif`, `tiff`.
    orientation: how the pixels are stored, 1 to 8, where 1 is upright: CIPA DC-008, tag 0x0112.
    mode: Pillow's, such as `RGB`, `RGBA`, `CMYK` or `I;16`. depth: bits of a channel.
    seconds: how long an animation runs, with its repeats; inf if it never stops. pace: frames a second at its fastest.
    profile: the name of the embedded colour profile; None without one. xmp: the packet; None without one.
    exif: values by the names of their tags. dpi: across; None if unsaid.
    """

    format: str
    width: int
    height: int
    mode: str
    depth: int = 8
    frames: int = 1
    seconds: float = 0.0
    pace: float = 0.0
    profile: str | None = None
    xmp: bytes | None = None
    exif: Mapping[str, Any] = field(default_factory=dict)
    dpi: float | None = None
    transparent: bool = False
    orientation: int = 1

    @property
    def size(self) -> tuple[int, int]:
        return self.width, self.height


def header(data: bytes) -> Header:
    """Raises Unreadable."""
    with opened(data) as image:
        width, height = upright_size(image)
        return Header(
            format=_FORMATS.get(name := image.format or "", name.lower()),
            width=width,
            height=height,
            mode=image.mode,
            depth=_depth(image, data),
            profile=_profile(image.info.get("icc_profile")),
            xmp=_packet(image),
            exif=dict(_exif(image)),
            dpi=_dpi(image.info.get("dpi")),
            transparent=image.has_transparency_data,
            orientation=orientation(image),
            **_motion(image),
        )


def _dpi(said: object) -> float | None:
    """The resolution across; nothing where a file says nothing that is a number."""
    with suppress(TypeError, ValueError, ZeroDivisionError, IndexError, OverflowError):
        return float(said[0])  # type: ignore[index] # whatever it is, it is tried
    return None


def _depth(image: Image.Image, data: bytes) -> int:
    """Pillow opens deeper pictures as if they had 8 bits."""
    if image.format == "PNG":
        return max(8, data[24])  # of the IHDR chunk, which is always the first
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        bits: tuple[int, ...] = image.tag_v2.get(TiffImagePlugin.BITSPERSAMPLE, ())
        return max((8, *bits))
    return 8


class _Motion(TypedDict):
    frames: int
    seconds: float
    pace: float


def _motion(image: Image.Image) -> _Motion:
    """A phone keeps a second picture behind a JPEG, for light; nobody sees it move."""
    frames = getattr(image, "n_frames", 1)
    if frames == 1 or image.format == "MPO":
        return _Motion(frames=1, seconds=0.0, pace=0.0)
    if frames * image.width * image.height > _LONGEST_FILM:
        raise Unreadable(f"moves for {frames:,} frames, more than can be looked at")
    times = [_shown(frame) for frame in ImageSequence.Iterator(image)]
    repeats = image.info.get("loop", 1)
    return _Motion(frames=frames, seconds=sum(times) * repeats if repeats else math.inf, pace=1 / min(times))


def _shown(frame: Image.Image) -> float:
    """The seconds that a frame is shown. Browsers take what is too short to be seen for a tenth."""
    return (frame.info.get("duration") or 100) / 1000


def _profile(data: bytes | None) -> str | None:
    if not data:
        return None
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(data))).strip() or "without a name"
    except (ImageCms.PyCMSError, OSError):
        return "broken"


def _packet(image: Image.Image) -> bytes | None:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    packet = packet.encode() if isinstance(packet, str) else packet
    return packet.strip(b"\0") if packet else None


def _exif(image: Image.Image) -> list[tuple[str, Any]]:
    """What is not damaged of it."""
    found: list[tuple[str, Any]] = []
    with suppress(Exception):
        exif = exif_of(image)
        for tag, known in ((None, TAGS), (IFD.Exif, TAGS), (IFD.GPSInfo, GPSTAGS)):
            with suppress(Exception):
                group = exif if tag is None else exif.get_ifd(tag)
                found += [(known.get(tag, hex(tag)), value) for tag, value in group.items()]
    return found
