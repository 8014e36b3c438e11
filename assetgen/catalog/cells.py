"""Cells that are more than text in their file."""

from __future__ import annotations


def text(value: object) -> str:
    """A typed cell as a sheet shows it: 24 and not 24.0, dates as 2026-03-01, TRUE, and nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)
