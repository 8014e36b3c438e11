"""The sandbox of templates: what they may call, and every step of theirs counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from functools import wraps
from typing import Any, TypeVar

from jinja2 import nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assetgen.errors import InputError, Problem
from assetgen.prompts import effort

N = TypeVar("N", bound=nodes.Node)

_TEXTS = """
capitalize casefold center count endswith find format format_map index isalnum isalpha isascii isdecimal isdigit
isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip partition removeprefix
removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title upper
zfill
"""
_METHODS: tuple[tuple[type | tuple[type, ...], frozenset[str]], ...] = (
    (str, frozenset(_TEXTS.split())),
    (Mapping, frozenset({"get", "items", "keys", "values"})),
    ((list, tuple, range), frozenset({"count", "index"})),
    ((int, float, complex, bytes, set, frozenset), frozenset({"is_integer"})),
)
"""The methods that templates may use, by the type of the value. The others help nobody here, and some can do harm."""

FOR_WEB_PAGES = ("tojson", "urlize", "xmlattr")
"""Filters of Jinja that make web pages, and that could write without end."""


class _CountingGenerator(CodeGenerator):
    """Writes templates so that their loops, joined texts and lists are counted, which Jinja lets nobody intercept."""

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 - Jinja's name, as below
        turns = nodes.Call(nodes.EnvironmentAttribute("turns"), [node.iter], [], None, None, lineno=node.lineno)
        loop = nodes.For(node.target, turns, node.body, node.else_, node.test, node.recursive, lineno=node.lineno)
        loop.set_environment(self.environment)
        super().visit_For(loop, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self._passed_on("joined", super().visit_List, nodes.List(node.nodes), frame)

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
        self._passed_on("gathered", super().visit_List, node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        self._passed_on("gathered", super().visit_Dict, node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        if node.ctx == "load":
            self._passed_on("gathered", super().visit_Tuple, node, frame)
        else:
            super().visit_Tuple(node, frame)

    def _passed_on(self, method: str, visit: Callable[[N, Frame], None], node: N, frame: Frame) -> None:
        self.write(f"environment.{method}(")
        visit(node, frame)
        self.write(")")


class _CountedContext(Context):
    """The names of a template; each one that is included, imported or extended begins with some."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        effort.spend(effort.STEP)
        super().__init__(*arguments, **named)


@pass_context
def _finalized(_context: Context, value: object) -> object:
    """What stands in braces, before it becomes text. With the context, for Jinja works out nothing beforehand then."""
    if isinstance(value, str):
        return value
    if isinstance(value, Iterator):
        raise InputError(Problem("this is a list of texts and no text", hint='`| join(", ")` makes one text of it'))
    if callable(value) and not isinstance(value, Undefined):
        raise InputError(Problem("this has to be called before it is a text", hint="write `()` after it"))
    effort.spend(effort.size(value))
    return effort.sound(value)


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment in which no template can do harm: none reaches out, runs for long or fills the memory.

    Rendering goes on inside of `effort.bounded`. Nothing is worked out while a template is compiled.
    """

    code_generator_class = _CountingGenerator
    context_class = _CountedContext
    concat = staticmethod(effort.counted_text)
    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def __init__(self, **options: Any) -> None:
        super().__init__(finalize=_finalized, optimized=False, **options)
        for name in FOR_WEB_PAGES:
            del self.filters[name]

    def count_filters(self) -> None:
        """Lets all filters be counted; called when the last one has been put in."""
        self.filters.update({name: _counted(name, function) for name, function in self.filters.items()})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may use this attribute or method."""
        for kind, methods in _METHODS:
            if isinstance(obj, kind):
                return attr in methods
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """The method `format` of a text, in the sandbox and counted; None for anything else."""
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None

        @wraps(wrapped)
        def counted(*values: object, **named: object) -> str:
            effort.spend(effort.growth_of_format(str(value.__self__), *values, **named))
            return wrapped(*values, **named)

        return counted

    def call(self, context: Context, function: Any, /, *arguments: Any, **named: Any) -> Any:
        """What a call in a template gives."""
        effort.spend(effort.STEP + effort.size([*arguments, named]) // effort.PASSED)
        owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
        if isinstance(owner, str) and (growth := effort.GROWING.get(name)) and name != "format":
            given = (arguments[0], owner) if name == "join" else (owner, *arguments)
            effort.spend(growth(*given, **{key: value for key, value in named.items() if key[0] != "_"}))
        return super().call(context, function, *arguments, **named)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """What an operator of two sides gives."""
        effort.spend_product(operator, left, right)
        return effort.sound(super().call_binop(context, operator, left, right))

    def turns(self, items: Iterable[object]) -> Iterable[object]:
        """What a loop goes through."""
        if isinstance(items, Iterator):
            return map(_turn, items)
        if isinstance(items, Sized):
            effort.spend(effort.STEP * len(items))
        return items

    def joined(self, pieces: list[object]) -> str:
        """What `~` gives."""
        effort.spend(effort.size(pieces))
        return "".join(map(str, pieces))

    def gathered(self, items: object) -> object:
        """A list, tuple or group that is written in a template."""
        effort.spend(effort.size(items))
        return items


def _turn(item: object) -> object:
    effort.spend(effort.STEP)
    return item


def _counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    growth = effort.GROWING.get(name)
    before = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def counted(*arguments: Any, **named: Any) -> Any:
        # What comes one by one is gathered, or nobody could know how much it is.
        given = [[*each] if isinstance(each, Iterator) else each for each in arguments[before:]]
        effort.spend(effort.STEP + effort.size([*given, named]) // effort.PASSED)
        if growth:
            effort.spend(growth(*given, **named))
        return function(*arguments[:before], *given, **named)

    return counted
