"""What a picture file says about itself, before its pixels are looked at."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageCms, TiffTags
from PIL.ExifTags import IFD

from assetgen.imaging.decode import Unreadable, opened

_FORMATS = {"JPEG": "jpg", "MPO": "jpg"}
"""Where our word for a format is not Pillow's in small letters."""


@dataclass(frozen=True)
class Header:
    """Sizes in pixels, as stored: before an orientation is applied.

    format: by its contents, as channels name it: `jpg`, `png`, `webp`, `avif`, `gif`, `tiff`.
    mode: Pillow's, such as `RGB`, `RGBA`, `CMYK` or `I;16`. seconds: how long all frames take together.
    profile: the name of the embedded colour profile; None without one. xmp: the packet; None without one.
    exif: values by the names of their tags, those of the GPS group with `GPS` before them. dpi: across; None if unsaid.
    """

    format: str
    width: int
    height: int
    mode: str
    frames: int = 1
    seconds: float = 0.0
    profile: str | None = None
    xmp: bytes | None = None
    exif: Mapping[str, Any] = field(default_factory=dict)
    dpi: float | None = None
    transparent: bool = False

    @property
    def orientation(self) -> int:
        """1 is upright: https://www.cipa.jp/std/documents/download_e.html?CIPA_DC-008-2026-E, tag 0x0112."""
        value = self.exif.get("Orientation", 1)
        return value if isinstance(value, int) else 1


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
                frames=getattr(image, "n_frames", 1),
                seconds=float(image.info.get("duration", 0)) * getattr(image, "n_frames", 1) / 1000,
                profile=_profile(image.info.get("icc_profile")),
                xmp=_packet(image),
                exif=dict(_exif(image)),
                dpi=float(dpi[0]) if dpi else None,
                transparent=image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info,
            )
        except (OSError, SyntaxError, ValueError) as error:
            raise Unreadable("is damaged or cut off: save or download it again") from error


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
    tags = [(TiffTags.lookup(tag).name, value) for tag, value in exif.items()]
    groups = ((IFD.Exif, ""), (IFD.GPSInfo, "GPS"))
    return tags + [
        (f"{prefix}{TiffTags.lookup(tag, group).name}", v)
        for group, prefix in groups
        for tag, v in exif.get_ifd(group).items()
    ]
