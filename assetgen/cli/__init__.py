"""The command line: one file for each command, exit codes from the family of errors."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Annotated

import typer

from assetgen.cli import (
    batch,
    cache,
    channels,
    check,
    credentials,
    cutout,
    diff,
    doctor,
    feeds,
    init,
    inspect,
    layouts,
    ledger,
    models,
    plan,
    products,
    prompts,
    publish,
    run,
    schema,
    spend,
    why,
)
from assetgen.cli.terminal import console
from assetgen.errors import AssetgenError
from assetgen.version import __version__

__all__ = ["main"]

INTERRUPTED = 130

app = typer.Typer(
    help="Turns a campaign file and a product table into finished pictures for every channel.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (init, products, plan, run, publish, feeds, why, diff, check, inspect, spend, doctor, cutout, schema):
    app.command()(getattr(module, module.__name__.rpartition(".")[2]))
app.add_typer(batch.app, name="batch")
app.add_typer(prompts.app, name="prompts")
app.add_typer(layouts.app, name="layouts")
app.add_typer(channels.app, name="channels")
app.add_typer(cache.app, name="cache")
app.add_typer(ledger.app, name="ledger")
app.add_typer(models.app, name="models")
app.add_typer(credentials.app, name="credentials")


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - how typer calls it
    if wanted:
        console.result(__version__)
        raise typer.Exit


@app.callback(no_args_is_help=True)
def _options(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version.")
    ] = False,
) -> None: ...


class Stopped(BaseException):
    """Ctrl-C, or a scheduler that wants the process to end."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code says who has to act (docs/engineers.md)."""
    if arguments is None:
        signal.signal(signal.SIGINT, _stop)
        signal.signal(signal.SIGTERM, _stop)
    try:
        app(args=sys.argv[1:] if arguments is None else list(arguments))
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    except AssetgenError as error:
        console.problems(error.problems)
        return error.exit_code
    except Stopped:
        console.note("stopped; what is finished is kept, and the next run goes on from here")
        return INTERRUPTED
    return 0


def _stop(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a second Ctrl-C ends at once
    raise Stopped
