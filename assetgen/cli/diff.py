"""The command `assetgen diff`: the files that changed between two manifests."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assetgen.cli.terminal import console, options
from assetgen.plural import counted

EXAMPLES = ("assetgen diff before.json output/spring/manifest.json --page changes.html",)

_FEW = 5


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The manifest of before.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The manifest of after.")],
    page: Annotated[
        Path | None, typer.Option("--page", metavar="FILE", help="Also draw before and after on an HTML page.")
    ] = None,
    json: options.Json = False,
) -> None:
    """List the files that changed between two manifests, grouped by what changed them."""
    from assetgen import api

    changes = api.diff(old, new, page=page)
    if json:
        for change in changes:
            console.json_result(change.as_json())
        return
    for cause, group in changes.by_cause.items():
        console.result(f"{cause}: {counted(len(group), 'file')}")
        for change in group[:_FEW]:
            console.result(f"  {change.id}")
        if len(group) > _FEW:
            console.result(f"  and {len(group) - _FEW:,} more")
    if not changes:
        console.result("nothing changed")
