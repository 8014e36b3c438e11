"""Requests that are handed in together and answered within a day, at a lower price."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from uuid import uuid4

from assetgen import pricing
from assetgen.errors import InputError, PluginError, Problem, ProviderError
from assetgen.ledger.payments import BATCHED
from assetgen.model.asset import PlateOrder
from assetgen.model.batch_state import BatchState, OpenBatch
from assetgen.model.request import Attached, Generated, Request
from assetgen.plugins import blamed, each_blamed
from assetgen.ports import BatchProvider
from assetgen.production.materials.attachments import attached
from assetgen.production.pace import Pace
from assetgen.production.plates import Buyer, sound_answer
from assetgen.production.workshop import Workshop, limits_of, price_of
from assetgen.promises import promised

MOST = 5_000
"""The most requests in one batch; with the longest prompts that is 160 MB, and 200 MB are allowed."""

NEVER_CAME = Problem("the batch ended before it was made", hint="the next run asks for it again")


@dataclass
class HandedIn:
    """The keys of plates that wait in a batch now, and why others could not be handed in."""

    waiting: set[str] = field(default_factory=set)
    refused: dict[str, Problem] = field(default_factory=dict)
    over_budget: Problem | None = None


@dataclass(frozen=True)
class Collected:
    """What a batch brought: how many plates, and the requests that it did not answer."""

    batch: str
    plates: int
    missing: tuple[tuple[Request, Problem], ...]

    @property
    def in_words(self) -> str:
        """One line for a person: how many came, and for each reason how many did not."""
        words = f"batch {self.batch}: {self.plates} of {self.plates + len(self.missing)} plates came"
        reasons = Counter(problem.message for _, problem in self.missing)
        return "; ".join([words, *(f"{count} not made: {reason}" for reason, count in reasons.most_common())])


def batch_provider(shop: Workshop) -> BatchProvider:
    """The campaign's provider. Raises InputError where it takes no batches."""
    provider = shop.provider
    if not isinstance(provider, BatchProvider):
        place = shop.brief.campaign.marks.at("provider")
        raise InputError(Problem(f"provider `{provider.name}` takes no batches", place, "run without --batch"))
    return provider


def hand_in(shop: Workshop, orders: Iterable[PlateOrder], *, allow_unknown: bool) -> HandedIn:
    """Hands in as many as the budgets have room for. Raises InputError where the provider takes no batches."""
    provider, handed = batch_provider(shop), HandedIn()
    everything = list(orders)
    for photos in (False, True):  # they go to different endpoints
        waiting = iter(order for order in everything if order.request.mode.sends_photo is photos)
        while part := list(islice(waiting, MOST)):
            noted = list(_noted(shop, provider, part, handed, allow_unknown=allow_unknown))
            if noted:
                _send(shop, provider, noted, handed)
    return handed


def _noted(
    shop: Workshop, provider: BatchProvider, orders: Sequence[PlateOrder], handed: HandedIn, *, allow_unknown: bool
) -> Iterator[tuple[PlateOrder, int]]:
    budget, payments = shop.brief.campaign.value.budget, shop.ledger.payments
    for order in orders:
        price = price_of(provider, order.request, batch=True)
        allow = partial(pricing.refusal, price, budget, allow_unknown=allow_unknown)
        noted = handed.over_budget or payments.note(order, provider.name, price, allow, state=BATCHED)
        if isinstance(noted, Problem):
            handed.over_budget = handed.refused[order.key] = noted
        else:
            yield order, noted


def _send(shop: Workshop, provider: BatchProvider, noted: Sequence[tuple[PlateOrder, int]], handed: HandedIn) -> None:
    """Sends one batch. It is written down before it goes out: a kill in between loses neither batch nor money."""
    token, batches = uuid4().hex, shop.ledger.batches
    batches.begin(token, provider.name, {order.key: order.request for order, _ in noted})
    try:
        with blamed(f"provider `{provider.name}`"):
            batch = provider.send_batch(token, _with_files(shop, [order for order, _ in noted]))
            promised(str, batch, "the batch's id")
        batches.handed_in(token, batch)
    except PluginError as error:  # it may have been handed in: the next run looks for the token, as after a kill
        handed.refused |= {order.key: error.problems[0] for order, _ in noted}
    except ProviderError as error:
        batches.forget(token)
        for order, note in noted:
            shop.ledger.payments.drop(note)
            handed.refused[order.key] = error.problems[0]
    else:
        handed.waiting |= {order.key for order, _ in noted}


def _with_files(shop: Workshop, orders: Iterable[PlateOrder]) -> Iterator[tuple[str, Request, Attached]]:
    for order in orders:
        yield order.key, order.request, attached(order, shop.cutter, shop.store)


