"""The command `assetgen layouts`: the layouts that there are, and previews of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assetgen.cli.terminal import console, options

app = typer.Typer(help="See what the layouts look like.", no_args_is_help=True)

UNFIT = 2


@app.command(name="list")
def list_(workspace: options.Workspace = None, json: options.Json = False) -> None:
    """List the layouts, the shapes that each is drawn for, and what it is good for."""
    from assetgen.config.shape import Shape
    from assetgen.desk.workspaces import templates_around
    from assetgen.sources import layouts

    for name, layout in layouts(templates_around(workspace)).items():
        shapes = [shape.value for shape in Shape if getattr(layout.value, shape)]
        if json:
            console.json_result({"name": name, "description": layout.value.description, "shapes": shapes})
        else:
            console.result(f"{name:<12} {layout.value.description}")
            console.result(f"{'':<12} {', '.join(shapes)}")


@app.command()
def preview(
    name: Annotated[str, typer.Argument(metavar="LAYOUT", help="A layout, such as hero.")],
    campaign: Annotated[
        Path | None,
        typer.Option(
            "--campaign", "-c", metavar="CAMPAIGN", help="Take words, products and brand from it; else a sample."
        ),
    ] = None,
    guides: Annotated[bool, typer.Option("--guides", help="Mark boxes, baselines, margins and safe areas.")] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The picture to write; `<LAYOUT>.png` if not given."),
    ] = None,
    json: options.Json = False,
) -> None:
    """Draw a layout in all its shapes, with the longest and the shortest words of a campaign."""
    from assetgen import api

    file = output or Path(f"{name}.png")
    sheet = api.preview(name, api.load(campaign) if campaign else None, guides=guides, file=file)
    console.problems(sheet.problems)
    if json:
        console.json_result({"file": str(file), "problems": [problem.message for problem in sheet.problems]})
    else:
        console.result(f"see {file}")
    if sheet.problems:
        raise typer.Exit(UNFIT)
