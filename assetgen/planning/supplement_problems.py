"""Problems of a supplemental feed that lacks what its format asks for, whether campaign or table names the format."""

from __future__ import annotations

from pathlib import PurePath

from assetgen.catalog import Format
from assetgen.config.feed import Feed


def other_endings(feed: Feed, format_: Format) -> str | None:
    """The endings that the feed's file may have, where it has another: "`.tsv` or `.xml`"."""
    if PurePath(feed.file).suffix.lower() in format_.supplement.endings:
        return None
    return " or ".join(f"`{ending}`" for ending in format_.supplement.endings)


def missing_keys(feed: Feed, format_: Format) -> str | None:
    """A hint to all keys that the format asks for, where the feed lacks one of them."""
    asks = format_.supplement.asks
    if all(getattr(feed, key, None) for key in asks):
        return None
    return "give " + ", and ".join(f"`{key}`, {what}" for key, what in asks.items())
