"""Requests to the provider. What it answers is safe in the store before anything else happens to it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from pydantic import TypeAdapter

from assetgen import clock
from assetgen.config.mode import Mode
from assetgen.errors import Problem
from assetgen.files.decode import Unreadable, decode, measure
from assetgen.fingerprint import Json, digest, key
from assetgen.likeness.likeness import Likeness, likeness
from assetgen.model.arrays import Pixels
from assetgen.model.asset import Asset, PlateOrder
from assetgen.model.finding import Finding, Level
from assetgen.model.made import Paid
from assetgen.model.request import Generated, Stage
from assetgen.picture.edit_frame import stands_at
from assetgen.picture.light.stage_finding import sight
from assetgen.ports import Cutter, Provider
from assetgen.run.attachments import attached, cutout_of
from assetgen.run.pace import Pace
from assetgen.store import Record, Store, Stored

PLATES = "plates"
RETAKES = "retakes"
UNUSABLE = "unusable"

_STAGE = TypeAdapter(Stage | None)


@dataclass(frozen=True)
class Bought:
    """An answer that is safe. problem: why it is no plate; likeness: of the product that was redrawn, 0 to 1."""

    paid: Paid
    problem: Problem | None = None
    likeness: float | None = None


class Buyer:
    """Asks one provider, from several threads."""

    def __init__(self, provider: Provider, cutter: Cutter, store: Store, pace: Pace) -> None:
        self._provider = provider
        self._cutter = cutter
        self._store = store
        self._pace = pace

    def buy(self, order: PlateOrder, attempt: int = 1) -> Bought:
        """The first attempt, or a further one to keep if it is better. Raises ProviderError, SetupError."""
        provider, request = self._provider, order.request
        files = attached(order, self._cutter, self._store)
        started = time.perf_counter()
        return self._pace.ask(
            lambda: provider.generate(request, files),
            lambda generated: self.keep(order, generated, clock.seconds_since(started), attempt),
            provider.tokens(request),
        )

    def keep(self, order: PlateOrder, generated: Generated, seconds: float, attempt: int = 1) -> Bought:
        """Stores an answer, whatever it is, and then looks at it."""
        record = record_of(order, self._provider, generated, seconds)
        paid = Paid(clock.written(clock.real_now()), generated.model, generated.cost, generated.request_id)
        try:
            size = measure(generated.data)
        except Unreadable as error:
            name = key({"plate": order.key, "answer": digest(generated.data)})
            kept = self._store.put(UNUSABLE, name, generated.data, record, durable=True)
            message = f"the answer of provider `{self._provider.name}` {error}"
            return Bought(paid, Problem(message, hint=f"what it sent is kept as `{kept.path}`"))
        if size != (order.request.width, order.request.height):
            asked = f"{order.request.width} x {order.request.height}"
            record["notes"] = [
                *_notes(record),
                f"the provider sent {size[0]} x {size[1]} pixels, {asked} were asked for",
            ]
        return Bought(paid, likeness=self._best(order, generated.data, record, attempt))

    def _best(self, order: PlateOrder, data: bytes, record: Record, attempt: int) -> float | None:
        """Keeps an attempt as the plate, unless an earlier one is better."""
        store = self._store
        earlier = store.get(PLATES, order.key) if attempt > 1 else None
        if earlier is None:
            store.put(PLATES, order.key, data, record, durable=True)
            return likeness_in(with_likeness(order, self._cutter, store).record)
        store.put(RETAKES, key({"plate": order.key, "attempt": attempt}), data, record, durable=True)
        before, found = likeness_in(earlier.record), _likeness(order, data, self._cutter, store)
        if before is None or found is None or found.score <= before:
            return before
        store.put(PLATES, order.key, data, {**record, "likeness": _rounded(found)}, durable=True)
        return found.score


def with_likeness(order: PlateOrder, cutter: Cutter, store: Store) -> Stored:
    """The stored plate, whose record says how far a product that was redrawn is still that of its photo."""
    stored = store.get(PLATES, order.key)
    assert stored  # noqa: S101 - an asset whose plate failed never gets here
    if "likeness" in stored.record or not order.sent:
        return stored
    found = _likeness(order, stored.read(), cutter, store)
    record: Record = {**stored.record, "likeness": _rounded(found) if found else None}
    store.annotate(PLATES, order.key, record)
    return replace(stored, record=record)


def _likeness(order: PlateOrder, data: bytes, cutter: Cutter, store: Store) -> Likeness | None:
    """None where the product was not redrawn from its photo, where there are several, or where it cannot be told."""
    if order.request.mode is not Mode.EDIT or len(order.sent) != 1:
        return None
    product = cutout_of(order.sent[0], cutter, store)
    if product is None:
        return None
    try:
        picture = decode(data)
    except Unreadable:
        return None
    request = order.request
    kept = request.protected
    place = stands_at(product, request.width, request.height, kept.box) if kept else None
    return likeness(product, picture[..., :3], place)


def _rounded(found: Likeness) -> dict[str, Json]:
    return {name: round(getattr(found, name), 3) for name in ("score", "size", "place", "colour", "structure")}


def stage_of(plate: Stored, pixels: Pixels) -> Stage | None:
    """Where a product can stand on a stored plate, as its provider says or as it looks; None where one is drawn in."""
    known = _STAGE.validate_python(plate.record["stage"])
    request = plate.record["request"]
    if known or not isinstance(request, dict) or request["mode"] != Mode.PLATE:
        return known
    return sight(pixels).stage


def likeness_in(record: Record) -> float | None:
    """What was found of a redrawn product, 0 to 1."""
    found = record.get("likeness")
    return float(str(found["score"])) if isinstance(found, dict) else None


def plate_findings(asset: Asset, plate: Stored, at_least: float) -> Iterator[Finding]:
    """What its provider and we noticed about a plate."""
    yield from (Finding("plate", Level.WARNING, str(note)) for note in _notes(plate.record))
    if asset.plate is None or asset.plate.request.mode is not Mode.EDIT:
        return
    found = likeness_in(plate.record)
    if found is None:
        yield Finding("likeness", Level.NOT_CHECKED, "whether the product is that of its photo was not measured")
    elif found < at_least:
        message = (
            f"the provider may have changed the product: likeness {found:.2f}, at least {at_least:.2f} is asked for"
        )
        yield Finding("likeness", Level.WARNING, message)


def _notes(record: Record) -> list[Json]:
    notes = record.get("notes")
    return notes if isinstance(notes, list) else []


def record_of(order: PlateOrder, provider: Provider, generated: Generated, seconds: float) -> Record:
    cost = generated.cost
    return {
        "provider": provider.name,
        "model": generated.model,
        "ai": provider.ai,
        "settings": provider.model_dump(mode="json"),
        "request": asdict(order.request),
        "at": clock.written(clock.now()),
        "stage": asdict(generated.stage) if generated.stage else None,
        "cost": {"amount": str(cost.amount), "currency": cost.currency} if cost else None,
        "request_id": generated.request_id,
        "notes": list[Json](generated.notes),
        "seconds": round(seconds, 2),
    }
