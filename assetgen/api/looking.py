"""The functions that look at what is there, before and after a run."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING, Literal, get_args

from assetgen.api.arguments import (
    FilePath,
    a_brief,
    a_month,
    a_path,
    a_path_or_none,
    a_text,
    some_events,
    switches,
)

if TYPE_CHECKING:
    from assetgen.api.results import Difference, Inspection, Spending
    from assetgen.desk.layout_preview import LayoutSheet
    from assetgen.desk.reasons import Explanation
    from assetgen.model.brief import Brief
    from assetgen.production.events import Events

SpentBy = Literal["campaign", "model", "provider", "day"]


def preview(
    layout: str, brief: Brief | None = None, *, guides: bool = False, file: FilePath | None = None
) -> LayoutSheet:
    """A layout in all its shapes on one sheet, with the longest and the shortest words; a notebook shows it.

    brief: whose words, products and brand to use; the sample's if not given. guides: boxes, baselines, margins and safe
    areas are marked. file: also written there, as PNG. What does not fit is in its `problems`.
    Raises InputError for a layout that is not there or needs mending.
    """
    from assetgen.desk.layout_preview import CHANNELS, preview
    from assetgen.desk.workspaces import templates_around
    from assetgen.sources import load, sample, seen_through

    layout = a_text(layout, "preview", "the name of a layout")
    switches(guides=guides)
    drawn = a_path_or_none(file, "preview", "the picture to be written")
    if brief is not None:
        brief = a_brief(brief, f"assetgen.preview({layout!r}, {{}})")
    root = brief.root if brief else templates_around()
    sheet = preview(seen_through(brief or load(sample()), layout, root, CHANNELS), guides=guides)
    if drawn:
        sheet.save(drawn)
    return sheet


def why(file: FilePath, brief: Brief | None = None) -> Explanation:
    """Says what changed since a finished picture was made; nothing is made or fetched.

    brief: its campaign; found by the picture's folder, `output/<campaign>/<channel>/`, if not given.
    Raises InputError for a file that no run of the campaign made.
    """
    from assetgen.desk.reasons import explain, find_campaign
    from assetgen.sources import load

    picture = a_path(file, "why", "a finished picture")
    if brief is not None:
        brief = a_brief(brief, f"assetgen.why({str(file)!r}, {{}})")
    return explain(brief or load(find_campaign(picture)), picture)


def diff(old: FilePath, new: FilePath, *, page: FilePath | None = None) -> Difference:
    """The files that changed between two manifests, before and after, in the order of their ids.

    page: also draws before and after as an HTML page, from the thumbnails that the store still has.
    Raises InputError for a file that is no manifest.
    """
    from assetgen.api.results import Difference
    from assetgen.delivery.manifest_difference import difference
    from assetgen.desk.difference_drawing import draw

    before, after = (a_path(manifest, "diff", "a manifest") for manifest in (old, new))
    drawn = a_path_or_none(page, "diff", "the page to be written")
    changes = Difference(difference(before, after))
    if drawn:
        draw(drawn, after, changes)
    return changes


def inspect(
    files: Brief | FilePath | Iterable[FilePath], *, channel: str | None = None, events: Events | None = None
) -> Inspection:
    """Looks at pictures as they lie on the disk: what they are, what they say of themselves, which rules they break.

    files: a picture or a folder of them, or several, from anywhere; or a brief, for all files that were made of it.
    channel: the id of the one whose rules they are held to; where it is not given, a folder called like a channel tells
    it, and a brief's files have theirs. events: hears of each file, by `step`.
    Raises InputError for what is not there, and for a brief before its first run.
    """
    from assetgen.api.results import Inspection
    from assetgen.desk.file_inspection import delivered, inspect_in_threads, orders
    from assetgen.desk.workspaces import templates_around
    from assetgen.model.brief import Brief
    from assetgen.sources import channels

    told, found = some_events(events), []
    if channel is not None:
        channel = a_text(channel, "inspect", "the id of a channel")
    if isinstance(files, Brief):
        if channel is not None:
            raise ValueError("the files of a brief are held to the rules of their own channels: leave out `channel`")
        wanted = delivered(files)
    else:
        named = [files] if isinstance(files, str | bytes | PathLike) or not isinstance(files, Iterable) else files
        pictures = [a_path(each, "inspect", "a picture or a folder") for each in named]
        wanted = orders(pictures, channel, channels(templates_around()))
    for number, inspected in enumerate(inspect_in_threads(wanted), 1):
        found.append(inspected)
        told.step("files", number, len(wanted))
    return Inspection(found)


def spend(workspace: FilePath | None = None, *, by: SpentBy = "campaign", month: str | None = None) -> Spending:
    """What was spent on plates in a folder, by `campaign`, `model`, `provider` or `day`; nothing without any runs.

    workspace: the folder that holds `.assetgen`; of a brief it is `brief.root`, and the nearest one upwards from the
    current folder if not given. month: only this one, as `2026-11`. Raises InputError for a folder that is none.
    """
    from assetgen.api.results import Spending
    from assetgen.desk.workspace_cache import expenses
    from assetgen.desk.workspaces import workspace as workspace_around

    if by not in get_args(SpentBy):
        raise ValueError(f"`by` is one of {', '.join(get_args(SpentBy))}, not {by!r}")
    folder = a_path_or_none(workspace, "spend", "a folder")
    return Spending(expenses(workspace_around(folder), by, a_month(month)))
