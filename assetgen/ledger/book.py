"""What was made of a campaign, and what is known of its photos."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import starmap
from pathlib import Path
from typing import NamedTuple

from assetgen.ledger.batches import Batches
from assetgen.ledger.database import Database
from assetgen.ledger.feed_memory import FeedMemory
from assetgen.ledger.payments import Payments
from assetgen.ledger.sqlite_errors import understood
from assetgen.model.finding import Finding, Level
from assetgen.model.made import Asked, LastMade, Made, PhotoFacts, Shown


@dataclass(frozen=True)
class InUse:
    """Keys of plates and cutouts, digests of finished files, and photos as their rows name them."""

    plates: set[str]
    cutouts: set[str]
    digests: set[str]
    photos: set[str]


class ShownCutouts(NamedTuple):
    """The products whose cutouts one sees on a file, with what was said of these.

    sku: the product's own, which a bundle has beside those of the `skus` in it; made_from: the one input that notes
    what was said, where anybody said anything; stale: what `Made.stale_shows` has.
    """

    id: str
    sku: str
    skus: tuple[str, ...]
    made_from: Mapping[str, str]
    stale: Shown


class Ledger:
    """One campaign's records. `seen` and `unseen` find orphans without holding all ids in memory.

    keeping: what is written must stay; who only looks need not be able to write, and works on a copy then. patience:
    seconds to wait for another program that holds the file. account: the campaign whose budget pays, where that is
    another one.
    """

    def __init__(
        self, path: Path, campaign: str, account: str | None = None, *, keeping: bool = True, patience: float = 0
    ) -> None:
        self._campaign = campaign
        self._database = Database(path, keeping=keeping, patience=patience)
        self._db = self._database.connection
        self._write = self._database.write
        self.payments = Payments(self._database, account or campaign)
        self.batches = Batches(self._database, campaign)
        self.feeds = FeedMemory(self._database, campaign)

    def close(self) -> None:
        self._db.close()

    def standing(self, sku: str) -> Mapping[str, LastMade]:
        """What was made of a product, by asset id."""
        query = "SELECT id, key, path, digest, size, modified FROM assets WHERE campaign = ? AND sku = ?"
        rows = self._db.execute(query, (self._campaign, sku))
        return {standing.id: standing for standing in starmap(LastMade, rows)}

    def made(self, asset: str) -> Made:
        """The whole record of an asset that stands."""
        query = "SELECT record FROM assets WHERE campaign = ? AND id = ?"
        return self._made(self._db.execute(query, (self._campaign, asset)).fetchone())

    def everything(self) -> Iterator[Made]:
        """All records of the campaign, in the order of their ids."""
        query = "SELECT record FROM assets WHERE campaign = ? ORDER BY id"
        yield from map(self._made, self._db.execute(query, (self._campaign,)))

    def shown(self) -> Iterator[ShownCutouts]:
        """The files on which one sees cutouts, each with what was said of these and of those on its last good one."""
        word, products = "json_extract(record, '$.inputs.\"cutout word\"')", "json_extract(record, '$.products')"
        stale = "json_extract(record, '$.stale_shows')"
        seen = f"{word} IS NOT NULL OR json_extract(record, '$.inputs.cutout') != 'none'"
        query = f"SELECT id, sku, {products}, {word}, {stale} FROM assets WHERE campaign = ? AND ({seen})"  # noqa: S608
        for asset, sku, members, said, before in self._db.execute(query, (self._campaign,)):
            skus = tuple(json.loads(members or "[]")) or (sku,)
            yield ShownCutouts(asset, sku, skus, {"cutout word": said} if said else {}, json.loads(before or "{}"))

    def record(self, made: Iterable[Made]) -> None:
        campaign = self._campaign
        rows = [
            (
                campaign,
                m.id,
                m.sku,
                m.key,
                m.path,
                m.digest,
                m.size,
                m.modified,
                json.dumps(asdict(m)),  # ASCII: a message may hold half a surrogate pair
            )
            for m in made
        ]
        self._write("INSERT OR REPLACE INTO assets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def note_orphans(self, ids: Iterable[str]) -> None:
        """What a look at the whole campaign found; it holds until the next one."""
        self._write("DELETE FROM orphans WHERE campaign = ?", [(self._campaign,)])
        self._write("INSERT INTO orphans VALUES (?, ?)", [(self._campaign, i) for i in ids])

    def orphans(self) -> frozenset[str]:
        rows = self._db.execute("SELECT id FROM orphans WHERE campaign = ?", (self._campaign,))
        return frozenset(i for (i,) in rows)

    def forget(self, ids: Iterable[str]) -> None:
        self._write("DELETE FROM assets WHERE campaign = ? AND id = ?", [(self._campaign, i) for i in ids])

    def start_over(self) -> None:
        """Forgets what was seen."""
        self._db.execute("DELETE FROM seen")

    def seen(self, ids: Iterable[str]) -> None:
        self._write("INSERT OR IGNORE INTO seen VALUES (?)", [(i,) for i in ids])

    def unseen(self) -> Iterator[Made]:
        """Records of the campaign that no `seen` mentioned."""
        query = "SELECT record FROM assets WHERE campaign = ? AND id NOT IN (SELECT id FROM seen) ORDER BY id"
        yield from map(self._made, self._db.execute(query, (self._campaign,)))

    def photo(self, path: Path) -> PhotoFacts | None:
        query = "SELECT size, modified, digest, width, height, problem FROM photos WHERE path = ?"
        row = self._db.execute(query, (str(path),)).fetchone()
        return PhotoFacts(*row) if row else None

    def remember_photo(self, path: Path, facts: PhotoFacts) -> None:
        values = (str(path), facts.size, facts.modified, facts.digest, facts.width, facts.height, facts.problem)
        self._write("INSERT OR REPLACE INTO photos VALUES (?, ?, ?, ?, ?, ?, ?)", [values])

    def asked(self, address: str) -> Asked | None:
        """What came of it in this run."""
        row = self._db.execute("SELECT problem, hint FROM asked WHERE address = ?", (address,)).fetchone()
        return Asked(*row) if row else None

    def note_asked(self, address: str, asked: Asked) -> None:
        values = (address, asked.problem, asked.hint)
        self._db.execute("INSERT OR REPLACE INTO asked VALUES (?, ?, ?)", values)

    def in_use(self) -> InUse:
        """What the files of all campaigns were made from."""
        with understood(self._database.path):
            return self._in_use()

    def _in_use(self) -> InUse:
        columns = ("$.inputs.plate", "$.inputs.cutout", "$.digest")
        plates, cutouts, digests = (
            {value for (value,) in self._db.execute("SELECT json_extract(record, ?) FROM assets", (column,))}
            for column in columns
        )
        query = (
            "SELECT json_extract(record, '$.photo') FROM assets"
            " UNION SELECT value FROM assets, json_each(record, '$.photos')"
        )
        photos = {name for (name,) in self._db.execute(query) if name}
        return InUse(plates, {key for joined in cutouts for key in joined.split(", ")}, digests, photos)

    def _made(self, row: tuple[str]) -> Made:
        with understood(self._database.path):
            values = json.loads(row[0])
            findings = tuple(Finding(f["rule"], Level(f["level"]), f["message"]) for f in values.pop("findings"))
            products, photos = (tuple(values.pop(name, ())) for name in ("products", "photos"))
            return Made(**values, findings=findings, products=products, photos=photos)
