"""Amounts as people write them: `24.00 EUR`, `€ 1.299,50`, `1'299.–`, `₹1,29,900.00`, `١٬٢٩٩٫٥٠`.

One point or comma before three digits can part thousands as well as decimals: `1.299` is 1299 in Berlin and 1.299 in
Boston. Such an amount is never guessed at. The decimals of its currency may settle it, or what its reader was told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from assetgen.errors import did_you_mean
from assetgen.money_signs import SHARED, SIGNS

_LONGEST = 60
"""The most characters of a cell that may be an amount."""

_PLAIN = re.compile(r"\d{1,15}(\.\d{1,2})?", re.ASCII)
_CORE = re.compile(r"\d(?:.*\d)?")
_GROUPED = re.compile(r"\d{1,3}([.,' ])\d{3}(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}")
"""Digits in threes, or as in India: the last three, and pairs before them."""

_THOUSAND = re.compile(r"[1-9]\d{0,2}")
"""What stands before the first sign where that parts thousands."""

_DASH = re.compile(r"([.,:])-{1,2}")
"""What stands in place of no cents: `12,-`, `12.–` or `12:-`."""

_PERHAPS_THOUSANDS = 3
"""The digits behind a point or comma of which nobody knows what they are."""


class Unread(ValueError):
    """A text that is not read as an amount. hint: what to write in its place."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Ambiguous(Unread):
    """A text that may be two amounts, or one that its currency cannot have: nobody may choose for its author."""


class Number(str):
    """The text of a cell that holds a number: the point in it stands before decimals, in whatever language.

    It stays one where blanks are taken from around it, for there are none.
    """

    __slots__ = ()

    def strip(self, chars: str | None = None, /) -> str:  # noqa: ARG002 - the signature of all texts
        return self


class Amount(NamedTuple):
    """An amount, as `1299.50`, and the currency that its text names, if it does.

    Where three decimals could be taken for thousands, they are written as four: 1.2990.
    """

    digits: str
    currency: str = ""

    @property
    def value(self) -> Decimal:
        return Decimal(self.digits)


def read_amount(text: str, currency: str = "", sign: str | None = None) -> Amount:
    """The amount that a text holds.

    currency: what it is in where it does not say. sign: `.` or `,` where somebody said what stands before decimals,
    which settles what the text and its currency leave open; of a Number only `.` does, for thousands become one when
    they are read as English. Raises Unread, Ambiguous.
    """
    if _PLAIN.fullmatch(text) and decimals_of(currency) != 0:
        return Amount(text)
    written = _simple(text) if len(text) <= _LONGEST else ""
    core = _CORE.search(written)
    if core is None:
        raise _no_amount(text)
    negative, leading, before = _before(written[: core.start()])
    ending, after = _after(written[core.end() :])
    said = _named(text, currency, [*_words(before), *_words(after)])
    digits = _digits(text, leading + core[0], said or currency, ending, sign)
    is_negative = (negative or ending in {"-", ")"}) and Decimal(digits)
    return Amount(f"-{digits}" if is_negative else digits, said)


_SPOKEN = "ar bg ca cs da de el es et fi fr he hi hr hu id it ja ko lt lv nb nl pl pt ro ru sk sl sr sv th tr uk vi zh"
"""Languages that are known by their own names as well."""


