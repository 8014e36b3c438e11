"""A run, from a plan to finished files: plates and pictures side by side, then manifest and report."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from assetgen.credentials.preflight import preflight
from assetgen.credentials.signing import Signer
from assetgen.delivery.asset_files import remove
from assetgen.disk import sweep
from assetgen.errors import BudgetError, ProviderError
from assetgen.ledger import only_run
from assetgen.model.asset import Orphan
from assetgen.model.brief import Brief
from assetgen.model.outcome import Held, Outcome
from assetgen.plugins import blamed
from assetgen.ports import Provider
from assetgen.production.batch_runs import HandedIn, hand_in, pick_up
from assetgen.production.events import Events
from assetgen.production.lane import Lane, drive
from assetgen.production.picture_jobs import PictureJobs, jobs
from assetgen.production.pictures import Pictures
from assetgen.production.plan_counts import PlanCounts, count_plan
from assetgen.production.plan_file import PlanFile
from assetgen.production.plan_stream import planned_products
from assetgen.production.purchases import Purchases
from assetgen.production.reporting import Reporting
from assetgen.production.run_results import RunResults, as_rejected
from assetgen.production.scope import Scope
from assetgen.production.waiting import Queue
from assetgen.production.workshop import Workshop, limits_of, workshop

DEGRADED = 1
"""The exit code of a run that set rows aside, or could not make some pictures or had to keep them back."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class RunOptions:
    """How a run may work.

    jobs: threads. partly: as much as the budgets have room for, where that is not all. batch: requests are handed in
    as a batch, and their pictures made by a later run. prune: orphans go. offline: no photo is fetched.
    wait: seconds to wait for another run in the same folder.
    """

    jobs: int = field(default_factory=cores)
    allow_unknown_price: bool = False
    partly: bool = False
    batch: bool = False
    prune: bool = False
    offline: bool = False
    wait: float = 0


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
    say, wait = progress.note, options.wait
    with (
        only_run(brief.home, wait=wait, say=say),
        workshop(brief, provider, say, offline=options.offline, patience=wait) as shop,
    ):
        return _Run(shop, scope, options, progress).work(plan)


