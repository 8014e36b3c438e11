"""From a plan to finished files: plates first, then product by product."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import TypeVar

from assetgen import pricing
from assetgen.delivery.manifest import write_manifest
from assetgen.delivery.report import write_report
from assetgen.disk import sweep
from assetgen.errors import Problem, ProviderError
from assetgen.model.brief import Brief
from assetgen.model.made import Paid
from assetgen.model.outcome import Delivered, Failure, Outcome
from assetgen.model.plan import Asset, Orphan, PlateOrder
from assetgen.model.product import Reject
from assetgen.ports import Provider
from assetgen.production.cutouts import PREVIEWS
from assetgen.production.lane import work_through
from assetgen.production.photos import condemn
from assetgen.production.pictures import Batch, Job, Pictures
from assetgen.production.plan_file import PlanFile
from assetgen.production.plates import PLATES, buy
from assetgen.production.progress import Progress
from assetgen.production.showing import shown_cutouts
from assetgen.production.survey import THUMBS, ProductPlan, Stage, Tally, Wish, survey, tally
from assetgen.production.workshop import Workshop, workshop
from assetgen.store import Record

T = TypeVar("T")
R = TypeVar("R")

DEGRADED = 1
"""Finished, but some rows were set aside or some pictures could not be made."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Terms:
    """How a run may work: on how many threads, with which prices, and whether orphans go."""

    jobs: int = field(default_factory=cores)
    allow_unknown_price: bool = False
    prune: bool = False


def run(
    brief: Brief,
    *,
    wish: Wish,
    terms: Terms,
    progress: Progress,
    plan: PlanFile | None = None,
    provider: Provider | None = None,
) -> Outcome:
    """Makes what the plan says is to be made, and nothing else.

    Raises InputError before anything is made when a file needs mending or `plan` no longer holds, BudgetError when
    it would cost too much, SetupError when this machine refuses. Problems with single rows are in the outcome.
    """
    with workshop(brief, provider, progress.note) as shop:
        return _Run(shop, wish, terms, progress).work(plan)


