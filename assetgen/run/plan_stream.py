"""The plan as a stream: every row measured, planned, and compared with what was made before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path

from assetgen import pricing
from assetgen.config.budget import Budget
from assetgen.config.channel import Channel
from assetgen.errors import BudgetError, InputError, Problem
from assetgen.fingerprint import digest
from assetgen.model.ai_label import CHINA
from assetgen.model.asset import Asset, CutoutOrder, Orphan, Planned, PlateOrder, PlateSize, State, Summary
from assetgen.model.cutting import Judged, Verdict
from assetgen.model.made import LastMade
from assetgen.model.product import Product, Reject, Row
from assetgen.model.request import Price
from assetgen.photos.photo_files import addresses
from assetgen.planning.compare import compare
from assetgen.planning.members import incomplete
from assetgen.planning.selection import Selection
from assetgen.run.batch_runs import batch_provider
from assetgen.run.cutout_orders import NoCutout, order_for
from assetgen.run.plates import PLATES
from assetgen.run.stored_cutouts import CUTOUTS, judged
from assetgen.run.workshop import Workshop, doubts_of

THUMBS = "thumbs"


class Step(StrEnum):
    """The steps that can be asked for again."""

    PLATE = "plate"
    CUTOUT = "cutout"
    COMPOSE = "compose"


@dataclass(frozen=True)
class Scope:
    """Which part of a campaign is meant: all of it, a selection, the first few products, or a step once more."""

    select: Selection = field(default_factory=Selection)
    limit: int | None = None
    force: Step | None = None

    @property
    def whole(self) -> bool:
        return not self.select and self.limit is None

    @property
    def again(self) -> bool:
        """Whether photos are to be cut out once more."""
        return self.force == Step.CUTOUT


@dataclass(frozen=True)
class ProductPlan:
    """The assets of one product; `cutouts` is what is known of those that were made before, by their keys."""

    product: Product
    planned: tuple[Planned, ...]
    cutouts: Mapping[str, Judged] = field(default_factory=dict)

    @property
    def to_do(self) -> tuple[Planned, ...]:
        return tuple(p for p in self.planned if p.state.to_do)


def planned_products(shop: Workshop, scope: Scope) -> Iterator[ProductPlan | Reject | Orphan]:
    """Product by product, in the order of the table; the orphans last, where the whole campaign is meant."""
    shop.ledger.start_over()
    for row in shop.web.ahead(_rows(shop, scope), partial(_addresses, shop)):
        result = row if isinstance(row, Reject) else _plan_product(shop, row, scope)
        if isinstance(result, Reject):
            # The last good pictures of a product that is set aside stay.
            shop.ledger.seen(shop.ledger.standing(result.sku) if result.sku else ())
            yield result
        elif result.planned:
            if scope.whole:
                shop.ledger.seen(p.asset.id for p in result.planned)
            yield result
    if scope.whole:
        yield from (Orphan(made.id, made.path, made.stale) for made in shop.ledger.unseen())


def _rows(shop: Workshop, scope: Scope) -> Iterator[Row]:
    """Those that are meant, as far as that can be told before they are planned."""
    for row in islice(_subjects(shop, scope), scope.limit):
        if isinstance(row, Reject) or scope.select.may_show(row):
            yield row


def _addresses(shop: Workshop, row: Row) -> list[str]:
    """Of the photos that planning a row will ask for."""
    found = addresses(row)
    if not found or isinstance(row, Reject):
        return []
    try:
        return found if shop.planner.needs_photo(row) else []
    except InputError:
        return []  # and planning it says what is wrong


def _subjects(shop: Workshop, scope: Scope) -> Iterator[Row]:
    """The rows that take part, bundles with what is in them; then what the scenes show together."""
    for row in shop.catalog:
        if isinstance(row, Reject):
            yield row
        elif _takes_part(shop, row):
            yield shop.groups.filled(row)
    yield from shop.groups.scenes(partial(order_for, shop, again=scope.again))


def _takes_part(shop: Workshop, product: Product) -> bool:
    try:
        return shop.planner.takes_part(product)
    except InputError:
        return True  # and planning it says what is wrong


def _plan_product(shop: Workshop, product: Product, scope: Scope) -> ProductPlan | Reject:
    try:
        if not product.scene:
            shop.planner.takes_part(product)
        shown = product.shown if shop.planner.needs_photo(product) else ()
        orders = [_order_in(shop, product, member, scope) for member in shown]
        assets = list(shop.planner.assets(product, orders))
    except InputError as error:
        key = error.key if isinstance(error, NoCutout) else None
        return Reject(product.sku, _in_row(error.problems[0], product), key)
    standing = shop.ledger.standing(product.sku)
    planned = (_compared(shop, asset, standing.get(asset.id), scope) for asset in assets)
    return ProductPlan(product, tuple(p for p in planned if p in scope.select), dict(_known(shop, orders)))


def _order_in(shop: Workshop, product: Product, member: Product, scope: Scope) -> CutoutOrder:
    try:
        return order_for(shop, member, again=scope.again)
    except InputError as error:
        problem = incomplete(product, member, error.problems[0])
        raise (NoCutout(problem, error.key) if isinstance(error, NoCutout) else InputError(problem)) from error


def _known(shop: Workshop, orders: Iterable[CutoutOrder]) -> Iterator[tuple[str, Judged]]:
    for order in orders:
        kept = shop.store.get(CUTOUTS, order.key)
        if kept:
            yield order.key, judged(kept.record)


def _compared(shop: Workshop, asset: Asset, standing: LastMade | None, scope: Scope) -> Planned:
    return compare(
        asset,
        standing,
        lambda asset: shop.ledger.made(asset).inputs,
        file_is_there=standing is not None and _as_written(shop.brief.output / standing.path, standing),
        forced=scope.force is not None,
    )


def _as_written(path: Path, standing: LastMade) -> bool:
    """By size and time; a file that was copied elsewhere and back is known by its digest."""
    try:
        stat = path.stat()
    except OSError:
        return False
    if stat.st_size != standing.size:
        return False
    return stat.st_mtime_ns == standing.modified or digest(path.read_bytes()) == standing.digest


def _in_row(problem: Problem, product: Product) -> Problem:
    """A template's problem with one row points at the row; the template is named in the message."""
    if problem.location is None or problem.location.file == product.location.file:
        return replace(problem, location=product.location)
    return replace(problem, message=f"{problem.message} (in {problem.location})", location=product.location)


