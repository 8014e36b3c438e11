"""What feeds are made of: the pictures of a product, and what the last feed said of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from assetgen.ledger.database import Database


class FeedPicture(NamedTuple):
    """A picture of a product. facts: its channel, scene, locale, audience and take, as JSON."""

    id: str
    path: str
    stale: str | None
    facts: str


class FeedMemory:
    """Remembers what the feeds of one campaign said. Feeds go by their files' names."""

    def __init__(self, database: Database, campaign: str) -> None:
        self._database = database
        self._db = database.connection
        self._campaign = campaign

    def pictures(self, sku: str) -> list[FeedPicture]:
        """The pictures that were made of a product."""
        facts = "json_extract(record, '$.channel', '$.scene', '$.locale', '$.audience', '$.take')"
        query = f"SELECT id, path, json_extract(record, '$.stale'), {facts} FROM assets WHERE campaign = ? AND sku = ?"  # noqa: S608
        return [FeedPicture(*row) for row in self._db.execute(query, (self._campaign, sku))]

    def said(self, feed: str, sku: str) -> str | None:
        """The digest of what the feed said of a product when that last changed."""
        query = "SELECT digest FROM feeds WHERE campaign = ? AND feed = ? AND sku = ?"
        row = self._db.execute(query, (self._campaign, feed, sku)).fetchone()
        return row and str(row[0])

    def start_over(self) -> None:
        """Forgets what was noted and not kept."""
        self._db.execute("DELETE FROM fed")

    def note(self, rows: Iterable[tuple[str, str]]) -> None:
        """Notes skus, and digests of what is said of them now; they count once they are kept."""
        self._database.write("INSERT OR REPLACE INTO fed VALUES (?, ?)", list(rows))

    def keep(self, feed: str) -> None:
        """Makes what was noted count as said by this feed."""
        statement = "INSERT OR REPLACE INTO feeds SELECT ?, ?, sku, digest FROM fed"
        self._database.write(statement, [(self._campaign, feed)])

    def forget(self, feed: str, skus: Iterable[str]) -> None:
        """Forgets what this feed said of these products."""
        rows = [(self._campaign, feed, sku) for sku in skus]
        self._database.write("DELETE FROM feeds WHERE campaign = ? AND feed = ? AND sku = ?", rows)

    def forget_all(self, feed: str) -> None:
        """Forgets all that this feed said, so that the next one has all products again."""
        self._database.write("DELETE FROM feeds WHERE campaign = ? AND feed = ?", [(self._campaign, feed)])
