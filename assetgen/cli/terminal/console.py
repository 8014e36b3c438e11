"""The way to the terminal for all commands: results go to stdout, problems and notes to stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from assetgen.errors import Problem

if TYPE_CHECKING:
    from rich.console import Console


MOST = 20
"""The most problems of a kind that are printed: a thousand of them scroll everything else away."""

_COLOURS = {
    "error": typer.colors.RED,
    "warning": typer.colors.YELLOW,
    "note": typer.colors.CYAN,
    "hint": typer.colors.CYAN,
}


def result(text: str) -> None:
    """Prints what the command was asked for, to stdout."""
    typer.echo(text)


def json_result(value: object) -> None:
    """Prints a value as one line of JSON, to stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def note(text: str) -> None:
    """Prints a remark beside the result, to stderr."""
    typer.echo(text, err=True)


def problems(found: Iterable[Problem], *, kind: str = "error") -> None:
    """Prints the message, the place and the way out of each, a blank line between two.

    kind: `error`, `warning` or `note`.
    """
    for n, problem in enumerate(found):
        if n:
            note("")
        note(f"{coloured(f'{kind}:', kind, bold=True)} {problem.message}")
        if problem.location:
            note(f"  --> {problem.location}")
        if problem.hint:
            note(f"{coloured('hint:', 'hint')} {problem.hint}")


def coloured(text: str, kind: str, *, bold: bool = False) -> str:
    """The text in the colour of `error`, `warning`, `note` or `hint`; without one where NO_COLOR is set.

    See https://no-color.org; what is no terminal gets no colours anyway.
    """
    return text if os.environ.get("NO_COLOR") else typer.style(text, fg=_COLOURS[kind], bold=bold)


def is_terminal() -> bool:
    return sys.stderr.isatty()


def terminal() -> Console:
    from rich.console import Console

    return Console(stderr=True)
