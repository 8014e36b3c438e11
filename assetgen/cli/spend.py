"""The command `assetgen spend`: what was paid for plates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assetgen.cli.terminal import console, options

EXAMPLES = ("assetgen spend --month 2026-12 --by campaign",)

if TYPE_CHECKING:
    from assetgen.ledger import Expense

By = Literal["campaign", "model", "provider", "day"]
ALL: tuple[By, ...] = ("campaign", "model", "day")


def spend(
    by: Annotated[
        By | None, typer.Option("--by", metavar="COLUMN", help="Only by `campaign`, `model`, `provider` or `day`.")
    ] = None,
    month: Annotated[str | None, typer.Option("--month", "-m", metavar="YYYY-MM", help="Only this month.")] = None,
    workspace: options.Workspace = None,
    json: options.Json = False,
) -> None:
    """Show what was spent on plates, by campaign, model and day."""
    from assetgen import api

    for column in [by] if by else ALL:
        found = api.spend(workspace, by=column, month=month)
        if json:
            for expense in found:
                console.json_result({"by": column, **_expense_as_json(expense)})
        else:
            _print_expenses(column, found)


def _print_expenses(column: str, found: Sequence[Expense]) -> None:
    """Prints a table of what was spent, and a blank line below it."""
    from assetgen.model.asset import money

    if not found:
        console.result(f"by {column}: nothing was spent")
        return
    width = max(len(column), *(len(expense.name) for expense in found))
    console.result(f"{column:<{width}} {'calls':>8} {'amount':>14}")
    for expense in found:
        amount = "unknown" if expense.amount is None else money(expense.amount, expense.currency)
        console.result(f"{expense.name:<{width}} {expense.calls:>8} {amount:>14}{_doubts(expense)}")
    console.result("")


def _doubts(expense: Expense) -> str:
    """What of a sum is not known but estimated, and why."""
    from assetgen.model.asset import money

    kinds = {"without an answer": expense.unconfirmed, "whose answer did not say": expense.unpriced}
    said = ", ".join(f"{calls} {what}" for what, calls in kinds.items() if calls)
    if not said:
        return ""
    estimated = "" if expense.estimated is None else f", {money(expense.estimated, expense.currency)} as estimated"
    return f"   {said}{estimated}"


def _expense_as_json(expense: Expense) -> dict[str, object]:
    amount = None if expense.amount is None else str(expense.amount)
    estimated = None if expense.estimated is None else str(expense.estimated)
    calls = {"calls": expense.calls, "unconfirmed": expense.unconfirmed, "unpriced": expense.unpriced}
    return {"name": expense.name, **calls, "amount": amount, "estimated": estimated, "currency": expense.currency}
