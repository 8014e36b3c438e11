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

if TYPE_CHECKING:
    from assetgen.model.brief import Brief
    from assetgen.model.outcome import Outcome
    from assetgen.ports import Provider
    from assetgen.run.campaign_plan import Plan

__version__ = "0.1.0"


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
    from assetgen.run.plan_stream import Wish

    return Plan(brief, Wish(selection(select), limit), provider, offline=offline)


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
    from assetgen.run.campaign_run import Terms, run
    from assetgen.run.plan_stream import Wish
    from assetgen.run.progress import Progress

    wish = Wish(selection(select), limit)
    return run(brief, wish=wish, terms=Terms(offline=offline), progress=Progress(), provider=provider)
