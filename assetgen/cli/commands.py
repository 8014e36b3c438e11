"""All commands under one roof, and how each of them ends: its exit code, and what is said about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

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
    providers,
    publish,
    run,
    schema,
    spend,
    why,
)
from assetgen.cli.terminal import console
from assetgen.cli.terminal.help_pages import HelpCommand, HelpGroup
from assetgen.cli.terminal.misuse import USAGE_ERROR, problem_of
from assetgen.errors import AssetgenError, InputError, SetupError
from assetgen.version import __version__

SECTIONS = {
    "Make": ("init", "plan", "run", "batch", "prompts"),
    "Look": ("check", "why", "diff", "inspect", "products", "layouts", "channels", "providers", "cutout"),
    "Publish": ("publish", "feeds", "credentials"),
    "Keep": ("spend", "ledger", "cache", "models", "doctor", "schema"),
}


MB = 1_000_000

LITTLE_MEMORY = 1000 * MB
"""Bytes of memory below which a large picture may not be made."""


class _Front(HelpGroup):
    examples = (
        "assetgen init shop && cd shop",
        "assetgen plan campaigns/spring.yaml",
        "assetgen run campaigns/spring.yaml --select 'channel:instagram-*'",
        "assetgen publish campaigns/spring.yaml --dry-run",
    )
    sections = SECTIONS


app = typer.Typer(
    cls=_Front,
    help="Turns a campaign file and a product table into finished pictures for every channel.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (init, products, plan, run, publish, feeds, why, diff, check, inspect, spend, doctor, cutout, schema):
    shown = type(f"{module.__name__.rpartition('.')[2].title()}Help", (HelpCommand,), {"examples": module.EXAMPLES})
    app.command(cls=shown)(getattr(module, module.__name__.rpartition(".")[2]))
for module in (batch, prompts, layouts, channels, providers, cache, ledger, models, credentials):
    for below in module.app.registered_commands:
        below.cls = HelpCommand
    app.add_typer(module.app, name=module.__name__.rpartition(".")[2], cls=HelpGroup)


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


def perform(arguments: Sequence[str]) -> int:
    """Runs one command and says what is wrong, if anything is; its exit code. Raises whatever nobody has foreseen."""
    console.open_outputs()
    if limit := _memory_limit():
        console.note(f"note: this process may use {limit // MB} MB of memory (`ulimit -v`), and pictures may take 1000")
    code = _performed(arguments)
    if lost := console.lost():
        console.problems([lost])
        return code or SetupError.exit_code
    return code


def _memory_limit() -> int | None:
    """The bytes of memory that this process may use, where they are few: libraries in C end without a word then."""
    try:
        import resource
    except ImportError:  # on Windows, which has no such limit
        return None
    limit: int = resource.getrlimit(resource.RLIMIT_AS)[0]
    return limit if limit != resource.RLIM_INFINITY and limit < LITTLE_MEMORY else None


@lru_cache(maxsize=1)
def _command() -> Any:
    """The command with all below it, put together once."""
    return get_command(app)


def _performed(arguments: Sequence[str]) -> int:
    try:
        code = _command()(args=_spelt_out(arguments), prog_name="assetgen", standalone_mode=False)
    except SystemExit as done:  # as completion for shells ends
        return done.code if isinstance(done.code, int) else 0
    except USAGE_ERROR as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            console.note(str(error).rstrip("\n"))
        else:
            console.problems([problem_of(error)])
        return InputError.exit_code
    except AssetgenError as error:
        console.problems(error.problems)
        return error.exit_code
    except OSError as error:
        from assetgen.disk import is_refusal, refusal

        if not is_refusal(error):
            raise
        console.problems([refusal(Path(error.filename or "the output"), error, "used")])
        return SetupError.exit_code
    return code if isinstance(code, int) else 0


def _spelt_out(arguments: Sequence[str]) -> list[str]:
    """The arguments with the number that `--wait` may do without: then it waits for as long as it takes."""
    found = list[str]()
    for argument, then in pairwise([*arguments, ""]):
        found.append(argument)
        if argument == "--wait" and not re.fullmatch(r"\d+(\.\d+)?|inf", then):
            found.append("inf")
    return found
