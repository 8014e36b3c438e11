from __future__ import annotations

from collections import Counter
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

    _refuse_namesakes(photos)
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


def _refuse_namesakes(photos: list[Path]) -> None:
    """Two photos of one name would be written over each other."""
    for stem, count in Counter(photo.stem for photo in photos).items():
        if count > 1:
            raise typer.BadParameter(f"{count} photos would become `{stem}.png`: cut them into different folders")
