"""Picture files as they come in, good and bad, made on the spot."""

from __future__ import annotations

import io
import struct
import zlib
from importlib.util import find_spec
from typing import Any

import numpy as np
from PIL import Image, ImageCms, ImageDraw

ORANGE = (233, 89, 30)
"""The true colour of every product here."""

SWAPPED = (ORANGE[1], ORANGE[0], ORANGE[2])
"""The numbers of that colour where a profile has red and green change places."""


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def product(size: tuple[int, int] = (240, 300), colour: tuple[int, ...] = ORANGE, mode: str = "RGBA") -> Image.Image:
    """A box on nothing, or on white where the mode has no transparency; upright, and its top is to be told."""
    image = Image.new(mode, size, 0 if "A" in mode else "white")
    width, height = size
    ImageDraw.Draw(image).rectangle(
        (width // 4, height // 8, width * 3 // 4, height * 7 // 8), fill=colour if len(colour) > 1 else colour[0]
    )
    return image


def swapped_profile() -> bytes:
    """sRGB, but what it calls red is green: a profile that cannot be left out unseen."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = data.replace("built-in".encode("utf-16-be"), "mixed up".encode("utf-16-be"))
    return data.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")


def linear_grey_profile() -> bytes:
    """Grey whose numbers are shares of light: ICC.1:2022, 8.4.2."""
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 7) + b"linear\0" + bytes(78),
        b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061),
        b"kTRC": b"curv" + bytes(4) + struct.pack(">I", 0),
        b"cprt": b"text" + bytes(4) + b"free\0\0\0\0",
    }
    at, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, content in tags.items():
        padded = content + bytes(-len(content) % 4)
        table += name + struct.pack(">II", at + len(body), len(content))
        body += padded
    head = struct.pack(">I4xI", at + len(body), 0x02400000) + b"mntrGRAYXYZ " + struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head += b"acsp" + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def turned(kind: str, orientation: int = 6) -> bytes:
    """The product stored on its side, with a note to turn it."""
    lying = np.rot90(np.asarray(product(mode="RGB")))  # what the note undoes
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(Image.fromarray(np.ascontiguousarray(lying)), kind, exif=exif)


def png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def with_late_exif(png: bytes, orientation: int) -> bytes:
    """A PNG with EXIF behind its pixels, where the standard allows it too."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    return png[:-12] + png_chunk(b"eXIf", tiff) + png[-12:]


def with_broken_exif(jpeg: bytes) -> bytes:
    """A good JPEG whose EXIF says nothing that can be read."""
    junk = b"Exif\0\0" + b"MN\0*" + bytes(range(200)) * 2
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(junk) + 2) + junk + jpeg[2:]


def raw_photo() -> bytes:
    """A TIFF as cameras write it: a small preview, and a note that it is Adobe's raw format."""
    return saved(product(mode="RGB"), "TIFF", tiffinfo={50706: b"\1\4\0\0"})


NOT_READ: dict[str, tuple[bytes, str]] = {
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40), "damaged" if find_spec("pi_heif") else "HEIC photo"),
    "jxl": (b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(40), "is a JPEG XL picture: export it as JPEG or PNG"),
    "jxl-bare": (b"\xff\x0a" + bytes(40), "is a JPEG XL picture"),
    "jp2": (b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(40), "is a JPEG 2000 picture"),
    "psd": (b"8BPS\0\1" + bytes(40), "is a Photoshop file: export it as PNG or JPEG"),
    "pdf": (b"%PDF-1.7\n", "is a PDF: export the picture in it"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "is an EPS drawing: export it as PNG"),
    "eps-dos": (b"\xc5\xd0\xd3\xc6" + bytes(40), "is an EPS drawing"),
    "svg": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "is an SVG drawing: export it as PNG"),
    "cr2": (b"II*\0\x10\0\0\0CR\2\0" + bytes(40), "is a camera's raw file: export it as JPEG"),
    "raf": (b"FUJIFILMCCD-RAW 0201" + bytes(40), "is a camera's raw file"),
    "cr3": (b"\0\0\0\x18ftypcrx \0\0\0\1" + bytes(40), "is a camera's raw file"),
    "dng": (raw_photo(), "is a camera's raw file, of which only a small preview could be read"),
    "html": (b"\n<!DOCTYPE html><title>Sign in</title>", "is a web page or XML"),
    "zip": (b"PK\3\4" + bytes(40), "is a packed folder: unpack it"),
    "mp4": (b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(40), "is a video: export one frame"),
    "webm": (b"\x1a\x45\xdf\xa3" + bytes(40), "is a video"),
    "text": (b"see the other folder\n", "is a text, not a picture"),
    "json": (b'{"error": "not found"}', "is JSON, such as a server's error message"),
    "lfs": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "only Git LFS's note of a file"),
    "zeros": (bytes(4000), "holds nothing but zeros"),
    "ppm": (b"P6 9 9 255\n" + bytes(243), "of a format that is not read: export it as PNG or JPEG"),
    "noise": (bytes(range(128, 256)) * 4, "is not a picture that can be read"),
}
"""What is taken for photos, and what has to be said of it."""
