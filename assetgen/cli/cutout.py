from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assetgen.cli import console, options

DEGRADED = 1


def cutout(
    photos: Annotated[list[Path], typer.Argument(help="Product photos on a plain backdrop.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the cutouts.")] = Path("cutouts"),
    json: options.Json = False,
) -> None:
    """Take the backdrop away from product photos.

    Writes a PNG with transparency for each, and says how far to trust it.
    """
    from assetgen.errors import Problem
    from assetgen.imaging.decode import Unreadable
    from assetgen.production.cutouts import cut_file

    trusted = True
    for photo in photos:
        try:
            file, record = cut_file(photo, output)
        except Unreadable as error:
            console.problems([Problem(f"`{photo}` {error}")])
            trusted = False
            continue
        trusted = trusted and record["verdict"] != "needs-model"
        if json:
            console.json_result({"photo": str(photo), "file": str(file), **record})
        else:
            console.cutout(file, record)
    if not trusted:
        raise typer.Exit(DEGRADED)
