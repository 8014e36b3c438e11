"""YAML text with the place of every key and value.

Every value is the text that was written, or None where nothing was: the field's type decides what it means. So the
locale `no` is not false, `12:30` not 750 and `007` not 7.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assetgen.errors import InputError, Location, Problem, reading
from assetgen.model.brief import KeyPath, Marks
from assetgen.sources.diagnosis import diagnose

Value = str | list["Value"] | dict[str, "Value"] | None

MOST_VALUES = 100_000
"""The most values of a file: aliases of aliases unfold a small one without end, and no file of ours comes near."""

DEEPEST = 50
"""The most groups within groups. PyYAML recurses in C, so that ten thousand brackets would take the process down."""

_CUT_OFF = re.compile(r"(\s+)(#[0-9a-fA-F]{6})\b")
"""A colour that YAML takes for a comment."""

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """What a YAML file holds, and where."""

    value: dict[str, Value]
    marks: Marks


def read_text(path: Path) -> str:
    """The text of a file in UTF-8. Raises InputError naming the place of the first foreign byte."""
    with reading(shown_path(path)):
        data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Location(shown_path(path), before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8 text"
        raise InputError(Problem(message, place, hint='save the file as "UTF-8"')) from error


def shown_path(path: Path) -> str:
    """The path as messages name it: from here when it lies below here."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def read_document(path: Path) -> Document:
    """The mapping in a YAML file. Raises InputError where it is none; all doubled keys are told at once."""
    file, text = shown_path(path), read_text(path)
    try:
        _check_depth(text, file)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise InputError(diagnose(file, text, error)) from error
    if not isinstance(root, yaml.MappingNode):
        message = "the file is empty" if root is None else "the file does not begin with a `key: value` line"
        raise InputError(Problem(message, Location(file, 1, 1)))
    builder = _Builder(file, [*text.splitlines(), ""])
    value = builder.mapping(root, ())
    if builder.problems:
        raise InputError(*builder.problems)
    return Document(value, Marks(file, builder.values, builder.keys))


def _check_depth(text: str, file: str) -> None:
    depth = 0  # told by events, for building nodes is what recurses
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise InputError(Problem("too many groups are inside one another here", _place(file, event.start_mark)))


def _place(file: str, mark: Any) -> Location:
    return Location(file, mark.line + 1, mark.column + 1)


class _Builder:
    """Turns nodes into values and notes where they stand."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.values: dict[KeyPath, Location] = {}
        self.keys: dict[KeyPath, Location] = {}
        self.problems: list[Problem] = []

    def value(self, node: yaml.Node, path: KeyPath) -> Value:
        # All aliases of a node are this one node, which is walked anew for each of them.
        if len(self.values) >= MOST_VALUES or len(path) > DEEPEST:
            hint = "write out what `&` and `*` stand for"
            raise InputError(Problem("the aliases in this file unfold without end", self._place(node), hint))
        self.values[path] = self._place(node)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, n)) for n, item in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:null":
            return None
        self._check_end(node)
        return str(node.value)

    def _check_end(self, node: yaml.Node) -> None:
        """Notes a problem where text without quotes goes on with a colour, which nobody would read."""
        end = node.end_mark
        quoted = isinstance(node, yaml.ScalarNode) and node.style
        cut_off = None if quoted else _CUT_OFF.match(self.lines[end.line], end.column)
        if cut_off:
            message = f"`{cut_off[2]}` begins a comment: the text ends before it"
            place = Location(self.file, end.line + 1, cut_off.start(2) + 1)
            self.problems.append(Problem(message, place, f'put the text in quotes: "{node.value} {cut_off[2]} …"'))

    def mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                hint = 'put text with {{ braces }} in quotes: "{{ … }}"'
                self.problems.append(Problem("a bracket cannot be a key", self._place(key), hint))
            elif key.value in result:
                first = self.keys[*path, key.value].line
                message = f"`{key.value}` is given twice; the first is in line {first}"
                self.problems.append(Problem(message, self._place(key), hint="keep one of them"))
            else:
                self.keys[*path, key.value] = self._place(key)
                result[key.value] = self.value(value, (*path, key.value))
        return result

    def _place(self, node: yaml.Node) -> Location:
        return _place(self.file, node.start_mark)


def value_at(value: Value, path: KeyPath) -> Value:
    """What stands at a key path, or None."""
    for part in path:
        if isinstance(value, Mapping):
            value = value.get(str(part))
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value
