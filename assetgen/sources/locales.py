"""Locales: a language and a country that there are."""

from __future__ import annotations

from collections.abc import Sequence

from assetgen.amounts import language_named
from assetgen.errors import InputError, Location, Problem


def column_for(locale: str, columns: Sequence[str]) -> str | None:
    """The column of a table with the texts of a locale: its own, that of its language, or the only one of its language.

    Texts of `zh` serve `zh-CN`, and those of `de-DE` serve `de` where there is no `de-AT` to choose from.
    """
    if locale in columns:
        return locale
    language, _, market = locale.partition("-")
    others = [column for column in columns if column.partition("-")[0] == language]
    if market:
        return language if language in others else None
    return others[0] if len(others) == 1 else None


def check_locale(locale: str, place: Location) -> None:
    """Refuses a language or country that there is not, such as the UK in `en-UK`. Raises InputError."""
    from babel.core import Locale, UnknownLocaleError

    try:
        known = Locale.parse(locale, sep="-")
    except UnknownLocaleError as error:
        meant = locale_meant(locale)
        hint = f"did you mean `{meant}`?" if meant else "write a language and a country, such as `en-US`"
        raise InputError(Problem(f"there is no locale `{locale}`", place, hint)) from error
    language, *parts = locale.split("-")
    if parts and parts[-1].isupper() and known.territory != parts[-1]:
        hint = f"did you mean `{language}-{known.territory}`?"
        raise InputError(Problem(f"there is no locale `{locale}`", place, hint))


def locale_meant(word: str) -> str | None:
    """The locale that was meant by a language's name or a country's code, such as German or `jp`; or None."""
    from babel.core import get_global

    if language := language_named(word):
        return language
    likely = get_global("likely_subtags")
    country = {"UK": "GB"}.get(word.upper(), word.upper())
    known = likely.get(f"und_{country}")
    return f"{known.partition('_')[0]}-{country}" if known and len(country) == 2 else None  # noqa: PLR2004 - countries have two letters
