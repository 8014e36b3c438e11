"""The formats that are installed, found by the entry points of `assetgen.formats`."""

from __future__ import annotations

from assetgen.catalog.format import Format
from assetgen.errors import Location
from assetgen.plugins import OURS, loaded, named_plugin, package_of, plugins, refuse_plugin
from assetgen.promises import promised


def format_named(name: str, place: Location | None = None) -> Format:
    """The format behind a name. Raises InputError for an unknown one, SetupError for one that cannot be used here."""
    point = named_plugin("formats", name, place)
    found = loaded(point)
    if package_of(point) != OURS:  # those of ours are held to it by their types
        try:
            promised(Format, found, "it")
        except (TypeError, ValueError) as error:
            refuse_plugin(point, str(error))
    assert isinstance(found, Format)  # noqa: S101 - so was promised
    if found.name != name:
        refuse_plugin(point, f"it calls itself `{found.name}`")
    return found


def installed_formats() -> tuple[Format, ...]:
    """All formats in the order in which a table is held against them: those whose marks tell most come first.

    In what order they were installed makes no difference. Raises SetupError for one that cannot be used here.
    """
    return tuple(sorted(map(format_named, plugins("formats")), key=lambda each: (-each.telling, each.name)))
