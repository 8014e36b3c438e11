"""Everything that is printed: results to stdout, the rest to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from assetgen.errors import Problem

if TYPE_CHECKING:
    from rich.console import Console

    from assetgen.model.outcome import Outcome
    from assetgen.model.plan import Summary


def result(text: str) -> None:
    typer.echo(text)


def json_result(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))


def note(text: str) -> None:
    typer.echo(text, err=True)


def problems(found: Iterable[Problem], *, kind: str = "error") -> None:
    """The message, the place and the way out of each, a blank line between two."""
    colour = {"error": typer.colors.RED, "warning": typer.colors.YELLOW}[kind]
    for n, problem in enumerate(found):
        if n:
            note("")
        note(f"{typer.style(f'{kind}:', fg=colour, bold=True)} {problem.message}")
        if problem.location:
            note(f"  --> {problem.location}")
        if problem.hint:
            note(f"{typer.style('hint:', fg=typer.colors.CYAN)} {problem.hint}")


def plan_in_words(summary: Summary) -> str:
    """`240 assets: 200 new, 10 changed, 30 up to date; 12 requests, free`."""
    if not (summary.to_do or summary.orphan or summary.rejected):
        return f"{summary.assets} assets, all up to date: nothing to do"
    counts = {"new": summary.new, "changed": summary.changed, "up to date": summary.up_to_date}
    counts |= {"rows set aside": summary.rejected, "orphans": summary.orphan}
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    requests = f"{summary.bill.requests} requests, {summary.bill}" if summary.bill.requests else "no requests"
    return f"{summary.assets} assets: {told}; {requests}"


def outcome(outcome: Outcome) -> None:
    """What was made and where to look; what needs attention first."""
    problems((reject.problem for reject in outcome.rejects), kind="warning")
    problems((failure.problem for failure in outcome.failures), kind="error")
    if outcome.orphans and not outcome.pruned:
        note(f"{len(outcome.orphans)} files belong to nothing any more; `--prune` removes them")
    result(f"{outcome.made} pictures made in {outcome.output}; see report.html there")


def is_terminal() -> bool:
    return sys.stderr.isatty()


def terminal() -> Console:
    from rich.console import Console

    return Console(stderr=True)
