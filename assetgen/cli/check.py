from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assetgen.cli.inspect import report
from assetgen.cli.terminal import console, options

if TYPE_CHECKING:
    from assetgen.model.brief import Brief

DEGRADED = 1


def check(
    campaign: options.Campaign,
    fit: Annotated[bool, typer.Option("--fit", help="Print how large the longest words come out.")] = False,
    files: Annotated[bool, typer.Option("--files", help="Look at the finished files instead.")] = False,
    pseudo: options.Pseudo = False,
    on: options.On = None,
    offline: options.Offline = False,
    json: options.Json = False,
) -> None:
    """Say what would go wrong, or what is wrong with the finished files. Makes nothing, fetches no more than photos."""
    from assetgen import api
    from assetgen.production.events import Events

    brief = api.load(campaign, pseudo=pseudo, on=on)
    if files:
        _look_at_files(brief, json=json)
        return
    found = api.check(brief, offline=offline, events=Events(note=console.note))
    if json:
        for line in found.json_lines():
            console.result(line)
    else:
        console.checkup(found)
        if fit:
            console.fits(found.fits)
    if not found.passed:
        raise typer.Exit(DEGRADED)


def _look_at_files(brief: Brief, *, json: bool) -> None:
    """Looks at the files as they lie on the disk now: somebody, or a program, may have changed them."""
    from assetgen.desk.file_inspection import delivered, inspect

    wanted = delivered(brief)
    report(inspect(wanted), len(wanted), json=json)
