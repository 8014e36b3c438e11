"""What callers hand over, looked at before any work is done."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from assetgen.frames import DataFrame
    from assetgen.model.brief import Brief
    from assetgen.ports import Provider
    from assetgen.production.events import Events
    from assetgen.production.scope import Scope

FilePath = str | PathLike[str]

StepName = Literal["plate", "cutout", "compose"]

EXAMPLE = "campaigns/spring.yaml"

_MOST = 60
"""The most characters that a message shows of what was given."""


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

    limit = a_number(limit, "`limit` is the first so many products")
    if force_step is not None and force_step not in get_args(StepName):
        raise ValueError(f"`force_step` is one of {', '.join(get_args(StepName))}, not {force_step!r}")
    limit = min(limit, sys.maxsize) if limit else None
    terms = [select] if isinstance(select, str) else texts(select, "select")
    return Scope(selection(terms, brief), limit, Step(force_step) if force_step else None)


def a_path(given: object, call: str, what: str) -> Path:
    """The path that was given. what: the thing that lies there, or is to.

    Raises TypeError for what is no path, ValueError for one that no file can have.
    """
    if not isinstance(given, str | PathLike) or not isinstance(path := fspath(given), str):
        raise TypeError(f"assetgen.{call} takes the path of {what}, as a str or a Path, not {_said(given)}")
    if "\0" in path:
        raise ValueError(f"no file can have such a name as the path of {what}, {_said(path)}")
    return Path(path)


def a_path_or_none(given: object, call: str, what: str) -> Path | None:
    """The path that was given, if any. Raises as `a_path` does."""
    return None if given is None else a_path(given, call, what)


def a_text(given: object, call: str, what: str) -> str:
    """The name that was given. Raises TypeError for anything else."""
    if not isinstance(given, str):
        raise TypeError(f"assetgen.{call} takes {what}, as a str, not {_said(given)}")
    return given


def texts(given: object, name: str) -> list[str]:
    """The texts that were given. Raises TypeError for anything else."""
    found = list(given) if isinstance(given, Iterable) and not isinstance(given, bytes) else None
    if found is None or not all(isinstance(each, str) for each in found):
        raise TypeError(f"`{name}` is a text such as 'sku:MUG-*', or several, not {_said(given)}")
    return found


def a_day(given: object) -> date | None:
    """The day that was given, if any. Raises TypeError for anything else, such as its name."""
    if isinstance(given, datetime):
        return given.date()
    if given is not None and not isinstance(given, date):
        raise TypeError(f"`on` is a day such as datetime.date(2026, 11, 27), not {_said(given)}")
    return given


def a_month(given: object) -> str | None:
    """The month that was given, if any. Raises TypeError for anything but a text."""
    if given is not None and not isinstance(given, str):
        raise TypeError(f"`month` is a month such as '2026-11', not {_said(given)}")
    return given


def a_number(given: int | None, sentence: str) -> int | None:
    """The number that was given, if any. Raises TypeError for what is no whole number, ValueError for one below 1."""
    if given is None:
        return None
    if isinstance(given, bool) or not hasattr(given, "__index__"):
        raise TypeError(f"{sentence}, a whole number, not {_said(given)}")
    if given < 1:
        raise ValueError(f"{sentence}, at least 1, not {given}")
    return int(given)


def switches(**given: object) -> None:
    """Looks whether all that is on or off is so. Raises TypeError for anything else: `"no"` would be on."""
    for name, value in given.items():
        if not isinstance(value, bool):
            raise TypeError(f"`{name}` is True or False, not {_said(value)}")


def a_provider(given: object) -> Provider | None:
    """The provider that was given, if any. Raises TypeError for anything else, such as its name or its class."""
    if given is None:
        return None
    from assetgen.plugins import check_variables
    from assetgen.ports import Provider

    if not isinstance(given, Provider):
        way_out = "campaigns name providers, programs make one: Studio(megapixels=1)"
        raise TypeError(f"`provider` is an object of a class of providers, not {_said(given)}: {way_out}")
    check_variables(given, Provider)
    return given


def some_events(given: object) -> Events:
    """The events that were given, or such as keep quiet. Raises TypeError for anything else, such as a function."""
    from assetgen.production.events import Events

    if given is None:
        return Events()
    if not isinstance(given, Events):
        raise TypeError(f"`events` is an object such as assetgen.Events(note=print), not {_said(given)}")
    return given


def _said(given: object) -> str:
    """What was given, as a message can show it: a class by its name, a text shortened, all else by its type."""
    if isinstance(given, type):
        return f"the class {given.__name__}"
    if isinstance(given, str | bytes | int | float):
        shown = repr(given)
        return shown if len(shown) <= _MOST else f"{shown[:_MOST]}…"
    return "None" if given is None else f"a {type(given).__name__}"
