from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assetgen.cli.terminal import console, options


def run(
    campaign: options.Campaign,
    select: options.Select = [],
    limit: options.Limit = None,
    force_step: options.ForceStage = None,
    plan: Annotated[Path | None, typer.Option("--plan", help="Do exactly this saved plan, or refuse.")] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Work on so many at once.")] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Remove files that nothing asks for any more.")] = False,
    allow_unknown_price: Annotated[
        bool, typer.Option("--allow-unknown-price", help="Go on although the budget cannot be checked.")
    ] = False,
    partly: Annotated[
        bool, typer.Option("--partly", help="Where the budget is too small, make as much as it allows.")
    ] = False,
    batch: Annotated[
        bool, typer.Option("--batch", help="Hand the requests in as a batch: cheaper, and done within a day.")
    ] = False,
    summary: Annotated[
        Path | None, typer.Option("--summary", help="Also write how it went as Markdown, for a CI job's summary.")
    ] = None,
    on: options.On = None,
    pseudo: options.Pseudo = False,
    offline: options.Offline = False,
    json: options.Json = False,
) -> None:
    """Make every picture of the campaign that is new or changed."""
    from assetgen import api
    from assetgen.cli.terminal.progress_line import progress

    if plan and (select or limit or force_step):
        raise typer.BadParameter("a saved plan says itself what to make: leave out --select, --limit and --force-step")
    with progress() as events:
        outcome = api.run(
            api.load(campaign, pseudo=pseudo, on=on),
            select=select,
            limit=limit,
            force_step=force_step,
            plan=plan,
            jobs=jobs,
            prune=prune,
            allow_unknown_price=allow_unknown_price,
            partly=partly,
            batch=batch,
            summary=summary,
            offline=offline,
            events=events,
        )
    if json:
        console.json_result(outcome.as_json())
    else:
        console.outcome(outcome)
    raise typer.Exit(outcome.exit_code)
