"""What a row asks for its product: a price, perhaps a lower one for now, and a currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from assetgen.amounts import Ambiguous, Amount, Unread, currency_of, may_be, read_amount
from assetgen.config.written_days import days_meant
from assetgen.errors import InputError, Location, Problem


@dataclass(frozen=True)
class MoneyRules:
    """How the amounts of a table are read.

    currency: what they are in where the table does not say. decimal_sign: `.` or `,` where the campaign says how its
    table writes numbers. today: the day by which a sale price holds.
    """

    currency: str
    decimal_sign: str | None
    today: date


class Reduced(NamedTuple):
    """What a format knows of a reduction besides a sale price.

    before: what the product cost before, where the export has that in place of a sale price. starts, ends: the cells
    that say from when until when the sale price holds.
    """

    before: str = ""
    starts: str = ""
    ends: str = ""


class Priced(NamedTuple):
    """The standard texts of money, by name, and what was left out of them."""

    texts: Mapping[str, str]
    notes: tuple[Problem, ...] = ()


def priced(fields: Mapping[str, str], reduced: Reduced, rules: MoneyRules, place: Location) -> Priced:
    """The money of a row, from its cells as they stand there.

    A price that is no amount, such as `on request`, stays the text that it is. A sale price is an amount above zero,
    below the price and of today, or else it is empty.
    Raises InputError for amounts that can be read in two ways, negative ones, and two currencies.
    """
    cells = {name: fields.get(name, "").strip() for name in ("price", "sale_price", "currency")}
    if not any(cells.values()) and not rules.currency:
        return Priced(cells)
    reading = _Reading(rules, place, {**cells, "before": reduced.before.strip()})
    price, sale, before = (reading.amount(name) for name in ("price", "sale_price", "before"))
    texts = {
        "price": price.digits if price else cells["price"],
        "sale_price": sale.digits if sale else "",
        "currency": reading.currency,
    }
    if price and before and before.value > price.value > 0:
        price, sale = before, price
        texts |= {"price": price.digits, "sale_price": sale.digits}
    if not cells["sale_price"] and not texts["sale_price"]:
        return Priced(texts)
    doubt = _doubt(cells, price, sale) or _doubtful_days(reduced, rules.today)
    if doubt is None and _holds(reduced, rules.today):
        return Priced(texts)
    if doubt is None:
        return Priced({**texts, "sale_price": ""})
    message = f"the sale price `{cells['sale_price'] or cells['price']}` is left out: {doubt}"
    hint = "the full price is shown, without any sign of an offer"
    return Priced({**texts, "sale_price": ""}, (Problem(message, place, hint),))


class _Reading:
    """The cells of one row that hold money, and the currency that they are in."""

    def __init__(self, rules: MoneyRules, place: Location, cells: Mapping[str, str]) -> None:
        self._rules = rules
        self._place = place
        self._cells = cells
        self.currency = _currency_cell(cells["currency"], rules.currency)
        for name in ("price", "sale_price", "before"):
            self._agree(name)

    def amount(self, name: str) -> Amount | None:
        """The amount of a cell, None where it holds none. Raises InputError for what must not stand in a picture."""
        cell = self._cells[name]
        if not cell:
            return None
        try:
            read = read_amount(cell, self.currency, self._rules.decimal_sign)
        except Ambiguous as error:
            raise InputError(Problem(f"{error} ({_COLUMNS[name]})", self._place, error.hint)) from error
        except Unread:
            return None
        if name == "price" and read.value < 0:
            raise InputError(Problem(f"the price `{cell}` is below zero", self._place, "write what the product costs"))
        return read

    def _agree(self, name: str) -> None:
        """Takes over the currency that a cell names. Raises InputError where another is said already."""
        cell = self._cells[name]
        try:
            said = read_amount(cell, sign=".").currency if cell else ""
        except Unread:
            return
        other = self.currency if self._cells["currency"] or name != "price" else ""
        if said and other and other != said:
            message = f"`{cell}` is in {said}, and the row says {other} as well"
            raise InputError(Problem(message, self._place, "one row can be in one currency"))
        self.currency = said or self.currency


_COLUMNS = {"price": "its price", "sale_price": "its sale price", "before": "its price before"}


def _currency_cell(cell: str, otherwise: str) -> str:
    """The three letters that a currency's cell stands for; what is none stays, for `money` to complain of."""
    if not cell:
        return otherwise
    if found := currency_of(cell.upper()) or currency_of(cell):
        return found
    return otherwise if may_be(cell, otherwise) else cell


def _doubt(cells: Mapping[str, str], price: Amount | None, sale: Amount | None) -> str | None:
    """Why a sale price is none, if it is none."""
    if sale is None:
        return "it is not an amount"
    if sale.value <= 0:
        return "it is not above zero"
    if price is None:
        return f"the price `{cells['price']}` is not an amount" if cells["price"] else "the row has no price above it"
    return None if sale.value < price.value else f"it is not below the price `{cells['price']}`"


def _doubtful_days(reduced: Reduced, day: date) -> str | None:
    """Why nobody knows whether the sale price holds on a day, if nobody does."""
    for cell, end in ((reduced.starts, False), (reduced.ends, True)):
        days = _days(cell, end=end)
        if cell.strip() and not days:
            return f"`{cell.strip()}` is not a day, such as 2026-12-24"
        if len({day <= each if end else each <= day for each in days}) > 1:
            return f"`{cell.strip()}` can be {' or '.join(map(str, sorted(days)))}"
    return None


def _holds(reduced: Reduced, day: date) -> bool:
    """Whether the day is one of those on which the sale price holds."""
    starts, ends = _days(reduced.starts, end=False), _days(reduced.ends, end=True)
    return all(start <= day for start in starts) and all(day <= end for end in ends)


def _days(cell: str, *, end: bool) -> set[date]:
    """The days that a cell can mean. end: it is the last one of a time, so that midnight means the day before."""
    bare = cell.strip()
    try:
        moment = datetime.fromisoformat(bare)
    except ValueError:
        return set(days_meant(bare))
    is_midnight = end and moment.time() == time() and ":" in bare
    return {moment.date() - timedelta(days=is_midnight)}
