"""Pictures made of nothing: a wall and a floor in the colours of the prompt."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageOps

Size = tuple[int, int]
Colour = tuple[int, int, int]


@lru_cache(maxsize=256)
def invented(prompt: str, size: Size, form: str, compression: int, *, transparent: bool) -> bytes:
    """The finished file; the same words always look the same."""
    picture = _thing(prompt, size) if transparent else _room(prompt, size)
    return encoded(picture, form, compression)


@lru_cache(maxsize=64)
def edited(prompt: str, size: Size, form: str, compression: int, *, photo: bytes, mask: bytes | None) -> bytes:
    """The room of the prompt with the photo in it: where the mask is opaque, or smaller in the middle."""
    room = _room(prompt, size)
    first = opened(photo)
    if mask is None:
        inside = ImageOps.contain(first, (max(1, size[0] * 6 // 10), max(1, size[1] * 6 // 10)))
        room.paste(inside, ((size[0] - inside.width) // 2, (size[1] - inside.height) // 2), inside)
        return encoded(room, form, compression)
    cover = ImageOps.fit(first, size)
    kept = ImageOps.fit(opened(mask).getchannel("A"), size)
    room.paste(cover, (0, 0), ImageChops.multiply(kept, cover.getchannel("A")))
    return encoded(room, form, compression)


def opened(data: bytes) -> Image.Image:
    """Upright, with an alpha channel."""
    with Image.open(io.BytesIO(data)) as picture:
        return ImageOps.exif_transpose(picture).convert("RGBA")


def encoded(picture: Image.Image, form: str, compression: int) -> bytes:
    buffer = io.BytesIO()
    if form == "jpeg":
        picture.convert("RGB").save(buffer, "JPEG", quality=min(95, compression))
    elif form == "webp":
        picture.save(buffer, "WEBP", quality=min(90, compression), method=0)
    else:
        picture.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _wall(prompt: str) -> Colour:
    digest = hashlib.sha256(prompt.encode()).digest()
    red, green, blue = (120 + byte * 115 // 255 for byte in digest[:3])
    return red, green, blue


def _room(prompt: str, size: Size) -> Image.Image:
    wall = _wall(prompt)
    width, height = size
    horizon = height * 62 // 100
    # One column holds all there is to see, and stretches to any width for nothing.
    column = Image.new("RGB", (1, height), wall)
    for y in range(horizon, height):
        shade = 0.86 - 0.16 * (y - horizon) / (height - horizon)
        column.putpixel((0, y), tuple(round(part * shade) for part in wall))
    return column.resize((width, height), Image.Resampling.NEAREST)


def _thing(prompt: str, size: Size) -> Image.Image:
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    width, height = size
    box = (width // 5, height // 5, width - width // 5, height - height // 5)
    ImageDraw.Draw(picture).ellipse(box, fill=(*_wall(prompt), 255))
    return picture
