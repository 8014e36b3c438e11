"""Lanes of work on executors, kept as it is completed, and never more than a window of it in flight.

A lane is one executor with the items that are on their way through it; several are driven by one thread.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Lane(Generic[T, R]):
    """One lane: items on their way through an executor.

    `draw` gives the next item, or None while there is none; `keep` gets every item and its finished future; `stop` is
    called before what has begun is waited for, though nothing more is to come of it. All in the driver's thread.
    """

    def __init__(
        self,
        executor: Executor,
        work: Callable[[T], R],
        draw: Callable[[], T | None],
        keep: Callable[[T, Future[R]], None],
        *,
        window: Callable[[], int],
        stop: Callable[[], None] = lambda: None,
    ) -> None:
        self._executor = executor
        self._work = work
        self._draw = draw
        self._keep = keep
        self._window = window
        self._stop = stop
        self.live: dict[Future[R], T] = {}

    def fill(self, done: SimpleQueue[Future[Any]]) -> None:
        """Begins what there is room for; each future is put into `done` when it is finished."""
        while len(self.live) < self._window() and (item := self._draw()) is not None:
            future = self._executor.submit(self._work, item)
            self.live[future] = item
            future.add_done_callback(done.put)

    def settle(self, future: Future[R]) -> None:
        """Keeps what is finished, if it belongs to this lane."""
        if future in self.live:
            self._keep(self.live.pop(future), future)

    def call_off(self) -> None:
        """Drops what has not begun, and waits for and keeps what has: it may have cost money."""
        self._stop()
        begun = [(item, future) for future, item in self.live.items() if not future.cancel()]
        for item, future in begun:
            self._keep(item, future)


def drive(*lanes: Lane[Any, Any]) -> None:
    """Works through all lanes side by side, until no lane has anything to do. What is stopped is called off."""
    done: SimpleQueue[Future[Any]] = SimpleQueue()
    try:
        while True:
            for lane in lanes:
                lane.fill(done)
            if not any(lane.live for lane in lanes):
                return
            future = done.get()  # one queue for all lanes: the driver sleeps until something is finished in any of them
            for lane in lanes:
                lane.settle(future)
    finally:
        # After the return above nothing is in flight. On Ctrl-C, or when `keep` raised, what has begun is kept.
        for lane in lanes:
            lane.call_off()
