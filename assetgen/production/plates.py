"""Requests to the provider. What it answers is safe in the store before anything else happens to it."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import UTC, datetime

from pydantic import TypeAdapter

from assetgen.errors import Problem, ProviderError
from assetgen.imaging.decode import Unreadable, measure
from assetgen.imaging.sighting import sight
from assetgen.model.cutout import Pixels
from assetgen.model.made import Paid
from assetgen.model.plan import PlateOrder
from assetgen.model.request import Generated, Mode, Stage
from assetgen.ports import Provider
from assetgen.store import Record, Store, Stored

PLATES = "plates"
UNUSABLE = "unusable"

_STAGE = TypeAdapter(Stage | None)


def buy(order: PlateOrder, provider: Provider, store: Store) -> Paid:
    """Asks the provider and stores the answer. Raises ProviderError, also for an answer that is not a picture."""
    started = time.perf_counter()
    generated = provider.generate(order.request)
    record = _record(order, provider, generated, time.perf_counter() - started)
    try:
        measure(generated.data)
    except Unreadable as error:
        kept = store.put(UNUSABLE, order.key, generated.data, record, durable=True)
        hint = f"what it sent is kept as `{kept.path}`"
        raise ProviderError(Problem(f"the answer of provider `{provider.name}` {error}", hint=hint)) from error
    store.put(PLATES, order.key, generated.data, record, durable=True)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Paid(order.key, provider.name, now, generated.cost, generated.request_id)


def stage_of(plate: Stored, pixels: Pixels) -> Stage | None:
    """Where a product can stand on a stored plate, as its provider says or as it looks; None where one is drawn in."""
    known = _STAGE.validate_python(plate.record["stage"])
    request = plate.record["request"]
    if known or not isinstance(request, dict) or request["mode"] != Mode.PLATE:
        return known
    return sight(pixels).stage


def _record(order: PlateOrder, provider: Provider, generated: Generated, seconds: float) -> Record:
    cost = generated.cost
    return {
        "provider": provider.name,
        "model": generated.model,
        "ai": provider.ai,
        "settings": provider.model_dump(mode="json"),
        "request": asdict(order.request),
        "stage": asdict(generated.stage) if generated.stage else None,
        "cost": {"amount": str(cost.amount), "currency": cost.currency} if cost else None,
        "request_id": generated.request_id,
        "seconds": round(seconds, 2),
    }
