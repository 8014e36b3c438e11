"""One batch: its sheet of requests, how far it is, and when it turned into what."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MOST_LINES = 50_000
DAY = 24 * 3600
STAMPS = ("in_progress", "finalizing", "completed", "failed", "expired", "cancelling", "cancelled")

Sheet = list[dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """One request of a sheet."""

    custom_id: str
    url: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """The requests of an input file, and what is wrong with it."""

    lines: list[Line]
    faults: Sheet


def read_sheet(data: bytes, endpoint: str) -> Reading:
    lines: list[Line] = []
    faults: Sheet = []
    seen: set[str] = set()
    for number, text in enumerate(data.decode().splitlines(), 1):
        try:
            lines.append(_read_line(text, endpoint, seen, lines))
        except ValueError as fault:
            code, message = fault.args
            faults.append({"code": code, "message": message, "line": number, "param": None})
    if not lines and not faults:
        faults = [{"code": "empty_file", "message": "The input file is empty.", "line": None, "param": None}]
    if len(lines) > MOST_LINES:
        faults = [{"code": "too_many_tasks", "message": "Too many requests.", "line": None, "param": None}]
    return Reading(lines, faults)


def _read_line(text: str, endpoint: str, seen: set[str], before: list[Line]) -> Line:
    try:
        line = json.loads(text)
    except ValueError:
        raise ValueError("invalid_json_line", "This line is not parseable as valid JSON.") from None
    if not isinstance(line, dict) or not isinstance(line.get("body"), dict) or line.get("method") != "POST":
        raise ValueError("invalid_request", "Expected custom_id, method POST, url and body.")
    if line.get("url") != endpoint:
        raise ValueError("invalid_url", "The URL provided for this request does not match the batch endpoint.")
    custom_id = line.get("custom_id")
    if not isinstance(custom_id, str) or not custom_id:
        raise ValueError("missing_required_parameter", "Missing required parameter: 'custom_id'.")
    if custom_id in seen:
        raise ValueError("duplicate_custom_id", f"The custom_id '{custom_id}' was already used in this batch.")
    if before and before[0].body.get("model") != line["body"].get("model"):
        raise ValueError("mismatched_model", "All requests of a batch must be for the same model.")
    seen.add(custom_id)
    return Line(custom_id, endpoint, line["body"])


@dataclass
class Batch:
    """What the API tells about a batch, and what it has made so far."""

    asked: dict[str, Any]
    reading: Reading
    id: str = field(default_factory=lambda: f"batch_{uuid.uuid4().hex}")
    created_at: int = field(default_factory=lambda: int(time.time()))
    status: str = "validating"
    stamps: dict[str, int] = field(default_factory=dict)
    waiting: list[Line] = field(default_factory=list)
    done: Sheet = field(default_factory=list)
    errors: Sheet = field(default_factory=list)
    completed: int = 0
    failed: int = 0
    output_file_id: str | None = None
    error_file_id: str | None = None

    def __post_init__(self) -> None:
        self.waiting = [] if self.reading.faults else list(self.reading.lines)
        self.turn("failed" if self.reading.faults else "in_progress")

    @property
    def output_lasts(self) -> int | None:
        rule = self.asked.get("output_expires_after")
        return None if rule is None else int(rule["seconds"])

    def turn(self, status: str) -> None:
        self.status = status
        self.stamps[status] = int(time.time())

    def taken(self, requests: int) -> Iterator[Line]:
        for _ in range(min(requests, len(self.waiting))):
            yield self.waiting.pop(0)

    def count(self, success: bool) -> None:  # noqa: FBT001 - a line has one of two ends
        self.completed += success
        self.failed += not success

    def told(self) -> dict[str, Any]:
        faults = self.reading.faults
        lines = self.reading.lines
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": self.asked["endpoint"],
            "model": lines[0].body.get("model") if lines else None,
            "errors": {"object": "list", "data": faults} if faults else None,
            "input_file_id": self.asked["input_file_id"],
            "completion_window": "24h",
            "status": self.status,
            "output_file_id": self.output_file_id,
            "error_file_id": self.error_file_id,
            "created_at": self.created_at,
            "expires_at": self.created_at + DAY,
            **{f"{name}_at": self.stamps.get(name) for name in STAMPS},
            "request_counts": {
                "total": 0 if faults else len(lines),
                "completed": self.completed,
                "failed": self.failed,
            },
            "metadata": self.asked.get("metadata"),
        }
