"""Turns a campaign file and a product table into finished pictures for every channel.

brief = assetgen.load("campaigns/spring.yaml")
print(assetgen.plan(brief).summary)
outcome = assetgen.run(brief, select=["channel:instagram-*"])
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from assetgen.version import __version__ as __version__

if TYPE_CHECKING:
    from assetgen.model.brief import Brief
    from assetgen.model.outcome import Outcome
    from assetgen.ports import Provider
    from assetgen.run.campaign_plan import Plan


def load(campaign: str | PathLike[str], on: date | None = None) -> Brief:
    """Reads a campaign and everything it names, as on a day other than today where one is given.

    Raises InputError with all problems of all files.
    """
    from assetgen.sources import load

    return load(Path(campaign), on)


def plan(
    brief: Brief,
    *,
    select: Sequence[str] = (),
    limit: int | None = None,
    provider: Provider | None = None,
    offline: bool = False,
) -> Plan:
    """What `run` would make, as a stream. `select` takes terms such as `sku:MUG-*`, all of which must hold.

    offline: photos with an address are not fetched; what was fetched before has to do.
    """
    from assetgen.planning.selection import selection
    from assetgen.run.campaign_plan import Plan
    from assetgen.run.scope import Scope

    return Plan(brief, Scope(selection(select), limit), provider, offline=offline)


def run(
    brief: Brief,
    *,
    select: Sequence[str] = (),
    limit: int | None = None,
    provider: Provider | None = None,
    offline: bool = False,
) -> Outcome:
    """Makes what is new or changed. Problems with single rows are in the outcome; the others are raised."""
    from assetgen.planning.selection import selection
    from assetgen.run.campaign_run import RunOptions, run
    from assetgen.run.progress import Progress
    from assetgen.run.scope import Scope

    scope = Scope(selection(select), limit)
    return run(brief, scope=scope, options=RunOptions(offline=offline), progress=Progress(), provider=provider)
