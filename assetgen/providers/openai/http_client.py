"""The SDK's connections, and what may happen on them: errors of a size, and no other host for what is sent to one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import openai
from openai import DefaultHttpx2Client

CONNECT = 10.0
"""Seconds that a connection may take at most."""

LARGEST = 64_000_000
"""Bytes of a picture; more is no picture of ours."""

MOST = LARGEST * 3 // 2
"""Bytes of an answer, which has a picture in base64."""

_ERROR = 64_000
"""Bytes of an error that are read."""

_LEADS_ON = {301, 302, 303, 307, 308}


class LedAway(openai.OpenAIError):
    """A server leads what is sent to it on to another host, which nobody has named. host: that one."""

    def __init__(self, host: str) -> None:
        super().__init__(f"led on to {host}")
        self.host = host


class TooLarge(openai.OpenAIError):
    """An answer is larger than any picture."""


def http_client(timeout: float, parallel: int) -> httpx2.Client:
    """A client for so many requests at once, each of whose steps may take `timeout` seconds."""
    limits = httpx2.Limits(max_connections=2 * parallel + 10, max_keepalive_connections=parallel)
    times = httpx2.Timeout(timeout, connect=min(CONNECT, timeout))
    return DefaultHttpx2Client(timeout=times, limits=limits, event_hooks={"response": [_look_at]})


def read_whole(chunks: Iterator[bytes]) -> bytes:
    """The body of an answer, decoded. Raises TooLarge."""
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > MOST:
            raise TooLarge
    return bytes(data)


@contextmanager
def as_sdk_errors() -> Iterator[None]:
    """Turns what the connection raises while a body is read into the errors that the SDK makes of it elsewhere."""
    try:
        yield
    except httpx2.TimeoutException as error:
        raise openai.APITimeoutError(error.request) from error
    except httpx2.RequestError as error:
        raise openai.APIConnectionError(request=error.request) from error


def _look_at(response: httpx2.Response) -> None:
    """Looks at an answer before it is read or followed: whoever sends prompts and photos has named one host."""
    if response.is_error:
        response.stream = _Beginning(response.stream)
    if response.status_code in _LEADS_ON and response.request.method != "GET":
        _stay(response.request.url, response.headers.get("location", ""))


def _stay(asked: httpx2.URL, target: str) -> None:
    try:
        url = asked.join(target)
    except httpx2.InvalidURL as error:
        raise LedAway("an address that is none") from error
    secured = (asked.scheme, url.scheme, asked.port, url.port) == ("http", "https", None, None)
    if url.host != asked.host or not (secured or (url.scheme, url.port) == (asked.scheme, asked.port)):
        raise LedAway(url.netloc.decode("ascii", "replace"))


class _Beginning(httpx2.SyncByteStream):
    """The first bytes of a stream, as many as an error needs."""

    def __init__(self, stream: httpx2.SyncByteStream | httpx2.AsyncByteStream) -> None:
        assert isinstance(stream, httpx2.SyncByteStream)  # noqa: S101 - of a client that is none of asyncio's
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        left = _ERROR
        for chunk in self._stream:
            yield chunk[:left]
            left -= len(chunk)
            if left <= 0:
                return

    def close(self) -> None:
        self._stream.close()
