"""The command `assetgen cache`: the files that a workspace keeps between runs."""

from __future__ import annotations

from typing import Annotated

import typer

from assetgen.cli.terminal import console, options

app = typer.Typer(help="See and tidy what is kept between runs.", no_args_is_help=True)

MB = 1_000_000


@app.command()
def stats(workspace: options.Workspace = None, json: options.Json = False) -> None:
    """How many plates, cutouts, thumbnails and fetched photos are kept, and how large they are."""
    from assetgen.desk.workspace_cache import kept
    from assetgen.desk.workspaces import workspace as workspace_around

    found = sorted(kept(workspace_around(workspace)).items())
    for kind, (count, size) in found:
        if json:
            console.json_result({"kind": kind, "files": count, "bytes": size})
            continue
        console.result(f"{kind:<10} {count:>8} files {size / MB:>10.1f} MB")
    if not found and not json:
        console.result("nothing is kept yet")


@app.command()
def prune(
    workspace: options.Workspace = None,
    plates: Annotated[
        bool, typer.Option("--plates", help="Also plates that no file uses: they may have cost money.")
    ] = False,
    wait: options.Wait = 0,
    json: options.Json = False,
) -> None:
    """Remove cutouts, thumbnails and fetched photos that no finished file uses; plates only when asked."""
    from assetgen.desk.workspace_cache import tidy
    from assetgen.desk.workspaces import workspace as workspace_around

    count, size = tidy(workspace_around(workspace), plates=plates, wait=wait, say=console.note)
    if json:
        console.json_result({"removed": count, "bytes": size})
        return
    console.result(f"removed {count} files, {size / MB:.1f} MB")
