"""The command `assetgen prompts`: prompts for pictures that are made elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from assetgen.cli.terminal import console, options

app = typer.Typer(help="Take prompts elsewhere, and bring the pictures back.", no_args_is_help=True)

Format = Literal["csv", "json"]


@app.command()
def export(
    campaign: options.Campaign,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write; printed if not given.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those whose plates are stored already.")] = False,
    midjourney: Annotated[
        bool, typer.Option("--midjourney", help="Prompts on one line that end with their proportions, as in --ar 9:16.")
    ] = False,
    form: Annotated[
        Format,
        typer.Option(
            "--format", metavar="FORMAT", help="`csv`, a table, or `json`, a line for each; `csv` if not given."
        ),
    ] = "csv",
    json: options.Json = False,
) -> None:
    """Write down the prompts of all plates still to be made, and how to name their pictures.

    Keys and sizes are those of the campaign's own provider: choose the provider `folder` before you export.
    """
    from assetgen.desk import prompts_export
    from assetgen.disk import write_whole
    from assetgen.production.workshop import workshop
    from assetgen.sources import load

    with workshop(load(campaign), keeping=False) as shop:
        found = prompts_export.export(shop, everything=everything, midjourney=midjourney)
    console.problems(found.doubts, kind="warning")
    text = (prompts_export.as_json if json or form == "json" else prompts_export.as_csv)(found.prompts)
    if output:
        write_whole(output, text.encode())
        console.note(f"prompts in {output}: {len(found.prompts)}")
    elif text:
        console.result(text.removesuffix("\n"))
