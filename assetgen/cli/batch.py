"""The command `assetgen batch`: requests that were handed in together, and their answers."""

from __future__ import annotations

import typer

from assetgen.cli.terminal import console, options

app = typer.Typer(help="See, collect and cancel what `run --batch` handed in.", no_args_is_help=True)

DEGRADED = 1


@app.command()
def status(campaign: options.Campaign, json: options.Json = False) -> None:
    """How far the batches of a campaign are."""
    from assetgen.production.batch_runs import batch_overview
    from assetgen.production.workshop import workshop
    from assetgen.sources import load

    with workshop(load(campaign), keeping=False) as shop:
        states = list(batch_overview(shop))
    for batch, state in states:
        if json:
            console.json_result(
                {
                    "batch": batch,
                    "status": state.status,
                    "done": state.done,
                    "failed": state.failed,
                    "total": state.total,
                }
            )
        else:
            console.result(f"{batch}: {state.status}, {state.done} of {state.total} done, {state.failed} failed")
    if not states and not json:
        console.result("no batch is open")


@app.command()
def collect(campaign: options.Campaign, wait: options.Wait = 0, json: options.Json = False) -> None:
    """Store what finished batches made; `run` does so by itself. Lists what they did not make."""
    from assetgen.ledger import only_run
    from assetgen.production.batch_runs import collect_finished
    from assetgen.production.workshop import workshop
    from assetgen.sources import load

    brief = load(campaign)
    with only_run(brief.home, wait=wait, say=console.note), workshop(brief, patience=wait) as shop:
        brought = list(collect_finished(shop))
    for collected in brought:
        if json:
            missing = [{"prompt": request.prompt, "reason": problem.message} for request, problem in collected.missing]
            console.json_result({"said": collected.in_words, "missing": missing})
            continue
        console.result(collected.in_words)
        for request, problem in collected.missing:
            console.result(f"  - {' '.join(request.prompt.split())[:60]}… ({problem.message})")
    if not brought and not json:
        console.result("no batch is over")
    if any(collected.missing for collected in brought):
        raise typer.Exit(DEGRADED)


@app.command()
def cancel(campaign: options.Campaign, wait: options.Wait = 0, json: options.Json = False) -> None:
    """Stop the open batches of a campaign; what is finished by then is collected and paid for."""
    from assetgen.ledger import only_run
    from assetgen.production.batch_runs import cancel_all
    from assetgen.production.workshop import workshop
    from assetgen.sources import load

    brief = load(campaign)
    with only_run(brief.home, wait=wait, say=console.note), workshop(brief, patience=wait) as shop:
        for batch in cancel_all(shop):
            if json:
                console.json_result({"batch": batch, "status": "asked to stop"})
                continue
            console.result(f"{batch}: asked to stop; `assetgen batch collect` brings what is finished")
