"""How a run tells those who watch it how far it is."""

from __future__ import annotations

from assetgen.model.asset import Summary


class Progress:
    """Listens to a run, which tells how it goes from the thread that called it; this one keeps quiet."""

    def planned(self, summary: Summary) -> None:
        """Hears what is going to be made, before anything is."""

    def step(self, stage: str, done: int, total: int) -> None:
        """Hears of each plate and picture that is done; `stage` is `plates` or `pictures`."""

    def note(self, text: str) -> None:
        """Hears of something that takes long, or that one should know; it may come from any thread."""
