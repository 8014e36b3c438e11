"""Templates as the rest of the house uses them: compiled when first needed, checked, and rendered row by row."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property

from jinja2 import Template, TemplateNotFound, nodes

from assetgen.errors import InputError, Location, PluginError, Problem, did_you_mean
from assetgen.model.brief import TemplateText
from assetgen.prompts import effort
from assetgen.prompts.dialect import Dialect, NeutralDialect, locate
from assetgen.prompts.template_reads import Survey, Vocabulary, quoted_or_plain


class Compiled:
    """A template that is compiled when first used; keep it and render it for every row."""

    def __init__(self, dialect: Dialect, source: TemplateText, tidy: Callable[[str], str], name: str = "") -> None:
        self.source = source
        self._dialect = dialect
        self._tidy = tidy
        self._name = name or str(source.location)

    def render(self, context: Mapping[str, object]) -> str:
        """The text with its values put in as they are: braces in a product's title stay braces. Raises InputError."""
        try:
            with effort.bounded():
                text = self._tidy(self._template.render(context))
            text.encode()  # half a character could be written into no file
        except (InputError, PluginError) as error:
            place = self._place(error)
            raise InputError(*(p if p.location else replace(p, location=place) for p in error.problems)) from error
        except Exception as error:  # whatever the template of somebody else can raise, it is at this place
            hint = _AS_NUMBER if isinstance(error, TypeError) and "argument" not in str(error) else None
            raise InputError(Problem(_reason(error), self._place(error), hint)) from error
        return text

    def check(self, vocabulary: Vocabulary) -> list[Problem]:
        """The problems that every row would have, found before any of them is rendered."""
        try:
            if problems := list(self._survey.problems(vocabulary)):
                return problems
            self._template  # noqa: B018 - compiling finds what parsing does not, such as two blocks of one name
        except InputError as error:
            return list(error.problems)
        return []

    @property
    def columns(self) -> frozenset[str]:
        """The product columns that the template and all that it includes read."""
        return self.fields("product")

    def fields(self, root: str) -> frozenset[str]:
        """The attributes of `root` that the template and all that it includes read."""
        return frozenset(m.attribute for m in self._survey.mentioned if m.root == root and m.attribute)

    def takes_all(self, root: str) -> bool:
        """Whether the template or one that it includes reads `root` as a whole, so that any field of it can matter."""
        return root in self._survey.whole

    @property
    def own_words(self) -> str:
        """What stands in the template itself, outside of its braces and in quotes within them."""
        return " ".join(quoted_or_plain(self._tree))

    def uses(self, root: str) -> bool:
        """Whether the result can depend on `root`; amounts of money depend on `locale` by themselves."""
        return any(mention.root == root for mention in self._survey.mentioned)

    @cached_property
    def _tree(self) -> nodes.Template:
        return self._dialect.parse_text(self.source)

    @cached_property
    def _survey(self) -> Survey:
        return Survey.of(self._dialect, self.source, self._tree)

    @cached_property
    def _template(self) -> Template:
        return self._dialect.build(self._tree, self.source, self._name)

    def _place(self, error: Exception) -> Location:
        """The place of the innermost template line: Jinja writes the templates' own frames into the traceback."""
        sources = {**self._dialect.sources, self._name: self.source}
        for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
            if source := sources.get(frame.f_code.co_filename):
                return locate(source, line)
        return self.source.location


class CompiledRule(Compiled):
    """A rule, such as `product.sale_price`, as a template that is empty where it does not hold."""

    def holds(self, context: Mapping[str, object]) -> bool:
        """Whether the rule is true of these values. Raises InputError."""
        return bool(self.render(context))

    @cached_property
    def _tree(self) -> nodes.Template:
        return self._dialect.parse_rule(self.source)


class Templates:
    """The templates of one brief. `sources` are the prompt templates, which include one another by bare name.

    decimal_sign: `.` or `,` where the campaign says how its table writes numbers.
    """

    def __init__(self, sources: Mapping[str, TemplateText], decimal_sign: str | None = None) -> None:
        self._words = Dialect(sources, decimal_sign)
        self._dialect = NeutralDialect(sources, decimal_sign)

    def prompt(self, name: str) -> Compiled:
        """The prompt template of this name. Raises InputError, without a place, if there is none."""
        sources = self._dialect.sources
        if name not in sources:
            raise InputError(Problem(f"there is no prompt template `{name}`", hint=did_you_mean(name, sources)))
        return Compiled(self._dialect, sources[name], one_line, name)

    def text(self, source: TemplateText) -> Compiled:
        """The template of a line of copy, or of a layout."""
        return Compiled(self._words, source, each_line)

    def rule(self, source: TemplateText) -> CompiledRule:
        """The rule of a campaign or a layout."""
        return CompiledRule(self._dialect, source, str)


def one_line(text: str) -> str:
    """The text in one line: indentation, breaks, gaps and doubled full stops must not make a new key."""
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"\.{2,}", ".", re.sub(r" (?=[,.;:])", "", text))


def each_line(text: str) -> str:
    """The text without blanks that do nothing; line breaks stay, and so do the no-break spaces of prices."""
    return re.sub(r" *\n *", "\n", re.sub(r"[ \t]+", " ", text)).strip(" \n")


_AS_NUMBER = "cells are text; `| number` makes a number of one"
_REASONS = (
    (r"^(?:do_)?(\w+)\(\) .*\bargument", "`{0}` does not take what it is given here"),
    (r"doesn't define __|must be real number|bad operand type", "a number is needed here, and this is a text"),
    (r"can only concatenate|unsupported operand|must be str", "a text and a number do not go together here"),
    (r"not supported between instances", "a text and a number cannot be compared"),
    (r"is not iterable|cannot unpack|values to unpack", "a list is needed here"),
    (r"is not callable", "there is nothing to call here"),
    (r"expected length >= (\d+)", "`truncate` needs a length of {0} at least"),
    (r"surrogates not allowed", "the text holds half of a character"),
    (r"too large to convert|Exceeds the limit|too many digits|out of range", "the number is too large"),
)


def _reason(error: Exception) -> str:
    match error:
        case TemplateNotFound():
            return f"there is no prompt template `{error.name}`"
        case RecursionError():
            return "the template includes itself without end"
        case MemoryError():
            return "this machine has too little memory for what the template makes"
    said = str(error)
    for pattern, reason in _REASONS:
        if match := re.search(pattern, said):
            return reason.format(*match.groups())
    text = re.sub(r"'(\S+)'", r"`\1`", said) or f"this cannot be worked out ({type(error).__name__})"
    return (text[:1].lower() + text[1:]).rstrip(".")
