from __future__ import annotations

import typer

from assetgen.cli import console, options

DEGRADED = 1


def check(campaign: options.Campaign, offline: options.Offline = False) -> None:
    """Say what would go wrong. Makes nothing, and fetches no more than photos."""
    from assetgen.model.product import Reject
    from assetgen.production.plan import Plan
    from assetgen.production.survey import Wish
    from assetgen.sources import load

    plan = Plan(load(campaign), Wish(), offline=offline, say=console.note)
    rejects = [item.problem for item in plan if isinstance(item, Reject)]
    console.problems(rejects, kind="warning")
    console.problems(plan.warnings, kind="warning")
    console.result(console.plan_in_words(plan.summary))
    if rejects:
        raise typer.Exit(DEGRADED)
