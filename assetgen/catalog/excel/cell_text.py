"""A cell of a workbook as its sheet shows it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from assetgen.catalog.cells import text
from assetgen.model.spreadsheet_errors import UNSAVED

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ASIDE = re.compile(r'"[^"]*"|\\.|\[(?![hms]+\])[^]]*\]|_.|\*.')
"""What a format shows as it stands, or does not show: quoted words, colours, currencies, gaps."""

_FEBRUARY_29 = 60
"""The number of a day that was none: for Excel, 1900 was a leap year."""

_LONGEST_NUMBER = 400


class PointedTo(NamedTuple):
    """What cells point to by number: texts, and formats by style. from_1904: the day that dates are counted from."""

    texts: Sequence[str]
    formats: Sequence[str]
    from_1904: bool


def cell_text(cell: Mapping[str, str], value: str, lookups: PointedTo, *, formula: bool) -> str:
    """The text of a cell from its attributes and what stands in it. Raises ValueError, IndexError and more."""
    kind = cell.get("t", "n")
    if not value.strip() and kind != "inlineStr":
        return UNSAVED if formula and kind != "str" else ""
    if kind == "s":
        number = int(value)
        if number < 0:
            raise ValueError("a cell points to a text that is not there")
        return lookups.texts[number]
    if kind in {"inlineStr", "str"}:
        return unescaped(value)
    if kind == "b":
        return text(value.strip() in {"1", "true"})
    if kind in {"e", "d"}:
        return value.strip()
    style = int(cell.get("s", "0"))
    code = lookups.formats[style] if style or lookups.formats else ""
    return number_text(_number(value), code, from_1904=lookups.from_1904)


def number_text(value: float, code: str, *, from_1904: bool) -> str:
    """The number as its sheet shows it, as far as the format is a date or made of zeros: 7 as 007, 24 as 24.00."""
    if code == "date":
        return _date(value, from_1904=from_1904)
    if zeros := re.fullmatch(r"(0+)(?:\.(0+))?", code[:_LONGEST_NUMBER]):
        whole, decimals = zeros[1], zeros[2] or ""
        width = len(whole) + (len(decimals) + 1 if decimals else 0)
        return f"{value:0{width}.{len(decimals)}f}"
    return text(value)


def is_date(code: str) -> bool:
    """Whether a format shows numbers as dates or times."""
    return bool(re.search("[dmyhs]", _ASIDE.sub("", code.partition(";")[0].lower()).replace("general", "")))


def unescaped(written: str) -> str:
    """A text as Excel shows it: `_x000D_` is the end of a line, and `_x005F_` an underscore."""
    if "_x" in written:
        written = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), written)
        written = written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return written.replace("\r\n", "\n").replace("\r", "\n") if "\r" in written else written


def _number(value: str) -> float:
    bare = value.strip()
    if len(bare) > _LONGEST_NUMBER:
        raise ValueError(f"a number of {len(bare):,} digits")
    if bare.removeprefix("-").isdecimal():
        return int(bare)
    number = float(bare)
    if not math.isfinite(number):
        raise ValueError(f"`{bare}` as a number")
    return number


def _date(value: float, *, from_1904: bool) -> str:
    days, seconds = divmod(round(value * 86_400), 86_400)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if days == 0:
        return clock
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 31 if days < _FEBRUARY_29 else 30)
    try:
        day = (first + timedelta(days=days)).isoformat()
    except OverflowError:
        return "#" * 8  # as Excel shows it
    return f"{day} {clock}" if seconds else day
