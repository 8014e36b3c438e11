"""One photo from one address, asked for once and looked at."""

from __future__ import annotations

from assetgen.config.fetching import Validators
from assetgen.files.decode import Unreadable, measure
from assetgen.web import Unfetched
from assetgen.web.downloader import Downloader, Fetched


class Fetcher(Downloader):
    """Fetches photos, from several threads: each call has a line of its own."""

    def photo(self, address: str, known: Validators | None = None) -> Fetched | None:
        """The photo of an address; None where what is known of it still holds. Raises Unfetched."""
        fetched = self.fetch(address, known)
        if fetched:
            _look_at(fetched.data)
        return fetched


def _look_at(data: bytes) -> None:
    try:
        measure(data)
    except Unreadable as error:
        hint = "open the address in a browser: it must show the picture and nothing else"
        raise Unfetched(str(error), hint) from error