class PlanCounts:
    """Counts a survey while it streams by, and remembers the requests that are still to be made.

    rejected: ids of assets that broke a rule in an earlier run. waiting: the plates that a batch is going to bring,
    which are asked for no more.
    """

    def __init__(self, shop: Workshop, scope: Scope) -> None:
        self._shop = shop
        self._again = scope.force == Step.PLATE
        self._sizes: dict[tuple[int, int], dict[Channel, None]] = {}
        self.states: Counter[State] = Counter()
        self.requests: dict[str, PlateOrder] = {}
        self.waiting = {key for batch in shop.ledger.batches.open() for key in batch.plates}
        self.rejects: list[Reject] = []
        self.rejected: list[str] = []
        self.orphans: list[Orphan] = []
        self.cutouts: dict[str, Verdict] = {}

    def count(self, item: ProductPlan | Reject | Orphan) -> None:
        match item:
            case ProductPlan():
                self.states.update(planned.state for planned in item.planned)
                self.rejected += [p.asset.id for p in item.planned if p.state is State.REJECTED]
                self.cutouts |= {key: found.verdict for key, found in item.cutouts.items()}
                for planned in item.to_do:
                    self._count_request(planned.asset)
            case Reject():
                self.rejects.append(item)
                self.cutouts |= {item.cutout: Verdict.MODEL} if item.cutout else {}
            case Orphan():
                self.orphans.append(item)

    def _count_request(self, asset: Asset) -> None:
        plate = asset.plate
        if plate is None or plate.key in self.waiting:
            return
        if plate.key in self.requests or self._again or not self._shop.store.has(PLATES, plate.key):
            self.requests.setdefault(plate.key, plate)
            self._sizes.setdefault((plate.request.width, plate.request.height), {})[asset.channel] = None

    @property
    def summary(self) -> Summary:
        states = self.states
        return Summary(
            assets=states.total(),
            new=states[State.NEW],
            changed=states[State.CHANGED],
            up_to_date=states[State.UP_TO_DATE],
            orphan=len(self.orphans),
            rejected=states[State.REJECTED],
            set_aside=len(self.rejects),
            cutouts=Counter(self.cutouts.values()),
            bill=pricing.bill(map(self._price, self.requests.values()), self._budget),
            waiting=len(self.waiting),
            sizes=tuple(self._plate_sizes()),
        )

    def afford(self, *, allow_unknown: bool, batch: bool = False) -> None:
        """Raises BudgetError when the budgets have no room for the requests, or when nobody knows."""
        price = self._batch_price if batch else self._price
        prices = [price(order) for order in self.requests.values()]
        bill, spent = pricing.bill(prices, self._budget), self._shop.ledger.payments.spent()
        cheapest = min((p for p in prices if p), key=lambda p: p.amount, default=None)
        pricing.afford(bill, cheapest, self._budget, spent, allow_unknown=allow_unknown)

    def warnings(self) -> Iterator[Problem]:
        """What a person should know before money is spent."""
        yield from doubts_of(self._shop.provider)
        yield from self._unmarked()
        words = (
            doubt for order in self.requests.values() for doubt in self._shop.planner.requests.doubts(order.request)
        )
        yield from (Problem(doubt) for doubt in dict.fromkeys(words))
        try:
            self.afford(allow_unknown=False)
        except BudgetError as error:
            yield from error.problems

    def _unmarked(self) -> Iterator[Problem]:
        """Said once, before a thousand files say it each."""
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
        return self._shop.provider.price(order.request)

    def _batch_price(self, order: PlateOrder) -> Price | None:
        return batch_provider(self._shop).batch_price(order.request)

    def _plate_sizes(self) -> Iterator[PlateSize]:
        for (width, height), channels in self._sizes.items():
            orders = [o for o in self.requests.values() if (o.request.width, o.request.height) == (width, height)]
            bill = pricing.bill(map(self._price, orders), self._budget)
            shapes = tuple(dict.fromkeys(channel.shape.value for channel in channels))
            yield PlateSize(width, height, shapes, tuple(channel.id for channel in channels), bill)


def count_plan(shop: Workshop, scope: Scope) -> PlanCounts:
    """Goes through the whole plan once."""
    counted = PlanCounts(shop, scope)
    for item in planned_products(shop, scope):
        counted.count(item)
    return counted
