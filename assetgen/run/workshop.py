"""A campaign that is worked on: what is read, and the places that are written to, open until the work is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assetgen.ledger import Ledger
from assetgen.model.brief import Brief
from assetgen.photos.fetching_ahead import PhotosAhead
from assetgen.ports import Provider
from assetgen.run.product_groups import ProductGroups, gather
from assetgen.run.session import Session, open_session
from assetgen.store import Store


@dataclass(frozen=True)
class Workshop(Session):
    """A session with the store, the ledger, and the photos that are fetched into the store.

    Whoever takes a Session promises to read only; whoever takes a Workshop may write. The store and the photos may be
    used from several threads, the ledger by the thread that opened the workshop alone.
    groups: the products that scenes and bundles show together, looked up beforehand.
    """

    groups: ProductGroups
    store: Store
    ledger: Ledger
    photos: PhotosAhead


@contextmanager
def workshop(
    brief: Brief,
    provider: Provider | None = None,
    say: Callable[[str], None] = lambda _: None,
    *,
    offline: bool = False,
) -> Iterator[Workshop]:
    """Opens a campaign with its workspace, and closes provider, photos and ledger at the end.

    offline: no photo is fetched; what was fetched before has to do. Raises as `open_session` does.
    """
    session = open_session(brief, provider, say)
    store, ledger = Store(brief.home / "store"), Ledger(brief.home / "ledger.sqlite", brief.name)
    photos = PhotosAhead(brief.campaign.value.products.fetch, store, ledger, say, offline=offline)
    try:
        groups = gather(session.catalog, session.planner, brief.campaign.marks)
        yield Workshop(**vars(session), groups=groups, store=store, ledger=ledger, photos=photos)
    finally:
        photos.close()  # first, since its threads write to the store until they are done
        session.provider.close()
        ledger.close()
