"""A plan as lines of JSON: what `assetgen plan --json` prints, `-o` saves and `run --plan` holds the run to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from assetgen.errors import InputError, Location, Problem
from assetgen.file_bytes import require_file
from assetgen.fingerprint import Json
from assetgen.model.asset import Bill, Orphan, Planned, PlateSize, State, Summary
from assetgen.model.cutting import Judged
from assetgen.model.product import Reject
from assetgen.production.plan_stream import ProductPlan
from assetgen.production.scope import Scope

_SCOPE = TypeAdapter(Scope)


def lines(items: Iterable[ProductPlan | Reject | Orphan]) -> Iterator[str]:
    """One JSON object for each asset, set-aside row and orphan."""
    for item in items:
        match item:
            case ProductPlan(planned=planned, cutouts=cutouts):
                yield from (dump(_asset(p, cutouts)) for p in planned)
            case Reject(sku=sku, problem=problem):
                place = str(problem.location or "")
                yield dump({"sku": sku, "state": "set aside", "reason": problem.message, "place": place})
            case Orphan(id=asset, path=path):
                yield dump({"id": asset, "state": State.ORPHAN.value, "file": path})


def last_line(summary: Summary, scope: Scope) -> str:
    """The plan in numbers, and which part of the campaign it is for. An unknown price is null."""
    numbers: dict[str, Json] = {
        "assets": summary.assets,
        "new": summary.new,
        "changed": summary.changed,
        "up_to_date": summary.up_to_date,
        "orphan": summary.orphan,
        "rejected": summary.rejected,
        "held": summary.held,
        "set_aside": summary.set_aside,
        "off_sale": summary.off_sale,
        "cutouts": {verdict.value: count for verdict, count in sorted(summary.cutouts.items())},
        "requests": summary.bill.requests,
        "price": price(summary.bill),
        "waiting": summary.waiting,
        "sizes": [_size(size) for size in summary.sizes],
    }
    return dump({"summary": numbers, "scope": _SCOPE.dump_python(scope, mode="json")})


def _size(size: PlateSize) -> dict[str, Json]:
    return {
        "width": size.width,
        "height": size.height,
        "shapes": list[Json](size.shapes),
        "channels": list[Json](size.channels),
        "requests": size.bill.requests,
        "price": price(size.bill),
    }


def price(bill: Bill) -> Json:
    """A bill as JSON; null where it is not known."""
    return None if bill.amount is None else {"amount": str(bill.amount), "currency": bill.currency}


@dataclass(frozen=True)
class PlanFile:
    """A plan that was saved, with the name of its file."""

    path: Path

    def scope(self) -> Scope:
        """The part of the campaign that the plan was made for. Raises InputError for a file that is no plan."""
        hint = "save one with `assetgen plan CAMPAIGN -o plan.json`"
        require_file(self.path, hint)
        try:
            *_, last = self.path.read_text(encoding="utf-8").splitlines()
            return _SCOPE.validate_python(_load(last)["scope"])
        except (OSError, ValueError, KeyError, RecursionError) as error:
            raise InputError(Problem("this is not a saved plan", Location(str(self.path)), hint)) from error

    def confirm(self, items: Iterable[ProductPlan | Reject | Orphan]) -> None:
        """Compares the plan of today with the saved one. Raises InputError at the first line that no longer holds."""
        with self.path.open(encoding="utf-8") as file:
            saved = (line.rstrip("\n") for line in file)
            number, done = 0, 0
            for number, now in enumerate(lines(items), 1):
                before = next(saved, "")
                if before != now:
                    if not _carried_out(_load(before), _load(now)):
                        self._refuse(_load(now), number)
                    done = done or number
            if "summary" not in (rest := _load(next(saved, ""))):
                self._refuse(rest, number + 1)
            if done:
                self._refuse({}, done, carried_out=True)

    def _refuse(self, asset: dict[str, Json], number: int, *, carried_out: bool = False) -> None:
        what = asset.get("id") or asset.get("sku") or "the plan"
        if carried_out:
            message = "this plan was carried out since it was saved: what it was to make is there"
            raise InputError(Problem(message, Location(str(self.path), number), "for what is new since, plan again"))
        message = f"the plan no longer holds: `{what}` is different now"
        hint = "an input has changed since it was saved; plan again and look at what is different"
        raise InputError(Problem(message, Location(str(self.path), number), hint))


def _carried_out(saved: dict[str, Json], now: dict[str, Json]) -> bool:
    """Whether an asset that was to be made is made now, of the same inputs."""
    differing = {name for name in saved.keys() | now.keys() if saved.get(name) != now.get(name)}
    made = State.UP_TO_DATE, State.REJECTED, State.HELD
    return now.get("state") in made and differing <= {"state", "reason", "cutouts"}


def _asset(planned: Planned, cutouts: Mapping[str, Judged]) -> dict[str, Json]:
    """One asset as JSON; `cutouts` says of each cutout that was made before how far it can be trusted."""
    asset = planned.asset
    known = [cutouts[order.key] for order in asset.cutouts if order.key in cutouts]
    return {
        "id": asset.id,
        "sku": asset.product.sku,
        "products": [member.sku for member in asset.product.shown],
        "scene": asset.scene,
        "locale": asset.locale,
        "audience": asset.audience,
        "take": asset.take,
        "channel": asset.channel.id,
        "state": planned.state.value,
        "reason": planned.reason,
        "plate_key": asset.plate.key if asset.plate else None,
        "cutout_key": asset.inputs["cutout"] if asset.cutouts else None,
        "asset_key": asset.key,
        "cutouts": [_judged(found) for found in known],
    }


def _judged(found: Judged) -> dict[str, Json]:
    findings = [finding.as_json() for finding in (*found.doubts, *found.notes)]
    return {
        "verdict": found.verdict.value,
        "by": found.by,
        "findings": list[Json](findings),
        "care": list[Json](found.care),
    }


def dump(value: dict[str, Json]) -> str:
    """One line of the file, with letters of all languages as they are."""
    return json.dumps(value, ensure_ascii=False)


def _load(line: str) -> dict[str, Json]:
    try:
        value = json.loads(line)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
