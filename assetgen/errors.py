"""One family of problems; the class says who has to act."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file somebody wrote. Lines and columns count from 1; `row` is the data row of a table."""

    file: str
    line: int | None = None
    column: int | None = None
    row: int | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return place if self.row is None else f"{place} (row {self.row})"


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, and the way out: lower case, no full stop, `backticks` around what was typed."""

    message: str
    location: Location | None = None
    hint: str | None = None

    def __post_init__(self) -> None:
        """Writes half a character as its code, for no file could hold it. Raises TypeError for what is no text."""
        for name, text in (("message", self.message), ("hint", self.hint)):
            if not isinstance(text, str):
                if text is None and name == "hint":
                    continue
                raise TypeError(f"the {name} of a Problem is a sentence, and this is of type {type(text).__name__}")
            if not text.isascii():
                object.__setattr__(self, name, text.encode(errors="backslashreplace").decode())

    def __str__(self) -> str:
        lines = [self.message]
        if self.location:
            lines.append(f"  --> {self.location}")
        if self.hint:
            lines.append(f"hint: {self.hint}")
        return "\n".join(lines)


class AssetgenError(Exception):
    """Carries one or more problems that share the person who can mend them. Raises TypeError without any."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        if not problems or not all(isinstance(problem, Problem) for problem in problems):
            raise TypeError(f"{type(self).__name__} takes one or more Problems, which say what is wrong")
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class InputError(AssetgenError):
    """A file that somebody wrote needs mending."""

    exit_code = 2


class SetupError(AssetgenError):
    """This machine needs something: a package, a font, room on the disk, a key."""

    exit_code = 3


class ProviderError(AssetgenError):
    """The service that makes plates refused or failed. down: it is out of order, rather than unwilling."""

    exit_code = 4

    def __init__(self, *problems: Problem, down: bool = False) -> None:
        super().__init__(*problems)
        self.down = down


class Busy(ProviderError):
    """The service will not answer now; asking again later may work. after: seconds that it asked to wait, if it did."""

    def __init__(self, problem: Problem, *, after: float | None = None, down: bool = False) -> None:
        super().__init__(problem, down=down)
        self.after = after


class Unanswered(ProviderError):
    """The request went out and no picture came: it may have been made and paid for all the same."""


class Closed(ProviderError):
    """No request will be answered until somebody acts: no credit, a wrong key, a model that is gone."""


class BudgetError(AssetgenError):
    """Going on would cost more than the campaign's budgets allow."""

    exit_code = 5


class PluginError(AssetgenError):
    """A plug-in raised what it should not: the fault is its author's, and the rest of the work goes on."""


class Unforeseen(AssetgenError):
    """Our own code raised what it should not, over one thing that it was working on: the rest of the work goes on."""


_ALIKE = 0.6
"""The ratio of difflib (0 to 1) from which on two words that begin alike may be one and a slip of it."""

_CERTAIN = 0.75
"""The ratio from which on that is so of words that begin with different letters."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was most likely meant to be. Capitals, hyphens and blanks make no two words."""
    folded = {_folded(each): each for each in reversed([*known])}
    wanted = _folded(word)
    for match in difflib.get_close_matches(wanted, folded, n=3, cutoff=_ALIKE):
        if match[:1] == wanted[:1] or difflib.SequenceMatcher(None, match, wanted).ratio() >= _CERTAIN:
            return folded[match]
    return None


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]+", "-", word.strip().casefold())


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str | None = None) -> str | None:
    """A hint naming the nearest known word, or `otherwise` when nothing is near."""
    match = nearest(word, known)
    return f"did you mean `{match}`?" if match else otherwise
