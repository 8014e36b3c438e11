"""A campaign opened for reading: found to be sound, with everything that planning, composing and finishing look up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assetgen.catalog import Catalog, read_catalog
from assetgen.credentials.identity import Identity, identity
from assetgen.cutters import Cutters
from assetgen.errors import InputError
from assetgen.model.brief import Brief
from assetgen.planning.campaign_problems import campaign_problems
from assetgen.planning.planner import Planner
from assetgen.plugins import blamed, check_variables
from assetgen.ports import Cutter, Provider
from assetgen.prompts import Templates
from assetgen.providers import find_provider
from assetgen.shop_feeds.feed_problems import feed_problems
from assetgen.sources import parse_settings


@dataclass(frozen=True)
class Session:
    """What a run, a preview and a checkup read alike; nothing is written through it.

    provider: with its settings. identity: whose certificate signs the files, None where nobody asks for that.
    """

    brief: Brief
    provider: Provider
    templates: Templates
    catalog: Catalog
    cutter: Cutter
    planner: Planner
    identity: Identity | None


def open_session(
    brief: Brief,
    provider: Provider | None = None,
    say: Callable[[str], None] = lambda _: None,
    *,
    signed: bool = True,
) -> Session:
    """Opens a campaign, and is the only one that does.

    A provider given here takes the place of the one that the campaign names. `say` hears of what takes
    long, and of a table in another encoding.
    signed: the certificate counts in the keys of files; who makes no files can do without it.
    Raises InputError with every problem that can be seen before a row is read, SetupError without the certificate.
    """
    provider = provider or chosen_provider(brief)
    templates, cutter = Templates(brief.prompts, brief.campaign.value.products.decimal_sign), Cutters(say)
    catalog = read_catalog(brief)
    for notice in catalog.recognised.table.notices:
        say(f"{notice.message}; {notice.hint}")
    if problems := [*campaign_problems(brief, templates, provider, catalog.columns), *feed_problems(brief, catalog)]:
        raise InputError(*problems)
    signing = identity_of(brief) if signed else None
    planner = Planner(brief, templates, provider, cutter, signing.recipe if signing else None)
    return Session(brief, provider, templates, catalog, cutter, planner, signing)


def chosen_provider(brief: Brief) -> Provider:
    """The provider of the campaign with its settings. Raises InputError for a name or setting that it does not know."""
    choice = brief.campaign.value.provider
    kind = find_provider(choice.name, brief.campaign.marks.at("provider"))
    marks, folder = brief.campaign.marks, brief.file.parent
    with blamed(f"provider `{choice.name}`"):
        provider = parse_settings(kind, choice.model_extra or {}, marks, "provider", folder=folder)
        check_variables(provider, Provider)
        return provider


def identity_of(brief: Brief) -> Identity | None:
    """The identity that signs the files, if any. Raises SetupError where the campaign wants that and names none."""
    campaign = brief.campaign
    return identity(campaign.value.credentials, brief.file.parent, campaign.marks.at("credentials"))
