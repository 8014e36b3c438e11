"""The pace at which hosts of photos are asked: later where they want it, and not any more where they are down."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from assetgen.patience import Attempt, Patience, doubled, spread
from assetgen.web import Unfetched

R = TypeVar("R")

PATIENCE = 120.0
"""Seconds that one photo waits at most for a host that says it is asked too often."""

FIRST_WAIT = 0.5
"""Seconds before a host that failed is asked again for the same photo, doubled from time to time."""

LOST = 20
"""The number of photos in a row that did not come, after which a host is not asked any more."""


class PhotoPace:
    """The pace of all threads that fetch: they share it, and what one hears of a host holds for all."""

    def __init__(self, retries: int) -> None:
        """`retries` is how often a host that failed is asked again for the same photo."""
        self._retries = retries
        self._rests: dict[str, float] = {}
        self._lost = Counter[str]()
        self._patience = Patience()

    def stop(self) -> None:
        """Lets nobody begin any more, and those that wait give up."""
        self._patience.call_off()

    def ask(self, host: str, call: Callable[[], R]) -> R:
        """Calls until there is an answer. Raises Unfetched; at once where the host is known to be down."""
        until = time.monotonic() + PATIENCE

        def answered(answer: R) -> R:
            self._note(host, down=False)
            return answer

        turn = partial(self._turn, host, until)
        return self._patience.ask(call, answered, Unfetched, partial(self._pause, host, until), turn)

    @contextmanager
    def _turn(self, host: str, until: float) -> Iterator[float]:
        """Waits while a host wants to be left alone. Raises Unfetched where that is too long, or it is down."""
        change = self._patience.change
        with change:
            while not self._patience.called_off and (left := self._rests.get(host, 0.0) - time.monotonic()) > 0:
                if self._rests[host] > until:
                    message = f"was not asked for: `{host}` wants to be left alone for {left / 60:.0f} minutes"
                    raise Unfetched(message, "run again later")
                change.wait(spread(left))
            if self._patience.called_off:
                raise Unfetched("was not asked for: the run was stopped", "run again")
            if self._lost[host] >= LOST:
                message = f"was not asked for: {LOST} photos in a row did not come from `{host}`"
                raise Unfetched(message, "look what is wrong with that host, and run again")
        yield time.monotonic()

    def _pause(self, host: str, until: float, error: Unfetched, attempt: Attempt) -> float:
        """Seconds before the same photo is asked for once more. Raises the error where it must not be."""
        if error.after is not None:
            with self._patience.change:
                rest = self._rests[host] = max(self._rests.get(host, 0.0), time.monotonic() + error.after)
            if rest <= until:
                return 0.0  # the next turn waits for as long as the host has asked everybody to
        elif error.again and attempt.number <= self._retries:
            return doubled(FIRST_WAIT, attempt.number)
        self._note(host, down=error.down)
        raise error

    def _note(self, host: str, *, down: bool) -> None:
        with self._patience.change:
            self._lost[host] = self._lost[host] + 1 if down else 0
