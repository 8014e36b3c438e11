"""What others add by installing a package: found by entry points, ours by the same road as anybody's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from assetgen.errors import AssetgenError, InputError, Location, PluginError, Problem, SetupError, did_you_mean

INTERFACE = 1
"""The version of all sockets together; docs/plugins.md says what is promised of it."""


@cache
def plugins(socket: str) -> Mapping[str, EntryPoint]:
    """The plug-ins of a socket such as `providers` by name, ours and others', none of them imported yet."""
    return {point.name: point for point in sorted(entry_points(group=f"assetgen.{socket}"), key=lambda p: p.name)}


def named_plugin(socket: str, name: str, place: Location | None = None) -> object:
    """What a plug-in's entry point names.

    Raises InputError at `place` for a name that nothing is installed under, SetupError where it cannot be imported.
    """
    known = plugins(socket)
    if name not in known:
        hint = did_you_mean(name, known, otherwise=f"installed are {', '.join(known)}")
        raise InputError(Problem(f"there is no {socket.removesuffix('s')} `{name}`", place, hint))
    return loaded(known[name])


def loaded(point: EntryPoint) -> object:
    """What an entry point names. Raises SetupError where its package is broken, with the package's name."""
    try:
        return point.load()
    except Exception as error:
        what = f"{point.group.rpartition('.')[2].removesuffix('s')} `{point.name}`"
        hint = f"update or remove the package `{point.dist.name}`" if point.dist else None
        raise SetupError(Problem(f"{what} cannot be used here: {error}", hint=hint)) from error


@contextmanager
def blamed(what: str) -> Iterator[None]:
    """Any exception of somebody else's code inside becomes a PluginError that begins with `what`, such as "check `x`".

    Errors of our own family pass as they are: they say already who has to act.
    """
    try:
        yield
    except AssetgenError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".rstrip(": ")
        hint = "this is a fault of that plug-in: tell its author, or leave it out"
        raise PluginError(Problem(f"{what} failed with {reason}", hint=hint)) from error