def pick_up(shop: Workshop, say: Callable[[str], None]) -> None:
    """Collects the batches of this campaign that are over; `say` hears of each, and of those that are not."""
    if not isinstance(shop.provider, BatchProvider):
        return
    for batch in shop.ledger.batches.open():
        try:
            state = look_at_batch(shop, batch)
            if state and state.over:
                say(collect(shop, batch, state).in_words)
            elif state:
                say(f"batch {batch.name}: {state.status}, {state.done} of {state.total} done")
        except ProviderError as error:  # the rest of the run may not need it
            say(f"batch {batch.name}: {error.problems[0].message}")


def batch_overview(shop: Workshop) -> Iterator[tuple[str, BatchState]]:
    """The names of a campaign's open batches, and how far each is. Raises ProviderError."""
    for batch in shop.ledger.batches.open():
        if state := look_at_batch(shop, batch):
            yield batch.id or batch.token, state


def collect_finished(shop: Workshop) -> Iterator[Collected]:
    """Collects the batches that are over, one by one. Raises ProviderError."""
    for batch in shop.ledger.batches.open():
        state = look_at_batch(shop, batch)
        if state and state.over:
            yield collect(shop, batch, state)


def cancel_all(shop: Workshop) -> Iterator[str]:
    """Asks all open batches to stop, and yields the name of each. Raises ProviderError."""
    for name, state in list(batch_overview(shop)):
        if not state.over:
            with _faults_as_refusals(batch_provider(shop)):
                batch_provider(shop).cancel_batch(name)
            yield name


def look_at_batch(shop: Workshop, batch: OpenBatch) -> BatchState | None:
    """How far a batch is; None for one that was never handed in, whose requests are free again.

    One that was handed in by a run which was killed before it wrote the id down is found by its token.
    """
    provider = batch_provider(shop)
    with _faults_as_refusals(provider):
        name = batch.id or provider.find_batch(batch.token)
        promised(str | None, name, "the batch's id")
    if name is None:
        _release(shop, batch.plates)
        shop.ledger.batches.forget(batch.token)
        return None
    if batch.id is None:
        shop.ledger.batches.handed_in(batch.token, name)
    with _faults_as_refusals(provider):
        state = provider.look_at_batch(name)
        promised(BatchState, state, "the batch's state")
        return state


def collect(shop: Workshop, batch: OpenBatch, state: BatchState) -> Collected:
    """Stores every plate that a batch made; what it did not make can be asked for again.

    It may be repeated: a kill on the way leaves the batch open, and the plates are stored again under the same keys.
    """
    provider, payments = batch_provider(shop), shop.ledger.payments
    with _faults_as_refusals(provider):
        name = batch.id or provider.find_batch(batch.token) or batch.token
    buyer = Buyer(provider, shop.cutter, shop.store, Pace(provider.name, limits_of(provider), 1, lambda _: None))
    not_accepted = Problem(f"the batch was not accepted: {state.reason}") if state.reason else NEVER_CAME
    missing = dict.fromkeys(batch.plates, not_accepted)
    for key, result in _results(provider, name):
        if key not in batch.plates:
            continue
        if isinstance(result, Problem):
            missing[key] = result
            continue
        note = payments.batched(key)
        estimate = payments.estimate(note) if note else None
        bought = buyer.keep(PlateOrder(key, batch.plates[key]), result, estimate, 0.0)
        if note:
            payments.settle(note, bought.paid)
        if bought.problem:
            missing[key] = bought.problem
        else:
            missing.pop(key, None)
    _release(shop, missing)
    shop.ledger.batches.forget(batch.token)
    return Collected(name, len(batch.plates) - len(missing), tuple((batch.plates[k], p) for k, p in missing.items()))


def _results(provider: BatchProvider, name: str) -> Iterator[tuple[str, Generated | Problem]]:
    try:
        yield from each_blamed(f"provider `{provider.name}`", lambda: _held(provider.collect_batch(name)))
    except PluginError as error:
        raise ProviderError(*error.problems) from error


def _held(results: Iterable[tuple[str, Generated | Problem]]) -> Iterator[tuple[str, Generated | Problem]]:
    """The results without what of their fields cannot be used; one without a picture is as good as an empty file.

    That is paid for all the same, and does not keep the others from being collected. Raises TypeError, ValueError.
    """
    for key, result in results:
        promised(str, key, "the key of an answer")
        if isinstance(result, Problem):
            yield key, result
        else:
            try:
                yield key, sound_answer(result)
            except TypeError as error:
                yield key, Generated(b"", notes=(str(error),))


@contextmanager
def _faults_as_refusals(provider: BatchProvider) -> Iterator[None]:
    """Turns what a provider raises outside of our family into ProviderError: batches can be looked at again."""
    try:
        with blamed(f"provider `{provider.name}`"):
            yield
    except PluginError as error:
        raise ProviderError(*error.problems) from error


def _release(shop: Workshop, plates: Iterable[str]) -> None:
    """Takes back the notes of plates that cost nothing after all."""
    for key in plates:
        if note := shop.ledger.payments.batched(key):
            shop.ledger.payments.drop(note)
