"""What goes back over the wire, and refusals, which any code may raise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b""
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def json_reply(data: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(status, json.dumps(data).encode(), "application/json", headers or {})


NOT_THERE = Reply(404)


class Refused(Exception):
    """The call is answered with an error in the words of the API."""

    def __init__(
        self,
        message: str,
        *,
        param: str | None = None,
        code: str | None = "invalid_value",
        status: int = 400,
        type: str = "invalid_request_error",  # noqa: A002 - the word of the protocol
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        error = {"message": message, "type": type, "param": param, "code": code}
        self.reply = json_reply({"error": error}, status=status, headers=headers)


def missing(param: str) -> Refused:
    return Refused(f"Missing required parameter: '{param}'.", param=param, code="missing_required_parameter")


def unknown(param: str) -> Refused:
    return Refused(f"Unknown parameter: '{param}'.", param=param, code="unknown_parameter")
