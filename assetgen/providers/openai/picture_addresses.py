"""Pictures that an answer only names: fetched from their addresses, as carefully as photos are."""

from __future__ import annotations

import base64
from functools import cached_property
from urllib.parse import unquote

import httpx2

from assetgen.config.fetching import Fetching
from assetgen.errors import Problem, Unanswered
from assetgen.patience import Attempt, OutOfTime, Patience
from assetgen.providers.openai.http_client import LARGEST
from assetgen.providers.openai.uploads import decoded
from assetgen.web import Unfetched
from assetgen.web.address import shown_address
from assetgen.web.downloader import Downloader
from assetgen.web.network import leads_home

TRIES = 3
"""How often a finished picture is fetched from its address: it is paid for, and fetching it is free.

The pauses between are of 1 and 2 seconds; the service has it, and only its storage may lag behind.
"""

LONGEST = 600.0
"""Seconds that fetching one may take at most."""


class PictureAddresses:
    """Fetches pictures without the key, for they may lie elsewhere; several threads share it.

    Addresses lead to the open internet alone, unless the server itself is at home in a private network.
    """

    def __init__(self, base_url: str, seconds: float, patience: Patience) -> None:
        self._base = httpx2.URL(base_url)
        self._seconds = min(seconds, LONGEST)
        self._patience = patience

    def close(self) -> None:
        """Lets go of the connections."""
        if "_downloader" in vars(self):
            self._downloader.close()

    def picture(self, address: str) -> bytes:
        """The picture at an address, which may be relative to the server's, or all of it. Raises Unanswered."""
        if address.lstrip()[:5].lower() == "data:":
            return decoded(unquote(address))
        try:
            url = self._base.join(address)
            plain, authorization = str(url.copy_with(userinfo=b"")), _basic(url)
            if url.scheme not in {"http", "https"} or not url.host:
                raise ValueError(address)  # noqa: TRY301 - told as the others are
        except (httpx2.InvalidURL, ValueError) as error:
            message = f"the provider's answer leads to `{shown_address(address[:80])}`, which is no picture's address"
            raise Unanswered(Problem(message)) from error

        def fetch() -> bytes:
            fetched = self._downloader.fetch(plain, authorization=authorization)
            assert fetched  # noqa: S101 - nothing is known of it that could still hold
            return fetched.data

        def pause(error: Unfetched, attempt: Attempt) -> float:
            if error.refused or attempt.number >= TRIES:
                raise error
            return float(attempt.number)

        try:
            # Once called off it goes on without pauses, in the time that is left.
            return self._patience.within(
                lambda: self._patience.ask(fetch, bytes, Unfetched, pause), self._seconds, hasty=lambda: True
            )
        except Unfetched as error:
            raise _lost(address, error.reason, refused=error.refused) from error
        except OutOfTime as error:
            reason = "was on its way when the run was stopped" if error.called_off else "took too long"
            raise _lost(address, reason) from error

    @cached_property
    def _downloader(self) -> Downloader:
        """Opened late, for few servers answer with addresses. Two threads may both open one, and the later is kept."""
        settings = Fetching(megabytes=LARGEST / 1_000_000, seconds=self._seconds)
        return Downloader(settings, guarded=not leads_home(self._base.host))


def _basic(url: httpx2.URL) -> str | None:
    """The header for the name and password of an address (RFC 7617)."""
    if not url.userinfo:
        return None
    return f"Basic {base64.b64encode(f'{url.username}:{url.password}'.encode()).decode()}"


def _lost(address: str, reason: str, *, refused: bool = False) -> Unanswered:
    message = f"the finished picture `{shown_address(address)}` {reason}; it may have been paid for"
    hint = "only a server in a private network of your own may lead there" if refused else None
    return Unanswered(Problem(message, hint=hint))
