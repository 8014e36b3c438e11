"""A campaign with everything that is needed to work on it, opened and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assetgen.catalog import Catalog, catalog_of
from assetgen.credentials.identity import Identity, identity
from assetgen.cutters import Auto
from assetgen.errors import InputError
from assetgen.feeds.feed_problems import wrong_feeds
from assetgen.ledger import Ledger
from assetgen.model.brief import Brief
from assetgen.photos.fetching_ahead import PhotosAhead
from assetgen.planning.campaign_problems import campaign_problems
from assetgen.planning.planner import Planner
from assetgen.ports import Cutter, Provider
from assetgen.prompts import Templates
from assetgen.providers import find_provider
from assetgen.run.product_groups import ProductGroups, gather
from assetgen.sources import settings
from assetgen.store import Store


@dataclass(frozen=True)
class Workshop:
    brief: Brief
    catalog: Catalog
    provider: Provider
    cutter: Cutter
    planner: Planner
    groups: ProductGroups
    store: Store
    ledger: Ledger
    identity: Identity | None
    web: PhotosAhead


@contextmanager
def workshop(
    brief: Brief,
    provider: Provider | None = None,
    say: Callable[[str], None] = lambda _: None,
    *,
    offline: bool = False,
) -> Iterator[Workshop]:
    """Raises InputError with every problem that can be seen before a row is read, SetupError without the certificate.

    A provider given here takes the place of the one that the campaign names. `say` hears of what takes long.
    offline: no photo is fetched; what was fetched before has to do.
    """
    provider = provider or chosen_provider(brief)
    cutter = Auto(say)
    templates = Templates(brief.prompts)
    catalog = catalog_of(brief)
    if problems := [*campaign_problems(brief, templates, provider, catalog.columns), *wrong_feeds(brief, catalog)]:
        raise InputError(*problems)
    signing = identity_of(brief)
    home = brief.home
    store, ledger = Store(home / "store"), Ledger(home / "ledger.sqlite", brief.name)
    web = PhotosAhead(brief.campaign.value.products.fetch, store, ledger, say, offline=offline)
    try:
        planner = Planner(brief, templates, provider, cutter, signing.recipe if signing else None)
        groups = gather(catalog, planner, brief.campaign.marks)
        yield Workshop(brief, catalog, provider, cutter, planner, groups, store, ledger, signing, web)
    finally:
        web.close()
        provider.close()
        ledger.close()


def chosen_provider(brief: Brief) -> Provider:
    """The provider of the campaign with its settings. Raises InputError for a name or setting that it does not know."""
    choice = brief.campaign.value.provider
    kind = find_provider(choice.name, brief.campaign.marks.at("provider"))
    marks, folder = brief.campaign.marks, brief.file.parent
    return settings(kind, choice.model_extra or {}, marks, "provider", folder=folder)


def identity_of(brief: Brief) -> Identity | None:
    """Whose certificate signs the files, if any. Raises SetupError where the campaign wants that and names none."""
    campaign = brief.campaign
    return identity(campaign.value.credentials, brief.file.parent, campaign.marks.at("credentials"))
