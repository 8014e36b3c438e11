"""The command `assetgen ledger`: payments as a text file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assetgen.cli.terminal import console, options
from assetgen.plural import counted

app = typer.Typer(help="Keep what was paid as a text file, in version control or elsewhere.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="The table of payments, such as payments.csv.", show_default=False)]


@app.command()
def export(file: File, workspace: options.Workspace = Path()) -> None:
    """Write every payment of this folder to a table."""
    from assetgen.desk.workspace_cache import export_payments

    console.result(f"{counted(export_payments(workspace, file), 'payment')} in {file}")


@app.command()
def restore(file: File, workspace: options.Workspace = Path()) -> None:
    """Take payments back from such a table: those that the ledger has lost."""
    from assetgen.desk.workspace_cache import restore_payments

    console.result(f"{counted(restore_payments(workspace, file), 'payment')} restored")
