"""What we read of an answer, and of its headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated, Any

from pydantic import BaseModel, ValidationError, ValidatorFunctionWrapHandler, WrapValidator


class _InputTokens(BaseModel):
    text_tokens: int = 0
    image_tokens: int = 0


class Usage(BaseModel):
    input_tokens: int = 0
    output_tokens: int = 0
    input_tokens_details: _InputTokens | None = None


class _OnePicture(BaseModel):
    """One picture of an answer, as base64 or behind an address."""

    b64_json: str | None = None
    url: str | None = None


def _usage(found: object, read: ValidatorFunctionWrapHandler) -> Usage | None:
    with suppress(ValidationError):
        return Usage.model_validate(read(found))
    return None


class Answer(BaseModel):
    """What we read of an answer: a paid picture must not be lost for a field that a server spells its own way."""

    data: list[_OnePicture] | None = None
    error: Any = None
    errors: Any = None
    detail: Any = None
    usage: Annotated[Usage | None, WrapValidator(_usage)] = None


def pause(headers: Mapping[str, str]) -> float:
    """Seconds until there is room for another picture, where the headers say that there is none.

    They tell when the whole limit is free again, and a limit fills up steadily: one picture's share of that is enough.
    """
    for kind in ("images", "requests"):
        left, limit, reset = (headers.get(f"x-ratelimit-{part}-{kind}", "") for part in ("remaining", "limit", "reset"))
        if left == "0" and limit.isascii() and limit.isdigit() and (seconds := duration(reset)):
            return seconds / max(1, int(limit))
    return 0.0


def duration(text: str) -> float:
    """`1m30s`, `250ms` or `6` in seconds; 0 for anything else."""
    units = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "": 1.0}
    part = r"(\d+(?:\.\d+)?)(ms|s|m|h|$)"
    if not re.fullmatch(f"(?:{part})+", text.strip()):
        return 0.0
    return sum(float(number) * units[unit] for number, unit in re.findall(part, text.strip()))
