"""The command `assetgen providers`: who can make plates."""

from __future__ import annotations

import typer

from assetgen.cli.terminal import console, options

app = typer.Typer(help="See who can make plates.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """See who can make plates."""


@app.command(name="list")
def list_(json: options.Json = False) -> None:
    """List the providers that are installed, ours and those of plug-ins, with the settings that each takes."""
    from assetgen.errors import AssetgenError
    from assetgen.plugins import package_of, plugins
    from assetgen.providers import find_provider

    for name, point in plugins("providers").items():
        settings, problem = list[str](), None
        try:
            settings = sorted(find_provider(name).model_fields)
        except AssetgenError as error:  # a plug-in that cannot be imported, which hides none of the others
            problem = error.problems[0].message
        if json:
            console.json_result({"name": name, "package": package_of(point), "settings": settings, "problem": problem})
        else:
            console.result(f"{name:<12} {problem or ', '.join(settings) or 'no settings'}")
