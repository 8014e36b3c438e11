"""Requests to the provider. What it answers is looked at whole, and is then safe in the store before it is used."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal

from assetgen import clock, pricing
from assetgen.errors import PluginError, Problem, ProviderError, Unanswered
from assetgen.files.decode import Unreadable, whole_size
from assetgen.fingerprint import Json, digest, key
from assetgen.model.asset import PlateOrder, money
from assetgen.model.made import Paid
from assetgen.model.request import Attached, Generated, Price, Request
from assetgen.plugins import blamed
from assetgen.ports import Cutter, Provider
from assetgen.production.materials.attachments import attached
from assetgen.production.materials.stored_plates import (
    PLATES,
    likeness_in,
    likeness_record,
    measured_likeness,
    plate_notes,
    plate_with_likeness,
)
from assetgen.production.pace import Pace
from assetgen.promises import broken_promises
from assetgen.store import Record, Store

RETAKES = "retakes"
"""Where the store keeps further answers to one request, the better ones also among the plates."""

UNUSABLE = "unusable"
"""Where the store keeps answers that are no use as plates: they were paid for, and may show what went wrong."""


LEAST = 4
"""How many times smaller than asked for a side of a picture may be, or how many times its proportions may be off."""


@dataclass(frozen=True)
class Bought:
    """An answer that is safe. problem: why it is no plate; likeness: of the product that was redrawn, 0 to 1."""

    paid: Paid
    problem: Problem | None = None
    likeness: float | None = None


class Buyer:
    """Asks one provider for plates, from several threads, and stores what comes."""

    def __init__(self, provider: Provider, cutter: Cutter, store: Store, pace: Pace) -> None:
        self._provider = provider
        self._cutter = cutter
        self._store = store
        self._pace = pace

    def buy(self, order: PlateOrder, estimate: Price | None, attempt: int = 1) -> Bought:
        """Asks for the first attempt, or for a further one, which is kept as the plate if it is better.

        estimate: what it is expected to cost at most. Raises ProviderError and SetupError.
        """
        provider, request = self._provider, order.request
        files = self._attached(order)
        started = time.perf_counter()
        return self._pace.ask(
            lambda: _answer(provider, request, files),
            lambda generated: self.keep(order, generated, estimate, clock.seconds_since(started), attempt),
            provider.tokens(request),
        )

    def _attached(self, order: PlateOrder) -> Attached:
        try:
            return attached(order, self._cutter, self._store)
        except PluginError as error:  # of a cutter: nothing was asked for yet, so that nothing is owed either
            raise ProviderError(*error.problems) from error

    def keep(
        self, order: PlateOrder, generated: Generated, estimate: Price | None, seconds: float, attempt: int = 1
    ) -> Bought:
        """Stores an answer: among the plates if it is a whole picture that will do, else where it can be looked at."""
        answer = _with_cost_believed(generated, estimate)
        paid = Paid(clock.written(clock.real_now()), answer.model, answer.cost, answer.request_id)
        record = record_of(order, self._provider, answer, seconds)
        asked = order.request.width, order.request.height
        try:
            size = _usable_size(answer.data, asked)
        except Unreadable as error:
            name = key({"plate": order.key, "answer": digest(answer.data)})
            kept = self._store.put(UNUSABLE, name, answer.data, record, durable=True)
            hint = f"what it sent is kept as `{kept.path}`; the next run asks again"
            what, *_ = str(error).partition(": ")  # what to do about a file of one's own is no help here
            return Bought(paid, Problem(f"the answer of provider `{self._provider.name}` {what}", hint=hint))
        if size != asked:
            note = f"the provider sent {_in_words(size)} pixels, {_in_words(asked)} were asked for"
            record["notes"] = [*plate_notes(record), note]
        return Bought(paid, likeness=self._best(order, answer.data, record, attempt))

    def _best(self, order: PlateOrder, data: bytes, record: Record, attempt: int) -> float | None:
        """Keeps an attempt as the plate, unless an earlier one is better; the likeness of the plate, if measured.

        A further attempt is stored among the retakes before it is measured, and again as the plate if it is better:
        the earlier one stays beside that, since it was paid for too.
        """
        store = self._store
        earlier = store.get(PLATES, order.key) if attempt > 1 else None
        if earlier is None:
            store.put(PLATES, order.key, data, record, durable=True)
            return likeness_in(plate_with_likeness(order, self._cutter, store).record)
        store.put(RETAKES, key({"plate": order.key, "attempt": attempt}), data, record, durable=True)
        before, found = likeness_in(earlier.record), measured_likeness(order, data, self._cutter, store)
        if before is None or found is None or found.score <= before:
            return before
        store.put(PLATES, order.key, data, {**record, "likeness": likeness_record(found)}, durable=True)
        return found.score


def _answer(provider: Provider, request: Request, files: Attached) -> Generated:
    """Asks once. Raises Unanswered for what a provider raises outside of our family: the picture may be paid for."""
    try:
        with blamed(f"provider `{provider.name}`"):
            answer = provider.generate(request, files)
            return sound_answer(answer)
    except PluginError as error:
        raise Unanswered(*error.problems) from error


def _with_cost_believed(generated: Generated, estimate: Price | None) -> Generated:
    """The answer without a cost that cannot be, which is noted."""
    said = generated.cost
    if said is None or pricing.believed(said, estimate):
        return generated
    amount = f"{said.amount:.6g} {said.currency}" if isinstance(said.amount, Decimal) else "no amount in Decimal"
    expected = f", and {money(estimate.amount, estimate.currency)} was expected" if estimate else ""
    note = f"the provider says that it cost {amount}{expected}: that is not believed"
    return replace(generated, cost=None, notes=(*generated.notes, note))


def _usable_size(data: bytes, asked: tuple[int, int]) -> tuple[int, int]:
    """The size of a whole picture that can stand in for one of the size asked for: neither a speck nor a strip.

    Raises Unreadable.
    """
    size = whole_size(data)
    across, down = (have / wanted for have, wanted in zip(size, asked, strict=True))
    if min(across, down) * LEAST < 1 or max(across, down) > LEAST * min(across, down):
        raise Unreadable(f"is a picture of {_in_words(size)} pixels, and {_in_words(asked)} were asked for")
    return size


def _in_words(size: tuple[int, int]) -> str:
    return f"{size[0]} x {size[1]}"


def record_of(order: PlateOrder, provider: Provider, generated: Generated, seconds: float) -> Record:
    """What is kept beside a plate; `seconds` is how long its provider took, waiting for a turn included."""
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


def sound_answer(answer: object) -> Generated:
    """An answer without the fields that are not what they promise: a note tells of each, for the picture is paid for.

    Raises TypeError for what has no picture file in it.
    """
    if not isinstance(answer, Generated):
        raise TypeError(f"its answer is of type {type(answer).__name__}, not Generated")
    if not isinstance(answer.data, bytes | bytearray | memoryview):
        raise TypeError(f"`data` of its answer is of type {type(answer.data).__name__}, not bytes")
    known = {field.name: getattr(answer, field.name) for field in fields(answer)} | {"data": bytes(answer.data)}
    broken = broken_promises(Generated(**known))
    told = Generated(**{name: value for name, value in known.items() if name not in broken})
    left_out = (f"what the provider says beside its picture is left out: {reason}" for reason in broken.values())
    return replace(told, notes=(*told.notes, *left_out))
