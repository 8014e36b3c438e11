"""Asking again, under everything that does: providers, hosts of photos, addresses of pictures, time stamps."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from assetgen.patience import Attempt, Patience, doubled, spread


class Busy(Exception):
    pass


def failing(times: int) -> Callable[[], str]:
    calls = iter(range(times))

    def call() -> str:
        if next(calls, None) is not None:
            raise Busy
        return "answer"

    return call


def test_it_asks_until_there_is_an_answer_and_rests_outside_of_its_turn() -> None:
    told: list[object] = []

    @contextmanager
    def turn() -> Iterator[float]:
        told.append("in")
        yield 7.0
        told.append("out")

    def pause(_: Busy, attempt: Attempt) -> float:
        told.append(attempt)
        return 0.0

    assert Patience().ask(failing(2), str.upper, Busy, pause, turn) == "ANSWER"
    assert told == ["in", Attempt(1, 7.0), "out", "in", Attempt(2, 7.0), "out", "in", "out"]


def test_a_pause_that_raises_ends_the_asking() -> None:
    def pause(error: Busy, attempt: Attempt) -> float:
        if attempt.number == 3:
            raise error
        return 0.0

    with pytest.raises(Busy):
        Patience().ask(failing(3), str, Busy, pause)


def test_what_keeping_an_answer_raises_is_never_asked_again() -> None:
    """The answer is paid for: asking once more would pay twice."""
    calls: list[int] = []

    def keep(_: str) -> str:
        raise Busy

    def call() -> str:
        calls.append(1)
        return "answer"

    with pytest.raises(Busy):
        Patience().ask(call, keep, Busy, lambda *_: 0.0)
    assert calls == [1]


def test_resting_ends_when_it_is_called_off() -> None:
    patience, begun = Patience(), time.monotonic()
    thread = Thread(target=patience.rest, args=(60.0,))
    thread.start()
    while not patience.resting:
        time.sleep(0.001)
    patience.call_off()
    thread.join()

    assert patience.resting == 0
    patience.rest(60.0)  # and there is no other rest after it
    assert time.monotonic() - begun < 10


def test_waits_double_up_to_the_longest_and_are_spread() -> None:
    assert [doubled(0.5, times, 3.0) for times in (1, 2, 3, 4)] == [0.5, 1.0, 2.0, 3.0]
    assert all(4.0 <= spread(4.0) <= 5.0 for _ in range(100))
