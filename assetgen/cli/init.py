"""The command `assetgen init`: a sample campaign in a new workspace."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from assetgen.cli.terminal import console
from assetgen.errors import InputError, Location, Problem

PARTS = ("campaigns", "templates")


def init(
    folder: Annotated[Path, typer.Argument(help="Where to put the sample campaign and the templates.")] = Path(),
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
    console.result(f"next: assetgen run {folder / 'campaigns' / 'spring.yaml'}")