class _Run:
    """One run from the first look at its plan to its outcome: all that happens in the driver's thread."""

    def __init__(self, shop: Workshop, scope: Scope, options: RunOptions, progress: Events) -> None:
        self._shop = shop
        self._scope = scope
        self._options = options
        self._progress = progress
        self._results = RunResults(shop)

    def work(self, plan: PlanFile | None) -> Outcome:
        """Counts, makes, prunes and tells, in this order."""
        counted = self._counted(plan)
        self._results.doubtful = counted.doubtful  # and what a run makes is noted beside it
        signer = self._signer() if counted.summary.to_do else None
        if self._scope.whole:  # a part of a campaign does not tell what all of it asks for
            self._shop.ledger.note_orphans(orphan.id for orphan in counted.orphans)
        purchases = None
        try:
            sweep(self._shop.brief.output)  # even with nothing to do: a run may be killed while it writes its report
            if counted.summary.to_do:
                sweep(self._shop.store.root)
                purchases = self._make(counted, signer)
            pruned = self._prune(counted.orphans)
        finally:
            # An interrupted run leaves a manifest and a report of all that is finished.
            held = self._results.doubtful.held()
            Reporting(self._shop).tell(held, [*counted.rejects, *self._results.rejects], self._results.failures)
        return self._outcome(counted, held, pruned, self._exit_code(counted, held, purchases))

    def _counted(self, plan: PlanFile | None) -> PlanCounts:
        """The plan in numbers, once it is known to hold and to be affordable. Raises InputError, BudgetError."""
        shop, options = self._shop, self._options
        pick_up(shop, self._progress.note)  # first: what a batch has brought is not asked for again
        counted = count_plan(shop, self._scope, batch=options.batch)
        if plan:
            plan.confirm(planned_products(shop, self._scope))
        for damaged in counted.damages:
            self._progress.note(damaged.message)
        self._progress.planned(counted.summary)
        if not options.partly:
            counted.afford(allow_unknown=options.allow_unknown_price)
        return counted

    def _signer(self) -> Signer | None:
        """The signer of the files, tried before anything is paid for. Raises SetupError."""
        if self._shop.identity is None:
            return None
        ready = preflight(self._shop.identity)
        for doubt in ready.doubts:
            self._progress.note(doubt.message)
        return ready.signer

    def _make(self, counted: PlanCounts, signer: Signer | None) -> Purchases:
        """Makes plates and pictures in two lanes: a product's pictures begin as soon as its plates are there."""
        shop, options = self._shop, self._options
        parallel = limits_of(shop.provider).parallel or options.jobs
        orders, handed = counted.requests, HandedIn()
        if orders:
            with blamed(f"provider `{shop.provider.name}`"):
                shop.provider.prepare()
        if orders and options.batch:
            handed = hand_in(shop, orders.values(), allow_unknown=options.allow_unknown_price)
            counted.waiting |= handed.waiting
            orders = {}
        aside = {reject.sku for reject in counted.rejects}
        wanted = jobs(planned_products(shop, self._scope), aside, self._results.rejects.append)
        queue = Queue(wanted, awaited=orders)
        purchases = Purchases(
            shop,
            orders.values(),
            handed,
            parallel=parallel,
            allow_unknown=options.allow_unknown_price,
            progress=self._progress,
            settled=queue.settled,
        )
        pictures = Pictures(shop, purchases.bought, signer, again=self._scope.again)
        made = PictureJobs(queue, purchases, counted, self._results, self._progress)
        # Twice as many callers as places: those that wait to ask again hold a thread, but no place.
        with ThreadPoolExecutor(2 * parallel) as callers, ThreadPoolExecutor(options.jobs) as painters:
            drive(
                Lane(
                    callers,
                    purchases.make,
                    purchases.draw,
                    purchases.keep,
                    window=purchases.window,
                    stop=purchases.stop,
                ),
                Lane(
                    painters,
                    pictures.make,
                    made.draw,
                    made.keep,
                    window=lambda: 2 * options.jobs,
                    stop=signer.patience.call_off if signer else lambda: None,
                ),
            )
        return purchases

    def _prune(self, orphans: list[Orphan]) -> int:
        """Removes the files that nothing asks for any more, if that is wanted; how many those were."""
        if not (self._options.prune and orphans):
            return 0
        for orphan in orphans:
            remove(self._shop.brief.output, filter(None, (orphan.path, orphan.stale)))
        self._shop.ledger.forget(orphan.id for orphan in orphans)
        self._shop.ledger.note_orphans(())
        return len(orphans)

    def _outcome(self, counted: PlanCounts, held: tuple[Held, ...], pruned: int, exit_code: int) -> Outcome:
        ledger, results = self._shop.ledger, self._results
        return Outcome(
            output=self._shop.brief.output,
            summary=counted.summary,
            made=results.made,
            files=tuple(results.files),
            rejected=(*results.rejected, *map(as_rejected, map(ledger.made, counted.rejected))),
            held=held,
            rejects=(*counted.rejects, *results.rejects),
            failures=tuple(results.failures),
            orphans=tuple(counted.orphans),
            pruned=pruned,
            waiting=results.waiting,
            causes=tuple(results.changes),
            warnings=tuple(results.warnings),
            slips=tuple(counted.slips()),
            spent=ledger.payments.spent().run,
            exit_code=exit_code,
        )

    def _exit_code(self, counted: PlanCounts, held: tuple[Held, ...], purchases: Purchases | None) -> int:
        if purchases and purchases.over_budget:
            return BudgetError.exit_code
        if purchases and purchases.failed and not (purchases.bought or counted.waiting):
            return ProviderError.exit_code
        results = self._results
        wrong = counted.rejects, results.rejects, results.failures, counted.rejected, results.rejected, held
        return DEGRADED if any(wrong) else 0
