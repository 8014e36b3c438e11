from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assetgen.cli.terminal import console, options

_FEW = 5


def diff(
    old: Annotated[Path, typer.Argument(help="The manifest of before.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="The manifest of after.", show_default=False)],
    page: Annotated[Path | None, typer.Option("--page", help="Also draw before and after on an HTML page.")] = None,
    json: options.Json = False,
) -> None:
    """List the files that changed between two manifests, grouped by what changed them."""
    from assetgen.delivery.manifest_difference import by_cause, difference
    from assetgen.desk.difference_drawing import draw

    changes = difference(old, new)
    if page:
        draw(page, new, changes)
    if json:
        for change in changes:
            console.json_result(change.as_json())
        return
    for cause, group in by_cause(changes).items():
        console.result(f"{cause}: {console.count(len(group), 'file')}")
        for change in group[:_FEW]:
            console.result(f"  {change.id}")
        if len(group) > _FEW:
            console.result(f"  and {len(group) - _FEW:,} more")
    if not changes:
        console.result("nothing changed")
