"""Asking again: how long to wait after a failure, and waiting so that a run which is stopped need not wait as well."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from threading import Condition, Thread
from typing import Never, TypeVar

A = TypeVar("A")
E = TypeVar("E", bound=Exception)
R = TypeVar("R")


@dataclass(frozen=True)
class Attempt:
    """One try of a call: its number, from 1, and when it went out, in seconds of `time.monotonic`."""

    number: int
    began: float


class OutOfTime(Exception):
    """A call was not over in time; called_off: since all was called off."""

    def __init__(self, called_off: object) -> None:
        super().__init__("called off" if called_off else "out of time")
        self.called_off = bool(called_off)


HASTE = 0.5
"""The seconds that a hasty call has left when all is called off."""

_GLANCE = 0.25
"""The seconds between two looks at whether a call has to make haste."""


def _raised(error: BaseException) -> Never:
    raise error


@contextmanager
def _at_once() -> Iterator[float]:
    yield time.monotonic()


class Patience:
    """The waiting of all threads that ask one service.

    `change` guards what is known of the service, and is notified when that changes; whoever waits on it looks at
    `called_off` first. `resting` is the number of calls that wait to be made once more.
    """

    def __init__(self) -> None:
        self.change = Condition()
        self.called_off = False
        self.resting = 0

    def call_off(self) -> None:
        """Ends all waiting, now and from now on: what is under way has one answer more to come, and no second try."""
        with self.change:
            self.called_off = True
            self.change.notify_all()

    def ask(
        self,
        call: Callable[[], A],
        keep: Callable[[A], R],
        failure: type[E] | tuple[type[E], ...],
        pause: Callable[[E, Attempt], float],
        turn: Callable[[], AbstractContextManager[float]] = _at_once,
    ) -> R:
        """Calls until there is an answer, and returns what `keep` makes of it; what `keep` raises is never asked again.

        `pause` gets each `failure` with the attempt that it ended, and says how many seconds to rest before the next;
        where there must be none, it raises. Call and `keep` are made within a `turn`, which waits until the call may
        go out, says when that was, and is over before the rest begins: who rests keeps nobody else from asking.
        """
        for number in count(1):
            with turn() as began:
                try:
                    answer = call()
                except failure as error:
                    seconds = pause(error, Attempt(number, began))
                else:
                    return keep(answer)
            self.rest(seconds)
        raise AssertionError  # `pause` raises when it is enough

    def within(self, call: Callable[[], R], seconds: float, *, hasty: Callable[[], bool]) -> R:
        """What a call gives, or raises, if that is in time. Raises OutOfTime, and then nobody waits for it any more.

        It is made in a thread of its own, since whoever drips a byte a second, or never ends its headers, keeps within
        all limits that sockets have. Once all is called off, a call that is `hasty` by then has HASTE seconds left.
        """
        outcome: list[Callable[[], R]] = []

        def work() -> None:
            try:
                answer = call()
            except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
                outcome.append(partial(_raised, error))
            else:
                outcome.append(lambda: answer)
            with self.change:
                self.change.notify_all()

        Thread(target=work, daemon=True).start()
        until, called_off = time.monotonic() + seconds, False
        with self.change:
            while not outcome and (left := until - time.monotonic()) > 0:
                self.change.wait(min(left, _GLANCE))
                if self.called_off and hasty() and not called_off:
                    called_off, until = True, min(until, time.monotonic() + HASTE)
        if not outcome:
            raise OutOfTime(called_off)
        return outcome[0]()

    def rest(self, seconds: float) -> None:
        """Waits, unless or until it is called off."""
        with self.change:
            self.resting += 1
            self.change.wait_for(lambda: self.called_off, seconds)
            self.resting -= 1


def doubled(first: float, times: int, longest: float = float("inf")) -> float:
    """Seconds to wait after a number of failures in a row, where nobody names a time."""
    return min(longest, first * 2.0 ** (times - 1))


def spread(seconds: float) -> float:
    """The seconds and up to a quarter more: who was sent away together does not come back at the same moment."""
    return seconds * random.uniform(1.0, 1.25)  # noqa: S311 - no secret hangs on it
