"""Picture files as the protocol carries them: in base64, behind an address, as part of a form."""

from __future__ import annotations

import base64
import binascii
import io
from contextlib import suppress

from PIL import Image

from assetgen.files.decode import Unreadable, decode, opened

_OTHER_ALPHABET = str.maketrans("-_", "+/")


def decoded(text: str) -> bytes:
    """The bytes of a base64 text, in lines or not, in either alphabet, padded or not (RFC 4648, 2045).

    What is no base64 is kept as it came.
    """
    plain = "".join(text.rpartition("base64,")[2].split()).translate(_OTHER_ALPHABET)
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return text.encode("utf-8", "replace")


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
