from __future__ import annotations

from collections.abc import Callable, Iterator
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
        """What `reading` returns. After a failure it is nothing to use; the end of `together` raises."""
        try:
            return reading(*args, **kwargs)
        except InputError as error:
            self.problems.extend(error.problems)
            return cast("T", None)


@contextmanager
def together() -> Iterator[Attempts]:
    """Lets a person hear of everything at once: raises one InputError with the problems of all attempts."""
    attempt = Attempts()
    yield attempt
    if attempt.problems:
        raise InputError(*dict.fromkeys(attempt.problems))
