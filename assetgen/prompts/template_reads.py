"""Reads of a template and of those that it includes, found without rendering them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple, TypeVar

from jinja2 import nodes

from assetgen.errors import Problem, did_you_mean, nearest
from assetgen.model.brief import TemplateText
from assetgen.prompts.blocks import block_problems
from assetgen.prompts.dialect import Dialect, locate
from assetgen.prompts.filter_socket import names_looked_up

T = TypeVar("T")

Vocabulary = Mapping[str, frozenset[str] | None]
"""The roots that templates may speak of (`product`, `locale`), with their attributes, or None where anything goes."""

OWN_FILTERS = (
    "there are `money`, `percent`, `percent_off`, `date`, `number`, `title`, and those of Jinja such as `upper`"
)

GIVEN_BY_JINJA = frozenset({"caller", "kwargs", "loop", "self", "super", "varargs"})
"""The names that Jinja itself brings into loops, blocks and macros."""


class Read(NamedTuple):
    """A mention of `root.attribute`, or of the root alone."""

    root: str
    attribute: str | None = None


def mentions(node: nodes.Node, dialect: Dialect) -> Iterator[Read]:
    """The reads of this very node; filters such as `money` look some values up themselves."""
    match node:
        case nodes.Name(name=root, ctx="load"):
            yield Read(root)
        case nodes.Getattr(node=nodes.Name(name=root), attr=attribute):
            yield Read(root, attribute)
        case nodes.Getitem(node=nodes.Name(name=root), arg=nodes.Const(value=str(attribute))):
            yield Read(root, attribute)
        case nodes.Filter():
            for name in names_looked_up(node, dialect.looking):
                looked, _, part = name.partition(".")
                yield Read(looked, part or None)


def roots_read_whole(node: nodes.Node) -> Iterator[str]:
    """The names that this node reads without naming one of their attributes."""
    by_attribute = isinstance(node, nodes.Getattr) or (
        isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const)
    )
    if not by_attribute:
        yield from (child.name for child in node.iter_child_nodes() if isinstance(child, nodes.Name))


def quoted_or_plain(tree: nodes.Node) -> Iterator[str]:
    """The texts of a template: those outside of its braces, and those in quotes."""
    for node in tree.find_all((nodes.TemplateData, nodes.Const)):
        text = node.data if isinstance(node, nodes.TemplateData) else getattr(node, "value", None)
        if isinstance(text, str):
            yield text


def columns_listed(node: nodes.Node) -> Iterator[Read]:
    """The columns of `products | map(attribute="title")`, whatever filters come in between."""
    inner: nodes.Node | None = node
    while isinstance(inner, nodes.Filter):
        inner = inner.node
    if isinstance(inner, nodes.Name) and inner.name == "products":
        for argument in node.find_all(nodes.Keyword):
            if argument.key == "attribute" and isinstance(argument.value, nodes.Const):
                yield Read("products", str(argument.value.value))


def reads_optional(node: nodes.Node, dialect: Dialect) -> Iterator[Read]:
    """The reads that the node allows to be absent: `x is defined`, `x | default("…")`."""
    match node:
        case nodes.Filter(name="default" | "d", node=nodes.Node() as inner):
            yield from mentions(inner, dialect)
        case nodes.Test(name="defined" | "undefined", node=inner):
            yield from mentions(inner, dialect)


def names_assigned(node: nodes.Node) -> Iterator[str]:
    """The names that the node brings into the template: `set`, loop variables, macros and their arguments, imports."""
    match node:
        case nodes.Name(name=name, ctx="store" | "param") | nodes.Macro(name=name) | nodes.Import(target=name):
            yield name
        case nodes.FromImport(names=names):
            yield from (name if isinstance(name, str) else name[1] for name in names)


def templates_referred(node: nodes.Node) -> Iterator[nodes.Expr]:
    """The names of the templates that the node extends, includes or imports."""
    if isinstance(node, nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport):
        names = node.template
        yield from names.items if isinstance(names, nodes.List | nodes.Tuple) else [names]


@dataclass(frozen=True)
class Survey:
    """A template with all that it extends, includes or imports: the source and the tree of each, its own first."""

    dialect: Dialect
    family: tuple[tuple[TemplateText, nodes.Template], ...]

    @classmethod
    def of(cls, dialect: Dialect, source: TemplateText, tree: nodes.Template) -> Survey:
        """The survey of a template. Raises InputError where one of its family is not well formed."""
        family = [(source, tree)]
        seen = set[str]()
        for _, member in family:  # grows while it is walked
            for node in member.find_all(nodes.Node):
                for name in templates_referred(node):
                    if isinstance(name, nodes.Const) and name.value in dialect.sources and name.value not in seen:
                        seen.add(name.value)
                        included = dialect.sources[name.value]
                        family.append((included, dialect.parse_text(included)))
        return cls(dialect, tuple(family))

    @cached_property
    def mentioned(self) -> frozenset[Read]:
        """The reads of the whole family."""
        return self._all(partial(mentions, dialect=self.dialect))

    @cached_property
    def whole(self) -> frozenset[str]:
        """The roots of which the family reads more than single attributes."""
        return self._all(roots_read_whole)

    @cached_property
    def _optional(self) -> frozenset[Read]:
        return self._all(partial(reads_optional, dialect=self.dialect))

    @cached_property
    def _own_names(self) -> frozenset[str]:
        """The names that the family brings along: one that is set anywhere in it counts as known everywhere."""
        return self._all(names_assigned) | GIVEN_BY_JINJA | self.dialect.globals.keys()

    def _all(self, find: Callable[[nodes.Node], Iterator[T]]) -> frozenset[T]:
        return frozenset(found for _, tree in self.family for node in tree.find_all(nodes.Node) for found in find(node))

    def problems(self, vocabulary: Vocabulary) -> Iterator[Problem]:
        """The unknown filters, tests, templates and words, each at its place."""
        for source, tree in self.family:
            for node in tree.find_all(nodes.Node):
                yield from self._unknown_tools(source, node)
                yield from self._missing_templates(source, node)
                for mention in (*mentions(node, self.dialect), *columns_listed(node)):
                    yield from self._unknown_words(source, node, mention, vocabulary)
        yield from block_problems(self.family)

    def _unknown_tools(self, source: TemplateText, node: nodes.Node) -> Iterator[Problem]:
        filters, tests = self.dialect.filters, self.dialect.tests
        match node:
            case nodes.Filter(name=name) if name not in filters:
                hint = did_you_mean(name, filters, otherwise=OWN_FILTERS)
                yield Problem(f"there is no filter `{name}`", locate(source, node.lineno), hint)
            case nodes.Test(name=name) if name not in tests:
                yield Problem(f"there is no test `is {name}`", locate(source, node.lineno), did_you_mean(name, tests))

    def _missing_templates(self, source: TemplateText, node: nodes.Node) -> Iterator[Problem]:
        for name in templates_referred(node):
            place = locate(source, name.lineno)
            if not isinstance(name, nodes.Const):
                yield Problem("the name of a template must be written out", place, 'as in `{% include "base" %}`')
            elif name.value not in self.dialect.sources and not getattr(node, "ignore_missing", False):
                hint = did_you_mean(name.value, self.dialect.sources)
                yield Problem(f"there is no prompt template `{name.value}`", place, hint)

    def _unknown_words(
        self, source: TemplateText, node: nodes.Node, mention: Read, vocabulary: Vocabulary
    ) -> Iterator[Problem]:
        root, attribute = mention
        if root in self._own_names or {mention, Read(root)} & self._optional:
            return
        if root not in vocabulary:
            if attribute is None:
                yield Problem(f"nothing is called `{root}` here", locate(source, node.lineno), _root(root, vocabulary))
            return
        known = vocabulary[root]
        if attribute is not None and known is not None and attribute not in known:
            # The parser marks an attribute at its dot.
            place = locate(source, node.lineno, further=0 if isinstance(node, nodes.Filter) else 1)
            more = _doing_without(attribute) if root == "product" else ""
            yield Problem(f"`{root}` has no `{attribute}`", place, _hint(attribute, known, more))


def _hint(word: str, known: Iterable[str], more: str = "") -> str:
    """A hint with the name that was meant; where nobody knows, all names and what more there is to say."""
    names = sorted(known)
    return did_you_mean(word, names) or "known here: " + ", ".join(f"`{name}`" for name in names) + more


def _doing_without(column: str) -> str:
    """How words get by with a table that has not got a column."""
    read = f"product.{column}"
    return f"; for a table without it, write `{read} | default('')`, or ask whether `{read} is defined`"


def _root(word: str, vocabulary: Vocabulary) -> str:
    """A hint to the name, or to the column of a product, that was meant."""
    if near := did_you_mean(word, vocabulary):
        return near
    if column := nearest(word, vocabulary.get("product") or ()):
        return f"did you mean `product.{column}`?"
    return f"{_hint(word, vocabulary)}; a text goes into quotes"
