"""Locales: a language and a country that there are."""

from __future__ import annotations

from assetgen.errors import InputError, Location, Problem


def check_locale(locale: str, place: Location) -> None:
    """Refuses a language or country that there is not, such as the UK in `en-UK`. Raises InputError."""
    from babel.core import Locale, UnknownLocaleError

    try:
        known = Locale.parse(locale, sep="-")
    except UnknownLocaleError as error:
        hint = "write a language and a country, such as `en-US`"
        raise InputError(Problem(f"there is no locale `{locale}`", place, hint)) from error
    language, *parts = locale.split("-")
    if parts and parts[-1].isupper() and known.territory != parts[-1]:
        hint = f"did you mean `{language}-{known.territory}`?"
        raise InputError(Problem(f"there is no locale `{locale}`", place, hint))
