from __future__ import annotations

from assetgen.model.plan import Summary


class Progress:
    """Is told how a run goes, always from the thread that called it; this one keeps quiet."""

    def planned(self, summary: Summary) -> None: ...

    def step(self, stage: str, done: int, total: int) -> None: ...
