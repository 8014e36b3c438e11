"""The batches that were handed in and are not collected yet."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import TypeAdapter

from assetgen import clock
from assetgen.ledger.database import Database
from assetgen.ledger.sqlite_errors import understood
from assetgen.model.batch_state import OpenBatch
from assetgen.model.request import Request

_REQUESTS = TypeAdapter(dict[str, Request])


class Batches:
    """Those of one campaign."""

    def __init__(self, db: Database, campaign: str) -> None:
        self._db = db
        self._campaign = campaign

    def open(self) -> Iterator[OpenBatch]:
        """The batches that are open, the oldest first."""
        query = "SELECT token, id, provider, at, plates FROM batches WHERE campaign = ? ORDER BY at, token"
        for token, batch, provider, at, plates in self._db.connection.execute(query, (self._campaign,)).fetchall():
            with understood(self._db.path):
                requests = _REQUESTS.validate_json(plates)
            yield OpenBatch(token, batch, provider, at, requests)

    def begin(self, token: str, provider: str, plates: dict[str, Request]) -> None:
        """Notes a batch before anything is handed in, so that it is found again though the run was killed."""
        at = clock.written(clock.real_now())
        row = (token, None, self._campaign, provider, at, _REQUESTS.dump_json(plates).decode())
        self._db.write("INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?)", [row])

    def handed_in(self, token: str, batch: str) -> None:
        self._db.write("UPDATE batches SET id = ? WHERE token = ?", [(batch, token)])

    def forget(self, token: str) -> None:
        self._db.write("DELETE FROM batches WHERE token = ?", [(token,)])
