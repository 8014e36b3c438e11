"""Whatever makes plates: a file or a folder for each provider, found by the entry points of `assetgen.providers`."""

from __future__ import annotations

from assetgen.errors import Location
from assetgen.plugins import loaded_class, named_plugin
from assetgen.ports import Provider

__all__ = ["find_provider"]


def find_provider(name: str, place: Location | None = None) -> type[Provider]:
    """The class behind a name. Raises InputError for an unknown one, SetupError for one that cannot be used here."""
    return loaded_class(named_plugin("providers", name, place), Provider)
