"""The pace at which a provider is asked: so many at once and a minute, fewer when it says so, none when it is down."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from assetgen.errors import Busy, Closed, Problem, ProviderError
from assetgen.model.request import Generated, Rate
from assetgen.patience import Attempt, Patience, doubled, spread

R = TypeVar("R")

FIRST_WAIT = 0.5
"""The seconds before a request is sent again where the provider names no time; doubled from attempt to attempt."""

LONGEST_WAIT = 60.0
"""The seconds at which doubling ends."""

LONGEST_ASKED = 600.0
"""The seconds that a provider may ask to be left alone; it is asked again after these, though it says more."""

TRIES = 20
"""The most times that one request is sent while the provider says that it is asked too often."""

ROUNDS = 6
"""The number of failures in a row after which a provider that is out of order is not called any more; about 15 s."""

CROWDED = 0.5
"""The share of answers that say `too often` above which fewer requests go out at once."""

CLEAR = 0.25
"""The share of answers that say `too often` below which more requests go out at once."""


class Pace:
    """The pace of all threads that ask one provider: they share it, and each of them waits for its turn.

    All that is known of the provider is guarded by one lock, that of `Patience.change`.
    """

    def __init__(self, name: str, limits: Rate, parallel: int, say: Callable[[str], None]) -> None:
        """Begins at full pace. `parallel` is the most at once; `say` hears of slowing down, from any thread."""
        self._patience = Patience()
        self._change = self._patience.change
        self._name = name
        self._say = say
        self._most = parallel
        self._allowed = float(parallel)
        self._gaps = tuple(60 / per_minute if per_minute else 0.0 for per_minute in _per_minute(limits))
        self._free_at = [0.0, 0.0]
        self._paused_until = 0.0
        self._active = 0
        self._answers = self._too_often = 0
        self._failures = 0
        self._last_failure = 0.0
        self._shut: ProviderError | None = None

    def ask(self, call: Callable[[], Generated], keep: Callable[[Generated], R], tokens: int = 0) -> R:
        """Calls until there is an answer. Raises ProviderError; at once where the provider is known to be down.

        The place among those that ask is free again when `keep` has the answer safe: what a kill can lose is in them.
        """

        def kept(answer: Generated) -> R:
            self._went_well(answer.pause)
            return keep(answer)

        return self._patience.ask(call, kept, ProviderError, self._after, partial(self._turn, tokens))

    @property
    def resting(self) -> int:
        """How many requests wait to be sent once more; they take up none of the places."""
        return self._patience.resting

    def stop(self) -> None:
        """Lets nobody begin any more, and those that wait give up; what is under way is still answered and kept."""
        self._close(ProviderError(Problem("stopped before it was asked for")))

    @contextmanager
    def _turn(self, tokens: int) -> Iterator[float]:
        began = self._enter(tokens)
        try:
            yield began
        finally:
            self._leave()

    def _enter(self, tokens: int) -> float:
        """Waits for a place and for the limits of a minute; when that was. Raises what shut the provider."""
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
            # Room in the limits is taken here, under the lock, or threads that wake together would all find it free.
            for n, weight in enumerate((1, tokens)):
                self._free_at[n] = max(now, self._free_at[n]) + weight * self._gaps[n]
            return now

    def _leave(self) -> None:
        with self._change:
            self._active -= 1
            self._change.notify_all()

    def _went_well(self, pause: float) -> None:
        with self._change:
            if self._failures:
                # It was down, not crowded: it takes as many as before, and need not be felt out anew.
                self._failures, self._allowed = 0, float(self._most)
            self._paused_until = max(self._paused_until, time.monotonic() + _bearable(pause) if pause else 0.0)
            self._weigh()

    def _after(self, error: ProviderError, attempt: Attempt) -> float:
        """Seconds to wait before the same request goes out again. Raises the error where it must not."""
        if isinstance(error, Closed):
            self._close(error)
        if error.down:
            self._failed(error, attempt.began)
        if not isinstance(error, Busy) or attempt.number >= (ROUNDS if error.down else TRIES):
            raise error
        if not error.down:
            with self._change:
                self._too_often += 1
                self._weigh()
        return spread(_wait(error, attempt.number))

    def _weigh(self) -> None:
        """Lets more out at once, or fewer, after each round of answers: as many as are allowed at once."""
        self._answers += 1
        if self._answers < self._allowed:
            return
        share = self._too_often / self._answers
        self._answers = self._too_often = 0
        if share > CROWDED and self._allowed > 1:
            # Down by much and up by little: it settles just below where the provider begins to refuse.
            self._allowed = max(1.0, self._allowed * 0.7)
            self._say(f"{self._name} is asked too often: going on with {int(self._allowed)} at once")
        elif share < CLEAR:
            self._allowed = min(float(self._most), self._allowed * 1.1 + 0.1)

    def _failed(self, error: ProviderError, began: float) -> None:
        """Counts a failure, and shuts the provider after ROUNDS of them in a row.

        Calls that were under way together fail together and count once, or fifty at once would make a server that
        stumbled once look down: what went out before the last failure was noted tells nothing new.
        """
        with self._change:
            if began < self._last_failure:
                return
            self._failures += 1
            # One at a time finds out whether it is back; all at once would only fail together again.
            self._allowed, self._last_failure = 1.0, time.monotonic()
            self._paused_until = self._last_failure + _wait(error, self._failures)
        if self._failures >= ROUNDS:
            problem = error.problems[0]
            message = f"provider `{self._name}` is not called any more: it failed {ROUNDS} times in a row"
            self._close(Closed(Problem(f"{message}; the last time, {problem.message}", hint=problem.hint)))
            self._say(f"{message}; {problem.message}")

    def _close(self, error: ProviderError) -> None:
        with self._change:
            self._shut = self._shut or error  # the first reason is the one to tell
            self._patience.call_off()


def _wait(error: ProviderError, times: int) -> float:
    """Seconds to wait after a number of failures: as long as the provider says, if it does."""
    after = error.after if isinstance(error, Busy) else None
    return doubled(FIRST_WAIT, times, LONGEST_WAIT) if after is None else _bearable(after)


def _bearable(seconds: float) -> float:
    """The seconds that a provider asks for, where that is a time that a run can wait."""
    return min(max(seconds, 0.0), LONGEST_ASKED) if not math.isnan(seconds) else 0.0


def _per_minute(limits: Rate) -> tuple[float | None, float | None]:
    return limits.images_per_minute, limits.tokens_per_minute
