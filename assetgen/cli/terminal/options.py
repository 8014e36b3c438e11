"""Arguments and options that several commands share."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from assetgen.model.brief import Brief
    from assetgen.run.scope import Scope

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


def brief(campaign: Path, *, pseudo: bool, on: datetime | None) -> Brief:
    """The campaign that is meant, as on that day. Raises InputError."""
    from assetgen.planning.pseudo import pseudo as in_pseudo_locales
    from assetgen.sources import load

    loaded = load(campaign, on and on.date())
    return in_pseudo_locales(loaded) if pseudo else loaded


def scope(select: list[str], limit: int | None, force_step: Stage | None) -> Scope:
    """The part of a campaign that the options describe. Raises InputError."""
    from assetgen.planning import selection
    from assetgen.run.scope import Scope, Step

    return Scope(selection.selection(select), limit, Step(force_step) if force_step else None)
