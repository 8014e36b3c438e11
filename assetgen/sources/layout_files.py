"""Layouts by name, and a campaign seen through one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from assetgen.config.layout import Layout
from assetgen.config.scale import Scale
from assetgen.errors import Location
from assetgen.model.brief import Brief, Marked
from assetgen.sources.channel_files import channels
from assetgen.sources.collected_errors import errors_together
from assetgen.sources.document import read_document
from assetgen.sources.library import Library
from assetgen.sources.parse import parse


def read_layout(library: Library, name: str, scale: Scale, place: Location | None = None) -> Marked[Layout]:
    """The layout of a name. Raises InputError, at `place` when there is no such layout."""
    return parse(read_document(library.find("layouts", name, place)), Layout, scale)


def layouts(root: Path) -> dict[str, Marked[Layout]]:
    """All layouts of a workspace and those behind it. Raises InputError with all that is wrong in them."""
    library = Library(root)
    names = sorted(library.files("layouts", ".yaml"))
    with errors_together() as attempt:
        return {name: attempt(read_layout, library, name, Scale()) for name in names}


def seen_through(brief: Brief, name: str, root: Path, sizes: Iterable[str]) -> Brief:
    """The campaign with one layout of the workspace `root`, and with those channels of `sizes` that it is drawn for.

    Raises InputError.
    """
    layout = read_layout(Library(root), name, brief.brand.value.scale)
    presets = channels(root)
    drawn = tuple(presets[size] for size in sizes if layout.value.layers(presets[size].shape))
    scenes = brief.campaign.value.scenes.items()
    bare = {scene: idea.model_copy(update={"layout": None}) for scene, idea in scenes}
    campaign = brief.campaign.value.model_copy(update={"layout": name, "scenes": bare})
    return replace(
        brief,
        campaign=replace(brief.campaign, value=campaign),
        layouts={**brief.layouts, name: layout},
        channels=drawn,
    )
