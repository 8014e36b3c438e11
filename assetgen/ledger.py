"""What was made and what was paid: an SQLite file beside the store, written by the driver alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import starmap
from pathlib import Path

from assetgen.errors import Problem, SetupError
from assetgen.model.finding import Finding, Level
from assetgen.model.made import Made, Paid, PhotoFacts, Standing

VERSION = 1
"""Raised when the tables change."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS assets (
    campaign TEXT NOT NULL, id TEXT NOT NULL, sku TEXT NOT NULL, key TEXT NOT NULL, path TEXT NOT NULL,
    digest TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (campaign, id)
);
CREATE INDEX IF NOT EXISTS assets_by_sku ON assets (campaign, sku);
CREATE TABLE IF NOT EXISTS orphans (campaign TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (campaign, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS photos (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL,
    digest TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, problem TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spend (
    plate TEXT NOT NULL, campaign TEXT NOT NULL, provider TEXT NOT NULL, at TEXT NOT NULL,
    amount TEXT, currency TEXT, request_id TEXT
);
CREATE TEMP TABLE seen (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class InUse:
    """Keys of plates and cutouts, and digests of finished files."""

    plates: set[str]
    cutouts: set[str]
    digests: set[str]


class Ledger:
    """One campaign's records. `seen` and `unseen` find orphans without holding all ids in memory."""

    def __init__(self, path: Path, campaign: str) -> None:
        self._campaign = campaign
        with _explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            # One driver writes at a time, but a second command may read meanwhile.
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._check_version(path)
            self._db.executescript(_SCHEMA)
        self._path = path

    def _check_version(self, path: Path) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version not in {0, VERSION}:
            hint = "move it away: pictures stay, and what they were made from is worked out again"
            raise SetupError(Problem(f"`{path}` was written by another version of assetgen", hint=hint))
        self._db.execute(f"PRAGMA user_version = {VERSION}")

    def close(self) -> None:
        self._db.close()

    def standing(self, sku: str) -> Mapping[str, Standing]:
        """What was made of a product, by asset id."""
        query = "SELECT id, key, path, digest, size, modified FROM assets WHERE campaign = ? AND sku = ?"
        rows = self._db.execute(query, (self._campaign, sku))
        return {standing.id: standing for standing in starmap(Standing, rows)}

    def made(self, asset: str) -> Made:
        """The whole record of an asset that stands."""
        query = "SELECT record FROM assets WHERE campaign = ? AND id = ?"
        return _made(self._db.execute(query, (self._campaign, asset)).fetchone())

    def everything(self) -> Iterator[Made]:
        """All records of the campaign, in the order of their ids."""
        query = "SELECT record FROM assets WHERE campaign = ? ORDER BY id"
        yield from map(_made, self._db.execute(query, (self._campaign,)))

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
                json.dumps(asdict(m), ensure_ascii=False),
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
        yield from map(_made, self._db.execute(query, (self._campaign,)))

    def photo(self, path: Path) -> PhotoFacts | None:
        query = "SELECT size, modified, digest, width, height, problem FROM photos WHERE path = ?"
        row = self._db.execute(query, (str(path),)).fetchone()
        return PhotoFacts(*row) if row else None

    def remember_photo(self, path: Path, facts: PhotoFacts) -> None:
        values = (str(path), facts.size, facts.modified, facts.digest, facts.width, facts.height, facts.problem)
        self._write("INSERT OR REPLACE INTO photos VALUES (?, ?, ?, ?, ?, ?, ?)", [values])

    def pay(self, paid: Paid) -> None:
        amount = str(paid.cost.amount) if paid.cost else None
        currency = paid.cost.currency if paid.cost else None
        values = (paid.plate, self._campaign, paid.provider, paid.at, amount, currency, paid.request_id)
        self._write("INSERT INTO spend VALUES (?, ?, ?, ?, ?, ?, ?)", [values])

    def in_use(self) -> InUse:
        """What the files of all campaigns were made from."""
        columns = ("$.inputs.plate", "$.inputs.cutout", "$.digest")
        plates, cutouts, digests = (
            {value for (value,) in self._db.execute("SELECT json_extract(record, ?) FROM assets", (column,))}
            for column in columns
        )
        return InUse(plates, {key for joined in cutouts for key in joined.split(", ")}, digests)

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        with _explained(self._path):
            self._db.execute("BEGIN")
            self._db.executemany(statement, rows)
            self._db.execute("COMMIT")


def _made(row: tuple[str]) -> Made:
    values = json.loads(row[0])
    findings = tuple(Finding(f["rule"], Level(f["level"]), f["message"]) for f in values.pop("findings"))
    products, photos = (tuple(values.pop(name, ())) for name in ("products", "photos"))
    return Made(**values, findings=findings, products=products, photos=photos)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise SetupError(Problem(f"`{path}` could not be written: {error}", hint="is the disk full?")) from error
        hint = "move it away: pictures stay, and what they were made from is worked out again"
        raise SetupError(Problem(f"`{path}` is damaged: {error}", hint=hint)) from error
