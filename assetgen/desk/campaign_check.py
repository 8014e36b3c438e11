"""What can be known to go wrong with a campaign before anything is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assetgen.desk.words_check import Fit, Fittings
from assetgen.errors import Problem
from assetgen.model.asset import Summary
from assetgen.model.brief import Brief
from assetgen.model.product import Reject
from assetgen.run import plan_file
from assetgen.run.campaign_plan import Plan
from assetgen.run.plan_stream import ProductPlan
from assetgen.run.scope import Scope


@dataclass(frozen=True)
class CampaignCheck:
    """Rows that would be set aside, how the longest words come out, doubtful settings, and the plan in numbers."""

    rejects: tuple[Reject, ...]
    fits: tuple[Fit, ...]
    warnings: tuple[Problem, ...]
    summary: Summary

    @property
    def overfull(self) -> tuple[Problem, ...]:
        return tuple(each.problem for each in self.fits if each.problem and not each.fits)

    @property
    def small(self) -> tuple[Problem, ...]:
        return tuple(each.problem for each in self.fits if each.problem and each.fits)

    def json_lines(self) -> Iterator[str]:
        """Rows as `plan` tells of them, then the words, and the summary last."""
        yield from plan_file.lines(self.rejects)
        yield from (plan_file.dump(each.as_json()) for each in self.fits)
        yield plan_file.last_line(self.summary, Scope())


def check_campaign(
    brief: Brief, *, offline: bool = False, say: Callable[[str], None] = lambda _: None
) -> CampaignCheck:
    """Goes through the whole plan once. Raises InputError where a file needs mending."""
    plan, words, rejects = Plan(brief, Scope(), offline=offline, say=say), Fittings(brief), list[Reject]()
    for item in plan:
        match item:
            case Reject():
                rejects.append(item)
            case ProductPlan():
                words.look_at(item)
    return CampaignCheck(tuple(rejects), words.found(), plan.warnings, plan.summary)
