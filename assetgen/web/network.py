"""Connections to the open internet alone: the address that was looked at is the one that is connected to."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import httpcore2

from assetgen.web.unfetched import Unfetched

Resolver = Callable[[str, int], Sequence[str]]
"""The IP addresses of a host. Raises OSError, and UnicodeError for a name that can be none."""

PATIENCE = 10.0
"""Seconds that a host has to take a connection."""

_NETWORKS = {
    "is_loopback": "this machine itself",
    "is_unspecified": "this machine itself",
    "is_link_local": "a machine next to this one",
    "is_multicast": "a group of machines",
    "is_private": "a private network",
    "is_site_local": "a private network",
    "is_reserved": "a reserved network",
}
"""What `ipaddress` knows of an address; shared ones (RFC 6598) it knows only as not global."""

_CLOSED = {
    ip_network("192.0.0.0/24"): "a reserved network",  # RFC 6890; a cloud answers there with its machine's secrets
    ip_network("192.88.99.0/24"): "a reserved network",  # RFC 7526
    ip_network("168.63.129.16/32"): "a cloud's own service",  # documented by Azure
    ip_network("100.100.100.200/32"): "a cloud's own service",  # documented by Alibaba
    ip_network("64:ff9b:1::/48"): "a private network",  # RFC 8215
    ip_network("3fff::/20"): "a reserved network",  # RFC 9637
    ip_network("5f00::/16"): "a private network",  # RFC 9602
}
"""What `ipaddress` does not know, or only in later versions of Python."""

_TRANSLATED = ip_network("64:ff9b::/96")
"""IPv4 behind IPv6 as networks without IPv4 write it, see RFC 6052."""


def resolved(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def special(address: str) -> str | None:
    """The network that an IP address belongs to, in words; None for the open internet."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address) and (inner := _inner(ip)):
        return special(str(inner))
    if closed := next((words for network, words in _CLOSED.items() if ip in network), None):
        return closed
    named = (words for fact, words in _NETWORKS.items() if getattr(ip, fact, False))
    return next(named, None if ip.is_global else "a private network")


def _inner(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that another network would connect to in its place."""
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def at_home(host: str) -> bool:
    """Whether a host is on this machine or in a network of its own, as far as its name or address tells."""
    try:
        return special(host) is not None
    except ValueError:
        return host == "localhost" or host.endswith((".local", ".internal")) or "." not in host


def leads_home(host: str, resolve: Resolver = resolved) -> bool:
    """The same, where its name is looked up if it does not tell."""
    try:
        return at_home(host) or any(special(address) for address in resolve(host, 0))
    except (OSError, UnicodeError):
        return False


class Network(httpcore2.NetworkBackend):
    """The connections of one asker at a time, all of them over by `until` (of time.monotonic).

    internal: the hosts that may be special, in the letters of the internet; where it is not guarded, all may.
    """

    def __init__(self, internal: frozenset[str], resolve: Resolver, *, guarded: bool = True) -> None:
        self._internal = internal
        self._guarded = guarded
        self._resolve = resolve
        self._plain = httpcore2.SyncBackend()
        self.until = 0.0
        self._stopped = False

    def stop(self) -> None:
        """Ends its time at once, for another thread; what waits for a byte waits on for its own time."""
        self._stopped = True

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connects to the first address of a host that answers. Raises Unfetched if any of them is special."""
        refused: httpcore2.ConnectError | httpcore2.ConnectTimeout | None = None
        for address in self._checked(host, port):
            try:
                stream = self._plain.connect_tcp(
                    address, port, min(PATIENCE, self.left(timeout)), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                refused = error
            else:
                return _Stream(stream, self)
        raise refused or httpcore2.ConnectError

    def _checked(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            unsure = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
            message = f"cannot be fetched: nobody knows the host `{host}`"
            raise Unfetched(
                message, "correct the address, or look whether this machine has a network", down=True, again=unsure
            ) from error
        if self._guarded and host.rstrip(".") not in self._internal:
            for address in addresses:
                if network := special(address):
                    hint = f"if the photos are your own, add `{host}` to `internal_hosts` under `products: fetch:`"
                    raise Unfetched(f"is not fetched: `{host}` is {address}, {network}", hint, refused=True)
        return addresses

    def left(self, timeout: float | None) -> float:
        """Seconds for the next step."""
        left = self.until - time.monotonic()
        if left <= 0 or self._stopped:
            raise httpcore2.ReadTimeout
        return left if timeout is None else min(left, timeout)


class _Stream(httpcore2.NetworkStream):
    """A stream that ends with its network's time, however slowly it drips."""

    def __init__(self, stream: httpcore2.NetworkStream, network: Network) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._network.left(timeout)), self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
