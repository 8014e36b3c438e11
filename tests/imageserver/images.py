"""The image endpoints: what a call hands in, what is drawn for it, and how that is said in JSON."""

from __future__ import annotations

import base64
import io
import re
import time
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

from tests.imageserver import pictures
from tests.imageserver.answers import Answer
from tests.imageserver.records import Call, File
from tests.imageserver.replies import Refused, missing
from tests.imageserver.rules import EDITS, GENERATIONS, VARIATIONS, Wanted, wanted

TOKENS = {"low": 200, "medium": 1760, "high": 7024, "xhigh": 10536, "max": 14048}
INPUT_PICTURE_TOKENS = 1500
MOST_PICTURES = 16
MEGABYTE = 1024 * 1024
MEDIA_TYPES = ("image/png", "image/jpeg", "image/webp")

Fetch = Callable[[Mapping[str, Any]], bytes]


@dataclass(frozen=True)
class Order:
    """A call that will be served."""

    wanted: Wanted
    photos: tuple[bytes, ...] = ()
    mask: bytes | None = None

    @property
    def size(self) -> str:
        return "{}x{}".format(*self.wanted.size)


def ordered(call: Call, models: Container[str], fetch: Fetch) -> Order:
    """Reads the call; `fetch` finds the bytes of a file id or an address in a JSON body."""
    asked = wanted(call, models)
    if call.path == GENERATIONS:
        return Order(asked)
    photos, mask = _from_form(call) if call.is_form else _from_json(call, fetch)
    if not photos:
        raise missing("image")
    if len(photos) > (MOST_PICTURES if call.path == EDITS else 1):
        raise Refused(f"Invalid 'image': array too long. Expected at most {MOST_PICTURES} images.", param="image")
    shapes = [_shape(photo, "image") for photo in photos]
    old = call.path == VARIATIONS or asked.model.is_dall_e
    if old and (shapes[0] != ("PNG", shapes[0][1]) or shapes[0][1][0] != shapes[0][1][1]):
        raise Refused("Uploaded image must be a PNG, square and less than 4 MB.", param="image")
    if mask is not None:
        _check_mask(mask, shapes[0][1])
    return Order(asked, tuple(photos), mask)


def drawn(order: Order, answer: Answer) -> bytes:
    asked = order.wanted
    width, _, height = (answer.size or order.size).partition("x")
    size = int(width), int(height)
    form = answer.format or asked.format
    if order.photos:
        return pictures.edited(asked.prompt, size, form, asked.compression, photo=order.photos[0], mask=order.mask)
    transparent = asked.transparent and form != "jpeg"
    return pictures.invented(asked.prompt, size, form, asked.compression, transparent=transparent)


def told(order: Order, answer: Answer, picture: bytes, link: str) -> dict[str, Any]:
    """The JSON of a success; `link` is where the picture can be fetched."""
    asked = order.wanted
    item: dict[str, Any] = {"b64_json": base64.b64encode(picture).decode()}
    if answer.url or (asked.as_url and not answer.malformed):
        item = {"url": link}
    elif answer.malformed:
        item = {"b64_json": "*** this is not base64 ***"}
    if asked.model.name == "dall-e-3":
        item["revised_prompt"] = f"A photograph. {asked.prompt}"
    data = {"created": int(time.time()), "data": [] if answer.empty else [item] * asked.n}
    if not asked.model.is_gpt:
        return data
    data |= {
        "background": "transparent" if asked.transparent else "opaque",
        "output_format": asked.format,
        "quality": _quality(asked),
        "size": order.size,
    }
    if asked.safety_identifier:
        data["safety_identifier"] = asked.safety_identifier
    if answer.usage:
        data["usage"] = usage(order)
    return data


def usage(order: Order) -> dict[str, Any]:
    text = len(order.wanted.prompt) // 4
    image = INPUT_PICTURE_TOKENS * len(order.photos)
    made = _tokens(order.wanted)
    return {
        "input_tokens": text + image,
        "input_tokens_details": {"text_tokens": text, "image_tokens": image},
        "output_tokens": made,
        "output_tokens_details": {"text_tokens": 0, "image_tokens": made},
        "total_tokens": text + image + made,
    }


def _quality(asked: Wanted) -> str:
    return "medium" if asked.quality == "auto" else asked.quality


def _tokens(asked: Wanted) -> int:
    quality = _quality(asked)
    each = TOKENS[quality] * asked.size[0] * asked.size[1] / (1024 * 1024)
    if asked.model.version >= (2, 6) and quality in {"low", "medium"}:
        each *= 3.5
    return round(each) * asked.n


def _from_form(call: Call) -> tuple[list[bytes], bytes | None]:
    photos, mask = [], None
    for file in call.files:
        _check_media_type(file)
        name = re.sub(r"\[\d*\]$", "", file.field)
        if name == "image":
            photos.append(file.data)
        elif name == "mask":
            mask = file.data
        elif name != "markup":
            raise Refused(f"Unknown parameter: '{file.field}'.", param=file.field, code="unknown_parameter")
    return photos, mask


def _from_json(call: Call, fetch: Fetch) -> tuple[list[bytes], bytes | None]:
    photos = call.body.get("images")
    if not isinstance(photos, list) or not all(isinstance(photo, dict) for photo in photos):
        raise missing("images")
    mask = call.body.get("mask")
    return [fetch(photo) for photo in photos], None if mask is None else fetch(mask)


def _check_media_type(file: File) -> None:
    if file.content_type not in MEDIA_TYPES:
        message = f"Invalid file '{file.field}': unsupported mimetype ('{file.content_type}')."
        raise Refused(message, param=file.field, code="unsupported_file_mimetype")


def _shape(data: bytes, param: str, most: int = 50 * MEGABYTE) -> tuple[str, tuple[int, int]]:
    if len(data) >= most:
        raise Refused(f"Invalid '{param}': the file is too large.", param=param, code="file_too_large")
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "WEBP"]) as picture:
            picture.load()
            return picture.format or "", picture.size
    except (OSError, SyntaxError, ValueError):
        raise Refused("Invalid image file or mode.", param=param, code="invalid_image_file") from None


def _check_mask(mask: bytes, size: tuple[int, int]) -> None:
    form, own = _shape(mask, "mask", 4 * MEGABYTE)
    with Image.open(io.BytesIO(mask)) as picture:
        alpha = picture.has_transparency_data
    if form != "PNG" or not alpha:
        raise Refused("Invalid mask image format - mask image missing alpha channel.", param="mask")
    if own != size:
        message = "Invalid mask image - mask size must be the same as the size of the first image."
        raise Refused(message, param="mask")
