"""What others add by installing a package: found by entry points, ours by the same road as anybody's."""

from __future__ import annotations

import inspect
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import Distribution, EntryPoint, distributions, entry_points
from pathlib import PurePath
from typing import ClassVar, Never, TypeVar, cast, get_origin

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
from assetgen.promises import promised
from assetgen.version import DISTRIBUTION

INTERFACE = 1
"""The version of all sockets together; docs/plugins.md says what is promised of it."""

OURS = DISTRIBUTION
"""The package whose plug-ins are our own."""

T = TypeVar("T")

_WRITTEN_FOR = "ASSETGEN_INTERFACE"
"""The line in a plug-in's module that says for which version of the sockets it was written."""

_CLASS_VARIABLE: object = ClassVar

_HOUSE = __name__.partition(".")[0]
"""The package that all our own code is in."""


@cache
def plugins(socket: str) -> Mapping[str, EntryPoint]:
    """The plug-ins of a socket such as `providers` by name, ours and others', none of them imported yet.

    Raises SetupError where two packages bring the same name: which of them is meant is not for us to choose.
    """
    found: dict[str, EntryPoint] = {}
    for point in sorted(_entry_points(socket), key=lambda each: (each.name, package_of(each))):
        if point.name in found:
            refuse_second(f"{_noun(point)} `{point.name}`", package_of(found[point.name]), package_of(point))
        found[point.name] = point
    return found


def _entry_points(socket: str) -> Iterable[EntryPoint]:
    """The entry points of all packages. Raises SetupError, with its name, for a package whose list is unreadable."""
    try:
        return entry_points(group=f"assetgen.{socket}")
    except Exception as error:  # the lists are written by anybody
        for package in distributions():
            try:
                package.entry_points  # noqa: B018 - reading them is what fails
            except Exception as its_own:  # noqa: BLE001 - whatever a broken list makes of itself
                message = f"the entry points of the package `{package.name}` cannot be read: {error_in_words(its_own)}"
                raise SetupError(Problem(message, hint=f"install `{package.name}` again, or remove it")) from error
        raise


def refuse_second(what: str, one: str, other: str) -> Never:
    """Raises SetupError for a name that stands twice. `one` and `other` are the packages that bring it."""
    whose = f"twice by `{one}`" if one == other else f"by `{one}` and by `{other}`"
    raise SetupError(Problem(f"{what} is brought {whose}", hint=f"remove the package `{other}`, or tell its author"))


def named_plugin(socket: str, name: str, place: Location | None = None) -> EntryPoint:
    """The entry point of a plug-in, not imported yet. Raises InputError at `place` for a name that nobody brings."""
    known = plugins(socket)
    if name not in known:
        hint = did_you_mean(name, known, otherwise=f"installed are {', '.join(known)}")
        raise InputError(Problem(f"there is no {socket.removesuffix('s')} `{name}`", place, hint))
    return known[name]


def loaded(point: EntryPoint) -> object:
    """What an entry point names.

    Raises SetupError where its package is broken or written for sockets of a later version, with the package's name.
    """
    if not point.pattern.match(point.value):
        refuse_plugin(point, f"its entry point `{point.value}` names no `module:object`")
    try:
        thing: object = point.load()
        version = getattr(sys.modules.get(point.module), _WRITTEN_FOR, INTERFACE)
    except BaseException as error:
        if _is_to_pass(error):
            raise
        words = _text_of(error) if isinstance(error, Exception) and _text_of(error) else error_in_words(error)
        refuse_plugin(point, words)
    if not isinstance(version, int):
        refuse_plugin(point, f"its {_WRITTEN_FOR} is no number")
    if version > INTERFACE:
        what, package = plugin_in_words(point), package_of(point)
        message = f"{what} is written for version {version} of the sockets, and this assetgen has version {INTERFACE}"
        raise SetupError(Problem(message, hint=f"update assetgen, or install an older `{package}`"))
    return thing


def loaded_class(point: EntryPoint, base: Callable[..., T]) -> type[T]:
    """The subclass of a socket's class that an entry point names.

    Raises SetupError, with the name of the package, for what is none, lacks a method that it has to have, or has class
    variables of another type than the socket's class says.
    """
    assert isinstance(base, type)  # noqa: S101 - `type[T]` takes no abstract class
    found = loaded(point)
    if not (isinstance(found, type) and issubclass(found, base)):
        refuse_plugin(point, f"`{point.value}` is no subclass of `{base.__module__}.{base.__name__}`")
    if missing := sorted(getattr(found, "__abstractmethods__", ())):
        refuse_plugin(point, f"`{point.value}` has no {', '.join(f'`{name}`' for name in missing)}")
    try:
        check_variables(found, base)
    except (TypeError, ValueError) as error:
        refuse_plugin(point, str(error))
    return cast("type[T]", found)


