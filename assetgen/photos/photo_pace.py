"""When the hosts of photos are asked: later where they want to be left alone, and not any more where they are down."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from threading import Condition
from typing import TypeVar

from assetgen.photos.unfetched import Unfetched

R = TypeVar("R")

PATIENCE = 120.0
"""Seconds that one photo waits at most for a host that says it is asked too often."""

FIRST_WAIT = 0.5
"""Seconds before a host that failed is asked again for the same photo, doubled from time to time."""

LOST = 20
"""Photos in a row that did not come, after which a host is not asked any more."""


class PhotoPace:
    """Shared by all threads that fetch."""

    def __init__(self, retries: int) -> None:
        """`retries` is how often a host that failed is asked again for the same photo."""
        self._retries = retries
        self._rests: dict[str, float] = {}
        self._lost = Counter[str]()
        self._stopped = False
        self._change = Condition()

    def stop(self) -> None:
        """Those that wait give up, and nobody begins."""
        with self._change:
            self._stopped = True
            self._change.notify_all()

    def ask(self, host: str, call: Callable[[], R]) -> R:
        """Calls until there is an answer. Raises Unfetched; at once where the host is known to be down."""
        until = time.monotonic() + PATIENCE
        for attempt in count(1):
            self._enter(host, until)
            try:
                answer = call()
            except Unfetched as error:
                if not self._again(host, error, attempt, until):
                    self._note(host, down=error.down)
                    raise
            else:
                self._note(host, down=False)
                return answer
        raise AssertionError  # it is enough at some time

    def _enter(self, host: str, until: float) -> None:
        with self._change:
            while not self._stopped and (left := self._rests.get(host, 0.0) - time.monotonic()) > 0:
                if self._rests[host] > until:
                    message = f"was not asked for: `{host}` wants to be left alone for {left / 60:.0f} minutes"
                    raise Unfetched(message, "run again later")
                self._change.wait(left * random.uniform(1.0, 1.25))  # noqa: S311 - so that not all come back at once
            if self._stopped:
                raise Unfetched("was not asked for: the run was stopped", "run again")
            if self._lost[host] >= LOST:
                message = f"was not asked for: {LOST} photos in a row did not come from `{host}`"
                raise Unfetched(message, "look what is wrong with that host, and run again")

    def _again(self, host: str, error: Unfetched, attempt: int, until: float) -> bool:
        """Whether the same photo may be asked for once more; returns when it is time."""
        with self._change:
            if error.after is not None:
                self._rests[host] = max(self._rests.get(host, 0.0), time.monotonic() + error.after)
                return self._rests[host] <= until
            if not error.again or attempt > self._retries:
                return False
            self._change.wait_for(lambda: self._stopped, FIRST_WAIT * 2 ** (attempt - 1))
            return True

    def _note(self, host: str, *, down: bool) -> None:
        with self._change:
            self._lost[host] = self._lost[host] + 1 if down else 0
