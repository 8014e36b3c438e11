"""Filters of templates besides Jinja's own: money, numbers and titles as a shop prints them.

Each is an entry point of `assetgen.filters`, as anybody's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from jinja2.filters import do_float, do_int

from assetgen.amounts import Ambiguous, Amount, Unread, read_amount
from assetgen.errors import InputError, Problem
from assetgen.ports import reads
from assetgen.prompts import letter_case

if TYPE_CHECKING:
    from babel import Locale

Figure = str | int | float | Decimal

DECIMAL_SIGN = "decimal_sign"
"""The name under which the filters look up how the campaign's table writes numbers."""

_DECIMAL = 10
"""The base of the numbers that people write."""


@reads(DECIMAL_SIGN)
def number(looked: Mapping[str, Any], value: Figure) -> int | float:
    """The number that a cell holds: `140`, `24.00` or `1,299.50`.

    Raises InputError for any other text, and for one that can be read in two ways.
    """
    return _number(looked, value)


@reads(DECIMAL_SIGN)
def to_float(looked: Mapping[str, Any], value: Any, default: float = 0.0) -> float:
    """Jinja's filter, which also reads `9,90`; what is no number is `default`. Raises InputError for `1.299`."""
    return float(_number_or(looked, value, partial(do_float, value, default)))


@reads(DECIMAL_SIGN)
def to_int(looked: Mapping[str, Any], value: Any, default: int = 0, base: int = 10) -> int:
    """Jinja's filter, which also reads `1.299,00`; what is no number is `default`. Raises InputError for `1.299`."""
    if base != _DECIMAL:
        return do_int(value, default, base)
    return int(_number_or(looked, value, partial(do_int, value, default)))


@reads("locale", DECIMAL_SIGN, currency="product.currency")
def money(looked: Mapping[str, Any], value: Figure, currency: str | None = None) -> str:
    """An amount in the product's currency, or in another, as the locale writes it.

    Digits are always 0 to 9, in Arabic too. CLDR gives Arabic-Indic digits for Egypt and Saudi Arabia and Latin ones
    for the Emirates and the Maghreb, while web shops print Latin digits in all of them; one `ar` picture runs in
    every one of these markets, and its price has to look like the shop's.
    """
    from babel.numbers import format_currency, get_currency_symbol, is_currency

    wanted = currency or looked["product.currency"]
    amount = _amount(looked, value, wanted if is_currency(wanted) else "")
    if amount.value < 0 and isinstance(value, str):
        raise InputError(Problem(f"the amount `{value.strip()}` is below zero", hint="write what the product costs"))
    if currency and amount.currency not in {"", currency}:
        raise InputError(Problem(f"`{value}` is no amount in {currency}", hint="leave out the currency in one place"))
    code = amount.currency or wanted
    if not is_currency(code):
        raise InputError(_no_currency(code))
    locale = _locale(looked["locale"])
    written = str(format_currency(amount.value, code, locale=locale, numbering_system="latn"))
    return written if locale.text_direction == "ltr" else _apart(written, get_currency_symbol(code, locale))


def _no_currency(code: str) -> Problem:
    hint = "write EUR, or what it is, in its column `currency`; or say `products: currency: EUR` in the campaign"
    return Problem(f"`{code}` is not a currency" if code else "the product has no currency", hint=hint)


def _apart(amount: str, sign: str) -> str:
    """An amount, and a sign in Latin letters within it, that keep their order whatever is written around them."""
    held = amount.replace(sign, f"\u2066{sign}\u2069") if re.search("[A-Za-z]", sign) else amount
    return f"\u2068{held}\u2069"


def _amount(looked: Mapping[str, Any], value: Figure, currency: str = "") -> Amount:
    """The amount that a value is. Raises InputError for a text that is none, or two."""
    if not isinstance(value, str):
        if not math.isfinite(value):
            raise InputError(Problem(f"`{value}` is not a number"))
        return Amount(f"{Decimal(str(value)):f}")
    if not value.strip():
        raise InputError(
            Problem("a number is needed, but the cell is empty", hint='`default("0", true)` fills empty cells')
        )
    try:
        return read_amount(value, currency, looked[DECIMAL_SIGN])
    except Unread as error:
        raise InputError(Problem(str(error), hint=error.hint)) from error


