"""What a run tells while it works, for a bar, a log or a page."""

from __future__ import annotations

from collections.abc import Callable

from assetgen.model.asset import Summary


class Events:
    """Is told how things go; this one keeps quiet. Give it functions, or override its methods in a class of your own.

    Whoever listens holds the work up: hand to another thread what takes long. What `planned` and `step` raise ends the
    run as Ctrl-C does: what is finished is kept, and the next run goes on from there.
    """

    _on_planned: Callable[[Summary], object] | None = None
    _on_step: Callable[[str, int, int], object] | None = None
    _on_note: Callable[[str], object] | None = None

    def __init__(
        self,
        *,
        planned: Callable[[Summary], object] | None = None,
        step: Callable[[str, int, int], object] | None = None,
        note: Callable[[str], object] | None = None,
    ) -> None:
        for name, function in (("planned", planned), ("step", step), ("note", note)):
            if function is not None and not callable(function):
                raise TypeError(f"Events takes a function for `{name}`, not {function!r}")
        self._on_planned = planned
        self._on_step = step
        self._on_note = note

    def planned(self, summary: Summary) -> None:
        """Once in a run, when all of the plan is known and nothing has been asked for; from the thread that runs."""
        if self._on_planned:
            self._on_planned(summary)

    def step(self, stage: str, done: int, total: int) -> None:
        """`done` of `total` are through; done counts up from 1. From the thread that asked for the work.

        stage: `plates`, of those to be asked for; `pictures`, of those to be made; `files`, of those to be inspected.
        Plates and pictures come side by side. A picture whose plate failed is not counted: `done` may end lower.
        """
        if self._on_step:
            self._on_step(stage, done, total)

    def note(self, text: str) -> None:
        """A sentence about what takes long, or what one should know; it may come from any thread."""
        if self._on_note:
            self._on_note(text)
