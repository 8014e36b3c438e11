"""Why a finished file would be made again, or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assetgen.errors import InputError, Location, Problem
from assetgen.model.asset import Asset, Planned, State
from assetgen.model.brief import Brief
from assetgen.model.finding import KeptBack
from assetgen.model.made import Made
from assetgen.model.product import Reject
from assetgen.planning.compare import differences
from assetgen.production.materials.stored_plates import plate_in
from assetgen.production.plan_stream import ProductPlan, planned_products
from assetgen.production.scope import Scope
from assetgen.production.workshop import Workshop, workshop


@dataclass(frozen=True)
class Explanation:
    state: str
    reasons: tuple[str, ...]


def find_campaign(file: Path) -> Path:
    """The campaign that a file in `output/<campaign>/<channel>/` belongs to. Raises InputError."""
    folder = file.resolve().parent.parent
    folder = folder.parent if folder.name in [*KeptBack] else folder
    found = folder.parent.parent / "campaigns" / f"{folder.name}.yaml"
    if not found.exists():
        hint = "its folder does not tell: name it, as in `assetgen why FILE --campaign campaigns/spring.yaml`"
        raise InputError(Problem("which campaign is this file from?", Location(str(file)), hint))
    return found


def explain(brief: Brief, file: Path) -> Explanation:
    """Explains a file, with photos as they were fetched last. Raises InputError for a file that no run made."""
    with workshop(brief, offline=True, keeping=False) as shop:
        made = _made(shop, file)
        for item in planned_products(shop, Scope()):
            match item:
                case Reject(sku=made.sku, problem=problem):
                    return Explanation("set aside", (str(problem),))
                case ProductPlan(planned=planned):
                    for each in planned:
                        if each.asset.id == made.id:
                            return Explanation(each.state, tuple(_reasons(shop, made, each)))
    return Explanation(State.ORPHAN, ("no row, scene, locale or channel asks for it any more",))


def _made(shop: Workshop, file: Path) -> Made:
    for made in shop.ledger.everything():
        if any((shop.brief.output / path).resolve() == file.resolve() for path in made.paths):
            return made
    hint = "pictures that a run made are listed in manifest.json"
    raise InputError(Problem(f"no run of campaign `{shop.brief.name}` made this file", Location(str(file)), hint))


def _reasons(shop: Workshop, made: Made, planned: Planned) -> Iterator[str]:
    asset = planned.asset
    if made.key == asset.key:
        yield planned.reason
    elif made.inputs["plate"] != asset.inputs["plate"]:
        yield from _request_differences(shop, made, asset)
        yield from differences({**made.inputs, "plate": ""}, {**asset.inputs, "plate": ""})
    else:
        yield from differences(made.inputs, asset.inputs)


def _request_differences(shop: Workshop, made: Made, asset: Asset) -> Iterator[str]:
    """What of the request is different, where the old one is still in the store."""
    old = plate_in(shop.store, made.inputs["plate"])
    before = old.record["request"] if old else None
    if not isinstance(before, dict) or "prompt" not in before or asset.plate is None:
        yield "the scene's picture is another one"
    elif before["prompt"] != asset.plate.request.prompt:
        yield f"the prompt changed: “{before['prompt']}” became “{asset.plate.request.prompt}”"
    else:
        yield "the provider, its settings or the size of the request changed"
