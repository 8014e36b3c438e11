"""A plan in numbers: what is to be made, what that will cost, and what a person should know before it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from assetgen import pricing
from assetgen.config.budget import Budget
from assetgen.config.channel import Channel
from assetgen.errors import BudgetError, Problem
from assetgen.model.ai_label import CHINA
from assetgen.model.asset import Asset, Orphan, PlateOrder, PlateSize, State, Summary
from assetgen.model.cutting import Verdict
from assetgen.model.product import Reject
from assetgen.model.request import Price
from assetgen.planning.scene_words import idle_words
from assetgen.planning.table_slips import misspelt_columns
from assetgen.plural import counted
from assetgen.production.batch_runs import batch_provider
from assetgen.production.materials.doubtful_cutouts import DoubtfulCutouts
from assetgen.production.materials.stored_plates import PLATES, damage, plate_in
from assetgen.production.plan_stream import ProductPlan, planned_products
from assetgen.production.scope import Scope, Step
from assetgen.production.workshop import Workshop, doubts_of, price_of

_FEW = 10
"""The most things that were left out of rows which are named."""


class PlanCounts:
    """The numbers of a plan, counted while it streams by, and the requests that are still to be made.

    rejected: ids of assets that broke a rule in an earlier run. doubtful: cutouts that wait for a person's word, as far
    as they are known. waiting: the plates that a batch is going to bring,
    which are asked for no more. batch: what is still to be made is priced as a batch. damages: what there is to say of
    plates that are bought again.
    """

    def __init__(self, shop: Workshop, scope: Scope, *, batch: bool = False) -> None:
        self._shop = shop
        self._partial = bool(scope.select)
        self._batch = batch
        self._again = scope.force == Step.PLATE
        self._sizes: dict[tuple[int, int], dict[Channel, None]] = {}
        self.states: Counter[State] = Counter()
        self.requests: dict[str, PlateOrder] = {}
        self._prices: dict[str, Price | None] = {}
        self.waiting = {key for batch in shop.ledger.batches.open() for key in batch.plates}
        self.rejects: list[Reject] = []
        self.rejected: list[str] = []
        self.doubtful = DoubtfulCutouts(shop)
        self.orphans: list[Orphan] = []
        self.cutouts: dict[str, Verdict] = {}
        self.damages: list[Problem] = []
        self._kept: dict[str, bool] = {}
        self._notes: list[Problem] = []
        self._more_notes = 0

    def count(self, item: ProductPlan | Reject | Orphan) -> None:
        """Adds one item of the stream."""
        match item:
            case ProductPlan():
                self.states.update(planned.state for planned in item.planned)
                room = max(0, _FEW - len(self._notes))
                self._notes += item.product.notes[:room]
                self._more_notes += len(item.product.notes[room:])
                self.rejected += [p.asset.id for p in item.planned if p.state is State.REJECTED]
                self.cutouts |= {key: found.verdict for key, found in item.cutouts.items()}
                for planned in item.to_do:
                    self._count_request(planned.asset)
                    self.doubtful.add(item.product, planned.asset, item.cutouts)
                for planned in item.planned:
                    if planned.state is State.HELD:
                        path = self._shop.ledger.made(planned.asset.id).path
                        self.doubtful.add(item.product, planned.asset, item.cutouts, path)
            case Reject():
                self.rejects.append(item)
                self.cutouts |= {item.cutout: Verdict.REFUSED} if item.cutout else {}
            case Orphan():
                self.orphans.append(item)

    def _count_request(self, asset: Asset) -> None:
        plate = asset.plate
        if plate is None or plate.key in self.waiting:
            return
        if plate.key in self.requests or self._again or not self._is_kept(plate.key, asset.scene):
            if plate.key not in self.requests:
                self.requests[plate.key] = plate
                self._prices[plate.key] = self._price(plate)
            self._sizes.setdefault((plate.request.width, plate.request.height), {})[asset.channel] = None

    def _is_kept(self, plate: str, scene: str) -> bool:
        """Whether a plate is stored, looked up once; of one that is damaged it is noted that it is bought again."""
        if plate not in self._kept:
            self._kept[plate] = plate_in(self._shop.store, plate) is not None
            if not self._kept[plate] and self._shop.store.holds(PLATES, plate):
                self.damages.append(damage(scene))
        return self._kept[plate]

    @property
    def summary(self) -> Summary:
        """The plan as commands print it; one price that nobody knows leaves the whole bill unknown."""
        states = self.states
        return Summary(
            assets=states.total(),
            new=states[State.NEW],
            changed=states[State.CHANGED],
            up_to_date=states[State.UP_TO_DATE],
            orphan=len(self.orphans),
            rejected=states[State.REJECTED],
            held=states[State.HELD],
            set_aside=len(self.rejects),
            off_sale=self._shop.passed.off_sale,
            cutouts=Counter(self.cutouts.values()),
            bill=pricing.bill(self._prices.values(), self._budget),
            waiting=len(self.waiting),
            sizes=tuple(self._plate_sizes()),
            partial=self._partial,
        )

    def afford(self, *, allow_unknown: bool) -> None:
        """Holds the bill against the budgets. Raises BudgetError when there is no room, or when nobody knows."""
        prices = self._prices.values()
        bill, spent = pricing.bill(prices, self._budget), self._shop.ledger.payments.spent()
        cheapest = min((p for p in prices if p), key=lambda p: p.amount, default=None)
        pricing.afford(bill, cheapest, self._budget, spent, allow_unknown=allow_unknown)

    def warnings(self) -> Iterator[Problem]:
        """Doubtful settings and prompts, and a budget that will not do: what to know before money is spent."""
        yield from self.damages
        place = self._shop.brief.campaign.marks.at("provider")
        yield from (replace(each, location=each.location or place) for each in doubts_of(self._shop.provider))
        yield from self._notes
        if self._more_notes:
            message = f"{counted(self._more_notes, 'more sale price')} left out"
            yield Problem(message, hint="`assetgen products` with the table counts them, and with --json names all")
        yield from self.slips()
        yield from idle_words(self._shop.brief, self._shop.templates, self._shop.provider)
        yield from self._unmarked()
        words = (
            doubt for order in self.requests.values() for doubt in self._shop.planner.requests.doubts(order.request)
        )
        yield from (Problem(doubt) for doubt in dict.fromkeys(words))
        yield from self.too_dear()

    def slips(self) -> Iterator[Problem]:
        """What was written about cutouts and comes to nothing: columns that nobody knows, words for nobody's skus."""
        yield from misspelt_columns(self._shop.catalog.recognised)
        yield from self._shop.passed.unmet.problems()

    def too_dear(self) -> tuple[Problem, ...]:
        """Why the budgets will not do, if they will not."""
        try:
            self.afford(allow_unknown=False)
        except BudgetError as error:
            return error.problems
        return ()

    def _unmarked(self) -> Iterator[Problem]:
        """A missing label for China is said once here, before a thousand files say it each."""
        brief, disclosure = self._shop.brief, self._shop.brief.campaign.value.disclosure
        if self._shop.provider.ai and not disclosure.producer and any(c.ai_metadata == CHINA for c in brief.channels):
            hint = (
                "give your company's code as `producer` under `disclosure`; docs/compliance.md says what it is made of"
            )
            message = "pictures for China will carry no AIGC label in the file, which its rules ask for"
            yield Problem(message, brief.campaign.marks.at("disclosure"), hint)

    @property
    def _budget(self) -> Budget | None:
        return self._shop.brief.campaign.value.budget

    def _price(self, order: PlateOrder) -> Price | None:
        provider = batch_provider(self._shop) if self._batch else self._shop.provider
        return price_of(provider, order.request, batch=self._batch)

    def _plate_sizes(self) -> Iterator[PlateSize]:
        for (width, height), channels in self._sizes.items():
            asked = (key for key, o in self.requests.items() if (o.request.width, o.request.height) == (width, height))
            bill = pricing.bill(map(self._prices.__getitem__, asked), self._budget)
            shapes = tuple(dict.fromkeys(channel.shape.value for channel in channels))
            yield PlateSize(width, height, shapes, tuple(channel.id for channel in channels), bill)


def count_plan(shop: Workshop, scope: Scope, *, batch: bool = False) -> PlanCounts:
    """Goes through the whole plan once."""
    counted = PlanCounts(shop, scope, batch=batch)
    for item in planned_products(shop, scope):
        counted.count(item)
    return counted
