"""The command `assetgen init`: a sample campaign in a new workspace."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from assetgen.cli.terminal import console, options
from assetgen.errors import InputError, Location, Problem

EXAMPLES = ("assetgen init shop",)

PARTS = ("campaigns", "templates")


def init(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="Where to put the sample campaign and the templates; here if not given."),
    ] = Path(),
    json: options.Json = False,
) -> None:
    """Lay down a sample campaign, ready to run."""
    from assetgen.disk import refusals_explained
    from assetgen.sources import starter

    for part in PARTS:
        if (folder / part).exists():
            hint = "choose an empty folder: files that are there are never overwritten"
            raise InputError(Problem(f"there is already a folder `{part}`", Location(str(folder)), hint))
    with refusals_explained(folder):
        for part in PARTS:
            shutil.copytree(starter() / part, folder / part)
    campaign = folder / "campaigns" / "spring.yaml"
    if json:
        console.json_result({"folder": str(folder), "campaign": str(campaign)})
    else:
        console.result(f"next: assetgen run {campaign}")
