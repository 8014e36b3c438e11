"""Arguments and options that several commands share."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

Campaign = Annotated[Path, typer.Argument(help="The campaign file, such as campaigns/spring.yaml.", show_default=False)]
Select = Annotated[
    list[str],
    typer.Option(
        "--select", "-s", help="Only these assets: 'sku:MUG-*'; also channel:, locale:, scene:, audience:, state:."
    ),
]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="Only the first so many products.")]
Stage = Literal["plate", "cutout", "compose"]
ForceStage = Annotated[
    Stage | None,
    typer.Option("--force-step", help="Do this step again, and what follows from it, even if nothing changed."),
]
On = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="As on this day, to rehearse it.", metavar="DATE")
]
Pseudo = Annotated[
    bool,
    typer.Option(
        "--pseudo", help="In pseudo-locales: longer, from right to left, and Chinese words in place of yours."
    ),
]
Offline = Annotated[bool, typer.Option("--offline", help="Fetch no photos: those that were fetched before have to do.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]

Workspace = Annotated[Path, typer.Option("--workspace", "-w", help="The folder that holds `.assetgen`.")]
