"""How much a template may do while it is rendered, in characters: none hangs a run, and none fills its memory.

Counted and not timed: a template that passes on one machine passes on all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from jinja2.environment import TemplateModule

from assetgen.errors import InputError, Problem
from assetgen.prompts.syntax import TOO_LARGE

MOST = 500_000
"""The most characters that one rendering may write, in its result and on the way to it."""

STEP = 10
"""What a step counts as, in characters: a turn of a loop, a call, a filter. So there are 50,000 of them."""

ITEM = 50
"""What an item of a list counts as, besides the text in it."""

PASSED = 10
"""The number of characters gone through that count as one written."""

_left: ContextVar[int] = ContextVar("_left")


@contextmanager
def bounded() -> Iterator[None]:
    """Counts anew for one rendering; one that goes on inside it has a count of its own."""
    token = _left.set(MOST)
    try:
        yield
    finally:
        _left.reset(token)


def spend(characters: int) -> None:
    """Takes characters from those that are left. Raises InputError where too few are."""
    left = _left.get() - characters
    _left.set(left)
    if left < 0:
        hint = f"a text has room for {MOST:,} characters, or for {MOST // STEP:,} steps such as the turns of a loop"
        raise InputError(Problem("the template does too much", hint=hint))


def size(value: object) -> int:
    """What a value counts as, with all that lies in it. Raises InputError where that is more than there may be."""
    counted, within = 0, [value]
    while within:
        match within.pop():
            case str() as text:
                counted += len(text)
            case Mapping() as group:
                counted += ITEM * len(group)
                within += [*group.keys(), *group.values()]
            case list() | tuple() | set() | frozenset() as items:
                counted += ITEM * len(items)
                within += items
            case range() as numbers:
                counted += ITEM * len(numbers)
            case TemplateModule():
                hint = 'write `{% include "…" %}` where its text is to stand'
                raise InputError(Problem("a template that is imported has no text of its own", hint=hint))
            case _:
                counted += ITEM
        if counted > MOST:
            break  # lists of lists of lists unfold without end
    return counted


def counted_text(pieces: Iterable[str]) -> str:
    """The pieces as one text, counted one by one."""

    def counted() -> Iterator[str]:
        for piece in pieces:
            spend(len(piece))
            yield piece

    return "".join(counted())


def spend_product(operator: str, left: object, right: object) -> None:
    """Counts what an operator is about to make. Raises InputError for a number or a text that would be too large."""
    growth = STEP
    if operator == "+":
        growth += size([left, right]) if isinstance(left, str | list | tuple) else 0
    elif operator == "*":
        for many, times in ((left, right), (right, left)):
            if isinstance(many, str | list | tuple) and isinstance(times, int):
                growth += size(many) * max(times, 0)
    elif operator == "%" and isinstance(left, str):
        growth += growth_of_format(left, right)
    elif operator == "**" and isinstance(left, int | float) and isinstance(right, int) and right > _MOST_BITS:
        raise InputError(TOO_LARGE)
    spend(growth)


def sound(value: object) -> object:
    """The value itself. Raises InputError for a number beyond all that can be meant."""
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        raise InputError(TOO_LARGE)
    if isinstance(value, float) and value - value != 0:  # infinite, or not a number
        raise InputError(TOO_LARGE)
    return value


_MOST_BITS = 1024
_WIDTHS = re.compile(r"\d+")
_WIDTH_ELSEWHERE = re.compile(r"%[^a-zA-Z%]*\*|\{[^{}]*\{")


def growth_of_format(text: str, *values: object, **named: object) -> int:
    """What `"%5d" % value` and `"{:5}".format(value)` count as. Raises InputError where values are the widths."""
    if _WIDTH_ELSEWHERE.search(text.replace("{{", "")):
        raise InputError(Problem(f"the width in `{text[:40]}` has to be a number"))
    widths = sum(int(digits[:9]) for digits in _WIDTHS.findall(text))
    return len(text) + widths + (text.count("%") + text.count("{")) * size([*values, named])


def _whole(number: object) -> int:
    return abs(number) if isinstance(number, int) else 0


# The parameters are called as those of the filters, which take them by name as well.
def _padded(value: object, width: object = 80, *_: object) -> int:  # noqa: ARG001 - the text stays as long as it is
    return _whole(width)


def _indented(s: object, width: object = 4, *_: object, **__: object) -> int:
    lines = s.count("\n") + 1 if isinstance(s, str) else 1
    return lines * (len(width) if isinstance(width, str) else _whole(width))


def _joined(value: object, d: object = "", attribute: object = None) -> int:  # noqa: ARG001 - the filter's parameter
    return size(value) * (1 + size(d) // ITEM)


def _replaced(s: object, old: object, new: object, *_: object, **__: object) -> int:
    return str(s).count(str(old)) * size(new)


def _wrapped(
    s: object, width: object = 79, _: object = None, wrapstring: object = None, *__: object, **___: object
) -> int:
    return size(s) * (1 + size(wrapstring) // max(_whole(width), 1))


def _rows(value: object, many: object, fill_with: object = None) -> int:  # noqa: ARG001 - the items stay as they are
    return _whole(many) * size(fill_with)


GROWING: Mapping[str, Callable[..., int]] = {
    "batch": lambda value, linecount, fill_with=None: _rows(value, linecount, fill_with),
    "center": _padded,
    "format": growth_of_format,
    "indent": _indented,
    "join": _joined,
    "ljust": _padded,
    "replace": _replaced,
    "rjust": _padded,
    "round": lambda value, precision=0, method="common": _whole(precision),  # noqa: ARG005 - the filter's parameters
    "slice": lambda value, slices, fill_with=None: _rows(value, slices, fill_with),
    "wordwrap": _wrapped,
    "zfill": _padded,
}
"""What filters and methods count as that can write more than they read, by name; called as they are."""
