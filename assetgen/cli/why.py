"""The command `assetgen why`: what changed since a picture was made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assetgen.cli.terminal import console, options

EXAMPLES = ("assetgen why output/spring/web-hero/MUG-1--table--en-US--0f80eb10.jpg",)


def why(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A finished picture in the output folder.")],
    campaign: Annotated[
        Path | None,
        typer.Option(
            "--campaign", "-c", metavar="CAMPAIGN", help="Its campaign file; found by the folder's name if left out."
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """Say what changed since a picture was made."""
    from assetgen import api

    explanation = api.why(file, api.load(campaign) if campaign else None)
    if json:
        console.json_result({"file": str(file), "state": explanation.state, "reasons": list(explanation.reasons)})
    else:
        console.result(f"{file.name}: {explanation.state}")
        for reason in explanation.reasons:
            console.result(f"  - {reason}")
