"""Cells that are more than text in their file, or less: what programs made of them is undone."""

from __future__ import annotations

import re

from assetgen.amounts import Number
from assetgen.catalog.markup import decoded

_ESCAPE = re.compile(r"_x(000[9AaDd]|005[Ff])_")
"""Characters as Excel's files write them, and as they come out of programs that copy them: `_x000D_`."""

_POWER = re.compile(r"\d([.,]\d+)?E\+\d{1,3}", re.IGNORECASE)
_OPENED = re.compile(r"<[a-z/!]", re.IGNORECASE)


def text(value: object) -> str:
    """A typed cell as a sheet shows it: 24 and not 24.0, dates as 2026-03-01, TRUE, and nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return Number(f"{value:.15g}")
    return str(value)


def readable(cell: str) -> str:
    """The text that a cell means, without HTML entities and Excel's escapes; HTML and addresses stay as they are."""
    if "_x00" in cell:
        cell = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), cell).replace("\r\n", "\n").replace("\r", "\n")
    return cell if "&" not in cell or "://" in cell or _OPENED.search(cell) else decoded(cell)


def is_power(cell: str) -> bool:
    """Whether a spreadsheet has shortened the long number of a cell to a power of ten: `4,00E+12`."""
    return _POWER.fullmatch(cell.strip()) is not None
