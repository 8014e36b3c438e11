"""The driver's side of making pictures: which product is next, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from itertools import count

from assetgen.model.asset import Asset, Orphan
from assetgen.model.outcome import Failure
from assetgen.model.product import Reject
from assetgen.production.events import Events
from assetgen.production.pictures import Job, Result
from assetgen.production.plan_counts import PlanCounts
from assetgen.production.plan_stream import ProductPlan
from assetgen.production.purchases import Purchases
from assetgen.production.run_results import RunResults
from assetgen.production.waiting import Queue


class PictureJobs:
    """Hands out products whose plates are settled, and keeps what was made of them. For the driver's thread."""

    def __init__(
        self, queue: Queue, purchases: Purchases, counted: PlanCounts, results: RunResults, progress: Events
    ) -> None:
        self._queue = queue
        self._purchases = purchases
        self._waiting = counted.waiting
        self._results = results
        self._progress, self._done, self._total = progress, count(1), counted.summary.to_do

    def draw(self) -> Job | None:
        """The next product whose plates are all settled, with those of its assets that have one."""
        while job := self._queue.draw():
            assets = tuple(self._with_plate(job.assets))
            if assets:
                return replace(job, assets=assets)
        return None

    def keep(self, job: Job, future: Future[Result]) -> None:
        """Writes down what was made of a product."""
        self._results.keep(job, future.result())
        for _ in job.assets:
            self._progress.step("pictures", next(self._done), self._total)

    def _with_plate(self, assets: Iterable[Asset]) -> Iterator[Asset]:
        """The assets that can be made now; of others it is noted whether their plates failed or are still to come."""
        for asset in assets:
            key = asset.plate.key if asset.plate else ""
            if key in self._waiting:
                self._results.waiting += 1
            elif key in self._purchases.failed:
                self._results.failures.append(Failure(asset.id, self._purchases.failed[key]))
            else:
                yield asset


def jobs(
    items: Iterable[ProductPlan | Reject | Orphan], set_aside: Collection[str | None], lost: Callable[[Reject], None]
) -> Iterator[Job]:
    """What a plan asks to be made, product by product.

    set_aside: skus of which that is known; `lost` hears of others, as where a plug-in fails the second time only.
    """
    for item in items:
        if isinstance(item, Reject) and item.sku not in set_aside:
            lost(item)
        if isinstance(item, ProductPlan) and item.to_do:
            reasons = {planned.asset.id: planned.reason for planned in item.to_do}
            yield Job(item.product, tuple(planned.asset for planned in item.to_do), reasons)