class _Run:
    def __init__(self, shop: Workshop, wish: Wish, terms: Terms, progress: Progress) -> None:
        self._shop = shop
        self._wish = wish
        self._terms = terms
        self._progress = progress
        self._output = shop.brief.output
        self._failures: list[Failure] = []
        self._late_rejects: list[Reject] = []
        self._failed_plates: dict[str, Problem] = {}
        self._bought: set[str] = set()
        self._made = 0

    def work(self, plan: PlanFile | None) -> Outcome:
        counted = tally(self._shop, self._wish)
        if plan:
            plan.confirm(survey(self._shop, self._wish))
        self._progress.planned(counted.summary)
        budget = self._shop.brief.campaign.value.budget
        pricing.afford(counted.summary.bill, budget, allow_unknown=self._terms.allow_unknown_price)
        if self._wish.whole:
            self._shop.ledger.note_orphans(orphan.id for orphan in counted.orphans)
        try:
            sweep(self._output)  # even with nothing to do: a run may be killed while it writes its report
            if counted.summary.to_do:
                sweep(self._shop.store.root)
                self._make_plates(counted)
                self._make_pictures(counted)
            pruned = self._prune(counted.orphans)
        finally:
            # An interrupted run leaves a manifest and a report of all that is finished.
            self._tell(counted)
        return Outcome(
            output=self._output,
            summary=counted.summary,
            made=self._made,
            rejects=(*counted.rejects, *self._late_rejects),
            failures=tuple(self._failures),
            orphans=tuple(counted.orphans),
            pruned=pruned,
            exit_code=self._exit_code(counted),
        )

    def _exit_code(self, counted: Tally) -> int:
        if counted.requests and len(self._failed_plates) == len(counted.requests):
            return ProviderError.exit_code
        return DEGRADED if counted.rejects or self._late_rejects or self._failures else 0

    def _make_plates(self, counted: Tally) -> None:
        """One refused request fails its own assets; the others go on."""
        shop, done = self._shop, count(1)

        def keep(order: PlateOrder, future: Future[Paid]) -> None:
            try:
                shop.ledger.pay(future.result())
                self._bought.add(order.key)
            except ProviderError as error:
                self._failed_plates[order.key] = error.problems[0]
            self._progress.step("plates", next(done), len(counted.requests))

        self._work_through(lambda order: buy(order, shop.provider, shop.store), counted.requests.values(), keep)

    def _make_pictures(self, counted: Tally) -> None:
        again, done = self._wish.force == Stage.CUTOUT, 0
        pictures = Pictures(self._shop, bought=frozenset(self._bought), again=again)

        def keep(job: Job, future: Future[Batch]) -> None:
            nonlocal done
            self._keep(job, future.result())
            done += len(job.assets)
            self._progress.step("pictures", done, counted.summary.to_do)

        self._work_through(pictures.make, self._jobs(), keep)

    def _work_through(self, work: Callable[[T], R], items: Iterable[T], keep: Callable[[T, Future[R]], None]) -> None:
        with ThreadPoolExecutor(self._terms.jobs) as pool:
            work_through(pool, work, items, keep, window=2 * self._terms.jobs)

    def _jobs(self) -> Iterator[Job]:
        for item in survey(self._shop, self._wish):
            if not isinstance(item, ProductPlan):
                continue
            assets = tuple(self._with_plate(planned.asset for planned in item.to_do))
            if assets:
                yield Job(item.product, assets)

    def _with_plate(self, assets: Iterable[Asset]) -> Iterator[Asset]:
        for asset in assets:
            problem = self._failed_plates.get(asset.plate.key) if asset.plate else None
            if problem:
                self._failures.append(Failure(asset.id, problem))
            else:
                yield asset

    def _keep(self, job: Job, batch: Batch) -> None:
        """Writes down what is finished; a file that has a successor goes."""
        ledger = self._shop.ledger
        before = ledger.standing(job.product.sku)
        ledger.record(batch.made)
        for made in batch.made:
            old = before.get(made.id)
            if old and old.path != made.path:
                (self._output / old.path).unlink(missing_ok=True)
        self._made += len(batch.made)
        if batch.reject:
            self._late_rejects.append(batch.reject)
        if batch.condemned:
            condemn(*batch.condemned, ledger)
        self._failures += batch.failures

    def _prune(self, orphans: list[Orphan]) -> int:
        if not (self._terms.prune and orphans):
            return 0
        for orphan in orphans:
            (self._output / orphan.path).unlink(missing_ok=True)
        self._shop.ledger.forget(orphan.id for orphan in orphans)
        self._shop.ledger.note_orphans(())
        return len(orphans)

    def _tell(self, counted: Tally) -> None:
        """The manifest, and a new report where it says something new."""
        brief, rejects = self._shop.brief, [*counted.rejects, *self._late_rejects]
        manifest, report = self._output / "manifest.json", self._output / "report.html"
        news = write_manifest(manifest, brief, self._delivered(), rejects, self._failures)
        if news or not report.exists():
            write_report(
                report,
                brief,
                self._delivered(),
                rejects,
                self._failures,
                lambda made: self._kept(THUMBS, made.digest),
                cutouts=shown_cutouts(self._shop, rejects),
                preview=lambda key: self._kept(PREVIEWS, key),
            )

    def _delivered(self) -> Iterator[Delivered]:
        orphans = self._shop.ledger.orphans()
        for made in self._shop.ledger.everything():
            yield Delivered(made, self._plate_record(made.inputs["plate"]), made.id in orphans)

    @cache  # noqa: B019 - lives as long as the run; there are few plates, and each is read once
    def _plate_record(self, key: str) -> Record | None:
        stored = self._shop.store.get(PLATES, key)
        return stored.record if stored else None

    def _kept(self, kind: str, key: str) -> bytes | None:
        stored = self._shop.store.get(kind, key)
        return stored.read() if stored else None
