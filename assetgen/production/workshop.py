"""A campaign that is worked on: what is read, and the places that are written to, open until the work is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from assetgen.delivery.manifest_reading import told_files
from assetgen.disk import may_write
from assetgen.errors import PluginError, Problem
from assetgen.ledger import Ledger
from assetgen.model.brief import Brief
from assetgen.model.request import Price, Rate, Request
from assetgen.photos.fetching_ahead import PhotosAhead
from assetgen.planning.table_slips import UnmetLines
from assetgen.plugins import blamed, each_blamed
from assetgen.ports import BatchProvider, Provider
from assetgen.pricing import is_amount
from assetgen.production.materials.stored_plates import PLATES
from assetgen.production.product_groups import ProductGroups, gather
from assetgen.production.session import Session, open_session
from assetgen.promises import promised
from assetgen.store import Store


@dataclass
class Passed:
    """What a stream of products has passed over: products that are not on sale, and words for skus that no row has."""

    off_sale: int = 0
    unmet: UnmetLines = field(default_factory=lambda: UnmetLines({}))


@dataclass(frozen=True)
class Workshop(Session):
    """A session with the store, the ledger, and the photos that are fetched into the store.

    Whoever takes a Session promises to read only; whoever takes a Workshop may write. The store and the photos may be
    used from several threads, the ledger by the thread that opened the workshop alone.
    groups: the products that scenes and bundles show together, looked up beforehand.
    passed: what takes no part, as the last stream of products has found it.
    """

    groups: ProductGroups
    store: Store
    ledger: Ledger
    photos: PhotosAhead
    passed: Passed = field(default_factory=Passed)


@contextmanager
def workshop(
    brief: Brief,
    provider: Provider | None = None,
    say: Callable[[str], None] = lambda _: None,
    *,
    offline: bool = False,
    keeping: bool = True,
    patience: float = 0,
) -> Iterator[Workshop]:
    """Opens a campaign with its workspace, and closes provider, photos and ledger at the end.

    offline: no photo is fetched; what was fetched before has to do. keeping: what is written there must stay; who only
    looks can do without, and where the workspace cannot be written a folder that is gone at the end takes its place.
    patience: seconds to wait for another program that holds the ledger. Raises as `open_session` does.
    """
    session = open_session(brief, provider, say)
    ledger = Ledger(brief.home / "ledger.sqlite", brief.name, brief.account, keeping=keeping, patience=patience)
    with closing(ledger), _store(brief.home / "store", keeping=keeping) as store:
        photos = PhotosAhead(brief.campaign.value.products.fetch, store, ledger, say, offline=offline)
        try:
            _recall(brief, store, ledger)
            groups = gather(session.catalog, session.planner, brief.campaign.marks)
            yield Workshop(**vars(session), groups=groups, store=store, ledger=ledger, photos=photos)
        finally:
            photos.close()  # first, since its threads write to the store until they are done
            _close(session.provider, say)


@contextmanager
def _store(root: Path, *, keeping: bool) -> Iterator[Store]:
    if keeping or may_write(root):
        yield Store(root)
    else:
        with TemporaryDirectory(prefix="assetgen-") as spare:
            yield Store(root, Path(spare))


def _recall(brief: Brief, store: Store, ledger: Ledger) -> None:
    """Takes from the manifest what a ledger that was lost does not know any more.

    So nothing is made or paid for again that is there already, and what nobody asks for any more is still found.
    """
    if next(ledger.everything(), None) is None:
        told = list(told_files(brief.output))
        ledger.record(each.made for each in told)
        for each in told:
            if each.plate:
                store.note(PLATES, each.made.inputs["plate"], each.plate)


def _close(provider: Provider, say: Callable[[str], None]) -> None:
    """Lets go of a provider; what it fails over at the very end is said, and spoils nothing."""
    try:
        with blamed(f"provider `{provider.name}`"):
            provider.close()
    except PluginError as error:
        say(error.problems[0].message)


def price_of(provider: Provider, request: Request, *, batch: bool = False) -> Price | None:
    """What a provider says that a request costs at most, in a batch or alone; None when nobody knows.

    Raises PluginError where it fails over that, or says what can be no price.
    """
    with blamed(f"provider `{provider.name}`"):
        price = (
            provider.batch_price(request) if batch and isinstance(provider, BatchProvider) else provider.price(request)
        )
        if price is not None and not is_amount(price.amount):
            raise ValueError(f"its price is {price.amount!r}, which is no amount in Decimal from 0 on")
        return price


def doubts_of(provider: Provider) -> Iterator[Problem]:
    """What a provider has to say about its settings, or that it failed over them."""
    try:
        yield from each_blamed(f"provider `{provider.name}`", lambda: _told(provider))
    except PluginError as error:
        yield from error.problems


def _told(provider: Provider) -> Iterator[Problem]:
    for doubt in provider.doubts():
        promised(Problem, doubt, "a doubt of its own")
        yield doubt


def limits_of(provider: Provider) -> Rate:
    """How fast a provider may be asked. Raises PluginError where it fails over that, or says what cannot be."""
    with blamed(f"provider `{provider.name}`"):
        limits = provider.limits
        promised(Rate, limits, "what `limits` gives")
        if any(most is not None and most < 0 for most in vars(limits).values()):
            raise ValueError(f"a limit is below zero, in {limits}")
        return limits
