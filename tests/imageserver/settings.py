"""What a test can turn on the server while it runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.imageserver.answers import Answer
from tests.imageserver.records import Call, RateLimit

MODELS = (
    *("gpt-image-2.6-flare", "gpt-image-2.6-sunburst", "gpt-image-2.5-flare", "gpt-image-2"),
    *("gpt-image-1.5", "dall-e-2", "dall-e-3"),
)


class Settings:
    """Every one may be changed at any time and counts for the next call."""

    def __init__(self) -> None:
        self.answer: Callable[[Call, int], Answer | None] = lambda _call, _nth: None
        self.latency = 0.0
        self.limit: RateLimit | None = None
        self.models: dict[str, str | None] = dict.fromkeys(MODELS) | {"gpt-image-1.5": "2026-12-01"}
        self.flags: dict[str, Sequence[str]] = {}
        self.variations = False
        self.key = "sk-test"
        self.instant_batches = False
