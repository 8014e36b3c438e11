"""The one place that asks what time it is, and how a moment is written down.

`SOURCE_DATE_EPOCH`, if it is set, is taken for the present, so that two builds of one commit come out alike:
https://reproducible-builds.org/specs/source-date-epoch/. How long something takes is measured elsewhere, with clocks
that only ever go on.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from assetgen.errors import Problem, SetupError

VARIABLE = "SOURCE_DATE_EPOCH"


def now() -> datetime:
    """The present in UTC, for whatever a build writes down. Raises SetupError for a variable that says no time."""
    fixed = os.environ.get(VARIABLE)
    if not fixed:
        return real_now()
    try:
        return datetime.fromtimestamp(int(fixed), UTC)
    except (ValueError, OverflowError, OSError) as error:
        hint = "give seconds since 1970, such as `git log -1 --format=%ct` prints, or unset it"
        raise SetupError(Problem(f"`{fixed}` in the variable {VARIABLE} is no time", hint=hint)) from error


def real_now() -> datetime:
    """The present in UTC whatever the environment says.

    For what is held against the clocks of others: money and the month that it is counted in, certificates, dates that
    servers name, how long files stay published, and since when a run is at work.
    """
    return datetime.now(UTC)


def written(moment: datetime) -> str:
    """ISO 8601 in UTC to the second, such as `2026-11-30T09:36:10Z`.

    Records of earlier versions end in `+00:00`; as texts, both sort by their time and begin with the same day.
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds_since(began: float) -> float:
    """Seconds of work since a moment of `time.perf_counter`, for records.

    In a fixed present no time passes: whatever is written down of how long something took is 0 then.
    """
    return 0.0 if os.environ.get(VARIABLE) else time.perf_counter() - began


def today(zone: str | None = None) -> date:
    """The day of `now` in a time zone by its IANA name.

    Where none is given it is that of this machine, but of a fixed present UTC's, which is the same on every machine.
    """
    zone = zone or ("UTC" if os.environ.get(VARIABLE) else None)
    return now().astimezone(ZoneInfo(zone) if zone else None).date()