def check_variables(found: object, base: type) -> None:
    """Looks whether the class variables of a plug-in's class or object are what its socket's class says.

    Those that a property gives are known of objects alone. Raises TypeError, ValueError, and what a property raises.
    """
    for name, kind in _class_variables(base):
        try:
            value = getattr(found, name)
        except AttributeError:
            called = getattr(found, "__name__", type(found).__name__)
            raise TypeError(f"`{called}` has no `{name}`") from None
        if not isinstance(value, property):
            promised(kind, value, f"its `{name}`")


def _class_variables(base: type) -> Iterator[tuple[str, object]]:
    """The class variables of a socket's class and its bases, with what their annotations promise."""
    for owner in base.__mro__:
        if owner.__module__.partition(".")[0] == _HOUSE:
            for name, kind in inspect.get_annotations(owner, eval_str=True).items():
                if get_origin(kind) is _CLASS_VARIABLE:
                    yield name, kind


def refuse_plugin(point: EntryPoint, reason: str) -> Never:
    """Raises SetupError for a plug-in that cannot be used, and says which package to do something about."""
    hint = f"update or remove the package `{package_of(point)}`"
    raise SetupError(Problem(f"{plugin_in_words(point)} cannot be used here: {reason}", hint=hint))


def package_of(point: EntryPoint) -> str:
    """The name of the package that brings a plug-in, as pip knows it."""
    return (point.dist and _name_of(point.dist)) or point.value.partition(":")[0].partition(".")[0]


@cache
def _name_of(package: Distribution) -> str:
    return package.name  # which parses its metadata, every time


def plugin_in_words(point: EntryPoint) -> str:
    """A plug-in as messages call it, such as "filter `length` of `our-words`"; ours go without a package."""
    named = f"{_noun(point)} `{point.name}`"
    return named if package_of(point) == OURS else f"{named} of `{package_of(point)}`"


@contextmanager
def blamed(what: str, *passing: type[BaseException]) -> Iterator[None]:
    """Whatever somebody else's code raises inside becomes a PluginError that begins with `what`, such as "check `x`".

    An installed plug-in, such as "provider `x`", is told with its package. Errors of our own family pass as they are,
    for they say already who has to act, and so do those that `passing` names and the wish to stop. That a plug-in wants
    the program to end is a fault of its own: `SystemExit` does not pass.
    """
    try:
        yield
    except BaseException as error:
        if isinstance(error, (AssetgenError, *passing)) or _is_to_pass(error):
            raise
        words, hint = _culprit(what)
        raise PluginError(Problem(f"{words} failed with {error_in_words(error)}", hint=hint)) from error


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
    except Exception as error:  # whatever it is, it costs one thing and not the run
        place = traceback.extract_tb(error.__traceback__)[-1]
        message = f"a fault that nobody foresaw: {error_in_words(error)}"
        hint = f"this is ours, in {PurePath(place.filename).name}:{place.lineno}: please report it; the rest goes on"
        raise Unforeseen(Problem(message, hint=hint)) from error


def each_blamed(what: str, given: Callable[[], Iterable[T]], *passing: type[BaseException]) -> Iterator[T]:
    """The things that somebody else's code gives one by one, each asked for as `blamed` does."""
    with blamed(what, *passing):
        things = iter(given())
    while True:
        with blamed(what, *passing):
            try:
                thing = next(things)
            except StopIteration:
                return
        yield thing  # outside: that nobody wants more of them is no fault of theirs


def _is_to_pass(error: BaseException) -> bool:
    """Whether somebody wants the program to end: Ctrl-C, or an exception of the command line's own for that."""
    wanted = type(error).__module__.partition(".")[0] == _HOUSE and not isinstance(error, Exception)
    return wanted or isinstance(error, KeyboardInterrupt)


def _culprit(what: str) -> tuple[str, str]:
    """What failed, with its package where it is an installed plug-in, and what to do about it."""
    noun, _, name = what.partition(" ")
    point = plugins(f"{noun}s").get(name.strip("`"))
    if point and package_of(point) == OURS:
        return what, "this is a fault of assetgen's own: please report it"
    return (
        plugin_in_words(point) if point else what,
        "this is a fault of that plug-in: tell its author, or leave it out",
    )


def error_in_words(error: BaseException) -> str:
    """Class and text of somebody else's exception, on one line."""
    return f"{type(error).__name__}: {_text_of(error)}".removesuffix(": ")


def _text_of(error: BaseException) -> str:
    try:
        return " ".join(str(error).split()).encode(errors="backslashreplace").decode()
    except Exception:  # noqa: BLE001 - an exception that fails over saying what it is
        return ""


def _noun(point: EntryPoint) -> str:
    return point.group.rpartition(".")[2].removesuffix("s")
