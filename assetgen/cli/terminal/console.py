"""The way to the terminal for all commands: results go to stdout, problems and notes to stderr.

Whatever is printed goes through `printable`, and nobody prints in another way. An output that cannot be written to
ends no work: what is left of it is dropped, and `lost` says so at the end.
"""

from __future__ import annotations

import codecs
import errno
import io
import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import typer

from assetgen.errors import Problem
from assetgen.printable import on_one_line, printable

if TYPE_CHECKING:
    from rich.console import Console

    from assetgen.model.outcome import Held


MOST = 20
"""The most problems of a kind that are printed: a thousand of them scroll everything else away."""

_COLOURS = {
    "error": typer.colors.RED,
    "warning": typer.colors.YELLOW,
    "note": typer.colors.CYAN,
    "hint": typer.colors.CYAN,
}


class _Lost(io.StringIO):
    """Takes the place of an output that cannot be written to, and remembers why."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def write(self, text: str) -> int:
        return len(text)


def open_outputs() -> None:
    """Makes both outputs take every letter: what a terminal has no sign for is written as JSON escapes it."""
    codecs.register_error("assetgen", _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="assetgen")


def lost() -> Problem | None:
    """Why results were lost, if they were. Whoever closes a pipe has read enough of it, and nothing is lost."""
    error = sys.stdout.error if isinstance(sys.stdout, _Lost) else None
    if error is None or error.errno in {errno.EPIPE, errno.EINVAL}:  # EINVAL: a closed pipe on Windows
        return None
    return Problem(f"the results could not be printed: {(error.strerror or str(error)).lower()}")


def result(text: str, *, begin: str = "") -> None:
    """Prints what the command was asked for, to stdout. begin: words of our own before it, which may have colours."""
    try:
        typer.echo(begin + printable(text))
    except OSError as error:
        sys.stdout = _Lost(error)


def json_result(value: object) -> None:
    """Prints a value as one line of JSON, to stdout; a number that JSON has no word for is null."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        value = json.loads(json.dumps(value), parse_constant=lambda _: None)
        text = json.dumps(value, ensure_ascii=False)
    result(text)


def note(text: str, *, begin: str = "") -> None:
    """Prints a remark beside the result, to stderr. begin: words of our own before it, which may have colours."""
    try:
        typer.echo(begin + printable(text), err=True)
    except OSError as error:
        sys.stderr = _Lost(error)


def problems(found: Iterable[Problem], *, kind: str = "error") -> None:
    """Prints the message, the place and the way out of each, a blank line between two.

    kind: `error`, `warning` or `note`.
    """
    for n, problem in enumerate(found):
        if n:
            note("")
        note(on_one_line(problem.message), begin=f"{coloured(f'{kind}:', kind, bold=True)} ")
        if problem.location:
            note(on_one_line(str(problem.location)), begin="  --> ")
        if problem.hint:
            note(on_one_line(problem.hint), begin=f"{coloured('hint:', 'hint')} ")


def doubtful(held: Sequence[Held]) -> None:
    """Prints a line for each product that waits for a person's word, and the way to say it."""
    problems((each.problem for each in held[:MOST]), kind="warning")
    if len(held) > MOST:
        note(f"and {len(held) - MOST:,} more products like these; report.html and --json have them all")


def coloured(text: str, kind: str, *, bold: bool = False) -> str:
    """The text in the colour of `error`, `warning`, `note` or `hint`; without one where NO_COLOR is set.

    See https://no-color.org; what is no terminal gets no colours anyway.
    """
    return text if os.environ.get("NO_COLOR") else typer.style(text, fg=_COLOURS[kind], bold=bold)


def is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def terminal() -> Console:
    from rich.console import Console

    return Console(stderr=True)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end
