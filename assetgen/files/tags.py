"""What a file carries beside its pixels: the sRGB profile, an XMP packet, a resolution.

libvips leaves out JFIF and writes XMP to PNG in a chunk where few look for it, so its files get them here.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from functools import cache

from PIL import ImageCms


@dataclass(frozen=True)
class Tags:
    """The tags of a file."""

    xmp: bytes
    """An XMP packet of less than 64 kB."""

    dpi: int
    """The resolution, in pixels to the inch."""


@cache
def srgb() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # LittleCMS writes the present second here, and files would differ; this is the day of the sRGB standard.
    profile[24:36] = struct.pack(">6H", 1999, 10, 18, 0, 0, 0)
    return bytes(profile)


def tagged_jpeg(data: bytes, tags: Tags) -> bytes:
    """A JPEG that had no tags with these.

    The segments are those of JFIF 1.02 (ITU-T T.871), ICC.1:2022 annex B.4, XMP part 3 section 1.1.3.
    """
    segments = {
        0xE0: b"JFIF\0" + struct.pack(">HBHHBB", 0x0102, 1, tags.dpi, tags.dpi, 0, 0),
        0xE1: b"http://ns.adobe.com/xap/1.0/\0" + tags.xmp,
        0xE2: b"ICC_PROFILE\0\1\1" + srgb(),
    }
    return data[:2] + b"".join(struct.pack(">BBH", 0xFF, n, len(s) + 2) + s for n, s in segments.items()) + data[2:]


def tagged_png(data: bytes, tags: Tags) -> bytes:
    """A PNG that had a resolution and nothing else with these tags.

    The chunks are those of https://www.w3.org/TR/png-3/ and XMP part 3 section 1.1.5.
    """
    chunks = {
        b"iCCP": b"sRGB\0\0" + zlib.compress(srgb()),
        b"iTXt": b"XML:com.adobe.xmp\0\0\0\0\0" + tags.xmp,
    }
    after = 33  # the signature and the header, which has to be first
    return data[:after] + b"".join(_chunk(name, content) for name, content in chunks.items()) + data[after:]


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
