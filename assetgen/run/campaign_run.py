"""From a plan to finished files: plates first, then product by product."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count

from assetgen.credentials.preflight import preflight
from assetgen.credentials.signing import Signer
from assetgen.delivery.asset_files import remove, succeed
from assetgen.disk import sweep
from assetgen.errors import BudgetError, ProviderError
from assetgen.ledger import only_run
from assetgen.model.asset import Asset, Orphan
from assetgen.model.brief import Brief
from assetgen.model.finding import Level
from assetgen.model.made import Made
from assetgen.model.outcome import Failure, MadeFile, Outcome, Rejected
from assetgen.model.product import Reject
from assetgen.photos.photo_files import mark_unreadable
from assetgen.planning.compare import cause
from assetgen.ports import Provider
from assetgen.run.batch_runs import HandedIn, hand_in, pick_up
from assetgen.run.events import Events
from assetgen.run.lane import Lane, drive
from assetgen.run.pace import Pace
from assetgen.run.pictures import Job, Pictures, Result
from assetgen.run.plan_file import PlanFile
from assetgen.run.plan_stream import PlanCounts, ProductPlan, Scope, Step, count_plan, planned_products
from assetgen.run.plates import Bought, Buyer
from assetgen.run.purchases import Purchase, Purchases
from assetgen.run.reporting import Reporting
from assetgen.run.tallies import TalliesByKind
from assetgen.run.waiting import Queue
from assetgen.run.workshop import Workshop, workshop

DEGRADED = 1
"""Finished, but some rows were set aside, or some pictures could not be made or were rejected."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class RunOptions:
    """How a run may work.

    jobs: threads. partly: as much as the budgets have room for, where that is not all. batch: requests are handed in
    as a batch, and their pictures made by a later run. prune: orphans go. offline: no photo is fetched.
    """

    jobs: int = field(default_factory=cores)
    allow_unknown_price: bool = False
    partly: bool = False
    batch: bool = False
    prune: bool = False
    offline: bool = False


def run(
    brief: Brief,
    *,
    scope: Scope,
    options: RunOptions,
    progress: Events,
    plan: PlanFile | None = None,
    provider: Provider | None = None,
) -> Outcome:
    """Makes what the plan says is to be made, and nothing else.

    Raises InputError before anything is made when a file needs mending or `plan` no longer holds, BudgetError when
    it would cost too much, SetupError when this machine refuses or another run works in the same folder. Problems with
    single rows are in the outcome.
    """
    with only_run(brief.home), workshop(brief, provider, progress.note, offline=options.offline) as shop:
        return _Run(shop, scope, options, progress).work(plan)


