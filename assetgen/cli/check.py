from __future__ import annotations

from typing import Annotated

import typer

from assetgen.cli import console, options

DEGRADED = 1


def check(
    campaign: options.Campaign,
    fit: Annotated[bool, typer.Option("--fit", help="Print how large the longest words come out.")] = False,
    pseudo: options.Pseudo = False,
    json: options.Json = False,
) -> None:
    """Say what would go wrong. Makes nothing, asks nobody."""
    from assetgen.production.checkup import check_up

    found = check_up(options.brief(campaign, pseudo=pseudo))
    if json:
        for line in found.json_lines():
            console.result(line)
    else:
        console.checkup(found)
        if fit:
            console.fits(found.fits)
    if found.rejects or found.overfull:
        raise typer.Exit(DEGRADED)
