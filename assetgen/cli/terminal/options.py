"""Arguments and options that several commands share."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from assetgen.errors import InputError, Problem

Campaign = Annotated[Path, typer.Argument(metavar="CAMPAIGN", help="The campaign file, such as campaigns/spring.yaml.")]
Select = Annotated[
    list[str],
    typer.Option(
        "--select",
        "-s",
        metavar="TERM",
        help="Only these assets: 'sku:MUG-*'; also channel:, locale:, scene:, audience:, state:. May be given again.",
    ),
]
Limit = Annotated[
    int | None, typer.Option("--limit", "-n", min=1, metavar="N", help="Only the first so many products.")
]
Stage = Literal["plate", "cutout", "compose"]
ForceStage = Annotated[
    Stage | None,
    typer.Option(
        "--force-step",
        metavar="STEP",
        help="Do `plate`, `cutout` or `compose` again, and what follows from it, even if nothing changed.",
    ),
]
On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="As on this day, such as 2026-12-24, to rehearse it.")
]
Pseudo = Annotated[
    bool,
    typer.Option(
        "--pseudo", help="In pseudo-locales: longer, from right to left, and Chinese words in place of yours."
    ),
]
Offline = Annotated[bool, typer.Option("--offline", help="Fetch no photos: those that were fetched before have to do.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]

Workspace = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        metavar="FOLDER",
        help="The folder that holds `.assetgen` and `templates`; the nearest one upwards if not given.",
    ),
]
Wait = Annotated[
    float,
    typer.Option(
        "--wait",
        min=0,
        metavar="[SECONDS]",
        help="Wait so long for another run in the folder, and without a number for as long as it takes.",
    ),
]


_SUCH_AS = "year, month and day, as in 2026-12-24"


def day(written: str | None) -> date | None:
    """The day of `--on`. Raises InputError for what is none, with the same day as it is to be written."""
    if written is None:
        return None
    with suppress(ValueError):
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
            return date.fromisoformat(written)
    from assetgen.config.written_days import days_meant

    meant = " or ".join(str(each) for each in days_meant(written))
    raise InputError(Problem(f"`{written}` is no day that `--on` understands", hint=f"write {meant or _SUCH_AS}"))
