"""Providers are found by the entry points of the group `assetgen.providers`; ours take the same road as anybody's."""

from __future__ import annotations

from importlib.metadata import entry_points

from assetgen.errors import InputError, Location, Problem, SetupError, did_you_mean
from assetgen.ports import Provider

__all__ = ["find_provider"]

GROUP = "assetgen.providers"


def find_provider(name: str, place: Location | None = None) -> type[Provider]:
    """The class behind a name. Raises InputError for an unknown one, SetupError for one that cannot be imported."""
    known = {point.name: point for point in entry_points(group=GROUP)}
    if name not in known:
        hint = did_you_mean(name, known, otherwise=f"installed are {', '.join(sorted(known))}")
        raise InputError(Problem(f"there is no provider `{name}`", place, hint))
    try:
        found: type[Provider] = known[name].load()
    except ImportError as error:
        raise SetupError(Problem(f"provider `{name}` cannot be used here: {error}", place)) from error
    return found
