"""What others add by installing a package: found by entry points, ours by the same road as anybody's."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePath

from assetgen.errors import (
    AssetgenError,
    InputError,
    Location,
    PluginError,
    Problem,
    SetupError,
    Unforeseen,
    did_you_mean,
)
from assetgen.version import DISTRIBUTION

INTERFACE = 1
"""The version of all sockets together; docs/plugins.md says what is promised of it."""

OURS = DISTRIBUTION
"""The package whose plug-ins are our own."""

_WRITTEN_FOR = "ASSETGEN_INTERFACE"
"""The line in a plug-in's module that says for which version of the sockets it was written."""


@cache
def plugins(socket: str) -> Mapping[str, EntryPoint]:
    """The plug-ins of a socket such as `providers` by name, ours and others', none of them imported yet.

    Raises SetupError where two packages bring the same name: which of them is meant is not for us to choose.
    """
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=f"assetgen.{socket}"), key=lambda each: (each.name, package_of(each))):
        if point.name in found:
            refuse_second(f"{_noun(point)} `{point.name}`", package_of(found[point.name]), package_of(point))
        found[point.name] = point
    return found


def refuse_second(what: str, one: str, other: str) -> None:
    """Raises SetupError for a name that stands twice. `one` and `other` are the packages that bring it."""
    whose = f"twice by `{one}`" if one == other else f"by `{one}` and by `{other}`"
    raise SetupError(Problem(f"{what} is brought {whose}", hint=f"remove the package `{other}`, or tell its author"))


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
    """What an entry point names.

    Raises SetupError where its package is broken or written for sockets of a later version, with the package's name.
    """
    what, package = plugin_in_words(point), package_of(point)
    try:
        thing: object = point.load()
    except Exception as error:
        hint = f"update or remove the package `{package}`"
        raise SetupError(Problem(f"{what} cannot be used here: {error}", hint=hint)) from error
    version = getattr(sys.modules.get(point.module), _WRITTEN_FOR, INTERFACE)
    if version > INTERFACE:
        message = f"{what} is written for version {version} of the sockets, and this assetgen has version {INTERFACE}"
        raise SetupError(Problem(message, hint=f"update assetgen, or install an older `{package}`"))
    return thing


def package_of(point: EntryPoint) -> str:
    """The name of the package that brings a plug-in, as pip knows it."""
    return point.dist.name if point.dist else point.module.partition(".")[0]


def plugin_in_words(point: EntryPoint) -> str:
    """A plug-in as messages call it, such as "filter `length` of `our-words`"; ours go without a package."""
    named = f"{_noun(point)} `{point.name}`"
    return named if package_of(point) == OURS else f"{named} of `{package_of(point)}`"


@contextmanager
def blamed(what: str, *passing: type[Exception]) -> Iterator[None]:
    """Any exception of somebody else's code inside becomes a PluginError that begins with `what`, such as "check `x`".

    Errors of our own family pass as they are, for they say already who has to act; so do those that `passing` names.
    """
    through: tuple[type[Exception], ...] = (AssetgenError, *passing)
    try:
        yield
    except through:
        raise
    except Exception as error:
        hint = "this is a fault of that plug-in: tell its author, or leave it out"
        raise PluginError(Problem(f"{what} failed with {error_in_words(error)}", hint=hint)) from error


@contextmanager
def faults_told(*passing: type[Exception]) -> Iterator[None]:
    """Any exception that nobody foresaw becomes an Unforeseen: it costs what was being worked on, and no more.

    Errors of our own family pass as they are, and so do those that `passing` names.
    """
    through: tuple[type[Exception], ...] = (AssetgenError, *passing)
    try:
        yield
    except through:
        raise
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        message = f"a fault that nobody foresaw: {error_in_words(error)}"
        hint = f"this is ours, in {PurePath(place.filename).name}:{place.lineno}: please report it; the rest goes on"
        raise Unforeseen(Problem(message, hint=hint)) from error


def error_in_words(error: Exception) -> str:
    """Class and text of somebody else's exception, on one line."""
    return " ".join(f"{type(error).__name__}: {error}".removesuffix(": ").split())


def _noun(point: EntryPoint) -> str:
    return point.group.rpartition(".")[2].removesuffix("s")
