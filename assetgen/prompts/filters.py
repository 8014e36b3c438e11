"""Filters of templates besides Jinja's own: money, numbers and titles as a shop prints them.

Each is an entry point of `assetgen.filters`, as anybody's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from assetgen.errors import InputError, Problem
from assetgen.ports import reads

if TYPE_CHECKING:
    from babel import Locale

Amount = str | int | float | Decimal

NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
SMALL_WORD = re.compile(r"(?<![\w'’])(?<!\d )\w+")


def number(value: Amount) -> int | float:
    """The number that a cell holds: `140`, `24.00` or `1,299.50`. Raises InputError for any other text."""
    if not isinstance(value, str):
        return float(value) if isinstance(value, Decimal) else value
    text = value.strip()
    if not text:
        raise InputError(
            Problem("a number is needed, but the cell is empty", hint='`default("0", true)` fills empty cells')
        )
    if not NUMBER.fullmatch(text):
        raise InputError(Problem(f"`{text}` is not a number", hint="write it as 1299.50 or 1,299.50"))
    digits = text.replace(",", "")
    return float(digits) if "." in digits else int(digits)


@reads("locale", currency="product.currency")
def money(looked: Mapping[str, Any], value: Amount, currency: str | None = None) -> str:
    """An amount in the product's currency, or in another, as the locale writes it.

    Digits are always 0 to 9, in Arabic too. CLDR gives Arabic-Indic digits for Egypt and Saudi Arabia and Latin ones
    for the Emirates and the Maghreb, while web shops print Latin digits in all of them; one `ar` picture runs in
    every one of these markets, and its price has to look like the shop's.
    """
    from babel.numbers import format_currency, is_currency

    code = currency or looked["product.currency"]
    if not is_currency(code):
        raise InputError(Problem(f"`{code}` is not a currency", hint="use its three letters, such as EUR"))
    exact = Decimal(str(number(value)))
    return str(format_currency(exact, code, locale=_locale(looked["locale"]), numbering_system="latn"))


@reads("locale")
def percent(looked: Mapping[str, Any], share: Amount) -> str:
    """A share as a whole per cent: 0.25 is 25%, in German 25 %."""
    from babel.numbers import format_percent

    return str(format_percent(number(share), locale=_locale(looked["locale"]), numbering_system="latn"))


def saving(price: Amount, sale_price: Amount) -> float:
    """The share of the price that is saved, rounded down to whole per cents. Raises InputError if nothing is saved.

    A picture must not promise more than the till gives.
    """
    before, now = number(price), number(sale_price)
    if not 0 <= now < before:
        raise InputError(Problem(f"the sale price `{sale_price}` is not below the price `{price}`"))
    return math.floor(100 * (before - now) / before + 1e-9) / 100  # 1e-9: 29.000000000000004 is 29, so is 28.9999999999


@reads("locale")
def percent_off(looked: Mapping[str, Any], price: Amount, sale_price: Amount) -> str:
    """The saving as a tag in the shop shows it, with a real minus: −23%, in German −23 %."""
    from babel.numbers import format_percent

    locale = _locale(looked["locale"])
    share = str(format_percent(-saving(price, sale_price), locale=locale, numbering_system="latn"))
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


def title(text: str) -> str:
    """The text with a capital for each small word; words that have one (LED, iPhone) and units after a number stay."""
    return SMALL_WORD.sub(lambda word: word[0][0].upper() + word[0][1:] if word[0].islower() else word[0], text)


@cache
def _locale(tag: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-")
    except UnknownLocaleError as error:
        raise InputError(Problem(f"nobody knows how prices are written in `{tag}`")) from error
