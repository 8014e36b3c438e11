"""The driver's side of buying plates: what may be asked for, what became of it, and what it cost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count

from assetgen import pricing
from assetgen.errors import PluginError, Problem, ProviderError, Unanswered, Unforeseen
from assetgen.model.asset import PlateOrder
from assetgen.model.request import Price
from assetgen.plugins import blamed, faults_told
from assetgen.production.batch_runs import HandedIn
from assetgen.production.events import Events
from assetgen.production.materials.stored_plates import PLATES
from assetgen.production.pace import Pace
from assetgen.production.plates import Bought, Buyer
from assetgen.production.workshop import Workshop, limits_of, price_of


@dataclass(frozen=True)
class Purchase:
    """One call: the `attempt`-th for this plate, noted in the ledger under `note` at its estimate."""

    order: PlateOrder
    attempt: int
    note: int
    estimate: Price | None


class Purchases:
    """Hands out calls one by one, each within the budgets when it is handed out, and keeps their outcomes.

    All but `make` is for the driver's thread, which alone touches the ledger.
    bought: keys of the plates that came; failed: why others did not; over_budget: what stopped the rest, if anything.
    """

    def __init__(
        self,
        shop: Workshop,
        orders: Collection[PlateOrder],
        handed: HandedIn,
        *,
        parallel: int,
        allow_unknown: bool,
        progress: Events,
        settled: Callable[[str], None],
    ) -> None:
        """`handed`: what a batch took or not. `settled` hears of each plate when nothing more is asked for it."""
        self._shop = shop
        self._orders = iter(orders)
        self._again: deque[tuple[PlateOrder, int]] = deque()
        self._parallel = parallel
        self._allow_unknown = allow_unknown
        self._pace = Pace(shop.provider.name, limits_of(shop.provider), parallel, progress.note)
        self._buyer = Buyer(shop.provider, shop.cutter, shop.store, self._pace)
        self._progress, self._answers, self._total = progress, count(1), len(orders)
        self._settled = settled
        self.bought: set[str] = set()
        self.failed = dict(handed.refused)
        self.over_budget = handed.over_budget

    def window(self) -> int:
        """How many calls may be handed out: one for each place, so that what is noted as spent is what is under way.

        Those that wait to be sent once more have no place, and others go out meanwhile.
        """
        return self._parallel + self._pace.resting

    def stop(self) -> None:
        """Ends the waiting for a turn: those calls would still be made, and paid for, though nobody wants them."""
        self._pace.stop()
        provider = self._shop.provider
        with suppress(PluginError), blamed(f"provider `{provider.name}`"):
            provider.hurry()

    def draw(self) -> Purchase | None:
        """The next call that the budgets have room for."""
        while item := self._again.popleft() if self._again else self._next():
            order, attempt = item
            try:
                estimate = price_of(self._shop.provider, order.request)
            except PluginError as error:
                self._settle(order, attempt, error.problems[0])
                continue
            noted = self.over_budget or self._note(order, estimate)
            if isinstance(noted, int):
                return Purchase(order, attempt, noted, estimate)
            self.over_budget = noted
            self._settle(order, attempt, noted)
        return None

    def make(self, purchase: Purchase) -> Bought:
        """Makes the call, in any thread. Raises ProviderError and SetupError."""
        try:
            with faults_told():
                return self._buyer.buy(purchase.order, purchase.estimate, purchase.attempt)
        except Unforeseen as error:  # it may have gone out
            raise Unanswered(*error.problems) from error

    def keep(self, purchase: Purchase, future: Future[Bought]) -> None:
        """Writes down what a call cost, and asks again for a product that came out unlike its photo.

        The answer is in the store by now, so that a kill before this loses no more than the real price: the note stays
        in the ledger at its estimate.
        """
        order, payments = purchase.order, self._shop.ledger.payments
        try:
            bought = future.result()
        except Unanswered as error:  # it stays noted: it may have been paid for
            self._settle(order, purchase.attempt, error.problems[0])
        except ProviderError as error:
            payments.drop(purchase.note)
            self._settle(order, purchase.attempt, error.problems[0])
        else:
            payments.settle(purchase.note, bought.paid)
            rule = self._shop.brief.campaign.value.likeness
            if bought.likeness is not None and bought.likeness < rule.at_least and purchase.attempt <= rule.retakes:
                self._again.append((order, purchase.attempt + 1))
            else:
                self._settle(order, purchase.attempt, bought.problem)
        self._progress.step("plates", min(next(self._answers), self._total), self._total)

    def _next(self) -> tuple[PlateOrder, int] | None:
        order = next(self._orders, None)
        return (order, 1) if order else None

    def _note(self, order: PlateOrder, estimate: Price | None) -> int | Problem:
        allow = partial(
            pricing.refusal, estimate, self._shop.brief.campaign.value.budget, allow_unknown=self._allow_unknown
        )
        return self._shop.ledger.payments.note(order, self._shop.provider.name, estimate, allow)

    def _settle(self, order: PlateOrder, attempt: int, problem: Problem | None) -> None:
        """A retake that failed leaves the plate of the attempt before."""
        if problem is None or (attempt > 1 and self._shop.store.has(PLATES, order.key)):
            self.bought.add(order.key)
        else:
            self.failed[order.key] = problem
        self._settled(order.key)
