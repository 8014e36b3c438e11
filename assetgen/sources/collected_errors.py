"""Errors of several readings, told together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar, cast

from assetgen.errors import InputError, Problem

P = ParamSpec("P")
T = TypeVar("T")


class Attempts:
    """Tries several readings and keeps what is wrong with each."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def __call__(self, reading: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What `reading` returns. After a failure it is nothing to use; the end of `errors_together` raises."""
        try:
            return reading(*args, **kwargs)
        except InputError as error:
            self.problems.extend(error.problems)
            return cast("T", None)


@contextmanager
def errors_together() -> Iterator[Attempts]:
    """Lets a person hear of everything at once: raises one InputError with the problems of all attempts."""
    attempt = Attempts()
    yield attempt
    if attempt.problems:
        raise InputError(*in_reading_order(attempt.problems))


def in_reading_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems sorted by file, line and column, each once."""

    def place(problem: Problem) -> tuple[str, int, int]:
        at = problem.location
        return (at.file, at.line or 0, at.column or 0) if at else ("", 0, 0)

    return sorted(dict.fromkeys(problems), key=place)
