"""The command `assetgen check`: a campaign before it is made, or its finished files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assetgen.cli.inspect import report
from assetgen.cli.terminal import console, options
from assetgen.plural import counted

if TYPE_CHECKING:
    from assetgen.desk.campaign_check import CampaignCheck
    from assetgen.desk.words_check import Fit
    from assetgen.model.brief import Brief

EXAMPLES = (
    "assetgen check campaigns/spring.yaml --fit",
    "assetgen check campaigns/spring.yaml --files",
)

DEGRADED = 1


def check(
    campaign: options.Campaign,
    fit: Annotated[bool, typer.Option("--fit", help="Print how large the longest words come out.")] = False,
    files: Annotated[bool, typer.Option("--files", help="Look at the finished files instead.")] = False,
    cutouts: Annotated[
        bool, typer.Option("--cutouts/--no-cutouts", help="Whether to try if photos can be cut out, as a run does.")
    ] = True,
    pseudo: options.Pseudo = False,
    on: options.On = None,
    offline: options.Offline = False,
    json: options.Json = False,
) -> None:
    """Say what would go wrong, or what is wrong with the finished files. Makes nothing, fetches no more than photos."""
    from assetgen import api
    from assetgen.production.events import Events

    brief = api.load(campaign, pseudo=pseudo, on=options.day(on))
    if files:
        _look_at_files(brief, json=json)
        return
    found = api.check(brief, offline=offline, cutouts=cutouts, events=Events(note=console.note))
    if json:
        for line in found.json_lines():
            console.result(line)
    else:
        _print_check(found)
        if fit:
            _print_fits(found.fits)
    if not found.passed:
        raise typer.Exit(DEGRADED)


def _look_at_files(brief: Brief, *, json: bool) -> None:
    """Looks at the files as they lie on the disk now: somebody, or a program, may have changed them."""
    from assetgen.desk.file_inspection import delivered, inspect

    wanted = delivered(brief)
    report(inspect(wanted), len(wanted), json=json)


def _print_check(found: CampaignCheck) -> None:
    """Prints what is wrong and what is doubtful, then the plan and the words in numbers."""
    console.doubtful(found.held)
    console.problems((reject.problem for reject in found.rejects), kind="warning")
    console.problems(found.overfull[: console.MOST])
    console.problems((*found.small[: console.MOST], *found.warnings), kind="warning")
    if max(len(found.overfull), len(found.small)) > console.MOST:
        console.note("and more words like these; `--fit` lists them all")
    console.result(str(found.summary))
    if found.fits:
        console.result(_words_in_numbers(found))


def _words_in_numbers(found: CampaignCheck) -> str:
    """The words in numbers, `words in 84 places: all fit`; a place is a layer on a channel in a language."""
    parts = [f"{len(found.overfull)} too long"] if found.overfull else []
    parts += [f"{len(found.small)} small"] if found.small else []
    return f"words in {counted(len(found.fits), 'place')}: {', '.join(parts) or 'all fit'}"


def _print_fits(found: Sequence[Fit]) -> None:
    """Prints a table of the words that come out smallest, or not at all."""
    rows = [("locale", "layout", "shape", "channel", "px", "share", "lines", "layer", "words")]
    for each in found:
        set_as = (f"{each.size:g}", f"{each.shrink:.0%}", f"{each.lines}") if each.size else ("too long", "", "")
        layout, channel = Path(each.origin.layout.file).stem, each.channel
        text = " / ".join(each.text.splitlines())
        rows.append((each.locale, layout, channel.shape.value, channel.id, *set_as, each.layer, text))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    for row in rows:
        cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False))
        console.result("  ".join((*cells, row[-1])))
