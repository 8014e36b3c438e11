"""What a plan costs before anything is spent."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assetgen.errors import BudgetError, Problem
from assetgen.model.campaign import Budget
from assetgen.model.plan import Bill
from assetgen.model.request import Price


def bill(prices: Iterable[Price | None]) -> Bill:
    """Adds up; one unknown price, or a mix of currencies, makes the whole amount unknown."""
    known = list(prices)
    currencies = {p.currency for p in known if p}
    if None in known or len(currencies) > 1:
        return Bill(len(known), None, None)
    return Bill(len(known), sum((p.amount for p in known if p), Decimal(0)), next(iter(currencies), None))


def afford(bill: Bill, budget: Budget | None, *, allow_unknown: bool) -> None:
    """Raises BudgetError when the bill is more than the budget, or when nobody knows."""
    if budget is None or not bill.requests or bill.amount == 0:
        return
    if bill.amount is None or bill.currency != budget.currency:
        if not allow_unknown:
            price = "unknown" if bill.amount is None else f"in {bill.currency}, the budget in {budget.currency}"
            hint = "run with --allow-unknown-price, or take the budget out of the campaign"
            raise BudgetError(Problem(f"the price of the plates to be made ({bill.requests}) is {price}", hint=hint))
    elif bill.amount > budget.amount:
        message = (
            f"the plates to be made ({bill.requests}) cost {bill}, the budget is {budget.amount} {budget.currency}"
        )
        raise BudgetError(Problem(message, hint="raise `budget`, or make less with --select or --limit"))
