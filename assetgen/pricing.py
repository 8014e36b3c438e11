"""Prices of a plan before anything is spent, and whether the budgets have room for them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from assetgen.config.budget import Budget
from assetgen.errors import BudgetError, Problem
from assetgen.model.asset import Bill, money
from assetgen.model.request import Price

MOST_OVER = 100
"""How many times its estimate an answer may have cost so that what it says is believed."""

MOST = Decimal(1_000_000)
"""The most that one picture costs, in whatever currency: what is above is believed of nobody."""

Sums = Mapping[str, Decimal]
"""Amounts by currency."""

_PERIODS = {"run": "in this run", "campaign": "in this campaign", "month": "in this month"}


@dataclass(frozen=True)
class Spent:
    """The sums that were spent so far, calls in flight included: in this run, in the campaign, in the month."""

    run: Sums = field(default_factory=dict)
    campaign: Sums = field(default_factory=dict)
    month: Sums = field(default_factory=dict)


@dataclass(frozen=True)
class Limit:
    """One limit of a budget and what is left of it; `left` is None when something was spent in an unknown currency."""

    name: str
    amount: Decimal
    left: Decimal | None
    currency: str

    def __str__(self) -> str:
        left = (
            ""
            if self.left == self.amount
            else f", of which {money(max(Decimal(0), self.left or Decimal(0)), self.currency)} are left"
        )
        return f"the budget for one {self.name} is {money(self.amount, self.currency)}{left}"


def is_amount(found: object) -> bool:
    """Whether what a provider gives for an amount of money is one: a finite number in Decimal, not below zero."""
    return isinstance(found, Decimal) and found.is_finite() and found >= 0


def believed(said: Price | None, estimate: Price | None) -> Price | None:
    """What an answer says that it cost, where that can be; None where its estimate has to go on counting.

    It cannot be below zero, nor be nothing or absurdly much beside an estimate.
    """
    if said is None or not is_amount(said.amount) or said.amount > MOST:
        return None
    if estimate is None or not estimate.amount:
        return said
    too_much = said.currency == estimate.currency and said.amount > MOST_OVER * estimate.amount
    return None if too_much or not said.amount else said


def bill(prices: Iterable[Price | None], budget: Budget | None = None) -> Bill:
    """The prices added up, in the budget's currency where it has a rate; unknown if one is, or if currencies mix."""
    known = [in_currency_of(budget, price) if budget and price else price for price in prices]
    currencies = {p.currency for p in known if p}
    if None in known or len(currencies) > 1:
        return Bill(len(known), None, None)
    return Bill(len(known), sum((p.amount for p in known if p), Decimal(0)), next(iter(currencies), None))


def in_currency_of(budget: Budget, price: Price) -> Price:
    """The price in the currency of the budget; unchanged where that has no rate for it."""
    rate = budget.rates.get(price.currency)
    if price.currency == budget.currency or rate is None:
        return price
    return Price(price.amount * rate, budget.currency)


def limits(budget: Budget, spent: Spent) -> list[Limit]:
    """The limits of a budget, each with what is left of it."""
    used = {"run": spent.run, "campaign": spent.campaign, "month": spent.month}
    return [
        Limit(name, amount, _left(amount, used[name], budget), budget.currency)
        for name, amount in budget.limits
        if amount is not None
    ]


def _left(amount: Decimal, used: Sums, budget: Budget) -> Decimal | None:
    prices = [in_currency_of(budget, Price(sum_, currency)) for currency, sum_ in used.items() if sum_]
    if any(price.currency != budget.currency for price in prices):
        return None
    return amount - sum((price.amount for price in prices), Decimal(0))


def refusal(price: Price | None, budget: Budget | None, spent: Spent, *, allow_unknown: bool) -> Problem | None:
    """The problem that forbids to spend this; None when the budgets have room for it."""
    if budget is None or (price and not price.amount):
        return None
    cost = in_currency_of(budget, price) if price else None
    for limit in limits(budget, spent):
        if cost is None or cost.currency != budget.currency or limit.left is None:
            if allow_unknown:
                continue
            return _unknown(cost, budget)
        if cost.amount > limit.left:
            message = f"{money(cost.amount, cost.currency)} more would be too much: {limit}"
            return Problem(
                message, hint=f"raise `{limit.name}` in the campaign's `budget`, or make less with --select or --limit"
            )
    return None


def _unknown(cost: Price | None, budget: Budget) -> Problem:
    price = "unknown" if cost is None else f"in {cost.currency}, the budget in {budget.currency}"
    hint = "run with --allow-unknown-price, or take the budget out of the campaign"
    if cost:
        hint = f"give a rate, such as `rates: {{{cost.currency}: 0.92}}` in the budget; or {hint}"
    return Problem(f"the price of the plates to be made is {price}", hint=hint)


def afford(bill: Bill, cheapest: Price | None, budget: Budget | None, spent: Spent, *, allow_unknown: bool) -> None:
    """Raises BudgetError when the budgets have no room for the bill, or when nobody knows."""
    if budget is None or not bill.requests or bill.amount == 0:
        return
    price = None if bill.amount is None or bill.currency is None else Price(bill.amount, bill.currency)
    problem = refusal(price, budget, spent, allow_unknown=allow_unknown)
    if problem is None:
        return
    if price and cheapest and refusal(cheapest, budget, spent, allow_unknown=allow_unknown):
        least = in_currency_of(budget, cheapest)
        limit = min(limits(budget, spent), key=lambda limit: limit.left or Decimal(0))
        message = f"there is no room for a single request, the cheapest costs {money(least.amount, least.currency)}"
        raise BudgetError(Problem(f"{message}: {limit}", hint=problem.hint))
    hint = problem.hint if price is None else f"{problem.hint}; --partly makes as many as there is room for"
    raise BudgetError(Problem(f"the plates to be made ({bill.requests}): {problem.message}", hint=hint))
