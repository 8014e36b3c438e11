"""What can be known to go wrong with a campaign before anything is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetgen.desk.words_check import Fit, Fittings
from assetgen.errors import Problem
from assetgen.frames import frame
from assetgen.model.asset import Summary
from assetgen.model.brief import Brief
from assetgen.model.product import Reject
from assetgen.plural import counted
from assetgen.ports import Provider
from assetgen.production import plan_file
from assetgen.production.campaign_plan import Plan
from assetgen.production.plan_stream import ProductPlan
from assetgen.production.scope import Scope

if TYPE_CHECKING:
    from assetgen.frames import DataFrame

COLUMNS = ("locale", "layout", "shape", "channel", "layer", "place", "text", "size", "shrink", "lines", "problem")
"""The columns of the frame of words."""


@dataclass(frozen=True)
class CampaignCheck:
    """Rows that would be set aside, how the longest words come out, doubtful settings, and the plan in numbers."""

    rejects: tuple[Reject, ...]
    fits: tuple[Fit, ...]
    warnings: tuple[Problem, ...]
    summary: Summary

    def __repr__(self) -> str:
        words = f"words in {counted(len(self.fits), 'place')}, {len(self.overfull)} too long, {len(self.small)} small"
        return f"<CampaignCheck: {self.summary}; {words}; {counted(len(self.warnings), 'warning')}>"

    @property
    def passed(self) -> bool:
        """Whether every row can be used and all words find room."""
        return not (self.rejects or self.overfull)

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
        """The lines of JSON: rows as `plan` tells of them, then the words, and the summary last."""
        yield from plan_file.lines(self.rejects)
        yield from (plan_file.dump(each.as_json()) for each in self.fits)
        yield plan_file.last_line(self.summary, Scope())


def check_campaign(
    brief: Brief,
    *,
    offline: bool = False,
    provider: Provider | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> CampaignCheck:
    """Goes through the whole plan once. Raises InputError where a file needs mending."""
    plan, words, rejects = Plan(brief, Scope(), provider, offline=offline, say=say), Fittings(brief), list[Reject]()
    for item in plan:
        match item:
            case Reject():
                rejects.append(item)
            case ProductPlan():
                words.look_at(item)
    return CampaignCheck(tuple(rejects), words.found(), plan.warnings, plan.summary)
