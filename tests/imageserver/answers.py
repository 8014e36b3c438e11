"""What a test can make the server do instead of the normal thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Answer:
    """How one call differs from the normal answer; without arguments it doesn't."""

    status: int = 200
    code: str | None = None
    type: str | None = None
    message: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None  # sent as it is, instead of JSON
    content_type: str = ""
    delay: float = 0.0  # seconds between making (and billing) the picture and answering
    drop: bool = False  # the connection is closed instead of answering
    bill: bool | None = None  # None: a picture is made and billed when the status is 200
    size: str = ""
    format: Literal["", "png", "jpeg", "webp"] = ""
    url: Literal["", "absolute", "relative"] = ""
    empty: bool = False
    usage: bool = True
    malformed: bool = False
    moderation: Mapping[str, object] | None = None

    def __post_init__(self) -> None:
        if self.moderation is not None and self.status == 200:
            object.__setattr__(self, "status", 400)
            object.__setattr__(self, "code", self.code or "moderation_blocked")
            object.__setattr__(self, "type", self.type or "image_generation_user_error")

    @property
    def bills(self) -> bool:
        return self.status == 200 if self.bill is None else self.bill

    def error(self) -> dict[str, object]:
        kind = self.type or ("server_error" if self.status >= 500 else "invalid_request_error")
        error: dict[str, object] = {"message": self.message or "no", "type": kind, "param": None, "code": self.code}
        if self.moderation is not None:
            error["moderation_details"] = dict(self.moderation)
        return {"error": error}


def blocked(stage: Literal["input", "output", "unknown"] = "input", *categories: str) -> Answer:
    return Answer(
        message="Your request was rejected by the safety system.",
        moderation={"moderation_stage": stage, "categories": list(categories)},
    )


def rate_limited(after: float = 0.02) -> Answer:
    return Answer(
        status=429,
        code="rate_limit_exceeded",
        type="requests",
        message="Rate limit reached for images per minute.",
        headers={"retry-after-ms": str(round(after * 1000))},
    )


def no_credit() -> Answer:
    return Answer(
        status=429,
        code="credit_balance_exhausted",
        type="insufficient_quota",
        message="Your credit balance is exhausted. Add credit to go on.",
    )


def overloaded() -> Answer:
    return Answer(
        status=503,
        code="server_is_overloaded",
        type="service_unavailable_error",
        message="Our servers are currently overloaded. Please try again later.",
    )


def broken() -> Answer:
    return Answer(status=500, message="The server had an error while processing your request.")


def dropped(*, bill: bool = True) -> Answer:
    return Answer(drop=True, bill=bill)
