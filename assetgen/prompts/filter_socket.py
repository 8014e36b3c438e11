"""The filters that templates have besides Jinja's own, each with what it looks up by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint

from jinja2 import nodes, pass_context
from jinja2.environment import Environment
from jinja2.runtime import Context, Undefined

from assetgen.errors import PluginError, Problem, SetupError
from assetgen.plugins import OURS, blamed, loaded, package_of, plugin_in_words, plugins, refuse_plugin, refuse_second
from assetgen.ports import ReadingFilter
from assetgen.promises import promised

CASES = frozenset(["upper", "lower", "capitalize", "title"])
"""The filters that change capitals, by the rules of a language."""

REPLACED = CASES | {"float", "int"}
"""The filters of Jinja that ours take the place of: its own make ISTANBUL of istanbul, and 0 of 9,90."""


class Lookups(Mapping[str, object]):
    """The names that a filter declared, with what they are in the row at hand, and nothing else.

    `locale` is a name, and so is `product.currency`.
    """

    def __init__(self, context: Context, names: frozenset[str], what: str) -> None:
        self._context = context
        self._names = names
        self._what = what

    def __getitem__(self, name: str) -> object:
        """The value of a name. Raises PluginError for one that was not declared."""
        if name not in self._names:
            hint = f'its author declares it: `@reads("{name}")`'
            raise PluginError(Problem(f"{self._what} looks up `{name}` and does not say so", hint=hint))
        root, _, attribute = name.partition(".")
        value = self._context.resolve(root)
        return self._context.environment.getattr(value, attribute) if attribute else value

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._names))

    def __len__(self) -> int:
        return len(self._names)


@dataclass(frozen=True)
class TemplateFilter:
    """A filter under its name in templates."""

    what: str
    ours: bool
    given: Callable[..., object]

    @classmethod
    def of(cls, point: EntryPoint) -> TemplateFilter:
        """The filter of an entry point.

        Raises SetupError for one that takes Jinja's context: what it reads there, nobody could know.
        """
        given, what = loaded(point), plugin_in_words(point)
        if not callable(given):
            refuse_plugin(point, f"`{point.value}` is of type {type(given).__name__}, and not a function")
        if hasattr(given, "jinja_pass_arg"):
            hint = 'take `pass_context` away and say what is looked up: `@reads("locale")`, of assetgen.ports'
            raise SetupError(Problem(f"{what} looks into the context and does not declare what it reads", hint=hint))
        return cls(what, package_of(point) == OURS, given)

    @property
    def names(self) -> frozenset[str]:
        """The names that it may look up."""
        return self.given.names if isinstance(self.given, ReadingFilter) else frozenset()

    def looks_up(self, given: int, named: set[str]) -> Iterator[str]:
        """The names that it looks up when called with so many arguments after the value, and with those named."""
        if isinstance(self.given, ReadingFilter):
            yield from self.given.looks_up(given, named)

    def for_jinja(self) -> Callable[..., object]:
        """The function that stands in Jinja's table; what fails in somebody else's raises PluginError."""
        given = self.given
        if isinstance(given, ReadingFilter):

            @pass_context
            def looking(context: Context, *arguments: object, **named: object) -> object:
                with self._blamed():
                    return self._checked(given(Lookups(context, given.names, self.what), *arguments, **named))

            return looking

        def plain(*arguments: object, **named: object) -> object:
            with self._blamed():
                return self._checked(given(*arguments, **named))

        return plain

    def _checked(self, result: object) -> object:
        """What a filter gave, a list in the place of what can be gone through only once.

        Raises TypeError or ValueError for what somebody else's gave and no template could print.
        """
        if self.ours:
            return result
        found = list(result) if isinstance(result, Iterator) else result
        for each in _printed(found):
            text = str(each)
            promised(str, text, "what it gives")
            if re.search(r" at 0x[0-9a-fA-F]+>", text):
                raise TypeError(f"it gives {type(each).__name__}, which nobody can read")
        return found

    def _blamed(self) -> AbstractContextManager[None]:
        return nullcontext() if self.ours else blamed(self.what)


def _printed(result: object) -> Iterator[object]:
    """What a template may print of a result, in whatever it is packed."""
    if isinstance(result, Mapping):
        yield from result
        yield from (each for value in result.values() for each in _printed(value))
    elif isinstance(result, list | tuple | set | frozenset):
        yield from (each for value in result for each in _printed(value))
    elif not isinstance(result, Undefined):  # which tells by itself what is missing, where it is printed
        yield result


@cache
def filters() -> Mapping[str, TemplateFilter]:
    """The filters that are installed, by name. Raises SetupError for one that cannot be used."""
    return {name: TemplateFilter.of(point) for name, point in plugins("filters").items()}


def install_filters(environment: Environment) -> None:
    """Puts all filters into Jinja's table.

    Raises SetupError for one that is called as one of Jinja's: templates that use that would print something else.
    """
    for name in filters():
        if name in environment.filters and name not in REPLACED:
            refuse_second(f"filter `{name}`", "jinja2", package_of(plugins("filters")[name]))
    environment.filters.update({name: each.for_jinja() for name, each in filters().items()})


def names_looked_up(node: nodes.Filter, known: Mapping[str, TemplateFilter]) -> Iterator[str]:
    """The names that the filter of this node looks up by itself, also where `map` calls it."""
    name, arguments = node.name, list(node.args)
    if node.name == "map" and arguments:
        first, *arguments = arguments
        name = str(first.value) if isinstance(first, nodes.Const) else ""
        if not name:  # whichever it is going to be
            yield from frozenset[str]().union(*(each.names for each in known.values()))
    if each := known.get(name):
        yield from each.looks_up(len(arguments), {str(keyword.key) for keyword in node.kwargs})
