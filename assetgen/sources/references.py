"""Pictures that go along with the photos that a provider edits."""

from __future__ import annotations

from pathlib import Path

from assetgen.config.brand import Brand
from assetgen.config.campaign import Campaign
from assetgen.config.mode import Mode
from assetgen.errors import InputError, Location, Problem
from assetgen.file_bytes import Unopened, read_whole
from assetgen.files.decode import Unreadable, measure
from assetgen.fingerprint import digest
from assetgen.model.brief import Marked, Marks, Reference
from assetgen.sources.collected_errors import errors_together
from assetgen.sources.library import file_beside


def read_references(
    file: Path, campaign: Marked[Campaign], brand_file: Path, brand: Marked[Brand]
) -> dict[str, tuple[Reference, ...]]:
    """Each scene's pictures that go along with photos, its own first, then the brand's. Raises InputError."""
    with errors_together() as attempt:
        style = attempt(_read, brand_file, brand.value.style, brand.marks, "style") or ()
        own = {
            name: attempt(_read, file, scene.references, campaign.marks, "scenes", name, "references")
            for name, scene in campaign.value.scenes.items()
        }
    scenes = campaign.value.scenes.items()
    return {name: (*own[name], *style) for name, scene in scenes if scene.mode is Mode.EDIT}


def _read(file: Path, names: tuple[str, ...], marks: Marks, *path: str) -> tuple[Reference, ...]:
    with errors_together() as attempt:
        return tuple(attempt(_reference, file, name, marks.at(*path, n)) for n, name in enumerate(names))


def _reference(file: Path, name: str, place: Location) -> Reference:
    path = file_beside(file, name, place)
    try:
        data = read_whole(path)
        measure(data)
    except (Unopened, Unreadable) as error:
        raise InputError(Problem(f"`{name}` {error}", place, hint="give a PNG, JPEG or WebP")) from error
    return Reference(path, digest(data))
