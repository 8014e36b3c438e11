"""Which parameters of an image call the API accepts, for each family of models."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from tests.imageserver.records import Call
from tests.imageserver.replies import Refused, missing, unknown

GENERATIONS = "/v1/images/generations"
EDITS = "/v1/images/edits"
VARIATIONS = "/v1/images/variations"

GPT = {
    *("prompt", "model", "n", "size", "quality", "background", "output_format", "output_compression", "moderation"),
    *("stream", "partial_images", "complexity", "frame_count", "frame_duration_ms", "svg", "safety_identifier", "user"),
}
DALL_E = {"prompt", "model", "n", "size", "quality", "response_format", "user"}
CHOICES = {
    "background": ("auto", "transparent", "opaque"),
    "output_format": ("png", "jpeg", "webp"),
    "moderation": ("auto", "low"),
    "complexity": ("low", "medium", "high"),
    "response_format": ("url", "b64_json"),
    "style": ("vivid", "natural"),
}
SQUARES = ("256x256", "512x512", "1024x1024")
NUMBERS = ("n", "output_compression", "partial_images", "frame_count", "frame_duration_ms")


@dataclass(frozen=True)
class Model:
    """What a model's name tells: (0, 0) is a name of neither family, whose rules nobody knows."""

    name: str
    version: tuple[int, int]

    @property
    def is_dall_e(self) -> bool:
        return self.name.startswith("dall-e")

    @property
    def is_gpt(self) -> bool:
        return self.version > (0, 0)

    @property
    def qualities(self) -> tuple[str, ...]:
        """Those it knows, empty where nobody can tell."""
        if self.is_dall_e:
            return ("standard", "hd") if self.name == "dall-e-3" else ("standard",)
        if not self.is_gpt:
            return ()
        more = ("xhigh", "max") if self.version >= (2, 5) else ()
        return ("auto", "low", "medium", "high", *more)

    @property
    def sizes(self) -> tuple[str, ...]:
        """The closed list of sizes, empty where a rule decides."""
        if self.is_dall_e:
            return ("1024x1024", "1792x1024", "1024x1792") if self.name == "dall-e-3" else SQUARES
        return ("1024x1024", "1536x1024", "1024x1536", "auto") if (0, 0) < self.version < (2, 0) else ()


@dataclass(frozen=True)
class Wanted:
    """An image call whose parameters are in order."""

    model: Model
    prompt: str
    n: int
    size: tuple[int, int]
    quality: str
    transparent: bool
    format: str
    compression: int
    as_url: bool
    safety_identifier: str | None


def model_named(name: str) -> Model:
    found = re.match(r"gpt-image-(\d+)(?:\.(\d+))?(?!\d)", name)
    if found:
        return Model(name, (int(found[1]), int(found[2] or 0)))
    return Model(name, (1, 5) if name == "chatgpt-image-latest" else (0, 0))


def wanted(call: Call, models: Container[str]) -> Wanted:
    """What the call asks for, or the refusal that the API would answer."""
    body = {key: value for key, value in call.body.items() if value is not None}
    if call.is_form:
        body.update({key: int(body[key]) for key in NUMBERS if re.fullmatch(r"-?\d+", str(body.get(key, "")))})
    model = _model(call.path, body, models)
    _names(call, model, body)
    _values(body, model)
    return Wanted(
        model=model,
        prompt=_prompt(call.path, body, model),
        n=_number(body, "n", 1, 1 if model.name == "dall-e-3" else 10, default=1),
        size=_size(body, model),
        quality=_quality(body, model),
        transparent=body.get("background") == "transparent",
        format=body.get("output_format", "png"),
        compression=_number(body, "output_compression", 0, 100, default=100),
        as_url=not model.is_gpt and body.get("response_format", "url" if model.is_dall_e else "b64_json") == "url",
        safety_identifier=body.get("safety_identifier") or body.get("user"),
    )


def _model(path: str, body: dict[str, Any], models: Container[str]) -> Model:
    name = str(body.get("model", "dall-e-2" if path == VARIATIONS else "gpt-image-1.5"))
    if name not in models and not name.startswith(("gpt-image", "dall-e")):
        raise Refused(
            f"The model '{name}' does not exist or you do not have access to it.", code="model_not_found", status=404
        )
    if name == "dall-e-3" and path != GENERATIONS:
        raise Refused("Invalid value: 'dall-e-3'. This endpoint doesn't support this model.", param="model")
    return model_named(name)


