"""The command `assetgen plan`: what a run would make and cost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assetgen.cli.terminal import console, options
from assetgen.errors import AssetgenError, BudgetError

if TYPE_CHECKING:
    from assetgen.model.asset import Summary
    from assetgen.production.campaign_plan import Plan

EXAMPLES = (
    "assetgen plan campaigns/spring.yaml --on 2026-12-24",
    "assetgen plan campaigns/spring.yaml -o plan.json && assetgen run campaigns/spring.yaml --plan plan.json",
)

NOTHING_TO_DO = 0
"""The exit code of `--detailed-exitcode` where a run would make nothing."""

FAILED = 1
"""The exit code of `--detailed-exitcode` where there is no plan."""

SOMETHING_TO_DO = 2
"""The exit code of `--detailed-exitcode` where a run would make something."""

_FEW = 4
"""The channels of a size of plates that are named."""


def plan(
    campaign: options.Campaign,
    select: options.Select = [],
    limit: options.Limit = None,
    force_step: options.ForceStage = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Save the plan for `run --plan`.")
    ] = None,
    on: options.On = None,
    pseudo: options.Pseudo = False,
    offline: options.Offline = False,
    json: options.Json = False,
    detailed_exitcode: Annotated[
        bool,
        typer.Option("--detailed-exitcode", help="0 nothing to do, 2 something to do, 5 budget too small, 1 error."),
    ] = False,
) -> None:
    """Show what `run` would make and what it would cost. Makes nothing, and fetches no more than photos."""
    from assetgen import api
    from assetgen.production.events import Events

    try:
        brief = api.load(campaign, pseudo=pseudo, on=options.day(on))
        planned = api.plan(
            brief, select=select, limit=limit, force_step=force_step, offline=offline, events=Events(note=console.note)
        )
        _show(planned, output, as_json=json)
    except AssetgenError as error:
        if not detailed_exitcode:
            raise
        console.problems(error.problems)
        raise typer.Exit(FAILED) from error
    if detailed_exitcode:
        raise typer.Exit(_detailed(planned))


def _detailed(plan: Plan) -> int:
    if not plan.summary.to_do:
        return NOTHING_TO_DO
    return SOMETHING_TO_DO if plan.affordable else BudgetError.exit_code


def _show(plan: Plan, output: Path | None, *, as_json: bool) -> None:
    from assetgen.model.product import Reject

    if output:
        plan.save(output)
    if as_json:
        for line in output.read_text(encoding="utf-8").splitlines() if output else plan.lines():
            console.result(line)
    elif not output:
        console.problems((item.problem for item in plan if isinstance(item, Reject)), kind="warning")
    if not as_json:
        console.doubtful(plan.held)
        console.problems(plan.warnings, kind="warning")
        console.result(str(plan.summary))
        if plan.summary.bill.amount != 0:
            for line in _sizes_in_words(plan.summary):
                console.result(line)
        if known := _cutouts_in_words(plan.summary):
            console.result(known)


def _sizes_in_words(summary: Summary) -> Iterator[str]:
    """Gives a line for each size of plates to be asked for: how many, the price, and for which shapes and channels."""
    from assetgen.model.asset import Bill

    for size in summary.sizes:
        each = Bill(1, size.bill.amount and size.bill.amount / size.bill.requests, size.bill.currency)
        price = f"{each} each" if size.bill.amount else str(size.bill)
        names = ", ".join(size.channels[:_FEW]) + (", …" if len(size.channels) > _FEW else "")
        yield f"  {size.bill.requests:>4} x {size.width} x {size.height}, {price}: {', '.join(size.shapes)} ({names})"


def _cutouts_in_words(summary: Summary) -> str:
    """The cutouts of before by verdict, `cutouts made before: 6 good, 2 to look at`; nothing while there are none."""
    words = {"good": "good", "check": "to look at", "refused": "no use"}
    counts = [f"{count} {words[verdict]}" for verdict, count in sorted(summary.cutouts.items())]
    return f"cutouts made before: {', '.join(counts)}" if counts else ""
