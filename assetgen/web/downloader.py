"""What is at one address, asked for once."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpcore2
import httpx2

from assetgen.config.fetching import Fetching, Validators
from assetgen.web.address import letters, parsed
from assetgen.web.connection import Connection
from assetgen.web.network import Network, Resolver, resolved
from assetgen.web.refusals import explained, refused
from assetgen.web.unfetched import Unfetched

_LEADS_ON = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Fetched:
    """The bytes at an address, and what its host said by which it can tell next time whether they changed."""

    data: bytes
    validators: Validators


class Downloader:
    """Fetches what is at addresses, from several threads: each call has a line of its own.

    guarded: only the open internet and `internal_hosts` may be connected to.
    """

    def __init__(self, settings: Fetching, resolve: Resolver = resolved, *, guarded: bool = True) -> None:
        self._settings = settings
        self._guarded = guarded
        self._internal = frozenset(map(letters, settings.internal_hosts))
        self._resolve = resolve
        self._trust = httpcore2.default_ssl_context()
        self._free: list[Connection] = []
        self._all: list[Connection] = []

    def close(self) -> None:
        """Lets go of all connections; called when no thread is asking any more."""
        for line in self._free:
            line.close()

    def stop(self) -> None:
        """Lets all questions that are under way end at the next byte; for another thread."""
        for line in self._all:
            line.stop()

    def fetch(
        self, address: str, known: Validators | None = None, *, authorization: str | None = None
    ) -> Fetched | None:
        """What is at an address; None where what is known of it still holds. Raises Unfetched.

        authorization: a header for the host of that address, and for no other that it leads to.
        """
        url = parsed(address)
        try:
            line = self._free.pop()
        except IndexError:
            line = Connection(Network(self._internal, self._resolve, guarded=self._guarded), self._trust)
            self._all.append(line)
        try:
            return self._fetched(line, url, known, {"authorization": authorization} if authorization else {})
        finally:
            self._free.append(line)

    def _fetched(
        self, line: Connection, url: httpx2.URL, known: Validators | None, private: Mapping[str, str]
    ) -> Fetched | None:
        seconds, first = self._settings.seconds, url.netloc
        until = time.monotonic() + seconds
        for _ in range(self._settings.redirects + 1):
            conditions = _conditions(url, known)
            headers = {**conditions, **private} if url.netloc == first else conditions
            with explained(url.host, until, seconds), line.asked(url, headers, until) as answer:
                if answer.status_code == httpx2.codes.OK:
                    return Fetched(self._read(answer), _said(url, answer))
            if conditions and answer.status_code == httpx2.codes.NOT_MODIFIED:
                return None
            target = answer.headers.get("location")
            if answer.status_code not in _LEADS_ON or not target:
                raise refused(answer, url.host)
            url = _led_on(url, target)
        message = f"leads on more than {self._settings.redirects} times"
        raise Unfetched(message, "put the address into the table that a browser shows at the end")

    def _read(self, answer: httpx2.Response) -> bytes:
        """The body of an answer; what it says of its length is believed only where that is too much."""
        most, data = self._settings.most_bytes, bytearray()
        if int(answer.headers.get("content-length", "0")) <= most:
            for chunk in answer.iter_bytes():
                data += chunk
                if len(data) > most:
                    break
            else:
                return bytes(data)
        hint = "use a smaller one, or set more `megabytes` under `products: fetch:`"
        raise Unfetched(f"is larger than {self._settings.megabytes:g} MB", hint)


def _conditions(url: httpx2.URL, known: Validators | None) -> dict[str, str]:
    """The validators of an address, for that address alone, see RFC 9110, 13.1."""
    if known is None or known.url != str(url):
        return {}
    conditions = {"if-none-match": known.etag, "if-modified-since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _said(url: httpx2.URL, answer: httpx2.Response) -> Validators:
    return Validators(str(url), answer.headers.get("etag"), answer.headers.get("last-modified"))


def _led_on(url: httpx2.URL, target: str) -> httpx2.URL:
    try:
        return parsed(str(url.join(target)))
    except (Unfetched, httpx2.InvalidURL) as error:
        reason = error.reason if isinstance(error, Unfetched) else "is not well-formed"
        hint = "put the address into the table at which the photo really is"
        raise Unfetched(f"leads on to an address that {reason}", hint) from error
