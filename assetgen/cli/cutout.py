"""The command `assetgen cutout`: products taken out of single photos."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assetgen.cli.terminal import console, options

if TYPE_CHECKING:
    from assetgen.model.care import Care
    from assetgen.model.cutting import Handling
    from assetgen.production.materials.stored_cutouts import CutFile

EXAMPLES = ("assetgen cutout photos/lamp.jpg --preview",)

DEGRADED = 1


def cutout(
    photos: Annotated[list[Path], typer.Argument(metavar="PHOTO", help="Product photos.")],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FOLDER", help="The folder for the cutouts; `cutouts` if not given."),
    ] = Path("cutouts"),
    method: Annotated[
        str, typer.Option("--method", metavar="METHOD", help="Who cuts out: auto, plain, rembg or a plug-in.")
    ] = "auto",
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="Which model of rembg's; `assetgen models list`.")
    ] = None,
    mask: Annotated[
        Path | None, typer.Option("--mask", metavar="FILE", help="An outline made by hand, for one photo.")
    ] = None,
    glass: Annotated[bool, typer.Option("--glass", help="One sees through the product.")] = False,
    keep_holes: Annotated[
        bool, typer.Option("--keep-holes", help="What looks like backdrop inside is product.")
    ] = False,
    exposure: Annotated[
        str | None, typer.Option("--exposure", metavar="STOPS", help="How much lighter: auto, or stops such as -1.")
    ] = None,
    white_balance: Annotated[
        str | None, typer.Option("--white-balance", metavar="WORD", help="auto: makes a pale backdrop neutral.")
    ] = None,
    straighten: Annotated[
        str | None, typer.Option("--straighten", metavar="DEGREES", help="Turns the photo: auto, or degrees clockwise.")
    ] = None,
    crop: Annotated[
        str | None, typer.Option("--crop", metavar="BOX", help="What counts, such as 0.1,0,0.9,1; all if not given.")
    ] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Also a picture over checks, dark and light.")] = False,
    json: options.Json = False,
) -> None:
    """Take the backdrop away from product photos.

    Writes a PNG with transparency for each, and says how far to trust it.
    """
    from assetgen.config.weights import DEFAULT
    from assetgen.cutters import Cutters
    from assetgen.errors import Location, PluginError, Problem, Unforeseen
    from assetgen.file_bytes import nearest_file, require_file
    from assetgen.files.decode import Unreadable
    from assetgen.plugins import faults_told
    from assetgen.production.materials.cutout_orders import ways_out
    from assetgen.production.materials.stored_cutouts import cut_file, judged, record

    _refuse_namesakes(photos)
    if mask and len(photos) > 1:
        raise typer.BadParameter("a mask is for one photo: cut the others out without it")
    if mask:
        require_file(mask)
    care = _care(exposure=exposure, white_balance=white_balance, straighten=straighten, crop=crop)
    handling = _handling(method, model, glass=glass, keep_holes=keep_holes)
    cutter, trusted = Cutters(console.note), True
    for photo in photos:
        try:
            with faults_told(Unreadable):
                done = cut_file(photo, output, cutter, handling, care=care, mask=mask, with_preview=preview)
        except Unreadable as error:
            console.problems([Problem(f"`{photo}` {error}", hint=nearest_file(photo, photo.parent))])
            trusted = False
            continue
        except (PluginError, Unforeseen) as error:
            console.problems([replace(error.problems[0], location=Location(str(photo)))])
            trusted = False
            continue
        trusted = trusted and done.cutout.verdict != "refused"
        if json:
            console.json_result({"photo": str(photo), "file": str(done.file), "word": done.word, **record(done.cutout)})
        else:
            _print_cutout(done)
            if done.cutout.verdict == "refused":
                asked = f"`--model {DEFAULT}`"
                found = judged(record(done.cutout))
                console.result(f"  what helps: {ways_out(found, handling, cutter, asked, masked=mask is not None)}")
    if not trusted:
        raise typer.Exit(DEGRADED)


def _handling(method: str, model: str | None, *, glass: bool, keep_holes: bool) -> Handling:
    """A model that is named is one of rembg's. Raises InputError for one that nobody knows."""
    from assetgen.config.cutout_rule import REMBG
    from assetgen.cutters.weight_files import weights_named
    from assetgen.model.cutting import Handling

    if model and method == "plain":
        raise typer.BadParameter("the plain method needs no model: leave out --method or --model")
    chosen = weights_named(model).name if model else None
    return Handling(REMBG if chosen else method, chosen, keep_holes=keep_holes, glass=glass)


def _care(**asked: str | None) -> Care:
    from assetgen.config.cutout_rule import CARE_READERS, CutoutRule
    from assetgen.model.care import Care

    said = CutoutRule()
    for name, text in asked.items():
        try:
            said = said if text is None else said.model_copy(update={name: CARE_READERS[name](text)})
        except ValueError as error:
            raise typer.BadParameter(": ".join(error.args)) from error
    return Care.said(said)


def _refuse_namesakes(photos: list[Path]) -> None:
    """Two photos of one name would be written over each other."""
    for stem, count in Counter(photo.stem for photo in photos).items():
        if count > 1:
            raise typer.BadParameter(f"{count} photos would become `{stem}.png`: cut them into different folders")


def _print_cutout(done: CutFile) -> None:
    """Prints `mug.png: good, by plain`, then the reasons for doubt and what else was found, and the way out of it."""
    cutout = done.cutout
    console.result(f"{done.file}: {cutout.verdict}, by {cutout.by}")
    for done_to_it in cutout.care:
        console.result(f"  {done_to_it}")
    for message in (*cutout.reasons, *(finding.message for finding in cutout.findings)):
        console.result(f"  - {message}")
    if cutout.verdict == "check":
        console.result(f"  if it is right all the same: `{done.word}` in the column `cutout_ok` of a product table")
