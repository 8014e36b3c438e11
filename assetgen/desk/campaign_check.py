"""What can be known to go wrong with a campaign before anything is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from assetgen.desk.words_check import Fit, Fittings
from assetgen.errors import PluginError, Problem, Unforeseen
from assetgen.frames import frame
from assetgen.model.asset import Orphan, State, Summary
from assetgen.model.brief import Brief
from assetgen.model.outcome import Held
from assetgen.model.product import Reject
from assetgen.plugins import faults_told
from assetgen.plural import counted
from assetgen.ports import Provider
from assetgen.production import plan_file
from assetgen.production.campaign_run import cores
from assetgen.production.materials.doubtful_cutouts import known_cutouts
from assetgen.production.materials.picture_materials import Materials, UnusablePhoto
from assetgen.production.plan_counts import PlanCounts
from assetgen.production.plan_stream import ProductPlan, planned_products
from assetgen.production.scope import Scope
from assetgen.production.workshop import Workshop, workshop
from assetgen.publishing import check_scheme

if TYPE_CHECKING:
    from assetgen.frames import DataFrame

AT_ONCE = 64
"""The products of a plan that are looked at together, by as many threads as there are processors."""

OFTEN = 100
"""The number of products after which it is said how many were cut out."""

Item = ProductPlan | Reject | Orphan
"""What a plan is made of."""

COLUMNS = ("locale", "layout", "shape", "channel", "layer", "place", "text", "size", "shrink", "lines", "problem")
"""The columns of the frame of words."""


@dataclass(frozen=True)
class CampaignCheck:
    """Rows that would be set aside, doubtful cutouts, how the longest words come out, settings, the plan in numbers.

    held: products whose pictures wait for a person's word, or would after a run.
    """

    held: tuple[Held, ...]
    rejects: tuple[Reject, ...]
    fits: tuple[Fit, ...]
    warnings: tuple[Problem, ...]
    summary: Summary

    def __repr__(self) -> str:
        words = f"words in {counted(len(self.fits), 'place')}, {len(self.overfull)} too long, {len(self.small)} small"
        return f"<CampaignCheck: {self.summary}; {words}; {counted(len(self.warnings), 'warning')}>"

    @property
    def passed(self) -> bool:
        """Whether every row can be used, no cutout is doubtful, and all words find room."""
        return not (self.held or self.rejects or self.overfull)

    @property
    def overfull(self) -> tuple[Problem, ...]:
        """Words that find no room."""
        return tuple(each.problem for each in self.fits if each.problem and not each.fits)

    @property
    def small(self) -> tuple[Problem, ...]:
        """Words that fit, but come out much smaller than the layout means them."""
        return tuple(each.problem for each in self.fits if each.problem and each.fits)

    def frame(self) -> DataFrame:
        """How the longest words come out: a row for each layer on each channel in each language.

        size: of the type, in px; shrink: that size as a share of the largest that the layer allows; both are missing
        where the words find no room, and `problem` says so.
        """
        return frame(COLUMNS, ([row[name] for name in COLUMNS] for row in (each.as_json() for each in self.fits)))

    def json_lines(self) -> Iterator[str]:
        """The lines of JSON: doubtful cutouts, rows as `plan` tells of them, then the words, and the summary last."""
        yield from (plan_file.dump({**each.as_json(), "state": State.HELD.value}) for each in self.held)
        yield from plan_file.lines(self.rejects)
        yield from (plan_file.dump(each.as_json()) for each in self.fits)
        yield plan_file.last_line(self.summary, Scope())


def check_campaign(
    brief: Brief,
    *,
    offline: bool = False,
    cutouts: bool = True,
    provider: Provider | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> CampaignCheck:
    """Goes through the whole plan once. Raises InputError where a file needs mending.

    cutouts: photos that nobody has cut out yet are, as a run would do first of all, and kept for it.
    """
    words, publishes = Fittings(brief), brief.campaign.value.publish
    if publishes:
        check_scheme(publishes.to, brief.campaign.marks.at("publish", "to"))
    with workshop(brief, provider, say, offline=offline, keeping=False) as shop:
        counted, items = PlanCounts(shop, Scope()), planned_products(shop, Scope())
        for item in _tried(shop, items, say) if cutouts else items:
            counted.count(item)
            if isinstance(item, ProductPlan):
                words.look_at(item)
        held, warnings = counted.doubtful.expected(), tuple(counted.warnings())
        return CampaignCheck(held, tuple(counted.rejects), words.found(), warnings, counted.summary)


def _tried(shop: Workshop, items: Iterator[Item], say: Callable[[str], None]) -> Iterator[Item]:
    """The items of a plan, and in place of products whose photos cannot be cut out why they would be set aside."""
    materials, done = Materials(shop, again=False, signs=False), 0

    def tried(item: Item) -> Reject | None:
        if not isinstance(item, ProductPlan) or not _uncut(item):
            return None
        try:
            with faults_told(UnusablePhoto):
                materials.products(item.product, [planned.asset for planned in item.to_do])
        except UnusablePhoto as error:
            return error.reject
        except (PluginError, Unforeseen) as error:
            return Reject(item.product.sku, replace(error.problems[0], location=item.product.location))
        return None

    with ThreadPoolExecutor(cores()) as cutting:
        while part := list(islice(items, AT_ONCE)):
            for item, reject in zip(part, cutting.map(tried, part), strict=True):
                if not isinstance(item, ProductPlan) or not _uncut(item):
                    yield item
                    continue
                orders = (order for planned in item.planned for order in planned.asset.seen_cutouts)
                yield reject or replace(item, cutouts=known_cutouts(shop, orders))
                done += 1
                if done % OFTEN == 0:
                    say(f"{done:,} products are cut out to look at them; `--no-cutouts` leaves that to the run")


def _uncut(item: ProductPlan) -> bool:
    """Whether a run would have to cut something out for a product."""
    return any(order.key not in item.cutouts for planned in item.to_do for order in planned.asset.seen_cutouts)
