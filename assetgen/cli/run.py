"""The command `assetgen run`: every picture of a campaign that is new or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assetgen.cli.terminal import console, options
from assetgen.errors import Problem
from assetgen.plural import counted

EXAMPLES = (
    "assetgen run campaigns/spring.yaml",
    "assetgen run campaigns/spring.yaml --select 'sku:MUG-*' --limit 3",
    "assetgen run campaigns/spring.yaml --prune --summary summary.md --wait 600",
)

_FEW = 3
"""The rules that are named of those that files were warned of."""

if TYPE_CHECKING:
    from assetgen.model.outcome import Outcome, Rejected


def run(
    campaign: options.Campaign,
    select: options.Select = [],
    limit: options.Limit = None,
    force_step: options.ForceStage = None,
    plan: Annotated[
        Path | None, typer.Option("--plan", metavar="FILE", help="Do exactly this saved plan, or refuse.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Work on so many at once.")
    ] = None,
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
        Path | None,
        typer.Option("--summary", metavar="FILE", help="Also write how it went as Markdown, for a CI job's summary."),
    ] = None,
    on: options.On = None,
    pseudo: options.Pseudo = False,
    offline: options.Offline = False,
    wait: options.Wait = 0,
    json: options.Json = False,
) -> None:
    """Make every picture of the campaign that is new or changed."""
    from assetgen import api
    from assetgen.cli.terminal.progress_line import progress

    if plan and (select or limit or force_step):
        raise typer.BadParameter("a saved plan says itself what to make: leave out --select, --limit and --force-step")
    with progress() as events:
        outcome = api.run(
            api.load(campaign, pseudo=pseudo, on=options.day(on)),
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
            wait=wait,
            events=events,
        )
    if json:
        console.json_result(outcome.as_json())
    else:
        _print_outcome(outcome)
    raise typer.Exit(outcome.exit_code)


def _print_outcome(outcome: Outcome) -> None:
    """Prints what was made and where to look; what needs attention first, each problem once."""
    console.doubtful(outcome.held)
    console.problems((reject.problem for reject in outcome.rejects[: console.MOST]), kind="warning")
    failed = Counter(failure.problem for failure in outcome.failures)
    for problem, times in failed.most_common(console.MOST):
        console.problems(
            [replace(problem, message=f"{counted(times, 'picture')} could not be made: {problem.message}")]
        )
    broken = _by_rule(outcome.rejected)
    for message, times in broken.most_common(console.MOST):
        console.problems(
            [Problem(f"{counted(times, 'picture')} rejected: {message}", hint="see the folder `rejected`")]
        )
    if any(len(kind) > console.MOST for kind in (outcome.rejects, failed, broken)):
        console.note("and more of them; report.html has them all")
    if outcome.orphans and not outcome.pruned:
        console.note(
            f"{counted(len(outcome.orphans), 'file')} of earlier runs that nothing asks for; `--prune` removes them"
        )
    if outcome.waiting:
        console.note(
            f"{counted(outcome.waiting, 'picture')} wait for a batch: `assetgen batch status`, and the next run goes on"
        )
    console.problems(outcome.slips, kind="warning")
    _print_warnings(outcome)
    console.result(f"{counted(outcome.made, 'picture')} made; see {_from_here(outcome.output / 'report.html')}")


def _print_warnings(outcome: Outcome) -> None:
    """Prints how many warnings there are about what was made, and the rules that were broken most often."""
    if outcome.warnings:
        most = sorted(outcome.warnings, key=lambda rule: -rule.count)[:_FEW]
        told = "; ".join(f"{rule.count:,} {rule.name}, such as: {rule.examples[0]}" for rule in most)
        console.note(f"{counted(sum(rule.count for rule in outcome.warnings), 'warning')}: {told}")


def _by_rule(rejected: Iterable[Rejected]) -> Counter[str]:
    """How many files break each rule, under the words of the first: the others differ in numbers."""
    words: dict[str, str] = {}
    found = Counter(finding.rule for file in rejected for finding in {f.rule: f for f in file.errors}.values())
    for finding in (f for file in rejected for f in file.errors):
        same = words.setdefault(finding.rule, finding.message).removesuffix(", and the like")
        if finding.message != same:
            words[finding.rule] = f"{same}, and the like"
    return Counter({words[rule]: times for rule, times in found.items()})


def _from_here(path: Path) -> Path:
    """The path as seen from the current folder, where it lies below it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
