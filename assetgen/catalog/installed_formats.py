"""The formats that are installed, found by the entry points of `assetgen.formats`."""

from __future__ import annotations

from assetgen.catalog.format import Format
from assetgen.errors import Location, Problem, SetupError
from assetgen.plugins import named_plugin, plugins


def format_named(name: str, place: Location | None = None) -> Format:
    """The format behind a name. Raises InputError for an unknown one, SetupError for one that cannot be used here."""
    found = named_plugin("formats", name, place)
    if not isinstance(found, Format) or found.name != name:
        what = (
            f"is a format `{found.name}`" if isinstance(found, Format) else f"is no Format but a {type(found).__name__}"
        )
        package = plugins("formats")[name].dist
        hint = f"update or remove the package `{package.name}`" if package else None
        raise SetupError(Problem(f"what is installed as format `{name}` {what}", hint=hint))
    return found


def installed_formats() -> tuple[Format, ...]:
    """All formats in the order in which a table is held against them: those whose marks tell most come first.

    In what order they were installed makes no difference. Raises SetupError for one that cannot be used here.
    """
    return tuple(sorted(map(format_named, plugins("formats")), key=lambda each: (-each.telling, each.name)))
