"""Jinja's syntax errors in a marketer's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from typing import NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from assetgen.errors import Location, Problem, did_you_mean

TAGS = (
    *("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "with", "endwith", "filter", "endfilter"),
    *("block", "endblock", "macro", "endmacro", "include", "extends", "import", "from", "raw", "endraw"),
)


_ELIF = ("elseif", "elsif", "else-if")
"""What other languages call `elif`."""


class SyntaxWording(NamedTuple):
    """A wording for what Jinja says: what is wrong, and the way out. `{0}` is the word in the pattern's group."""

    pattern: str
    message: str
    hint: str | None = None


# The first that fits is taken: the more particular a pattern is, the further up it stands.
WORDINGS = (
    SyntaxWording("end of template.* closed is '(.+)'", "`{{% {0} %}}` is never closed", "add `{{% end{0} %}}`"),
    SyntaxWording("unknown tag '(end.+?)'", "`{{% {0} %}}` closes nothing that is open here", "take it out"),
    SyntaxWording("Missing end of comment", "the comment is never closed", "add `#}}`"),
    SyntaxWording("defined twice", "two blocks have the same name", "give one of them another"),
    SyntaxWording("char '([“”„‘’«»])'", "`{0}` is a typographic quote", 'use straight quotes: "text"'),
    SyntaxWording("""char (?:"'"|'"')""", "the quote is never closed", "close it with the same sign"),
    SyntaxWording("char '(.|\\\\\\w+)'", "`{0}` cannot stand here", "text goes into quotes"),
    SyntaxWording(
        "'end of template'|unexpected end of template|got ''",
        "the text ends before the expression does",
        "something is missing at its end; what begins with `{{{{` ends with `}}}}`",
    ),
    SyntaxWording("'end of (?:print|statement)[^,]*'$", "something is missing before the end of the braces"),
    SyntaxWording("expected name or number", "a field is missing after the dot", "write one, as in `product.title`"),
    SyntaxWording("'='$", "a single `=` cannot compare", "write `==`"),
    SyntaxWording(
        "expected '(.)'$",
        "a `{0}` is missing before this",
        "what begins with `{{{{` ends with `}}}}`, and `(` with `)`",
    ),
    SyntaxWording("unexpected '}'", "one brace too few or too many", "`{{{{` is closed by `}}}}`, and `{{%` by `%}}`"),
    SyntaxWording(
        "got '(.+)'|unexpected '(.+)'",
        "`{0}` is not expected here",
        "a dot leads to a field (`product.title`), a bar to a filter (`| money`), `~` joins texts and `and` rules",
    ),
)


def syntax_problem(error: TemplateSyntaxError, location: Location) -> Problem:
    """The problem that a syntax error of Jinja's is, in our words where there are some."""
    said = error.message or ""
    if tag := re.match("Encountered unknown tag '((?!end).+?)'", said):
        if tag[1].casefold() in _ELIF:
            return Problem(f"there is no tag `{tag[1]}`", location, "write `elif`")
        return Problem(f"there is no tag `{tag[1]}`", location, did_you_mean(tag[1], TAGS))
    for wording in WORDINGS:
        if match := re.search(wording.pattern, said):
            word = match[match.lastindex or 0]
            return Problem(wording.message.format(word), location, wording.hint and wording.hint.format(word))
    return Problem((said[:1].lower() + said[1:]).rstrip("."), location)


DEEPEST = 150
"""The most expressions within one another, which three or four calls of the compiler's each go by."""

DEEPEST_TAGS = 15
"""The most tags within one another: Python takes 20 loops and no more."""

NESTED = Problem(
    "too much stands inside one another here",
    hint="take it apart: `{% set name = … %}` keeps a part of an expression, and a macro part of a text",
)
TOO_LARGE = Problem("the number is too large")


def unsound(tree: nodes.Node) -> Iterator[tuple[Problem, nodes.Node]]:
    """What cannot be compiled: nodes with too many around them, and numbers that are none."""
    within: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    while within:  # a function that called itself would fail where it is needed
        node, depth, tags = within.pop()
        tags += isinstance(node, nodes.Stmt)
        if isinstance(node, nodes.Const) and isinstance(node.value, float) and not isfinite(node.value):
            yield TOO_LARGE, node
        elif depth > DEEPEST or tags > DEEPEST_TAGS:
            yield NESTED, node
        else:
            within += [(below, depth + 1, tags) for below in node.iter_child_nodes()]
