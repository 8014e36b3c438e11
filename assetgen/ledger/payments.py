"""Every call that cost money, or may have: noted before it goes out, settled when its answer is safe.

What a killed run leaves unsettled stays noted at its estimate: the call may have been billed. An answer that does not
say what it cost leaves the estimate standing too, and is marked so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from assetgen import clock
from assetgen.errors import Problem
from assetgen.ledger.database import Database
from assetgen.ledger.sqlite_errors import understood
from assetgen.model.asset import PlateOrder
from assetgen.model.made import Paid
from assetgen.model.request import Price
from assetgen.pricing import Spent

__all__ = ["BATCHED", "COLUMNS", "STATES", "Expense", "Payments"]

PAID = "paid"
"""The state of a payment whose answer came, at what it cost."""

ESTIMATED = "estimated"
"""The state of one whose answer came without a cost that can be believed: its estimate counts."""

NOTED = "noted"
"""The state of one whose answer was not seen yet."""

BATCHED = "batched"
"""The state of one that a batch will answer."""

STATES = (PAID, ESTIMATED, NOTED, BATCHED)

COLUMNS = ("at", "campaign", "provider", "model", "amount", "currency", "state", "plate", "request_id", "run")
"""The columns of a payment, as texts tell of it."""


@dataclass(frozen=True)
class Expense:
    """A sum of payments for a report."""

    name: str
    calls: int
    unconfirmed: int
    """Calls whose answer was never seen."""

    unpriced: int
    """Calls whose answer did not say what it cost, or nothing that can be believed."""

    amount: Decimal | None
    """The sum; None when it is unknown."""

    estimated: Decimal | None
    """What of the sum is an estimate: the part of the unconfirmed and the unpriced calls. None as the sum is."""

    currency: str | None


class Payments:
    """The payments of one campaign's run, within those of the whole workspace."""

    def __init__(self, db: Database, campaign: str) -> None:
        self._db = db
        self._campaign = campaign
        self._run = uuid4().hex
        self._seen = -1
        self._known = Spent()

    def spent(self) -> Spent:
        """Calls in flight count with their estimates, also those of other runs."""
        (version,) = self._db.connection.execute("PRAGMA data_version").fetchone()
        if version != self._seen:  # another process has paid for something
            self._seen, self._known = version, self._read()
        return self._known

    def note(
        self,
        order: PlateOrder,
        provider: str,
        estimate: Price | None,
        allow: Callable[[Spent], Problem | None],
        *,
        state: str = NOTED,
    ) -> int | Problem:
        """Notes a call that is about to go out, unless `allow` has an objection to what will have been spent."""
        with self._db.transaction():
            problem = allow(self.spent())
            if problem:
                return problem
            amount, currency = _split(estimate)
            values = (order.key, self._campaign, provider, _now(), amount, currency, state, self._run)
            cursor = self._db.connection.execute(
                "INSERT INTO spend (plate, campaign, provider, at, amount, currency, state, run)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            self._count(estimate, 1)
            return cursor.lastrowid or 0

    def settle(self, note: int, paid: Paid) -> None:
        """The call was answered: what it really cost takes the place of the estimate, which else goes on counting."""
        cost = paid.cost or self.estimate(note)
        amount, currency = _split(cost)
        self._forget(note)
        self._db.write(
            "UPDATE spend SET at = ?, amount = ?, currency = ?, request_id = ?, model = ?, state = ? WHERE rowid = ?",
            [(paid.at, amount, currency, paid.request_id, paid.model, PAID if paid.cost else ESTIMATED, note)],
        )
        self._count(cost, 1)

    def drop(self, note: int) -> None:
        """The call was not billed."""
        self._forget(note)
        self._db.write("DELETE FROM spend WHERE rowid = ?", [(note,)])

    def estimate(self, note: int) -> Price | None:
        """The price at which a call was noted; None where nobody knew it."""
        query = "SELECT amount, currency FROM spend WHERE rowid = ?"
        amount, currency = self._db.connection.execute(query, (note,)).fetchone()
        return None if amount is None else Price(Decimal(amount), currency)

    def batched(self, plate: str) -> int | None:
        """The note of a request that waits in a batch."""
        query = "SELECT rowid FROM spend WHERE plate = ? AND campaign = ? AND state = ?"
        row = self._db.connection.execute(query, (plate, self._campaign, BATCHED)).fetchone()
        return row[0] if row else None

    def report(self, column: str, *, month: str | None = None) -> Iterator[Expense]:
        """Sums by `campaign`, `model`, `provider` or `day`, of all campaigns; `month` as 2026-11."""
        name = {"day": "substr(at, 1, 10)", "model": "coalesce(model, provider)"}.get(column, column)
        groups: dict[tuple[str, str | None], list[tuple[str | None, str]]] = {}
        query = f"SELECT {name}, currency, amount, state FROM spend WHERE at LIKE ? ORDER BY 1, 2"  # noqa: S608 - ours
        for group, currency, amount, state in self._db.connection.execute(query, (f"{month or ''}%",)):
            groups.setdefault((group, currency), []).append((amount, state))
        for (group, currency), rows in groups.items():
            states = Counter(state for _, state in rows)
            with understood(self._db.path):
                amount = _total(rows, currency, STATES)
                estimated = _total(rows, currency, (ESTIMATED, NOTED, BATCHED))
            yield Expense(
                group,
                calls=len(rows),
                unconfirmed=states[NOTED] + states[BATCHED],
                unpriced=states[ESTIMATED],
                amount=amount,
                estimated=estimated,
                currency=currency,
            )

    def everything(self) -> Iterator[tuple[str, ...]]:
        """All payments of the workspace as texts in the order of COLUMNS, the oldest first; empty where unknown."""
        query = f"SELECT {', '.join(COLUMNS)} FROM spend ORDER BY at, plate, rowid"  # noqa: S608 - ours
        for row in self._db.connection.execute(query):
            yield tuple("" if cell is None else str(cell) for cell in row)

    def restore(self, payments: Iterable[Sequence[str]]) -> int:
        """Adds those that are not there yet, in the order of COLUMNS; how many that were."""
        there = Counter(self.everything())
        wanted = Counter(map(tuple, payments))
        missing = [tuple(cell or None for cell in row) for row in (wanted - there).elements()]
        places = ", ".join("?" * len(COLUMNS))
        self._db.write(f"INSERT INTO spend ({', '.join(COLUMNS)}) VALUES ({places})", missing)  # noqa: S608 - ours
        self._seen = -1
        return len(missing)

    def _forget(self, note: int) -> None:
        (run,) = self._db.connection.execute("SELECT run FROM spend WHERE rowid = ?", (note,)).fetchone()
        self._count(self.estimate(note), -1)
        if run != self._run:  # of a batch that an earlier run has handed in: no part of this run's sum
            self._seen = -1

    def _count(self, price: Price | None, sign: int) -> None:
        """Keeps the sums that `spent` tells, without reading the whole ledger for each call."""
        if price is not None:
            for sums in (self._known.run, self._known.campaign, self._known.month):
                assert isinstance(sums, dict)  # noqa: S101 - as `_read` makes them
                sums[price.currency] = sums.get(price.currency, Decimal(0)) + sign * price.amount

    def _read(self) -> Spent:
        return Spent(
            self._sums("run = ?", self._run),
            self._sums("campaign = ?", self._campaign),
            self._sums("at >= ?", f"{_now()[:7]}-01"),
        )

    def _sums(self, condition: str, value: str) -> dict[str, Decimal]:
        micros = "SUM(CAST(ROUND(amount * 1000000) AS INTEGER))"  # added up by SQLite: there may be a million rows
        query = f"SELECT currency, {micros} FROM spend WHERE amount IS NOT NULL AND {condition} GROUP BY 1"  # noqa: S608
        rows = self._db.connection.execute(query, (value,))
        return {currency: Decimal(total) / 1_000_000 for currency, total in rows}


def _total(rows: Sequence[tuple[str | None, str]], currency: str | None, states: Collection[str]) -> Decimal | None:
    """The sum of the rows that are in one of these states; None where it is unknown, for want of a currency."""
    if currency is None:
        return None
    return sum((Decimal(amount or 0) for amount, state in rows if state in states), Decimal(0))


def _split(price: Price | None) -> tuple[str | None, str | None]:
    return (str(price.amount), price.currency) if price else (None, None)


def _now() -> str:
    return clock.written(clock.real_now())
