"""Days as people write them: in tables of shops, and in files that are told how to have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = (
    *("jan jän ene gen", "feb fév fev", "mar mär maa", "apr avr abr", "may mai mei mag mayo", "jun juin giu"),
    *("jul juil lug", "aug aoû aou ago", "sep set", "oct okt ott out", "nov", "dec dez déc dic"),
)
"""How the twelve begin in English, German, French, Spanish, Italian, Dutch and Portuguese."""

_YEAR_FIRST = (
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?(?:[T\s].*)?",
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
)
_DAY_FIRST = r"(?P<day>\d{1,2})\.\s*(?P<month>\d{1,2})\.\s*(?P<year>\d{4}|\d{2})(?:,?\s.*)?"
_EITHER = r"(?P<day>\d{1,2})[-/](?P<month>\d{1,2})[-/](?P<year>\d{4}|\d{2})(?:,?\s.*)?"
_WITH_A_NAME = (
    r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th|er|º)?\s*(?:de |of )?(?P<month>[^\W\d_]{3,})\.?,?\s*(?:de )?(?P<year>\d{4})",
    r"(?P<month>[^\W\d_]{3,})\.?\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s*(?P<year>\d{4})",
)


def days_meant(written: str) -> tuple[date, ...]:
    """The days that a text may mean: two of `1/12/2026`, which London and New York read otherwise; none if unknown."""
    text = written.strip()
    return tuple(dict.fromkeys(found for parts in _parts(text) if (found := _day(*parts))))


def _parts(text: str) -> Iterator[tuple[int, int, int]]:
    for form in (*_YEAR_FIRST, _DAY_FIRST, _EITHER):
        if found := re.fullmatch(form, text, re.ASCII):
            year, month, day = (int(found[part]) for part in ("year", "month", "day"))
            yield year, month, day
            if form is _EITHER:
                yield year, day, month
            return
    for form in _WITH_A_NAME:
        if found := re.fullmatch(form, text.casefold()):
            named = [n for n, starts in enumerate(_MONTHS, 1) if found["month"].startswith(tuple(starts.split()))]
            if named:
                yield int(found["year"]), named[-1], int(found["day"])
            return


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + 2000 * (year < 100), month, day)  # noqa: PLR2004 - years of two digits
    except ValueError:
        return None
