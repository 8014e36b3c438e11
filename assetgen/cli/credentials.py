"""The command `assetgen credentials`: certificates for content credentials (C2PA)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assetgen.cli.terminal import console

app = typer.Typer(help="Sign pictures with content credentials (C2PA).", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """One command below it would take its place."""


@app.command()
def test_certificate(
    folder: Annotated[Path, typer.Argument(help="Where its files go.", show_default=False)],
) -> None:
    """Make a certificate to try signing with. Nobody trusts it: never publish what it has signed."""
    from assetgen.credentials.trial_certificate import make

    files = make(folder)
    for name, file in (("certificate", files.certificate), ("key", files.key), ("trust", files.authority)):
        console.result(f"{name}: {file}")
    console.note("write these lines under `credentials:` in a campaign, with paths from its folder")
