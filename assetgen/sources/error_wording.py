"""What pydantic found, in the words of the people who write the files."""

from __future__ import annotations

import re
from itertools import islice
from textwrap import shorten

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assetgen.config.strict import NAME
from assetgen.errors import Location, Problem, did_you_mean, nearest
from assetgen.model.brief import KeyPath, Marks
from assetgen.sources.collected_errors import in_reading_order
from assetgen.sources.document import Value, value_at
from assetgen.sources.rewriting import proper_name, rewritten
from assetgen.sources.vocabulary import Vocabulary

LINES = "a group of `key: value` lines"
EXPECTED = {  # by the first part of pydantic's names: int_type, int_parsing, int_from_float
    "bool": "`true` or `false`",
    "date": "a day such as 2026-11-27",
    "decimal": "a number",
    "dict": LINES,
    "finite_number": "a number",
    "float": "a number",
    "int": "a whole number",
    "model": LINES,
    "named_tuple": "a list of numbers such as `[0, 0, 1, 1]`",
    "string": "text",
    "tuple": "a list such as `[one, two]`",
}
_PICTURES = {
    "background",
    "graphic",
    "icon",
    "image",
    "images",
    "img",
    "photo",
    "pic",
    "picture",
    "seal",
    "sticker",
    "video",
}
"""Words that people try for a layer that there is not."""

MOST_TOLD = 100
"""The most problems of a file that are put into words: nobody reads more, and each is worth looking around for."""

BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


class Wording:
    """Puts into words what does not fit in `value`, which stands in its file at `place`."""

    def __init__(self, value: Value, marks: Marks, vocabulary: Vocabulary, place: KeyPath = ()) -> None:
        self._root = value
        self._marks = marks
        self._vocabulary = vocabulary
        self._place = place

    def problems(self, error: ValidationError) -> list[Problem]:
        """The problems, one for each place, in the order of the file.

        A group is not blamed for what is wrong inside it, nor is a key missing that was only misspelt.
        """
        found: dict[KeyPath, ErrorDetails] = {}
        for details in error.errors(include_url=False):
            found.setdefault(self._path(details), details)
        blameless = {path[:n] for path in found for n in range(len(path))}
        unknown = (path for path, details in found.items() if details["type"] == "extra_forbidden")
        blameless |= {self._meant(path) for path in islice(unknown, MOST_TOLD)}
        blamed = ((p, d) for p, d in found.items() if p not in blameless or d["loc"][-1:] == ("[key]",))
        return in_reading_order(self._problem(path, details) for path, details in islice(blamed, MOST_TOLD))

    def _value(self, path: KeyPath) -> Value:
        return value_at(self._root, path)

    def _key(self, path: KeyPath) -> Location:
        return self._marks.key(*self._place, *path)

    def _meaning(self, path: KeyPath) -> str | None:
        return self._vocabulary.meaning(self._root, path)

    def _path(self, error: ErrorDetails) -> KeyPath:
        """The way through the file: pydantic's, without the names that it gives to the branches of a model."""
        path: KeyPath = ()
        for n, part in enumerate(error["loc"]):
            here = self._value(path)
            if isinstance(here, dict):
                names_the_layer = n > 0 and isinstance(error["loc"][n - 1], int) and here.get("layer") == part
                if not names_the_layer and (part in here or error["type"] == "missing"):
                    path = (*path, part)
            elif isinstance(here, list) and isinstance(part, int) and part < len(here):
                path = (*path, part)
        return path

    def _problem(self, path: KeyPath, error: ErrorDetails) -> Problem:
        kind = error["type"]
        if kind == "missing" and not isinstance(self._value(path), list):
            return self._missing(path, self._meaning(path))
        if kind == "extra_forbidden":
            return self._unknown_key(path)
        if error["loc"][-1:] == ("[key]",):
            return self._bad_key(path, error)
        if kind == "union_tag_not_found":
            return self._missing((*path, "layer"), _choose(None, self._vocabulary.kinds(self._root, path)))
        return self._bad_value((*path, "layer") if kind == "union_tag_invalid" else path, error)

    def _missing(self, path: KeyPath, hint: str | None) -> Problem:
        group = path[:-1]
        in_list = group and isinstance(group[-1], int)
        place = self._marks.at(*self._place, *group) if in_list else self._key(group)
        return Problem(f"`{path[-1]}` is missing", place, hint)

    def _unknown_key(self, path: KeyPath) -> Problem:
        if isinstance(key := path[-1], str) and key[:1].isspace():  # YAML indents with the ordinary space alone
            hint = "indent with ordinary spaces, two for each step"
            return Problem("a no-break space is used for indentation", self._key(path), hint)
        meant = self._meant(path)
        known = "known here: " + _listed(self._vocabulary.keys(self._root, path[:-1]))
        hint = f"did you mean `{meant[-1]}`?" if meant else known
        return Problem(f"`{path[-1]}` is not known here", self._key(path), hint)

    def _meant(self, path: KeyPath) -> KeyPath:
        """The nearest key that the same group knows and has not got; empty when nothing is near."""
        *group, key = path
        meant = nearest(str(key), self._vocabulary.keys(self._root, path[:-1]))
        return (*group, meant) if meant and self._value((*group, meant)) is None else ()

    def _bad_key(self, path: KeyPath, error: ErrorDetails) -> Problem:
        name = proper_name(str(path[-1])) if error.get("ctx", {}).get("pattern") == NAME else ""
        hint = _choose(path[-1], _choices(error)) or (f"write `{name}`" if name else self._meaning(path[:-1]))
        return Problem(f"`{path[-1]}` cannot be a name here", self._key(path), hint)

    def _bad_value(self, path: KeyPath, error: ErrorDetails) -> Problem:
        value, choices = self._value(path), _choices(error)
        if value is None:
            message = f"{_name(path)} is empty"
        elif choices:
            message = f"{_name(path)} cannot be {_quoted(value)}"
        elif error["type"] in ("missing", "too_long") and isinstance(value, list):
            message = f"{_name(path)} has {len(value)} values and not {self._vocabulary.size(self._root, path)}"
        else:
            message = _misfit(_name(path), value, error)
        hint = _choose(value, choices) or rewritten(value, error) or self._meaning(path)
        return Problem(message, self._marks.at(*self._place, *path), hint)


