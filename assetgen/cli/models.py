"""The command `assetgen models`: the weights of larger models than the one that comes along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assetgen.cli.terminal import console, options
from assetgen.errors import InputError, Problem

if TYPE_CHECKING:
    from assetgen.config.weights import Weights

app = typer.Typer(help="See and get larger models for cutouts than the one that comes along.", no_args_is_help=True)

MB = 1_000_000
Name = Annotated[str, typer.Argument(metavar="NAME", help="A model, as `models list` names it.")]


@app.command(name="list")
def list_models(json: options.Json = False) -> None:
    """The models that can be used, their licences, and which of them are on this machine."""
    from assetgen.config.weights import WEIGHTS
    from assetgen.cutters import weight_files

    for model in WEIGHTS.values():
        path = weight_files.find(model)
        if json:
            console.json_result(_facts(model, path))
        else:
            size = path.stat().st_size / MB if path else model.megabytes
            megabytes = f"{size:.4g} MB" if size else "size unknown"
            console.result(
                f"{model.name:<22} {model.terms:<15} {model.eye.side:>4} px  {megabytes:>12}  {path or 'not here'}"
            )
            console.result(f"    {model.licence} ({model.source})")


@app.command()
def get(
    name: Name,
    source: Annotated[
        str | None, typer.Option("--from", metavar="SOURCE", help="A file you have, or another address.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Even if it is here already.")] = False,
    accept_noncommercial: Annotated[
        bool, typer.Option("--accept-noncommercial", help="Agree to a licence without commercial use.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Download a model to this machine. Nothing else ever does."""
    from assetgen.config.weights import LicenceTerms
    from assetgen.cutters import weight_files

    model = weight_files.weights_named(name)
    if accept_noncommercial:
        weight_files.accept(model)
    elif not weight_files.may_be_used(model):
        hint = "with --accept-noncommercial you say that your use keeps to it; it is remembered on this machine"
        raise InputError(Problem(f"the licence of model `{name}` is {model.licence}", hint=hint))
    if model.terms is LicenceTerms.UNCLEAR:
        console.problems(
            [Problem(f"whether `{name}` may be used commercially is unclear", hint=model.licence)], kind="warning"
        )
    path = weight_files.find(model)
    if path is None or again or source:
        path = _fetched(model, source)
        if not weight_files.as_published(model, path):
            console.note(f"this is not the file that rembg's makers publish as `{name}`")
    if json:
        console.json_result(_facts(model, path))
    else:
        console.result(str(path))


@app.command()
def path(name: Name, json: options.Json = False) -> None:
    """Where a model is, or would be."""
    from assetgen.cutters import weight_files

    model = weight_files.weights_named(name)
    there = weight_files.find(model)
    if json:
        console.json_result({**_facts(model, there), "place": str(there or weight_files.place(model))})
    else:
        console.result(str(there or weight_files.place(model)))


def _fetched(model: Weights, source: str | None) -> Path:
    from assetgen.cutters import weight_files

    if source is None or source.startswith(("http://", "https://")):
        return weight_files.fetch(model, source)
    if not Path(source).is_file():
        raise InputError(Problem(f"there is no file `{source}`"))
    return weight_files.put(model, Path(source))


def _facts(model: Weights, path: Path | None) -> dict[str, object]:
    from assetgen.config.weights import CHECKED

    return {
        "name": model.name,
        "terms": model.terms.value,
        "licence": model.licence,
        "source": model.source,
        "checked": CHECKED,
        "side": model.eye.side,
        "bytes": path.stat().st_size if path else None,
        "path": str(path) if path else None,
    }
