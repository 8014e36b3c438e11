"""Cells of shop exports that hold an amount, and mostly a currency: `24.00 EUR`, `€ 1.299,50`, `24,9`."""

from __future__ import annotations

import re

_SIGNS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₽": "RUB", "₪": "ILS", "₫": "VND", "฿": "THB", "₺": "TRY",
    "₴": "UAH", "₱": "PHP", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "R$": "BRL", "US$": "USD", "元": "CNY",
    "$": "", "¥": "", "￥": "", "kr": "", "": "",
}  # fmt: skip
"""Signs of money; of those that several currencies have, nothing is said."""

_CELL = re.compile(r"(?P<before>[^\d\s.,+-]*)\s*(?P<amount>[+-]?\d[\d.,'’\s]*?)\s*(?P<after>[^\d\s.,'’]*)\.?")
_POINT = re.compile(r"[+-]?\d+(\.\d+)?|[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}(\.\d{3})+),\d{1,2}")


def amount(cell: str) -> tuple[str, str]:
    """The amount with a decimal point, and the currency where the cell names one.

    What can be read in two ways, such as `1.299`, stays as it is, and so does what is no amount.
    """
    cell = cell.strip()
    if _POINT.fullmatch(cell):
        return cell, ""
    found = _CELL.fullmatch(cell)
    digits = re.sub(r"['’\s]", "", found["amount"]) if found else ""
    if _COMMA.fullmatch(digits):
        digits = digits.replace(".", "").replace(",", ".")
    if not found or not _POINT.fullmatch(digits):
        return cell, ""
    before, after = _currency(found["before"]), _currency(found["after"])
    return (cell, "") if before is None or after is None else (digits, before or after)


def _currency(word: str) -> str | None:
    """The currency of a word, empty where nothing is said; None for a word that is none, as in `from 9.00`."""
    return word if re.fullmatch(r"[A-Z]{3}", word) else _SIGNS.get(word)


def now_and_before(price: str, old_price: str) -> tuple[str, str]:
    """The `price` and `sale_price` from what the shop asks and what it asked before: a sale only if that was more."""
    try:
        reduced = float(old_price.replace(",", "")) > float(price.replace(",", ""))
    except ValueError:
        reduced = False
    return (old_price, price) if reduced else (price, "")
