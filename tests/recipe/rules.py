"""The code that each rule of checks judges by, as a digest: a rule that was changed is told from one that was not.

What counts are the rule's function and all that it calls in `assetgen.checks`, what these call elsewhere in the house,
and the constants that they name; no comments, docstrings or blanks.
"""

from __future__ import annotations

import ast
import inspect
import io
import json
import re
import tokenize
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from textwrap import dedent
from types import CodeType, FunctionType, ModuleType

from assetgen.checks import Rule, Subject
from assetgen.fingerprint import digest
from tests.recipe.pinned import RENEWED_BY

ROOM = "assetgen.checks"


@dataclass(frozen=True)
class Judging:
    """What a rule judges by. place: where it stands, for people to find."""

    recipe: int
    code: str
    place: str = ""


def judging(rule: Rule) -> Judging:
    """What this rule of ours judges by now."""
    parts: dict[str, str] = {}
    _gather(rule.check, parts)
    text = "\n".join(f"{name}: {part}" for name, part in sorted(parts.items()))
    return Judging(rule.recipe, digest(text.encode())[:16], rule.check.__module__.replace(".", "/") + ".py")


def wrong(rules: Mapping[str, Judging], file: Path, *, renew: bool) -> str | None:
    """What is to be done, or None. With `renew` it is written down, unless a rule changed and its recipe did not."""
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    forgotten = [
        f"the rule `{name}` judges by other code than it did, and keys would not tell: raise `recipe` of `{name}` in "
        f"{now.place} to {now.recipe + 1}, and run {RENEWED_BY}. Where every file is judged as before, take its line "
        f"out of {file.name} instead, and run that"
        for name, now in rules.items()
        if name in kept and kept[name]["code"] != now.code and kept[name]["recipe"] == now.recipe
    ]
    forgotten += [
        f"the recipe of `{name}` is {now.recipe} and was {kept[name]['recipe']}: it is never lowered"
        for name, now in rules.items()
        if name in kept and now.recipe < kept[name]["recipe"]
    ]
    if forgotten:
        return "\n".join(forgotten)
    told = {name: {"recipe": now.recipe, "code": now.code} for name, now in sorted(rules.items())}
    if told != kept and not renew:
        return f"{file.name} is of other rules, or of lower recipes: run {RENEWED_BY}"
    if told != kept:
        lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(each)}" for name, each in told.items())
        file.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    return None


def _gather(thing: object, parts: dict[str, str]) -> None:
    """Adds a function, and in the room what it calls, each once."""
    function = inspect.unwrap(thing) if callable(thing) else thing
    if not isinstance(function, FunctionType) or not function.__module__.startswith("assetgen."):
        return
    of_room = function.__module__.startswith(ROOM)
    name = f"{function.__module__}.{function.__qualname__}"
    if name in parts:
        return
    parts[name] = _plain(inspect.getsource(function))
    for word in _names(function.__code__):
        if word in function.__globals__:
            found = function.__globals__[word]
            if isinstance(found, ModuleType | type):
                continue
            if callable(found):
                if of_room:
                    _gather(found, parts)
            else:
                parts[f"{function.__module__}.{word}"] = _constant(found)
        elif of_room and (attribute := vars(Subject).get(word)) is not None:
            _gather(_behind(attribute), parts)


def _behind(attribute: object) -> object:
    if isinstance(attribute, property):
        return attribute.fget
    return attribute.func if isinstance(attribute, cached_property) else attribute


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


def _plain(source: str) -> str:
    """The code without comments, docstrings and blanks, the same whatever version of Python reads it."""
    lines = dedent(source).splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    text = "".join(lines)
    spans = [
        (starts[row - 1] + column, starts[row - 1] + column + len(token.string))
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        for row, column in [token.start]
        if token.type == tokenize.COMMENT
    ]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            said = node.body[0]
            spans.append((starts[said.lineno - 1], starts[said.end_lineno or said.lineno]))
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return _without_blanks(text)


def _without_blanks(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _constant(value: object) -> str:
    if isinstance(value, re.Pattern):
        return _without_blanks(value.pattern) + f" {value.flags}"
    if isinstance(value, AbstractSet):
        return str(sorted(map(_constant, value)))
    if isinstance(value, Mapping):
        return str([(_constant(key), _constant(each)) for key, each in value.items()])
    return repr(value) if " at 0x" not in repr(value) else type(value).__name__
