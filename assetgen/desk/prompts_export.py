"""The prompts of a campaign's plates, for pictures that are made elsewhere."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from fractions import Fraction

from assetgen.errors import Problem
from assetgen.model.asset import PlateOrder
from assetgen.planning.plate_keys import plate_file
from assetgen.production.plan_counts import PlanCounts
from assetgen.production.plan_stream import ProductPlan, planned_products
from assetgen.production.scope import Scope
from assetgen.production.workshop import Workshop
from assetgen.providers.folder import Folder


@dataclass(frozen=True)
class Prompt:
    """What a plate should show, and the name under which its picture will be found.

    scene: several with commas where they ask for the same.
    """

    key: str
    width: int
    height: int
    ratio: str
    mode: str
    take: int
    scene: str
    prompt: str
    file: str

    @property
    def for_midjourney(self) -> Prompt:
        """The prompt on one line, the proportions at its end."""
        return replace(self, prompt=f"{' '.join(self.prompt.split())} --ar {self.ratio}")


@dataclass(frozen=True)
class Export:
    """Prompts, and what a person should know before making them, rows that were set aside among it (`doubts`)."""

    prompts: tuple[Prompt, ...]
    doubts: tuple[Problem, ...]


def export(shop: Workshop, *, everything: bool, midjourney: bool) -> Export:
    """The prompts of the plates still to be made, or of all; makes nothing and asks nobody."""
    counted = PlanCounts(shop, Scope())
    orders: dict[str, PlateOrder] = {}
    scenes: dict[str, dict[str, None]] = {}
    for item in planned_products(shop, Scope()):
        counted.count(item)
        for planned in item.planned if isinstance(item, ProductPlan) else ():
            if plate := planned.asset.plate:
                orders.setdefault(plate.key, plate)
                scenes.setdefault(plate.key, {})[planned.asset.scene] = None
    wanted = orders if everything else counted.requests
    prompts = (_prompt(order, scenes[order.key]) for order in wanted.values())
    return Export(
        tuple(prompt.for_midjourney if midjourney else prompt for prompt in prompts),
        (*_doubts(shop), *(reject.problem for reject in counted.rejects)),
    )


def _prompt(order: PlateOrder, scenes: Iterable[str]) -> Prompt:
    request = order.request
    ratio = Fraction(request.width, request.height)
    return Prompt(
        key=order.key,
        width=request.width,
        height=request.height,
        ratio=f"{ratio.numerator}:{ratio.denominator}",
        mode=request.mode.value,
        take=request.take,
        scene=", ".join(scenes),
        prompt=request.prompt,
        file=plate_file(order.key),
    )


def _doubts(shop: Workshop) -> Iterator[Problem]:
    if not isinstance(shop.provider, Folder):
        message = f"these keys and sizes are those of provider `{shop.provider.name}`, which will not look for files"
        hint = "to use pictures made elsewhere, write `provider: {name: folder, folder: plates}` and export again"
        yield Problem(message, shop.brief.campaign.marks.at("provider"), hint)


def as_csv(prompts: Iterable[Prompt]) -> str:
    """The prompts as a table: a row for each, below the names of the columns."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, [field.name for field in fields(Prompt)], lineterminator="\n")
    table.writeheader()
    table.writerows(asdict(prompt) | {"prompt": _as_text(prompt.prompt)} for prompt in prompts)
    return text.getvalue()


def _as_text(cell: str) -> str:
    """A blank before what a spreadsheet would take for a formula, see https://owasp.org/www-community/attacks/CSV_Injection."""
    return f" {cell}" if cell[:1] in {"=", "+", "-", "@"} else cell


def as_json(prompts: Iterable[Prompt]) -> str:
    """The prompts as JSON, a line for each."""
    return "".join(f"{json.dumps(asdict(prompt), ensure_ascii=False)}\n" for prompt in prompts)
