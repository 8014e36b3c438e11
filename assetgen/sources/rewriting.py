"""Values of another form than files have them, written as files do: a hint that one can copy."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import combining, normalize

from pydantic_core import ErrorDetails

from assetgen.config.brand import HEX
from assetgen.config.campaign import LOCALE
from assetgen.picture.colour_codes import colour_meant
from assetgen.sources.document import Value
from assetgen.sources.locales import locale_meant

_SPELLED = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae"}
_NUMBER = r"([+-]?\d+)(?:[.,](\d+))?(?:\s*([^\W\d]+|%))?"
_TIMES = {"kb": 1000, "mb": 1_000_000}


def rewritten(value: Value, error: ErrorDetails) -> str | None:
    """A hint to the same value as files have it: a day, a locale, a colour, a list, or a number without its unit."""
    context, kind = error.get("ctx", {}), error["type"]
    if meant := context.get("meant"):
        return f"write {meant}"
    if kind == "value_error":
        return next(iter(context["error"].args[1:]), None)
    if kind == "tuple_type":
        return _as_list(value)
    if isinstance(value, str) and (known := _PATTERNS.get(context.get("pattern", ""))):
        return known(value)
    is_number = re.match("int|float|decimal|finite_number", kind)
    return _as_number(value) if is_number and isinstance(value, str) else None


def proper_name(text: str) -> str:
    """The name of a scene that a text was meant to be, in small letters: `fruehling` for Frühling; or empty."""
    spelled = "".join(_SPELLED.get(sign, sign) for sign in text.casefold())
    bare = "".join(sign for sign in normalize("NFKD", spelled) if not combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def _as_locale(text: str) -> str | None:
    meant = locale_meant(text)
    return f"write `{meant}`" if meant else None


def _as_colour(text: str) -> str | None:
    code = colour_meant(text)
    return f'write `"{code}"`, in quotes' if code else None


_PATTERNS: dict[str, Callable[[str], str | None]] = {LOCALE: _as_locale, HEX: _as_colour}
"""Functions that know what was meant, by the pattern that a text does not fit."""


def _as_number(text: str) -> str | None:
    found = re.fullmatch(_NUMBER, text.strip())
    if found is None:
        return None
    number, unit = f"{found[1]}.{found[2]}" if found[2] else found[1], (found[3] or "").casefold()
    if unit == "%":
        return f"write `{float(number) / 100:g}`"
    return f"write `{float(number) * _TIMES[unit]:.0f}`" if unit in _TIMES else f"write `{number}`"


def _as_list(value: Value) -> str | None:
    """A hint to the list that a text or a group was meant to be."""
    if isinstance(value, dict):
        return "begin each group of lines with `- `"
    if not isinstance(value, str):
        return None
    if re.match(r"-\w", value):
        return "a blank is missing after each `-`"
    return "write `[" + ", ".join(each.strip() for each in re.split("[,;]", value) if each.strip()) + "]`"
