"""Turns a campaign file and a product table into finished pictures for every channel.

brief = assetgen.load("campaigns/spring.yaml")
print(assetgen.plan(brief).summary)
outcome = assetgen.run(brief, select="channel:instagram-*")

docs/python.md tells the whole. Names are imported when they are first used, so that `import assetgen` takes no time.
"""

from __future__ import annotations

from importlib import import_module

from assetgen.version import __version__

TYPE_CHECKING = False  # `typing` would take longer to import than all the rest

if TYPE_CHECKING:
    from assetgen.api import check, diff, feeds, inspect, load, plan, preview, publish, run, spend, why
    from assetgen.errors import (
        AssetgenError,
        BudgetError,
        InputError,
        Location,
        Problem,
        ProviderError,
        SetupError,
    )
    from assetgen.model.asset import Asset
    from assetgen.model.brief import Brief
    from assetgen.model.outcome import Outcome
    from assetgen.ports import Provider
    from assetgen.production.campaign_plan import Plan
    from assetgen.production.events import Events

__all__ = [
    "Asset",
    "AssetgenError",
    "Brief",
    "BudgetError",
    "Events",
    "InputError",
    "Location",
    "Outcome",
    "Plan",
    "Problem",
    "Provider",
    "ProviderError",
    "SetupError",
    "__version__",
    "check",
    "diff",
    "feeds",
    "inspect",
    "load",
    "plan",
    "preview",
    "publish",
    "run",
    "spend",
    "why",
]

_ELSEWHERE = {
    "Asset": "assetgen.model.asset",
    "Brief": "assetgen.model.brief",
    "Events": "assetgen.production.events",
    "Outcome": "assetgen.model.outcome",
    "Plan": "assetgen.production.campaign_plan",
    "Provider": "assetgen.ports",
}
"""Where classes come from; functions have small letters and come from `api`, all other names from `errors`."""


if not TYPE_CHECKING:  # or type checkers would believe that every name is there

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = "assetgen.api" if name.islower() else _ELSEWHERE.get(name, "assetgen.errors")
        return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
