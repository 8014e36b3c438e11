"""The command `assetgen cache`: the files that a workspace keeps between runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assetgen.cli.terminal import console, options

app = typer.Typer(help="See and tidy what is kept between runs.", no_args_is_help=True)

MB = 1_000_000


@app.command()
def stats(workspace: options.Workspace = Path()) -> None:
    """How many plates, cutouts, thumbnails and fetched photos are kept, and how large they are."""
    from assetgen.desk.workspace_cache import kept

    for kind, (count, size) in sorted(kept(workspace).items()):
        console.result(f"{kind:<10} {count:>8} files {size / MB:>10.1f} MB")


@app.command()
def prune(
    workspace: options.Workspace = Path(),
    plates: Annotated[
        bool, typer.Option("--plates", help="Also plates that no file uses: they may have cost money.")
    ] = False,
) -> None:
    """Remove cutouts, thumbnails and fetched photos that no finished file uses; plates only when asked."""
    from assetgen.desk.workspace_cache import tidy

    count, size = tidy(workspace, plates=plates)
    console.result(f"removed {count} files, {size / MB:.1f} MB")
