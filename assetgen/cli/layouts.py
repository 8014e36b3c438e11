"""The command `assetgen layouts`: the layouts that there are, and previews of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assetgen.cli.terminal import console

app = typer.Typer(help="See what the layouts look like.", no_args_is_help=True)

UNFIT = 2


@app.command(name="list")
def list_() -> None:
    """List the layouts, the shapes that each is drawn for, and what it is good for."""
    from assetgen.config.shape import Shape
    from assetgen.sources import layouts

    for name, layout in layouts(Path()).items():
        shapes = ", ".join(shape for shape in Shape if getattr(layout.value, shape))
        console.result(f"{name:<12} {layout.value.description}")
        console.result(f"{'':<12} {shapes}")


@app.command()
def preview(
    name: Annotated[str, typer.Argument(help="A layout, such as hero.", show_default=False)],
    campaign: Annotated[
        Path | None, typer.Option("--campaign", "-c", help="Take words, products and brand from it; else a sample.")
    ] = None,
    guides: Annotated[bool, typer.Option("--guides", help="Mark boxes, baselines, margins and safe areas.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The picture to write; <NAME>.png if not given.")
    ] = None,
) -> None:
    """Draw a layout in all its shapes, with the longest and the shortest words of a campaign."""
    from assetgen import api

    file = output or Path(f"{name}.png")
    sheet = api.preview(name, api.load(campaign) if campaign else None, guides=guides, file=file)
    console.problems(sheet.problems)
    console.result(f"see {file}")
    if sheet.problems:
        raise typer.Exit(UNFIT)
