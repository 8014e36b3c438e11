"""Help as people read it: whole sentences, commands in groups, examples, and where the docs are."""

from __future__ import annotations

import inspect
import shutil
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from typer.core import TyperCommand, TyperGroup

DOCS = "docs/engineers.md tells all of it; `assetgen COMMAND --help` tells of one command"

WIDEST = 100
"""The most columns of a line of help: longer ones are hard to read."""

_LEAST = 40


class HelpCommand(TyperCommand):
    """A command whose help is ours. examples: commands that can be typed as they are."""

    examples: Sequence[str] = ()

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(_page(self, ctx, self.examples, {}))


class HelpGroup(TyperGroup):
    """A group of commands whose help is ours. sections: names of commands under the title of their kind."""

    command_class = HelpCommand
    examples: Sequence[str] = ()
    sections: Mapping[str, Sequence[str]] = {}

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(_page(self, ctx, self.examples, self.sections or {"Commands": list(self.commands)}))

    def format_usage_tail(self) -> str:
        return "COMMAND"


def _page(command: Any, context: Any, examples: Sequence[str], sections: Mapping[str, Sequence[str]]) -> str:
    arguments, options = _parameters(command, context)
    named = [_name_of(parameter) for parameter in arguments]
    tail = [*(["COMMAND"] if sections else []), *named, "[OPTIONS]"]
    if sections and not getattr(command, "invoke_without_command", False):
        tail.remove("[OPTIONS]")
    lines = [f"Usage: {context.command_path} {' '.join(tail)}", ""]
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        lines += [*_wrapped(paragraph, "  "), ""]
    tables = {
        "Arguments": [(_name_of(each), each.help or "") for each in arguments],
        **{title: [(name, _sentence(command.commands[name])) for name in names] for title, names in sections.items()},
        "Options": [(_spelt(each), _help_of(each)) for each in options],
    }
    width = min(30, max((len(name) for rows in tables.values() for name, _ in rows), default=0))
    for title, rows in tables.items():
        if rows:
            lines += [f"{title}:", *(line for name, text in rows for line in _row(name, text, width)), ""]
    if examples:
        lines += ["Examples:", *(f"  {example}" for example in examples), ""]
    return "\n".join([*lines, DOCS, ""])


def _parameters(command: Any, context: Any) -> tuple[list[Any], list[Any]]:
    shown = [each for each in command.get_params(context) if not getattr(each, "hidden", False)]
    arguments = [each for each in shown if each.param_type_name == "argument"]
    return arguments, [each for each in shown if each.param_type_name != "argument"]


def _name_of(argument: Any) -> str:
    name = argument.metavar or argument.name.upper()
    several = f"{name}…" if argument.nargs != 1 else name
    return several if argument.required else f"[{several}]"


def _spelt(option: Any) -> str:
    """The option as it is typed, `-s, --select TERM`."""
    names = ", ".join(sorted(option.opts, key=len))
    names = names if names.startswith("-") and not names.startswith("--") else f"    {names}"
    return names if option.is_flag else f"{names} {option.metavar or option.name.upper()}"


def _help_of(option: Any) -> str:
    return "Show this page." if "--help" in option.opts else option.help or ""


def _sentence(command: Any) -> str:
    return " ".join(inspect.cleandoc(command.help or "").split("\n\n")[0].split())


def _row(name: str, text: str, width: int) -> Iterator[str]:
    first, *rest = _wrapped(text, " " * (width + 4)) or [""]
    if len(name) > width:
        yield f"  {name}"
        yield from (first, *rest)
    else:
        yield f"  {name:<{width}}  {first.lstrip()}"
        yield from rest


def _wrapped(text: str, indent: str) -> list[str]:
    columns = max(min(shutil.get_terminal_size().columns, WIDEST), len(indent) + _LEAST)
    words = " ".join(text.split())
    return textwrap.wrap(
        words, columns, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )
