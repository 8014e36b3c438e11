"""Picture files as the protocol carries them: in base64, behind an address, as part of a form."""

from __future__ import annotations

import base64
import binascii
import io
from contextlib import suppress

import httpx2
from PIL import Image

from assetgen.files.decode import Unreadable, decode, opened

LARGEST = 100_000_000
"""Bytes of a picture behind an address; more is no picture of ours."""


def decoded(text: str) -> bytes:
    """The bytes of a base64 text; what is no base64 is kept as it came."""
    try:
        return base64.b64decode(text.rpartition("base64,")[2], validate=True)
    except (binascii.Error, ValueError):
        return text.encode()


def downloaded(address: str, timeout: float) -> bytes:
    with httpx2.stream("GET", address, timeout=timeout, follow_redirects=True) as answer:
        answer.raise_for_status()
        data = bytearray()
        for chunk in answer.iter_bytes():
            data += chunk
            if len(data) > LARGEST:
                raise ValueError("it is far too large for a picture")
        return bytes(data)


def other_format(data: bytes, wanted: str) -> list[str]:
    """What an answer says about its format is no proof: the bytes are."""
    found = _format(data)
    return [f"the provider sent a {found}, {wanted} was asked for"] if found and found.lower() != wanted else []


def _format(data: bytes) -> str | None:
    with suppress(Unreadable), opened(data) as image:
        return image.format
    return None


def named(data: bytes) -> tuple[str, bytes, str]:
    """The picture as a form's file: the endpoint goes by the type, and some servers by the ending."""
    kind = (_format(data) or "PNG").lower()
    return f"picture.{kind}", data, f"image/{kind}"


def square(data: bytes) -> bytes:
    """Variations are made of square PNGs; what is missing is white."""
    whole = Image.fromarray(decode(data)).convert("RGBA")
    side = min(1024, max(whole.size))
    whole.thumbnail((side, side))
    whole_square = Image.new("RGBA", (side, side), "white")
    whole_square.alpha_composite(whole, ((side - whole.width) // 2, (side - whole.height) // 2))
    file = io.BytesIO()
    whole_square.convert("RGB").save(file, "png")
    return file.getvalue()
