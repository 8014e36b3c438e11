from __future__ import annotations

from assetgen.model.asset import Summary


class Progress:
    """Is told how a run goes, always from the thread that called it; this one keeps quiet."""

    def planned(self, summary: Summary) -> None: ...

    def step(self, stage: str, done: int, total: int) -> None: ...

    def note(self, text: str) -> None:
        """Something that takes long, or that one should know; may come from any thread."""
