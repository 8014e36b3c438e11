"""The command `assetgen ledger`: payments as a text file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assetgen.cli.terminal import console, options
from assetgen.plural import counted

app = typer.Typer(help="Keep what was paid as a text file, in version control or elsewhere.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(metavar="FILE", help="The table of payments, such as payments.csv.")]


@app.command()
def export(file: File, workspace: options.Workspace = None, json: options.Json = False) -> None:
    """Write every payment of this folder to a table."""
    from assetgen.desk.workspace_cache import export_payments
    from assetgen.desk.workspaces import workspace as workspace_around

    number = export_payments(workspace_around(workspace), file)
    if json:
        console.json_result({"file": str(file), "payments": number})
    else:
        console.result(f"{counted(number, 'payment')} in {file}")


@app.command()
def restore(
    file: File, workspace: options.Workspace = None, wait: options.Wait = 0, json: options.Json = False
) -> None:
    """Take payments back from such a table: those that the ledger has lost."""
    from assetgen.desk.workspace_cache import restore_payments
    from assetgen.desk.workspaces import workspace as workspace_around

    number = restore_payments(workspace_around(workspace), file, wait=wait, say=console.note)
    if json:
        console.json_result({"file": str(file), "restored": number})
    else:
        console.result(f"{counted(number, 'payment')} restored")
