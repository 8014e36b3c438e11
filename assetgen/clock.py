"""When something was made, as it is written down beside it."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def made_now() -> str:
    """ISO 8601 in UTC, to the second.

    SOURCE_DATE_EPOCH, if it is set, is taken for the present, so that builds repeat:
    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")
