"""The command `assetgen doctor`: this machine and the provider, looked at before money is spent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assetgen.cli.terminal import console, options
from assetgen.errors import SetupError

if TYPE_CHECKING:
    from assetgen.model.examined import Examined


EXAMPLES = ("assetgen doctor campaigns/spring.yaml",)


def doctor(
    campaign: Annotated[
        Path | None, typer.Argument(metavar="CAMPAIGN", help="A campaign file, to look at its provider and fonts too.")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Leave out what needs the network.")] = False,
    json: options.Json = False,
) -> None:
    """Look whether this machine and the campaign's provider are ready. Spends nothing."""
    from assetgen.desk.readiness import check_readiness
    from assetgen.sources import load

    ready = True
    for found in check_readiness(load(campaign) if campaign else None, online=not offline):
        ready = ready and found.level != "problem"
        if json:
            console.json_result(found.as_json())
        else:
            console.result(_in_words(found))
    if not ready:
        raise typer.Exit(SetupError.exit_code)


def _in_words(found: Examined) -> str:
    """A line for what was found; the way out stands below, with an arrow."""
    line = f"{found.level:<8} {found.subject:<13} {found.message}"
    return f"{line}\n{'':<8} -> {found.hint}" if found.hint else line