def _number(looked: Mapping[str, Any], value: Figure) -> int | float:
    if not isinstance(value, str):
        return float(value) if isinstance(value, Decimal) else value
    digits = _amount(looked, value).digits
    return float(digits) if "." in digits else int(digits)


def _number_or(looked: Mapping[str, Any], value: Any, otherwise: Callable[[], int | float]) -> int | float:
    """The number of a text, and what Jinja makes of all else. Raises InputError for a text that is two."""
    if not isinstance(value, str):
        return otherwise()
    try:
        return _number(looked, read_amount(value, "", looked[DECIMAL_SIGN]).digits)
    except Ambiguous as error:
        raise InputError(Problem(str(error), hint=error.hint)) from error
    except Unread:
        return otherwise()


@reads("locale", DECIMAL_SIGN)
def percent(looked: Mapping[str, Any], share: Figure) -> str:
    """A share as a whole per cent: 0.25 is 25%, in German 25 %."""
    from babel.numbers import format_percent

    return str(format_percent(_number(looked, share), locale=_locale(looked["locale"]), numbering_system="latn"))


@reads(DECIMAL_SIGN)
def saving(looked: Mapping[str, Any], price: Figure, sale_price: Figure) -> float:
    """The share of the price that is saved, rounded down to whole per cents. Raises InputError if nothing is saved.

    A picture must not promise more than the till gives.
    """
    return _saving(looked, price, sale_price)


def _saving(looked: Mapping[str, Any], price: Figure, sale_price: Figure) -> float:
    before, now = _number(looked, price), _number(looked, sale_price)
    if not 0 <= now < before:
        raise InputError(Problem(f"the sale price `{sale_price}` is not below the price `{price}`"))
    return math.floor(100 * (before - now) / before + 1e-9) / 100  # 1e-9: 29.000000000000004 is 29, so is 28.9999999999


@reads("locale", DECIMAL_SIGN)
def percent_off(looked: Mapping[str, Any], price: Figure, sale_price: Figure) -> str:
    """The saving as a tag in the shop shows it, with a real minus: −23%, in German −23 %."""
    from babel.numbers import format_percent

    locale = _locale(looked["locale"])
    share = str(format_percent(-_saving(looked, price, sale_price), locale=locale, numbering_system="latn"))
    tag = re.sub("\\u200e?-", "\u2212", share)
    return f"\u200e{tag}\u200e" if locale.text_direction == "rtl" else tag  # marks keep the minus before the number


@reads("locale")
def date(looked: Mapping[str, Any], day: str) -> str:
    """A day such as 2026-04-30 as people say it, without the year: April 30, 30. April, 4月30日."""
    from datetime import date as calendar

    from babel.dates import format_skeleton

    try:
        when = calendar.fromisoformat(day.strip())
    except ValueError as error:
        raise InputError(Problem(f"`{day}` is not a day", hint="write it as year-month-day: 2026-04-30")) from error
    return str(format_skeleton("MMMMd", when, locale=_locale(looked["locale"])))


@reads("locale")
def upper(looked: Mapping[str, Any], text: object) -> str:
    """The text in the capitals of the locale: İSTANBUL in Turkish."""
    return letter_case.upper(str(text), _language(looked))


@reads("locale")
def lower(looked: Mapping[str, Any], text: object) -> str:
    """The text in the small letters of the locale."""
    return letter_case.lower(str(text), _language(looked))


@reads("locale")
def capitalize(looked: Mapping[str, Any], text: object) -> str:
    """The text with its first letter as a capital, and small ones then."""
    language = _language(looked)
    return letter_case.capitalised(letter_case.lower(str(text), language), language)


@reads("locale")
def title(looked: Mapping[str, Any], text: object) -> str:
    """The text with a capital for each small word; words that have one (LED, iPhone) and units after a number stay."""
    return letter_case.titled(str(text), _language(looked))


def _language(looked: Mapping[str, Any]) -> str:
    return str(looked["locale"]).partition("-")[0]


@cache
def _locale(tag: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-")
    except UnknownLocaleError as error:
        raise InputError(Problem(f"nobody knows how prices are written in `{tag}`")) from error