class _Run:
    def __init__(self, shop: Workshop, scope: Scope, options: RunOptions, progress: Events) -> None:
        self._shop = shop
        self._scope = scope
        self._options = options
        self._progress = progress
        self._output = shop.brief.output
        self._failures: list[Failure] = []
        self._rejected: list[Rejected] = []
        self._files: list[MadeFile] = []
        self._changes = TalliesByKind()
        self._warnings = TalliesByKind()
        self._late_rejects: list[Reject] = []
        self._purchases: Purchases | None = None
        self._signer: Signer | None = None
        self._waiting = 0
        self._made = 0

    def work(self, plan: PlanFile | None) -> Outcome:
        shop, options = self._shop, self._options
        pick_up(shop, self._progress.note)
        counted = count_plan(shop, self._scope)
        if plan:
            plan.confirm(planned_products(shop, self._scope))
        self._progress.planned(counted.summary)
        if not options.partly:
            counted.afford(allow_unknown=options.allow_unknown_price, batch=options.batch)
        if shop.identity and counted.summary.to_do:
            ready = preflight(shop.identity)
            self._signer = ready.signer
            for doubt in ready.doubts:
                self._progress.note(doubt.message)
        if self._scope.whole:
            shop.ledger.note_orphans(orphan.id for orphan in counted.orphans)
        try:
            sweep(self._output)  # even with nothing to do: a run may be killed while it writes its report
            if counted.summary.to_do:
                sweep(shop.store.root)
                self._make(counted)
            pruned = self._prune(counted.orphans)
        finally:
            # An interrupted run leaves a manifest and a report of all that is finished.
            Reporting(shop).tell([*counted.rejects, *self._late_rejects], self._failures)
        return Outcome(
            output=self._output,
            summary=counted.summary,
            made=self._made,
            files=tuple(self._files),
            rejected=(*self._rejected, *map(_rejected, map(shop.ledger.made, counted.rejected))),
            rejects=(*counted.rejects, *self._late_rejects),
            failures=tuple(self._failures),
            orphans=tuple(counted.orphans),
            pruned=pruned,
            waiting=self._waiting,
            causes=tuple(self._changes),
            warnings=tuple(self._warnings),
            spent=shop.ledger.payments.spent().run,
            exit_code=self._exit_code(counted),
        )

    def _exit_code(self, counted: PlanCounts) -> int:
        if self._purchases and self._purchases.over_budget:
            return BudgetError.exit_code
        if self._purchases and self._purchases.failed and not (self._purchases.bought or counted.waiting):
            return ProviderError.exit_code
        wrong = counted.rejects, self._late_rejects, self._failures, counted.rejected, self._rejected
        return DEGRADED if any(wrong) else 0

    def _make(self, counted: PlanCounts) -> None:
        """Plates and pictures side by side: a product's pictures are made as soon as its plates are there."""
        shop, options = self._shop, self._options
        orders, handed = counted.requests, HandedIn()
        if orders:
            shop.provider.prepare()
        if orders and options.batch:
            handed = hand_in(shop, orders.values(), allow_unknown=options.allow_unknown_price)
            counted.waiting |= handed.waiting
            orders = {}
        queue = Queue(self._jobs(), awaited=orders)
        self._purchases = Purchases(
            shop, orders.values(), handed, allow_unknown=options.allow_unknown_price, settled=queue.settled
        )
        parallel = shop.provider.limits.parallel or options.jobs
        with ThreadPoolExecutor(2 * parallel) as callers, ThreadPoolExecutor(options.jobs) as painters:
            drive(
                self._plates(callers, parallel, self._purchases, len(counted.requests)),
                self._pictures(painters, queue, self._purchases, counted),
            )

    def _plates(self, callers: Executor, parallel: int, purchases: Purchases, total: int) -> Lane[Purchase, Bought]:
        shop, done = self._shop, count(1)
        pace = Pace(shop.provider.name, shop.provider.limits, parallel, self._progress.note)
        buyer = Buyer(shop.provider, shop.cutter, shop.store, pace)

        def keep(purchase: Purchase, future: Future[Bought]) -> None:
            purchases.keep(purchase, future)
            self._progress.step("plates", min(next(done), total), total)

        return Lane(
            callers,
            lambda purchase: buyer.buy(purchase.order, purchase.attempt),
            purchases.draw,
            keep,
            # One for each place, so that what is noted as spent is what is under way; who waits to ask again has none.
            window=lambda: parallel + pace.resting,
            stop=pace.stop,  # or those that wait for their turn would still be asked for, and paid for
        )

    def _pictures(
        self, painters: Executor, queue: Queue, purchases: Purchases, counted: PlanCounts
    ) -> Lane[Job, Result]:
        pictures = Pictures(self._shop, purchases.bought, self._signer, again=self._scope.force == Step.CUTOUT)
        done, total = count(1), counted.summary.to_do

        def keep(job: Job, future: Future[Result]) -> None:
            self._keep(job, future.result())
            for _ in job.assets:
                self._progress.step("pictures", next(done), total)

        def draw() -> Job | None:
            """The next product whose plates are all settled, with those of its assets that have one."""
            while job := queue.draw():
                assets = tuple(self._with_plate(job.assets, purchases, counted))
                if assets:
                    return replace(job, assets=assets)
            return None

        return Lane(painters, pictures.make, draw, keep, window=lambda: 2 * self._options.jobs)

    def _jobs(self) -> Iterator[Job]:
        for item in planned_products(self._shop, self._scope):
            if isinstance(item, ProductPlan) and item.to_do:
                reasons = {planned.asset.id: planned.reason for planned in item.to_do}
                yield Job(item.product, tuple(planned.asset for planned in item.to_do), reasons)

    def _with_plate(self, assets: Iterable[Asset], purchases: Purchases, counted: PlanCounts) -> Iterator[Asset]:
        for asset in assets:
            key = asset.plate.key if asset.plate else ""
            if key in counted.waiting:
                self._waiting += 1
            elif key in purchases.failed:
                self._failures.append(Failure(asset.id, purchases.failed[key]))
            else:
                yield asset

    def _keep(self, job: Job, result: Result) -> None:
        """Writes down what is finished; a file that has a successor goes."""
        ledger = self._shop.ledger
        before = ledger.standing(job.product.sku)
        earlier = {made.id: ledger.made(made.id) for made in result.made if made.id in before}
        kept = [succeed(made, earlier.get(made.id)) for made in result.made]
        ledger.record(kept)
        for made in kept:
            there = earlier[made.id].paths if made.id in earlier else ()
            remove(self._output, set(there) - set(made.paths))
            self._changes.add(cause(job.reasons[made.id]), made.id)
            self._files.append(MadeFile.of(made, job.reasons[made.id]))
            for rule, message in {f.rule: f.message for f in made.findings if f.level is Level.WARNING}.items():
                self._warnings.add(rule, message)
        self._made += len(kept)
        self._rejected += [_rejected(made) for made in kept if made.rejected]
        if result.reject:
            self._late_rejects.append(result.reject)
        if result.condemned:
            mark_unreadable(*result.condemned, ledger)
        self._failures += result.failures

    def _prune(self, orphans: list[Orphan]) -> int:
        if not (self._options.prune and orphans):
            return 0
        for orphan in orphans:
            remove(self._output, filter(None, (orphan.path, orphan.stale)))
        self._shop.ledger.forget(orphan.id for orphan in orphans)
        self._shop.ledger.note_orphans(())
        return len(orphans)


def _rejected(made: Made) -> Rejected:
    """Not its whole record: a wrong rule may reject a hundred thousand."""
    return Rejected(made.path, made.errors)
