"""The functions that lead from a campaign file to finished pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from assetgen.api.arguments import (
    FilePath,
    StepName,
    a_brief,
    a_day,
    a_frame,
    a_number,
    a_path,
    a_path_or_none,
    a_provider,
    a_scope,
    some_events,
    switches,
)

if TYPE_CHECKING:
    from assetgen.desk.campaign_check import CampaignCheck
    from assetgen.frames import DataFrame
    from assetgen.model.brief import Brief
    from assetgen.model.outcome import Outcome
    from assetgen.ports import Provider
    from assetgen.production.campaign_plan import Plan
    from assetgen.production.events import Events


def load(
    campaign: FilePath, *, on: date | None = None, products: DataFrame | None = None, pseudo: bool = False
) -> Brief:
    """Reads a campaign file and everything it names, but for the rows of the product table.

    on: goes by that day instead of today, to rehearse it, under a name and in an output folder of its own.
    products: a pandas frame in the place of the campaign's product table; its columns are read as those of a file are,
    and its photos are looked for beside the file that the campaign names, which need not be there.
    pseudo: the campaign in pseudo-locales, under a name and in an output folder of its own.
    Raises InputError with all problems of all files.
    """
    from assetgen.planning.pseudo import pseudo as in_pseudo_locales
    from assetgen.planning.rehearsal import on_its_day
    from assetgen.sources import load

    switches(pseudo=pseudo)
    day = a_day(on)
    brief = load(a_path(campaign, "load", "a campaign file"), day, a_frame(products))
    brief = on_its_day(brief) if day else brief
    return in_pseudo_locales(brief) if pseudo else brief


def plan(
    brief: Brief,
    *,
    select: str | Sequence[str] = (),
    limit: int | None = None,
    force_step: StepName | None = None,
    offline: bool = False,
    provider: Provider | None = None,
    events: Events | None = None,
) -> Plan:
    """What `run` would make and what it would cost; nothing is made, and no more than photos are fetched.

    select: a term such as `sku:MUG-*`, or several, all of which must hold. limit: only the first so many products.
    force_step: `plate`, `cutout` or `compose` is to be done again, and what follows from it, even if nothing changed.
    offline: photos with an address are not fetched; those that were fetched before have to do.
    provider: takes the place of the campaign's. events: hears of what takes long, by `note`.
    Raises InputError for a term that selects nothing; what is wrong with the campaign is raised when the plan is used.
    """
    from assetgen.production.campaign_plan import Plan

    brief = a_brief(brief, "assetgen.plan({})")
    switches(offline=offline)
    say = some_events(events).note
    return Plan(brief, a_scope(brief, select, limit, force_step), a_provider(provider), offline=offline, say=say)


def run(
    brief: Brief,
    *,
    select: str | Sequence[str] = (),
    limit: int | None = None,
    force_step: StepName | None = None,
    plan: FilePath | None = None,
    jobs: int | None = None,
    prune: bool = False,
    allow_unknown_price: bool = False,
    partly: bool = False,
    batch: bool = False,
    summary: FilePath | None = None,
    offline: bool = False,
    wait: float = 0,
    provider: Provider | None = None,
    events: Events | None = None,
) -> Outcome:
    """Makes what is new or changed, and nothing else. Problems with single rows and pictures are in the outcome.

    select, limit, force_step, offline, provider: as `plan` has them.
    plan: a file that `Plan.save` wrote; exactly this is done, or it is refused.
    jobs: so many pictures at once; as many as there are processors if not given.
    prune: files that nothing asks for any more are removed.
    allow_unknown_price: goes on although the budget cannot be checked. partly: where the budget is too small, makes as
    much as it has room for. batch: the requests are handed in at a lower price, and a later run makes the pictures.
    summary: a file for how it went as Markdown. wait: seconds to wait for another run in the same folder.
    events: hears how it goes.
    Raises InputError where a file needs mending or the saved plan no longer holds, BudgetError where it would cost too
    much, SetupError where this machine refuses or another run works in the same folder, and ProviderError.
    """
    from assetgen.delivery.summary import write_summary
    from assetgen.disk import refuse_folder
    from assetgen.production.campaign_run import RunOptions, cores
    from assetgen.production.campaign_run import run as work
    from assetgen.production.plan_file import PlanFile

    brief = a_brief(brief, "assetgen.run({})")
    switches(prune=prune, allow_unknown_price=allow_unknown_price, partly=partly, batch=batch, offline=offline)
    told, provider = some_events(events), a_provider(provider)
    report = a_path_or_none(summary, "run", "the summary")
    if report:
        refuse_folder(report)  # before hours of work rather than after them
    if plan is not None and (select or limit or force_step):
        raise ValueError("a saved plan says itself what to make: leave out `select`, `limit` and `force_step`")
    saved = None if plan is None else PlanFile(a_path(plan, "run", "a saved plan"))
    scope = saved.scope() if saved else a_scope(brief, select, limit, force_step)
    options = RunOptions(
        a_number(jobs, "`jobs` is so many pictures at once") or cores(),
        allow_unknown_price=allow_unknown_price,
        partly=partly,
        batch=batch,
        prune=prune,
        offline=offline,
        wait=wait,
    )
    outcome = work(brief, scope=scope, options=options, progress=told, plan=saved, provider=provider)
    if report:
        write_summary(report, brief.title, outcome)
    return outcome


def check(
    brief: Brief,
    *,
    offline: bool = False,
    cutouts: bool = True,
    provider: Provider | None = None,
    events: Events | None = None,
) -> CampaignCheck:
    """Says what would go wrong: rows set aside, words that find no room, doubtful settings. Makes nothing.

    cutouts: photos that were never cut out are, and kept for the run; else only they can still set rows aside there.
    offline, provider, events: as `plan` has them. For finished files see `inspect`.
    Raises InputError where a file needs mending.
    """
    from assetgen.desk.campaign_check import check_campaign

    brief = a_brief(brief, "assetgen.check({})")
    switches(offline=offline, cutouts=cutouts)
    say = some_events(events).note
    return check_campaign(brief, offline=offline, cutouts=cutouts, provider=a_provider(provider), say=say)