def _names(call: Call, model: Model, body: Iterable[str]) -> None:
    known = set(DALL_E if model.is_dall_e else GPT)
    if model.name == "dall-e-3":
        known.add("style")
    if call.path == VARIATIONS:
        known = {"model", "n", "size", "response_format", "user"}
    if call.path == EDITS:
        known |= {"input_fidelity"} if model.version < (2, 0) else set()
        known = known - {"moderation"} if call.is_form else known | {"images", "mask", "markup"}
    for name in body:
        # A compatible server takes what its own models need: seeds, steps.
        if name.partition("[")[0] not in known and (model.is_gpt or model.is_dall_e):
            raise unknown(name)


def _values(body: dict[str, Any], model: Model) -> None:
    for name, choices in CHOICES.items():
        _choice(body, name, choices)
    form = body.get("output_format", "png")
    if body.get("background") == "transparent" and form == "jpeg":
        raise Refused("Transparent background is not supported for output format 'jpeg'.", param="background")
    if form == "png" and model.is_gpt and body.get("output_compression", 100) != 100:
        raise Refused("Compression less than 100 is not supported for PNG output format.", param="output_compression")
    if str(body.get("stream", False)).lower() != "false":
        raise Refused("Streaming is not supported by this server.", param="stream", code="unsupported_value")


def _choice(body: dict[str, Any], name: str, choices: Iterable[str]) -> str | None:
    value = body.get(name)
    if value is None or value in choices:
        return value
    supported = ", ".join(f"'{choice}'" for choice in choices)
    raise Refused(f"Invalid value: '{value}'. Supported values are: {supported}.", param=name)


def _number(body: dict[str, Any], name: str, least: int, most: int, *, default: int) -> int:
    value = body.get(name, default)
    if type(value) is not int:
        raise Refused(f"Invalid type for '{name}': expected an integer.", param=name, code="invalid_type")
    if value > most:
        message = f"Invalid '{name}': integer above maximum value. Expected a value <= {most}, but got {value} instead."
        raise Refused(message, param=name, code="integer_above_max_value")
    if value < least:
        message = f"Invalid '{name}': integer below minimum value. Expected a value >= {least}, but got {value} instead"
        raise Refused(message, param=name, code="integer_below_min_value")
    return value


def _quality(body: dict[str, Any], model: Model) -> str:
    if not model.qualities:
        return str(body.get("quality", "auto"))
    return _choice(body, "quality", model.qualities) or "auto"


def _prompt(path: str, body: dict[str, Any], model: Model) -> str:
    if path == VARIATIONS:
        return ""
    prompt = body.get("prompt")
    if prompt is None or prompt == "":
        raise missing("prompt")
    if not isinstance(prompt, str):
        raise Refused("Invalid type for 'prompt': expected a string.", param="prompt", code="invalid_type")
    longest = {"dall-e-2": 1_000, "dall-e-3": 4_000}.get(model.name, 32_000)
    if len(prompt) > longest:
        message = f"Invalid 'prompt': string too long. Expected a string with maximum length {longest}."
        raise Refused(message, param="prompt", code="string_above_max_length")
    return prompt


def _size(body: dict[str, Any], model: Model) -> tuple[int, int]:
    text = body.get("size", "1024x1024" if model.is_dall_e else "auto")
    if model.sizes:
        _choice({"size": text}, "size", model.sizes)
    if text == "auto":
        return 1024, 1024
    found = re.fullmatch(r"([1-9]\d{0,4})x([1-9]\d{0,4})", str(text))
    if not found:
        raise Refused(f"Invalid size '{text}'. Expected WIDTHxHEIGHT or 'auto'.", param="size")
    width, height = int(found[1]), int(found[2])
    if model.version >= (2, 0):
        _free_size(width, height)
    return width, height


def _free_size(width: int, height: int) -> None:
    longest, shortest = max(width, height), min(width, height)
    broken = {
        "Width and height must both be divisible by 16.": width % 16 or height % 16,
        "The aspect ratio must be between 1:3 and 3:1.": longest > 3 * shortest,
        "The longest edge must be at most 3840 pixels.": longest > 3840,
        "The number of pixels must be between 655360 and 8294400.": not 655_360 <= width * height <= 8_294_400,
    }
    for rule, is_broken in broken.items():
        if is_broken:
            raise Refused(f"Invalid size '{width}x{height}'. {rule}", param="size")
