"""Whether values are what their annotations promise: what plug-ins give is held against the types of their sockets."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin, get_type_hints


def promised(kind: object, value: object, name: str) -> None:
    """Looks whether a value is what an annotation promises; `name` is what messages call the value.

    Dataclasses and named tuples are looked into, and so are collections; a list will do for a tuple. No number may be
    infinite or NaN, and no text may hold half a character. Raises TypeError, or ValueError.
    """
    kinds = _kinds(kind)
    fitting = next((each for each in kinds if _is_one(value, each)), None)
    if fitting is None:
        wanted = " or ".join(dict.fromkeys(map(_in_words, kinds)))
        raise TypeError(f"{name} is of type {type(value).__name__}, and not {wanted}")
    if isinstance(value, str):
        _check_text(value, name)
    elif isinstance(value, float | Decimal) and not math.isfinite(value):
        raise ValueError(f"{name} is {value}, which is no amount of anything")
    else:
        for part, inner, called in _parts(fitting, value, name):
            promised(part, inner, called)


def broken_promises(value: object) -> dict[str, str]:
    """What is wrong with the fields of a dataclass, in a sentence without its end, by their names."""
    found = {}
    for kind, held, called in _parts(type(value), value, "it"):
        try:
            promised(kind, held, called)
        except (TypeError, ValueError) as error:
            found[called.split("`")[1]] = str(error)
    return found


def _check_text(text: str, name: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{name} has half a character in it, {text[error.start]!a}, which is no text") from error


@cache
def _kinds(kind: object) -> tuple[object, ...]:
    if get_origin(kind) in {Annotated, ClassVar}:
        return _kinds(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        return tuple(each for part in get_args(kind) for each in _kinds(part))
    return (kind,)


_ALSO: Mapping[object, tuple[type, ...]] = {
    Any: (object,),
    None: (NoneType,),
    float: (float, int),
    tuple: (tuple, list),
    frozenset: (AbstractSet, tuple, list),
}
"""What will do as well for an annotation."""


def _is_one(value: object, kind: object) -> bool:
    plain = get_origin(kind) or kind
    if plain is Literal:
        return any(value is word or (type(value) is type(word) and value == word) for word in get_args(kind))
    classes = _ALSO.get(plain, (plain,) if isinstance(plain, type) else (object,))
    return isinstance(value, classes) and (not isinstance(value, bool) or plain not in {int, float})


def _parts(kind: object, value: object, name: str) -> Iterator[tuple[object, object, str]]:
    """What is inside a value, each with what its annotation promises and what to call it."""
    inner = get_args(kind)
    if isinstance(kind, type) and (is_dataclass(kind) or hasattr(kind, "_fields")):
        hints = _hints(kind)
        names = [field.name for field in fields(kind)] if is_dataclass(kind) else [*hints]
        yield from ((hints[each], getattr(value, each), f"`{each}` of {name}") for each in names)
    elif isinstance(value, Mapping) and inner:
        for key, held in value.items():
            yield inner[0], key, f"a key in {name}"
            yield inner[1], held, f"an item in {name}"
    elif isinstance(value, Sequence | AbstractSet) and inner:
        if get_origin(kind) is tuple and Ellipsis not in inner and len(inner) != len(value):
            raise TypeError(f"{name} has {len(value)} parts, and not {len(inner)}")
        each_its_own = get_origin(kind) is tuple and Ellipsis not in inner
        for n, held in enumerate(value):
            yield inner[n if each_its_own else 0], held, f"an item in {name}"


_hints = cache(get_type_hints)


def _in_words(kind: object) -> str:
    plain = get_origin(kind) or kind
    if plain is Literal:
        return " or ".join(map(repr, get_args(kind)))
    return "None" if plain in {None, NoneType} else getattr(plain, "__name__", str(plain))
