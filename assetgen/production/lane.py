"""Work on an executor: as completed, and never more than a window in flight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def bounded(
    executor: Executor, work: Callable[[T], R], items: Iterable[T], *, window: int
) -> Iterator[tuple[T, Future[R]]]:
    """Each item with its finished future. Items are drawn only when there is room for them.

    What is in flight is called off when the caller stops early; what has begun is waited for by the executor.
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
                yield live.pop(future), future
    finally:
        for future in live:
            future.cancel()
