"""Why a file is not YAML, in words that help the person who wrote it.

The parsers' own messages name the rule that was broken; we look at the text for what the writer most likely did.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml
from yaml.reader import Reader, ReaderError

from assetgen.errors import Location, Problem


@dataclass(frozen=True)
class _Broken:
    """The lines of the file, and the parser's complaint: `line` and `column` from 0, of its start and of its end."""

    file: str
    lines: list[str]
    said: str
    line: int
    column: int
    end: int

    def problem(self, message: str, hint: str, *, line: int | None = None, column: int | None = None) -> Problem:
        line = self.line if line is None else line
        column = self.column if column is None else column
        return Problem(message, Location(self.file, line + 1, column + 1), hint)


def diagnose(file: str, text: str, error: yaml.YAMLError) -> Problem:
    strange = Reader.NON_PRINTABLE.search(text)  # the error itself counts bytes
    if isinstance(error, ReaderError) and strange:
        line, column = text.count("\n", 0, strange.start()), strange.start() - text.rfind("\n", 0, strange.start())
        message = f"there is an invisible control character here (code {ord(strange[0])})"
        return Problem(message, Location(file, line + 1, column), hint="delete it")
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Problem("this is not YAML", Location(file, 1, 1))
    return _explain(_broken(file, text, error, error.problem_mark))


def _broken(file: str, text: str, error: yaml.MarkedYAMLError, mark: yaml.Mark) -> _Broken:
    said = f"{error.context or ''} / {error.problem or ''}"
    start = mark
    if error.context_mark and re.search(r"quoted scalar|flow|simple key", said):
        start = error.context_mark  # where it began, not where its end was missed
    return _Broken(file, [*text.splitlines(), ""], said, start.line, start.column, mark.line)


def _explain(broken: _Broken) -> Problem:
    return (
        _tab(broken)
        or _unclosed_above(broken)
        or _unclosed(broken)
        or _no_space_after_colon(broken)
        or _needs_quotes(broken)
        or _no_colon(broken)
        or _second_document(broken)
        or broken.problem(
            "this line does not fit the lines above it",
            "keys of one group begin in the same column, each with a colon and a space: `key: value`",
            column=len(broken.lines[broken.line]) - len(broken.lines[broken.line].lstrip()),
        )
    )


def _tab(broken: _Broken) -> Problem | None:
    for number in (broken.end, broken.line):
        indent = re.match(r" *\t", broken.lines[number])
        if indent:
            return broken.problem(
                "a tab is used for indentation",
                "indent with spaces, two for each step",
                line=number,
                column=indent.end() - 1,
            )
    return None


def _unclosed_above(broken: _Broken) -> Problem | None:
    """The quote of a line above that the first quote of this line has closed by chance."""
    for number in range(broken.end):
        opened = re.match(r"(\s*(?:- +)?+(?:[\w-]+: +)?+)([\"'])(?:(?!\2).)*$", broken.lines[number])
        if opened and opened[2] in broken.lines[broken.end]:
            return broken.problem(
                "a quote is opened here and not closed in its line",
                "close it at the end of the text",
                line=number,
                column=len(opened[1]),
            )
    return None


def _unclosed(broken: _Broken) -> Problem | None:
    if "quoted scalar" in broken.said:
        if "escape" in broken.said:
            return broken.problem("a backslash in double quotes begins a special character", "use single quotes: '…'")
        return broken.problem("a quote is opened here and never closed", "close it at the end of the text")
    if "flow" in broken.said:
        return broken.problem(
            "a bracket is opened here and not closed, or a comma is missing in it",
            "write lists as `[one, two]`; put text that begins with a bracket in quotes",
        )
    return None


def _no_space_after_colon(broken: _Broken) -> Problem | None:
    above = (number for number in range(broken.end, -1, -1) if broken.lines[number].strip())
    for number, _ in zip(above, range(2), strict=False):
        squeezed = re.match(r"\s*(?:- )?([\w-]+):[^\s/:]", broken.lines[number])
        if squeezed:
            key = squeezed[1]
            return broken.problem(
                f"a space is missing after `{key}:`", f"write `{key}: …`", line=number, column=squeezed.end() - 1
            )
    return None


def _needs_quotes(broken: _Broken) -> Problem | None:
    entry = re.match(r"(\s*(?:- +)?+(?:[\w-]+: +)?+)(\S.*)", broken.lines[broken.end])
    if entry and entry[1].strip() and (entry[2][0] in "{}[]\"'@`%&*!|>" or ": " in entry[2]):
        return broken.problem(
            "this text needs quotes around all of it",
            f'write `{entry[1].strip()} "…"`; quotes inside it become single ones',
            line=broken.end,
            column=len(entry[1]),
        )
    return None


def _no_colon(broken: _Broken) -> Problem | None:
    if "simple key" not in broken.said:
        return None
    return broken.problem("this line has no colon", "write `key: value`, or indent the text if it continues a line")


def _second_document(broken: _Broken) -> Problem | None:
    if "single document" not in broken.said:
        return None
    return broken.problem("a line of `---` begins a second file", "remove the line", line=broken.end, column=0)
