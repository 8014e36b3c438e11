"""What the server writes down, and how many pictures it lets through."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class File:
    """One file of a multipart form."""

    field: str
    filename: str
    content_type: str
    data: bytes


@dataclass
class Call:
    """One call as it came in; `status` is 0 until it is answered, and for ever if the connection was dropped."""

    path: str
    body: dict[str, Any] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 0
    method: str = "POST"
    query: dict[str, str] = field(default_factory=dict)
    readable: bool = True
    nth: int = 0  # among the calls to image endpoints

    @property
    def is_form(self) -> bool:
        return self.headers.get("content-type", "").startswith("multipart/form-data")


@dataclass(frozen=True)
class Bill:
    """Pictures that were made and have to be paid for, whether or not they arrived."""

    prompt: str
    size: str
    images: int
    path: str
    request_id: str
    batch: str | None = None


class RateLimit:
    """A bucket of `images` tokens that fills up again within `seconds`."""

    def __init__(self, images: int, seconds: float) -> None:
        self.images = images
        self.seconds = seconds
        self._left = float(images)
        self._seen = time.monotonic()
        self._lock = threading.Lock()

    def take(self, images: int) -> float:
        """Takes them and returns 0, or takes nothing and returns the seconds until they are there."""
        with self._lock:
            self._refill()
            if images <= self._left:
                self._left -= images
                return 0.0
            return (images - self._left) * self.seconds / self.images

    def headers(self) -> Mapping[str, str]:
        with self._lock:
            self._refill()
            reset = (self.images - self._left) * self.seconds / self.images
            return {
                "x-ratelimit-limit-images": str(self.images),
                "x-ratelimit-remaining-images": str(int(self._left)),
                "x-ratelimit-reset-images": f"{round(reset, 3):g}s",
            }

    def _refill(self) -> None:
        now = time.monotonic()
        self._left = min(self.images, self._left + (now - self._seen) * self.images / self.seconds)
        self._seen = now
