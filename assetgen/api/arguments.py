"""What callers hand over, looked at before any work is done."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from assetgen.frames import DataFrame
    from assetgen.model.brief import Brief
    from assetgen.production.scope import Scope

FilePath = str | PathLike[str]

StepName = Literal["plate", "cutout", "compose"]

EXAMPLE = "campaigns/spring.yaml"


def a_brief(given: object, call: str) -> Brief:
    """The brief that was given. call: how the function is called, with `{}` in the place of the brief.

    Raises TypeError for anything else, such as the path of a campaign file.
    """
    from assetgen.model.brief import Brief

    if isinstance(given, Brief):
        return given
    path = fspath(given) if isinstance(given, str | PathLike) else EXAMPLE
    wanted = call.format(f"assetgen.load({path!r})")
    raise TypeError(f"{call.partition('(')[0]} takes what assetgen.load gives: {wanted}")


def a_frame(given: DataFrame | None) -> DataFrame | None:
    """The frame that was given, if any. Raises TypeError for anything else, such as the path of a table."""
    pandas = sys.modules.get("pandas")  # whoever has a frame has imported it
    if given is None or (pandas and isinstance(given, pandas.DataFrame)):
        return given
    way_out = "read other tables with pandas, or name the file in the campaign's `products`"
    raise TypeError(f"assetgen.load takes a pandas frame for `products`, not a {type(given).__name__}: {way_out}")


def a_scope(brief: Brief, select: str | Sequence[str], limit: int | None, force_step: StepName | None) -> Scope:
    """The part of a campaign that is meant. Raises InputError for a term that selects nothing, else ValueError."""
    from assetgen.planning.selection import selection
    from assetgen.production.scope import Scope, Step

    if limit is not None and limit < 1:
        raise ValueError(f"`limit` is the first so many products, at least 1, not {limit}")
    if force_step is not None and force_step not in get_args(StepName):
        raise ValueError(f"`force_step` is one of {', '.join(get_args(StepName))}, not {force_step!r}")
    limit = min(limit, sys.maxsize) if limit else None
    terms = [select] if isinstance(select, str) else list(select or ())
    if wrong := [term for term in terms if not isinstance(term, str)]:
        raise TypeError(f"`select` takes terms such as 'sku:MUG-*', not {wrong[0]!r}")
    return Scope(selection(terms, brief), limit, Step(force_step) if force_step else None)
