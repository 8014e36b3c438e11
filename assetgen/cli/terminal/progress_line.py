"""How a run goes: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from assetgen.cli.terminal import console
from assetgen.model.asset import Summary
from assetgen.printable import printable
from assetgen.production.events import Events


@contextmanager
def progress() -> Iterator[Events]:
    if not console.is_terminal():
        yield ProgressLines()
        return
    columns = (TextColumn("{task.description:>9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console.terminal(), transient=True) as bars:
        yield OnTerminal(bars)


class ProgressLines(Events):
    """A line at each tenth of the way, so that a log stays short."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, int] = {}

    def planned(self, summary: Summary) -> None:
        console.note(str(summary))

    def step(self, stage: str, done: int, total: int) -> None:
        tenth = done * 10 // total
        if tenth > self._told.get(stage, 0):
            self._told[stage] = tenth
            console.note(f"{stage} {done}/{total}")

    def note(self, text: str) -> None:
        console.note(text)


class OnTerminal(ProgressLines):
    def __init__(self, bars: Progress) -> None:
        super().__init__()
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def step(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
        self._bars.update(self._tasks[stage], completed=done)

    def note(self, text: str) -> None:
        self._bars.console.print(printable(text), markup=False, highlight=False)
