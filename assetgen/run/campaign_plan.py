"""A campaign's plan as a value: iterate it for the items, ask it for the summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assetgen.errors import Problem
from assetgen.model.asset import Orphan, Summary
from assetgen.model.brief import Brief
from assetgen.model.product import Reject
from assetgen.ports import Provider
from assetgen.run.plan_counts import PlanCounts
from assetgen.run.plan_stream import ProductPlan, planned_products
from assetgen.run.scope import Scope
from assetgen.run.workshop import workshop


class Plan:
    """A plan, which reads the product table anew each time it is iterated; it makes nothing and asks for photos alone.

    offline: not even for those. `say` hears of what takes long.
    Raises InputError where a file needs mending. Rows that cannot be used come as Rejects.
    """

    def __init__(
        self,
        brief: Brief,
        scope: Scope,
        provider: Provider | None = None,
        *,
        offline: bool = False,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.brief = brief
        self.scope = scope
        self._provider = provider
        self._offline = offline
        self._say = say
        self._summary: Summary | None = None
        self._warnings: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[ProductPlan | Reject | Orphan]:
        with workshop(self.brief, self._provider, self._say, offline=self._offline) as shop:
            counted = PlanCounts(shop, self.scope)
            for item in planned_products(shop, self.scope):
                counted.count(item)
                yield item
            self._summary, self._warnings = counted.summary, tuple(counted.warnings())

    @property
    def summary(self) -> Summary:
        """The plan in numbers; goes through the table if nothing has yet."""
        if self._summary is None:
            for _ in self:
                pass
        assert self._summary is not None  # noqa: S101 - a finished iteration has set it
        return self._summary

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What a person should know before `run`: doubtful settings and prompts, a budget that will not do."""
        assert self.summary  # noqa: S101 - goes through the table if nothing has yet
        return self._warnings
