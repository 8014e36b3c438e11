"""What a picture file says about itself, before its pixels are looked at."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

from PIL import Image, ImageCms, ImageSequence, TiffImagePlugin
from PIL.ExifTags import GPSTAGS, IFD, TAGS

from assetgen.files.decode import Unreadable, opened

_FORMATS = {"JPEG": "jpg", "MPO": "jpg"}
"""Our words for formats that are not Pillow's in small letters."""

_LYING = 5
"""The orientation of EXIF from which rows are columns: CIPA DC-008, tag 0x0112."""


@dataclass(frozen=True)
class Header:
    """Sizes in pixels, as stored: before an orientation is applied.

    format: by its contents, as channels name it: `jpg`, `png`, `webp`, `avif`, `gif`, `tiff`.
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

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height as the picture is seen."""
        return (self.height, self.width) if self.orientation >= _LYING else (self.width, self.height)

    @property
    def orientation(self) -> int:
        """1 is upright: https://www.cipa.jp/std/documents/download_e.html?CIPA_DC-008-2026-E, tag 0x0112."""
        value = self.exif.get("Orientation", 1)
        return value if value in range(1, 9) else 1


def header(data: bytes) -> Header:
    """Raises Unreadable."""
    with opened(data) as image:
        name = image.format or ""
        dpi = image.info.get("dpi")
        try:
            return Header(
                format=_FORMATS.get(name, name.lower()),
                width=image.width,
                height=image.height,
                mode=image.mode,
                depth=_depth(image, data),
                profile=_profile(image.info.get("icc_profile")),
                xmp=_packet(image),
                exif=dict(_exif(image)),
                dpi=float(dpi[0]) if dpi else None,
                transparent=image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info,
                **_motion(image),
            )
        except (OSError, SyntaxError, ValueError) as error:
            raise Unreadable("is damaged or cut off: save or download it again") from error


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
    # Of a PNG Pillow reads the whole picture to find EXIF behind it; what lies before the pixels is in `info`.
    exif = Image.Exif()
    if image.format == "PNG":
        exif.load(image.info.get("exif", b""))
    else:
        exif = image.getexif()
    groups = (exif, exif.get_ifd(IFD.Exif), exif.get_ifd(IFD.GPSInfo))
    names = (TAGS, TAGS, GPSTAGS)
    return [
        (known.get(tag, hex(tag)), v) for group, known in zip(groups, names, strict=True) for tag, v in group.items()
    ]
