"""Connections to the hosts of addresses, kept open between questions."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpcore2
import httpx2

from assetgen.version import __version__
from assetgen.web.network import Network

_HEADERS = {
    "user-agent": f"assetgen/{__version__}",
    "accept": "image/jpeg, image/png, */*;q=0.5",  # some hosts send a smaller copy to who takes newer formats
    "accept-encoding": "identity",
}

_HOSTS = 4
"""The most connections that are kept open: photos of one table come from few hosts."""

_IDLE = 30.0
"""Seconds that a connection is kept open."""

_REST = 64_000
"""Bytes of an answer without a photo that are read so that its connection can be used again."""


class Connection:
    """A connection for one question at a time. It knows no cookies and no proxies, and tells no host of another."""

    def __init__(self, network: Network, trust: ssl.SSLContext) -> None:
        self._network = network
        self._pool = httpcore2.ConnectionPool(
            trust, max_connections=_HOSTS, keepalive_expiry=_IDLE, network_backend=network
        )

    def close(self) -> None:
        self._pool.close()

    def stop(self) -> None:
        """Lets the question that is under way end at the next byte; for another thread."""
        self._network.stop()

    @contextmanager
    def asked(self, url: httpx2.URL, conditions: Mapping[str, str], until: float) -> Iterator[httpx2.Response]:
        """The answer of a host, whose body comes only with the status 200. Raises Unfetched and what httpcore2 does."""
        self._network.until = until
        place = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        # httpcore2 would name the host by itself, but without the brackets of IPv6.
        headers = list({"host": url.netloc.decode("ascii"), **_HEADERS, **conditions}.items())
        with self._pool.stream("GET", place, headers=headers) as answer:
            if answer.status != httpx2.codes.OK:
                _use_up(answer)
            yield httpx2.Response(answer.status, headers=answer.headers, content=answer.iter_stream())


def _use_up(answer: httpcore2.Response) -> None:
    read = 0
    for chunk in answer.iter_stream():
        read += len(chunk)
        if read > _REST:
            break
