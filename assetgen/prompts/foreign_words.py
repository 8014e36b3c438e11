"""What other languages write where Jinja has a word of its own, found in a text that is not well formed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class ForeignWord(NamedTuple):
    """A pattern, and the way out, in which the words of its groups may stand."""

    pattern: str
    hint: str


_BRACES = ForeignWord(r"\{\{|\{%|%\}|\}\}", "a rule stands without braces")
_WORDS = (
    ForeignWord(r"&&|\b(?:AND|[Uu]nd|UND|et|ET)\b", "write `and`"),
    ForeignWord(r"\|\||\b(?:OR|[Oo]der|ODER|ou|OU)\b", "write `or`"),
    ForeignWord(r"\b(?:NOT|[Nn]icht|NICHT|pas)\b|!(?!=)", "write `not`"),
    ForeignWord(r"<>|≠", "write `!=`"),
    ForeignWord("===", "write `==`"),
    ForeignWord("=<|≤", "write `<=`"),
    ForeignWord("=>|≥", "write `>=`"),
    ForeignWord(r"\b(?:equals|EQUALS|is equal to)\b", "write `==`"),
    ForeignWord(r"\b(?:contains|CONTAINS|like|LIKE)\b", 'turn it round: `"gift" in product.title`'),
    ForeignWord(r"(?<=else )if\b", "write `elif` for the two"),
    ForeignWord(r"(?<=\|)\s*\w+\s*:", 'what a filter is given stands in brackets: `money("EUR")`'),
)
_BLANK = ForeignWord(
    r"(?<=product\.)(\w+) (?!(?:and|or|in|is|not|if|else)\b)(\w+)",
    r"such a column is called `product.\1_\2`",
)


def foreign_word(text: str, *, is_rule: bool) -> tuple[int, str, str] | None:
    """Where the first of them stands in a text, the word itself and the way out; of a template only within braces."""
    code = _blanked(r"'[^']*'|\"[^\"]*\"", text)
    if not is_rule:
        code = "".join(_within_braces(code))
    known = (_BRACES, *_WORDS) if is_rule else _WORDS
    found = ((match, word) for word in known if (match := re.search(word.pattern, code)))
    blank = re.search(_BLANK.pattern, code)
    match, word = min(found, key=lambda pair: pair[0].start(), default=(blank, _BLANK))
    if match is None:
        return None
    return match.start(), match.group().strip(), match.expand(word.hint) if match.groups() else word.hint


def _blanked(pattern: str, text: str) -> str:
    return re.sub(pattern, lambda quoted: " " * len(quoted.group()), text)


def _within_braces(text: str) -> Iterator[str]:
    """The text with blanks for all that stands outside of braces, line breaks kept."""
    end = 0
    for code in re.finditer(r"\{[{%](?:(?![}%]\}).)*", text, re.DOTALL):
        yield re.sub(r"[^\n]", " ", text[end : code.start()])
        yield code.group().replace("{{", "  ", 1).replace("{%", "  ", 1)
        end = code.end()
    yield re.sub(r"[^\n]", " ", text[end:])
