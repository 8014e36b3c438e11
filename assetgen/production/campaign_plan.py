"""A campaign's plan as a value: iterate it for the items, ask it for the summary, a file or a frame."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from os import PathLike
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING

from assetgen.disk import replace_if_changed
from assetgen.errors import Problem
from assetgen.frames import frame
from assetgen.model.asset import Orphan, Planned, State, Summary
from assetgen.model.brief import Brief
from assetgen.model.outcome import Held
from assetgen.model.product import Reject
from assetgen.ports import Provider
from assetgen.production import plan_file
from assetgen.production.plan_counts import PlanCounts
from assetgen.production.plan_stream import ProductPlan, planned_products
from assetgen.production.scope import Scope
from assetgen.production.workshop import workshop

if TYPE_CHECKING:
    from assetgen.frames import DataFrame

COLUMNS = (
    "state",
    "id",
    "sku",
    "scene",
    "locale",
    "audience",
    "take",
    "channel",
    "width",
    "height",
    "mode",
    "plate",
    "file",
    "reason",
    "place",
)
"""The columns of the frame of a plan."""


class Plan:
    """A plan, which reads the product table anew each time it is iterated; it makes nothing and asks for photos alone.

    Iterating gives a ProductPlan for each product, Rejects for rows that cannot be used, and last the Orphans.
    offline: not even photos are asked for. `say` hears of what takes long.
    Raises InputError where a file needs mending.
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
        self._held: tuple[Held, ...] = ()
        self._affordable = True

    def __repr__(self) -> str:
        """The plan in a line, without going through the table."""
        return f"<Plan of {self.brief.name}: {self._summary or 'ask for its summary, or iterate it'}>"

    def __iter__(self) -> InOneThread:
        return InOneThread(self._items())

    def _items(self) -> Generator[ProductPlan | Reject | Orphan]:
        with workshop(self.brief, self._provider, self._say, offline=self._offline, keeping=False) as shop:
            counted = PlanCounts(shop, self.scope)
            for item in planned_products(shop, self.scope):
                counted.count(item)
                yield item
            self._summary, self._warnings = counted.summary, tuple(counted.warnings())
            self._held = counted.doubtful.expected()
            self._affordable = not counted.too_dear()

    @property
    def summary(self) -> Summary:
        """The plan in numbers, as it was when it was last gone through; goes through the table if nothing has yet."""
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

    @property
    def held(self) -> tuple[Held, ...]:
        """The products of which pictures wait for a person's word about the cutout, or will; as far as it was made."""
        assert self.summary  # noqa: S101 - goes through the table if nothing has yet
        return self._held

    @property
    def affordable(self) -> bool:
        """Whether the budgets allow it, as far as is known; `warnings` says why not."""
        assert self.summary  # noqa: S101 - goes through the table if nothing has yet
        return self._affordable

    def lines(self) -> Iterator[str]:
        """The plan as lines of JSON, streamed: one for each asset, row set aside and orphan, the summary last."""
        yield from plan_file.lines(self)
        yield plan_file.last_line(self.summary, self.scope)

    def save(self, file: str | PathLike[str]) -> None:
        """Writes it down for `run`, which then does exactly this or refuses. Raises SetupError where it cannot."""
        replace_if_changed(Path(file), (f"{line}\n" for line in self.lines()))

    def frame(self) -> DataFrame:
        """A row for each asset, each row of the table that is set aside and each orphan; goes through the table.

        state: `new`, `changed`, `up to date`, `rejected`, `held`, `set aside` or `orphan`. width, height: of the file
        to be, in pixels. mode: what the provider is asked for, and plate the key of its picture; both are missing where
        no plate is needed, and rows with one key share one plate. file: of orphans. reason, place: why, and where it is
        wrong.
        """
        return frame(COLUMNS, ([row.get(name) for name in COLUMNS] for item in self for row in _rows(item)))


class InOneThread(Iterator[ProductPlan | Reject | Orphan]):
    """The items of a plan, which reads the ledger on its way: that can be read by one thread."""

    def __init__(self, items: Generator[ProductPlan | Reject | Orphan]) -> None:
        self._items = items
        self._thread: int | None = None

    def __next__(self) -> ProductPlan | Reject | Orphan:
        """The next item. Raises ValueError in another thread than the first time."""
        self._check()
        return next(self._items)

    def close(self) -> None:
        """Lets go of the ledger before the end, as a generator does. Raises ValueError as `__next__` does."""
        self._check()
        self._items.close()

    def _check(self) -> None:
        here = get_ident()
        self._thread = self._thread or here
        if here != self._thread:
            raise ValueError("a plan is gone through by the thread that began with it: iterate it anew in each thread")


def _rows(item: ProductPlan | Reject | Orphan) -> Iterator[dict[str, object]]:
    match item:
        case ProductPlan(planned=planned):
            yield from map(_row, planned)
        case Reject(sku=sku, problem=problem):
            place = str(problem.location or "") or None
            yield {"state": "set aside", "sku": sku, "reason": problem.message, "place": place}
        case Orphan(id=asset, path=path):
            yield {"state": State.ORPHAN.value, "id": asset, "file": path}


def _row(planned: Planned) -> dict[str, object]:
    asset = planned.asset
    plate = {"mode": asset.plate.request.mode.value, "plate": asset.plate.key} if asset.plate else {}
    return {
        "state": planned.state.value,
        "id": asset.id,
        "sku": asset.product.sku,
        "scene": asset.scene,
        "locale": asset.locale,
        "audience": asset.audience,
        "take": asset.take,
        "channel": asset.channel.id,
        "width": asset.channel.width,
        "height": asset.channel.height,
        "reason": planned.reason,
        **plate,
    }
