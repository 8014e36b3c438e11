"""YAML text with the place of every key and value.

Every value is the text that was written, or None where nothing was: the field's type decides what it means. So the
locale `no` is not false, `12:30` not 750 and `007` not 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assetgen.errors import InputError, Location, Problem
from assetgen.file_bytes import Unopened, read_whole
from assetgen.model.brief import KeyPath, Marks
from assetgen.sources.diagnosis import diagnose

Value = str | list["Value"] | dict[str, "Value"] | None

MOST_VALUES = 100_000
"""The most values of a file: aliases of aliases unfold a small one without end, and no file of ours comes near."""

MOST_BYTES = 20_000_000
"""The most bytes of a text file that people write; tables of products are read otherwise, and may be larger."""

DEEPEST = 50
"""The most groups within groups. PyYAML recurses in C, so that ten thousand brackets would take the process down."""

_CUT_OFF = re.compile(r"(\s+)(#[0-9a-fA-F]{6})\b")
"""A colour that YAML takes for a comment."""

_MERGE = "tag:yaml.org,2002:merge"
"""The tag of a `<<` without quotes."""

TOO_MANY = f"the file holds more than {MOST_VALUES:,} values"
UNFOLDING = "the aliases in this file unfold without end"
_WRITE_OUT = "write out what `&` and `*` stand for"

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """What a YAML file holds, and where."""

    value: dict[str, Value]
    marks: Marks


def read_text(path: Path) -> str:
    """The text of a file in UTF-8. Raises InputError, for a foreign byte naming its place."""
    try:
        data = read_whole(path, MOST_BYTES)
    except Unopened as error:
        raise InputError(Problem(f"`{shown_path(path)}` {error}", Location(shown_path(path)), error.hint)) from error
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
        aliased = _is_aliased(text, file)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise InputError(diagnose(file, text, error)) from error
    if not isinstance(root, yaml.MappingNode):
        message = "the file is empty" if root is None else "the file does not begin with a `key: value` line"
        raise InputError(Problem(message, Location(file, 1, 1)))
    builder = _Builder(file, [*text.splitlines(), ""], aliased=aliased)
    value = builder.mapping(root, ())
    if builder.problems:
        raise InputError(*builder.problems)
    return Document(value, Marks(file, builder.values, builder.keys))


def _is_aliased(text: str, file: str) -> bool:
    """Whether there is a `*name` in the file. Raises InputError where it nests too deep."""
    depth, aliased = 0, False  # told by events, for building nodes is what recurses
    for number, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if number > 3 * MOST_VALUES:  # a key, a value, and now and then the end of a group
            raise InputError(Problem(TOO_MANY, _place(file, event.start_mark)))
        aliased = aliased or isinstance(event, yaml.AliasEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise InputError(Problem("too many groups are inside one another here", _place(file, event.start_mark)))
    return aliased


def _own_lines(node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    return ((key, value) for key, value in node.value if key.tag != _MERGE)


def _groups_taken_over(node: yaml.MappingNode) -> Iterator[yaml.Node]:
    for key, value in node.value:
        if key.tag == _MERGE:
            yield from value.value if isinstance(value, yaml.SequenceNode) else [value]


def _place(file: str, mark: Any) -> Location:
    return Location(file, mark.line + 1, mark.column + 1)


class _Builder:
    """Turns nodes into values and notes where they stand."""

    def __init__(self, file: str, lines: list[str], *, aliased: bool) -> None:
        self.file = file
        self.lines = lines
        self.values: dict[KeyPath, Location] = {}
        self.keys: dict[KeyPath, Location] = {}
        self.problems: list[Problem] = []
        self._aliased = aliased
        self._too_much = UNFOLDING if aliased else TOO_MANY
        self._taken_over = 0

    def value(self, node: yaml.Node, path: KeyPath) -> Value:
        # All aliases of a node are this one node, which is walked anew for each of them.
        if len(self.values) >= MOST_VALUES or len(path) > DEEPEST:
            raise InputError(Problem(self._too_much, self._place(node), _WRITE_OUT if self._aliased else None))
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
        for key, value in _own_lines(node):
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
        for key, value in self._lines_taken_over(node):
            if isinstance(key, yaml.ScalarNode) and key.value not in result:
                self.keys[*path, key.value] = self._place(key)
                result[key.value] = self.value(value, (*path, key.value))
        return result

    def _lines_taken_over(self, node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
        """The lines that a group has by `<<: *name`, the nearest first; its own win over all of them."""
        for group in _groups_taken_over(node):
            self._taken_over += 1
            if self._taken_over > MOST_VALUES:
                raise InputError(Problem(UNFOLDING, self._place(group), _WRITE_OUT))
            if isinstance(group, yaml.MappingNode):
                yield from _own_lines(group)
                yield from self._lines_taken_over(group)
            else:
                hint = "name a group with `&name`, and write `<<: *name`"
                self.problems.append(Problem("`<<` takes over a group, and this is none", self._place(group), hint))

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
