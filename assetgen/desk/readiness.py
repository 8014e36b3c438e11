"""Whether everything is ready before money is spent: the campaign, its provider, and this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from assetgen.config.shape import Shape
from assetgen.credentials.c2pa_library import installed
from assetgen.credentials.identity import identity
from assetgen.credentials.preflight import preflight
from assetgen.desk import machine
from assetgen.errors import InputError, PluginError, SetupError
from assetgen.model.brief import HOME, Brief
from assetgen.model.examined import Examined
from assetgen.model.request import Request
from assetgen.picture.type import fonts
from assetgen.plugins import blamed
from assetgen.plural import counted
from assetgen.ports import Provider
from assetgen.production.session import chosen_provider, identity_of, open_session
from assetgen.production.workshop import doubts_of
from assetgen.promises import promised
from assetgen.sources.document import shown_path
from assetgen.sources.font_files import read_fonts


def check_readiness(brief: Brief | None, *, online: bool) -> Iterator[Examined]:
    """Looks at one thing after another; without a campaign at what can be said of this machine and folder.

    Raises InputError where the provider's settings need mending, without which nothing can be said of it.
    """
    yield from machine.versions()
    if brief:
        provider = chosen_provider(brief)
        yield _campaign(brief, provider)
        yield from _provider(brief, provider, online=online)
        yield from _brand_fonts(brief)
    else:
        yield Examined("ok", "campaign", "none was named; with its file after `doctor` its provider is looked at too")
    root = brief.root if brief else Path.cwd()
    yield _own_fonts(root / "templates" / "fonts")
    yield from machine.extras(brief)
    yield from _credentials(brief, online=online)
    for folder in (root / HOME, brief.output if brief else root / "output"):
        yield machine.disk(folder)
    yield machine.ledger(root / HOME / "ledger.sqlite")


def _campaign(brief: Brief, provider: Provider) -> Examined:
    """Whether a run could open it: of all that is wrong the first is told, and `assetgen check` has the rest."""
    file, campaign = shown_path(brief.file), brief.campaign.value
    try:
        open_session(brief, provider, signed=False)  # whether there is a certificate is looked at further down
    except InputError as error:
        problems = error.problems
        message = f"{file}: {counted(len(problems), 'problem')}; the first is that {problems[0].message}"
        return Examined("problem", "campaign", message, f"see `assetgen check {file}`")
    counts = {"scene": campaign.scenes, "channel": brief.channels, "locale": campaign.locales}
    listed = ", ".join(counted(len(things), noun) for noun, things in counts.items())
    return Examined("ok", "campaign", f"{file}: {listed}")


def _provider(brief: Brief, provider: Provider, *, online: bool) -> Iterator[Examined]:
    try:
        with blamed(f"provider `{provider.name}`"):
            found = list(provider.examine(online=online))
            promised(list[Examined], found, "what `examine` gives")
            budget = _budget(brief, provider)
    except PluginError as error:
        yield from (Examined.of(problem, "provider") for problem in error.problems)
    else:
        yield from found
        yield from (Examined.of(doubt, "provider", "warning") for doubt in doubts_of(provider))
        yield budget


def _budget(brief: Brief, provider: Provider) -> Examined:
    """Whether the budgets can be kept; any picture will do to tell a provider that is free."""
    price = provider.price(Request("", *provider.size(Shape.SQUARE)))
    budget = brief.campaign.value.budget
    if price and not price.amount:
        return Examined("ok", "budget", f"pictures of `{provider.name}` are free")
    if not budget:
        hint = "give the campaign a budget, such as {run: 20, currency: USD}"
        return Examined("warning", "budget", "there is none: a run may cost whatever its pictures cost", hint)
    if price is None:
        hint = "run with --allow-unknown-price, or take the budget out of the campaign"
        return Examined("warning", "budget", "a run would stop: it cannot be kept while the price is not known", hint)
    return Examined("ok", "budget", f"at most {budget}")


def _credentials(brief: Brief | None, *, online: bool) -> Iterator[Examined]:
    """Whether files can be signed: it is tried, with a picture that is not kept."""
    try:
        signing = identity_of(brief) if brief else identity(None, Path.cwd())
        ready = preflight(signing, online=online) if signing else None
    except SetupError as error:
        yield from (Examined.of(problem, "credentials") for problem in error.problems)
        return
    if ready is None:
        there = "no certificate is named" if installed() else "not installed"
        yield Examined("ok", "credentials", f"{there} (only needed for content credentials)")
        return
    yield Examined("ok", "credentials", f"signs as `{ready.signer.name}`; the certificate ends on {ready.ends}")
    yield from (Examined.of(doubt, "credentials", "warning") for doubt in ready.doubts)


def _brand_fonts(brief: Brief) -> Iterator[Examined]:
    named = dict.fromkeys(font for _, font in brief.brand.value.fonts)
    wrong = [found for font in named if (found := fonts.font_problem(font, brief.fonts))]
    yield from (Examined("problem", "fonts", message, hint) for message, hint in wrong)
    if not wrong:
        yield Examined("ok", "fonts", f"the brand's are there: {', '.join(named)}")


def _own_fonts(folder: Path) -> Examined:
    """The fonts of the workspace; a campaign that was read has read them too, and this says how many there are."""
    if not folder.is_dir():
        return Examined("ok", "fonts", f"{shown_path(folder)} is not there (only needed for fonts of your own)")
    if not os.access(folder, os.R_OK | os.X_OK):
        return Examined("problem", "fonts", f"{shown_path(folder)} may not be read", "change its permissions")
    try:
        added = read_fonts(folder)
    except InputError as error:
        first = error.problems[0]
        return Examined("problem", "fonts", f"{first.location}: {first.message}", first.hint)
    return Examined("ok", "fonts", f"{counted(len(added), 'font')} of your own in {shown_path(folder)}")
