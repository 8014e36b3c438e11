"""How a provider is asked: so many at once, so many a minute, fewer when it says so, and not at all when it is down."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import count
from threading import Condition
from typing import TypeVar

from assetgen.errors import Busy, Closed, Problem, ProviderError
from assetgen.model.request import Generated, Rate

R = TypeVar("R")

FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
"""Seconds before a request is sent again where the provider names no time: doubled from attempt to attempt."""

TRIES = 20
"""Of one request that is sent too often for the provider."""

ROUNDS = 6
"""Failures in a row after which a provider that is out of order is not called any more; about 15 s."""

CROWDED, CLEAR = 0.5, 0.25
"""Shares of answers that say `too often`: above the first fewer requests go out at once, below the second more."""


class Pace:
    """Shared by all threads that ask one provider."""

    def __init__(self, name: str, limits: Rate, parallel: int, say: Callable[[str], None]) -> None:
        """`parallel` is the most at once; `say` hears of slowing down, from any thread."""
        self._name = name
        self._say = say
        self._most = parallel
        self._allowed = float(parallel)
        self._gaps = tuple(60 / per_minute if per_minute else 0.0 for per_minute in _per_minute(limits))
        self._free_at = [0.0, 0.0]
        self._paused_until = 0.0
        self._active = 0
        self.resting = 0
        self._answers = self._too_often = 0
        self._failures = 0
        self._last_failure = 0.0
        self._shut: ProviderError | None = None
        self._change = Condition()

    def ask(self, call: Callable[[], Generated], keep: Callable[[Generated], R], tokens: int = 0) -> R:
        """Calls until there is an answer. Raises ProviderError; at once where the provider is known to be down.

        The place among those that ask is free again when `keep` has the answer safe: what a kill can lose is in them.
        """
        for attempt in count(1):
            started = self._enter(tokens)
            try:
                answer = call()
            except ProviderError as error:
                wait = self._after(error, attempt, started)
            else:
                self._went_well(answer.pause)
                return keep(answer)
            finally:
                self._leave()
            self._rest(wait)
        raise AssertionError  # `_after` raises when it is enough

    def stop(self) -> None:
        """Those that wait give up, and nobody begins."""
        self._close(ProviderError(Problem("stopped before it was asked for")))

    def _enter(self, tokens: int) -> float:
        with self._change:
            while True:
                if self._shut:
                    raise self._shut
                now = time.monotonic()
                starts = max(self._paused_until, *self._free_at)
                if starts <= now and self._active < max(1, int(self._allowed)):
                    break
                self._change.wait(max(0.001, starts - now) if starts > now else None)
            self._active += 1
            for n, weight in enumerate((1, tokens)):
                self._free_at[n] = max(now, self._free_at[n]) + weight * self._gaps[n]
            return now

    def _leave(self) -> None:
        with self._change:
            self._active -= 1
            self._change.notify_all()

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        with self._change:
            self.resting += 1
            while not self._shut and (left := until - time.monotonic()) > 0:
                self._change.wait(left)
            self.resting -= 1

    def _went_well(self, pause: float) -> None:
        with self._change:
            if self._failures:
                self._failures, self._allowed = 0, float(self._most)
            self._paused_until = max(self._paused_until, time.monotonic() + pause if pause else 0.0)
            self._weigh()

    def _after(self, error: ProviderError, attempt: int, started: float) -> float:
        """Seconds to wait before the same request goes out again. Raises the error where it must not."""
        if isinstance(error, Closed):
            self._close(error)
        if error.down:
            self._failed(error, started)
        if not isinstance(error, Busy) or attempt >= (ROUNDS if error.down else TRIES):
            raise error
        if not error.down:
            with self._change:
                self._too_often += 1
                self._weigh()
        return _patience(error, attempt) * random.uniform(1.0, 1.25)  # noqa: S311 - so that not all come back at the same moment

    def _weigh(self) -> None:
        """After a round of answers: more at once, or fewer."""
        self._answers += 1
        if self._answers < self._allowed:
            return
        share = self._too_often / self._answers
        self._answers = self._too_often = 0
        if share > CROWDED and self._allowed > 1:
            self._allowed = max(1.0, self._allowed * 0.7)
            self._say(f"{self._name} is asked too often: going on with {int(self._allowed)} at once")
        elif share < CLEAR:
            self._allowed = min(float(self._most), self._allowed * 1.1 + 0.1)

    def _failed(self, error: ProviderError, started: float) -> None:
        """Those that were under way together fail together, and count once."""
        with self._change:
            if started < self._last_failure:
                return
            self._failures += 1
            self._allowed, self._last_failure = 1.0, time.monotonic()
            self._paused_until = self._last_failure + _patience(error, self._failures)
        if self._failures >= ROUNDS:
            problem = error.problems[0]
            message = f"provider `{self._name}` is not called any more: it failed {ROUNDS} times in a row"
            self._close(Closed(Problem(f"{message}; the last time, {problem.message}", hint=problem.hint)))
            self._say(f"{message}; {problem.message}")

    def _close(self, error: ProviderError) -> None:
        with self._change:
            self._shut = self._shut or error
            self._change.notify_all()


def _patience(error: ProviderError, times: int) -> float:
    """Seconds to wait after the so-manieth failure: as long as the provider says, if it does."""
    after = error.after if isinstance(error, Busy) else None
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** (times - 1)) if after is None else after


def _per_minute(limits: Rate) -> tuple[float | None, float | None]:
    return limits.images_per_minute, limits.tokens_per_minute
