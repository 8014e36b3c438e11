from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from assetgen.cli.terminal import console, options

By = Literal["campaign", "model", "provider", "day"]
ALL: tuple[By, ...] = ("campaign", "model", "day")


def spend(
    by: Annotated[By | None, typer.Option("--by", help="Only this table.", show_default=False)] = None,
    month: Annotated[
        str | None, typer.Option("--month", "-m", metavar="YYYY-MM", help="Only this month.", show_default=False)
    ] = None,
    workspace: options.Workspace = Path(),
    json: options.Json = False,
) -> None:
    """Show what was spent on plates, by campaign, model and day."""
    from assetgen import api

    for column in [by] if by else ALL:
        found = api.spend(workspace, by=column, month=month)
        if json:
            for expense in found:
                console.json_result({"by": column, **console.expense_as_json(expense)})
        else:
            console.expenses(column, found)