def _misfit(name: str, value: Value, error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind in BOUNDS:
        key, words = BOUNDS[kind]
        return f"{name} is {_quoted(value)}, but must be {words} {context[key]:g}"
    if kind == "value_error":
        return str(context["error"].args[0])
    if kind == "too_short":
        return f"{name} is empty"
    if expected := EXPECTED.get(re.sub(r"(_attributes)?_(type|parsing(_size)?|from_float)$", "", kind)):
        return f"{name} should be {expected}, not {_quoted(value)}"
    return f"{name} cannot be {_quoted(value)}"


def _choices(error: ErrorDetails) -> list[str]:
    """The words that would have been right, where there are only a few."""
    context = error.get("ctx", {})
    return re.findall(r"'([^']*)'", str(context.get("expected_tags") or context.get("expected") or ""))


def _choose(word: object, choices: list[str]) -> str | None:
    if not choices:
        return None
    if {"plate", "product"} <= {*choices} and str(word) in _PICTURES:
        return "a picture of your own is no layer yet; choose from " + _listed(choices)
    return did_you_mean(str(word), choices, otherwise="choose from " + _listed(choices))


def _listed(words: list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _name(path: KeyPath) -> str:
    """The place in words: `takes`, or the third of `channels`."""
    if path and isinstance(path[-1], int):
        return f"item {path[-1] + 1} of {_name(path[:-1])}"
    return f"`{path[-1]}`" if path else "the file"


def _quoted(value: Value) -> str:
    match value:
        case list():
            return "a list"
        case dict():
            return LINES
        case _:
            return f"`{shorten(str(value), 40, placeholder='…')}`"
