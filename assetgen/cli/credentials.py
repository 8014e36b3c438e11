"""The command `assetgen credentials`: certificates for content credentials (C2PA)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assetgen.cli.terminal import console, options

app = typer.Typer(help="Sign pictures with content credentials (C2PA).", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """One command below it would take its place."""


@app.command(name="test-certificate")
def make_certificate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where its files go.")],
    json: options.Json = False,
) -> None:
    """Make a certificate to try signing with. Nobody trusts it: never publish what it has signed."""
    from assetgen.credentials.trial_certificate import make

    files = make(folder)
    named = {"certificate": str(files.certificate), "key": str(files.key), "trust": str(files.authority)}
    if json:
        console.json_result(named)
        return
    for name, file in named.items():
        console.result(f"{name}: {file}")
    console.note("write these lines under `credentials:` in a campaign, with paths from its folder")
