"""Photos with addresses: fetched by threads ahead of the rows that show them, and each asked for once in a run."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assetgen.config.fetching import Fetching
from assetgen.ledger import Ledger
from assetgen.model.made import Asked
from assetgen.photos.photo_pace import PhotoPace
from assetgen.photos.photo_store import PhotoStore
from assetgen.store import Store
from assetgen.web import Unfetched
from assetgen.web.address import host_of

if TYPE_CHECKING:
    from assetgen.photos.fetcher import Fetcher

T = TypeVar("T")

AHEAD = 256
"""The most rows that wait for photos; the table is not read on meanwhile."""

TOLD = 1000
"""The number of photos that are asked for between two words about it."""


class PhotosAhead:
    """Fetches photos ahead of the rows that show them. For the driver's thread, which alone touches the ledger.

    offline: nobody is asked, and what was fetched before has to do.
    """

    def __init__(
        self, settings: Fetching, store: Store, ledger: Ledger, say: Callable[[str], None], *, offline: bool
    ) -> None:
        self._settings = settings
        self._album = PhotoStore(store)
        self._ledger = ledger
        self._say = say
        self._offline = offline
        self._hosts = PhotoPace(settings.retries)
        self._callers = ThreadPoolExecutor(settings.parallel)
        self._fetcher: Fetcher | None = None
        self._live: dict[str, Future[None]] = {}
        self._number = count(1)

    def close(self) -> None:
        """Ends the fetching: nothing is begun any more, and a host that drips is waited for no longer."""
        self._hosts.stop()
        if self._fetcher:
            self._fetcher.stop()
        self._callers.shutdown(cancel_futures=True)
        if self._fetcher:
            self._fetcher.close()

    def ahead(self, rows: Iterable[T], addresses: Callable[[T], Sequence[str]]) -> Iterator[T]:
        """The same rows in the same order, each when its photos have been asked for."""
        waiting = deque[tuple[T, Sequence[str]]]()
        for row in rows:
            named = addresses(row)
            for address in named:
                self._begin(address)
            waiting.append((row, named))
            while waiting and (len(waiting) > AHEAD or self._over(waiting[0][1])):
                yield self._settled(*waiting.popleft())
        while waiting:
            yield self._settled(*waiting.popleft())

    def photo(self, address: str) -> Path:
        """The file of the photo at an address; it is asked for now if nobody has. Raises Unfetched, SetupError."""
        self._begin(address)
        self._settle(address)
        asked = self._ledger.asked(address)
        if asked and asked.problem:
            raise Unfetched(asked.problem, asked.hint)
        return self._album.photo(address)

    def _begin(self, address: str) -> None:
        if self._offline or address in self._live or self._ledger.asked(address):
            return
        number = next(self._number)
        if number % TOLD == 0:
            self._say(f"{number:,} photos asked for")
        self._live[address] = self._callers.submit(self._ask, self._opened(), address)

    def _opened(self) -> Fetcher:
        """The fetcher, imported and opened late: only a table with addresses needs it."""
        from assetgen.photos.fetcher import Fetcher

        if self._fetcher is None:
            self._fetcher = Fetcher(self._settings)
        return self._fetcher

    def _ask(self, fetcher: Fetcher, address: str) -> None:
        known = self._album.validators(address)
        fetched = self._hosts.ask(host_of(address), lambda: fetcher.photo(address, known))
        if fetched:
            self._album.keep(address, fetched)

    def _over(self, addresses: Iterable[str]) -> bool:
        return all(address not in self._live or self._live[address].done() for address in addresses)

    def _settled(self, row: T, addresses: Iterable[str]) -> T:
        for address in addresses:
            self._settle(address)
        return row

    def _settle(self, address: str) -> None:
        """Waits for the answer, if it was asked for, and remembers what came of it until the run is over."""
        future = self._live.pop(address, None)
        if future is None:
            return
        try:
            future.result()
            asked = Asked()
        except Unfetched as error:
            asked = Asked(error.reason, error.hint)
        self._ledger.note_asked(address, asked)