def decimal_sign(name: str) -> str:
    """The sign before decimals, `.` or `,`, of a language by its name, or of a locale. Raises ValueError."""
    from babel import Locale, UnknownLocaleError

    try:
        known = Locale.parse((language_named(name) or name.strip()).replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        hint = did_you_mean(name.lower(), _languages())
        message = f"nobody knows how numbers are written in `{name}`"
        raise ValueError(f"{message}: {hint or 'write a language or a locale, such as german or de-CH'}") from None
    return "," if known.number_symbols["latn"]["decimal"] == "," else "."


def language_named(name: str) -> str | None:
    """The code of a language by its name, in English or in itself: `de` for German and Deutsch; None for others."""
    return _languages().get(name.strip().lower())


@cache
def _languages() -> dict[str, str]:
    from babel import Locale
    from babel.localedata import exists

    own = {(Locale(code).get_language_name(code) or code).lower(): code for code in _SPOKEN.split()}
    return own | {english.lower(): code for code, english in Locale("en").languages.items() if exists(code)}


def currency_of(word: str) -> str | None:
    """The currency that a code or a sign names, empty where several have it; None for a word that is none."""
    bare = _bare(word)
    return bare if bare in _codes() else SIGNS.get(bare, "" if bare in SHARED else None)


def may_be(sign: str, currency: str) -> bool:
    """Whether a sign that several currencies have can be that of this one."""
    return currency in SHARED.get(_bare(sign), "").split()


@cache
def decimals_of(currency: str) -> int:
    """How many decimals a currency has, as CLDR knows: 0 for JPY, 3 for KWD, 2 where it is unknown."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)


def _bare(word: str) -> str:
    return _simple(word).rstrip(".")


def _words(beside: str) -> list[str]:
    """The signs and codes that stand on one side of an amount: `CLP $` are two, `F CFA` is one."""
    known = beside and currency_of(beside) is not None
    return [beside] if known else re.findall(r"[A-Z]{3}(?![A-Za-z])|[^\sA-Z]+|\S+", beside)


def _named(text: str, currency: str, words: Iterable[str]) -> str:
    """The currency that the words beside an amount name; empty where they leave it to `currency`."""
    found = {word: currency_of(word) for word in words}
    named = {code for code in found.values() if code}
    if None in found.values() or len(named) > 1:
        raise _no_amount(text)
    said = next(iter(named), "")
    for word, code in found.items():
        if not code and (said or currency) and not may_be(word, said or currency):
            message = f"`{text.strip()}` cannot be in {said or currency}, whose sign is not `{word}`"
            raise Ambiguous(message, "write the three letters of its currency beside it, such as USD")
    return said


@cache
def _codes() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


def _simple(text: str) -> str:
    """The text with plain digits, blanks, dashes and apostrophes, without marks of direction."""
    return "".join(map(_simple_char, text)).strip()


@cache
def _simple_char(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char in "'’‘ʼ＇٬":
        return "'"
    if char in "−–—‒‐‑﹣－":
        return "-"
    kind = unicodedata.category(char)
    return " " if kind == "Zs" else "" if kind == "Cf" else {"，": ",", "．": ".", "،": ",", "￥": "¥"}.get(char, char)


def _before(text: str) -> tuple[bool, str, str]:
    """Whether there is a minus, the decimal sign of `.99`, and the word before an amount."""
    leading = text[-1:] if re.search(r"(^|[^\w])[.,٫]$", text) else ""  # in `Rs.99` the point ends a word
    bare = text[: len(text) - len(leading)]
    negative = "-" in bare or "(" in bare
    if bare.count("-") + bare.count("(") > 1:
        return False, "", text
    return negative, leading, re.sub(r"[-+(]", "", bare, count=1).strip()


def _after(text: str) -> tuple[str, str]:
    """What ends an amount, and the word after it: `-` or `)` of a negative one, or the sign before a dash for cents."""
    bare = text.strip()
    if dash := _DASH.match(bare):
        return dash[1], bare[dash.end() :].strip()
    if bare.startswith("-"):
        return "-", bare[1:].strip()
    if bare.endswith(")"):
        return ")", bare[:-1].strip()
    return "", bare


def _digits(text: str, core: str, currency: str, trailing: str, sign: str | None) -> str:
    if trailing in {".", ",", ":"}:  # no cents: whatever signs there are part thousands
        whole = _whole(core) if trailing not in core else None
        if whole is None:
            raise _no_amount(text)
        return whole
    parts = _split(core)
    if parts is None:
        if (whole := _whole(core)) is None:
            raise _no_amount(text)
        return whole
    if parts.is_open and _parts_thousands(text, parts, currency, sign):
        return parts.left + parts.right
    return _with_decimals(text, parts, currency)


class _Parts(NamedTuple):
    """What stands before and after the sign that may be a decimal sign, and `whole`, the first in digits alone."""

    left: str
    sign: str
    right: str
    whole: str

    @property
    def is_open(self) -> bool:
        """Whether the sign may part thousands as well as decimals."""
        return self.sign != "٫" and len(self.right) == _PERHAPS_THOUSANDS and bool(_THOUSAND.fullmatch(self.left))


def _split(core: str) -> _Parts | None:
    """The parts of digits with a sign that may be a decimal sign; None where none can be one."""
    for sign in "٫.,":
        left, found, right = core.partition(sign)
        whole = _whole(left) if left else "0"
        if found and right.isdecimal() and whole is not None:
            return _Parts(left, sign, right, whole)
    return None


def _parts_thousands(text: str, parts: _Parts, currency: str, sign: str | None) -> bool:
    """Whether an open sign parts thousands. Raises Ambiguous where nobody knows."""
    if currency and decimals_of(currency) == 0:
        return True
    if sign == "." or (sign and not isinstance(text, Number)):
        return parts.sign != sign
    if parts.sign == "." and currency and decimals_of(currency) == _PERHAPS_THOUSANDS:
        return False
    whole, fraction = parts.left + parts.right, f"{parts.left}.{parts.right}"
    if isinstance(text, Number):
        hint = f"the table holds it as a number: round it there to two decimals, or write {whole} if it is that"
        raise Ambiguous(f"`{text}` can be {whole} or {fraction}", hint)
    first, second = ("german", "english") if parts.sign == "." else ("english", "german")
    raise Ambiguous(
        f"`{text.strip()}` can be {whole} or {fraction}",
        f"write {whole}.00, or say `products: numbers: {first}` in the campaign; `{second}` if it is {fraction}",
    )


def _with_decimals(text: str, parts: _Parts, currency: str) -> str:
    """The amount where the sign is a decimal sign. Raises Ambiguous for decimals that the currency does not have."""
    if currency and decimals_of(currency) == 0:
        if parts.right.strip("0"):
            raise Ambiguous(
                f"`{text.strip()}` has decimals, and {currency} has none",
                "write the whole amount; a spreadsheet may have taken thousands for decimals",
            )
        return parts.whole
    again = _Parts(parts.whole, ".", parts.right, parts.whole)
    return f"{parts.whole}.{parts.right}" + ("0" if again.is_open else "")


def _whole(text: str) -> str | None:
    """The digits of a whole number, with or without signs between thousands; None for anything else."""
    if text.isdecimal():
        return text
    return re.sub(r"\D", "", text) if _GROUPED.fullmatch(text) else None


def _no_amount(text: str) -> Unread:
    return Unread(f"`{text.strip()}` is not a number", "write it as 1299.50, with or without a currency: 1299.50 EUR")
