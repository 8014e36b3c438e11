"""Work on an executor: as completed, and never more than a window in flight."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def work_through(
    executor: Executor,
    work: Callable[[T], R],
    items: Iterable[T],
    keep: Callable[[T, Future[R]], None],
    *,
    window: int,
) -> None:
    """Hands every item and its finished future to `keep`, in the caller's thread; items are drawn when there is room.

    When the caller is stopped, what has not begun is called off, and what has begun is still kept: it may have cost
    money.
    """
    waiting = iter(items)
    live: dict[Future[R], T] = {}
    try:
        while True:
            for item in islice(waiting, window - len(live)):
                live[executor.submit(work, item)] = item
            if not live:
                return
            for future in wait(live, return_when=FIRST_COMPLETED).done:
                keep(live.pop(future), future)
    finally:
        begun = [(item, future) for future, item in live.items() if not future.cancel()]
        for item, future in begun:
            keep(item, future)
