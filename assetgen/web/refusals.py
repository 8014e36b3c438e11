"""What went wrong with an address, as a marketer needs to hear it."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpcore2
import httpx2

from assetgen import clock
from assetgen.web.unfetched import Unfetched

LATER = "run again later; `--offline` works with the photos that were fetched before"

BREATHER = 2.0
"""Seconds that a host is left alone which says `too often` and not how long."""


def refused(answer: httpx2.Response, host: str) -> Unfetched:
    """The error for an answer that is neither a photo nor leads to one."""
    status = answer.status_code
    said = f"`{host}` answers {status} {answer.reason_phrase}".rstrip()
    match status:
        case HTTPStatus.NOT_FOUND | HTTPStatus.GONE:
            return Unfetched(f"is not there: {said}", "open the address in a browser, and correct it in the table")
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN | HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
            return Unfetched(f"may not be fetched: {said}", "photos must be open to everybody, without a login")
        case HTTPStatus.TOO_MANY_REQUESTS | HTTPStatus.SERVICE_UNAVAILABLE:
            after = retry_after(answer.headers.get("retry-after"))
            after = BREATHER if after is None and status == HTTPStatus.TOO_MANY_REQUESTS else after
            hint = f"{LATER}; or set a lower `parallel` under `products: fetch:`"
            return Unfetched(f"did not come: {said}", hint, down=True, again=True, after=after)
        case _ if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Unfetched(f"did not come: {said}", LATER, down=True, again=True)
        case _:
            return Unfetched(f"did not come: {said}", "open the address in a browser, and correct it in the table")


@contextmanager
def explained(host: str, until: float, seconds: float) -> Iterator[None]:
    """Turns what the network does into Unfetched; its time is over at `until` (of time.monotonic), after `seconds`."""
    try:
        yield
    except httpcore2.TimeoutException as error:
        if time.monotonic() < until:
            raise Unfetched(f"cannot be fetched: `{host}` does not answer", LATER, down=True, again=True) from error
        hint = f"{LATER}; or set more `seconds` under `products: fetch:`"
        raise Unfetched(f"did not come within {seconds:g} seconds from `{host}`", hint, down=True) from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.DecodingError) as error:
        raise _broken_off(error, host) from error


def _broken_off(error: Exception, host: str) -> Unfetched:
    origin = error.args[0] if error.args else None  # httpcore2 keeps there what its own errors stand for
    if isinstance(origin, ssl.SSLCertVerificationError):
        message = f"cannot be fetched safely: the certificate of `{host}` does not hold ({origin.verify_message})"
        hint = "tell whoever runs that host; your own authority goes into the variable SSL_CERT_FILE"
        return Unfetched(message, hint, down=True)
    if isinstance(origin, ssl.SSLError):
        return Unfetched(
            f"cannot be fetched safely: `{host}` and this machine find no common protocol", LATER, down=True
        )
    if isinstance(error, httpcore2.ConnectError):
        return Unfetched(f"cannot be fetched: `{host}` takes no connection", LATER, down=True, again=True)
    if isinstance(error, httpx2.DecodingError):
        return Unfetched(f"came damaged from `{host}`", LATER, again=True)
    return Unfetched(f"broke off on its way from `{host}`", LATER, down=True, again=True)


def retry_after(value: str | None) -> float | None:
    """`Retry-After` in seconds, see RFC 9110, 10.2.3; None for what is neither a number from 0 on nor a date to come.

    Fractions are no part of the standard, and often sent. Who waits sees to it that it is not for ever. A date that is
    over comes from a clock that is slow, and says nothing.
    """
    text = (value or "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d*)?", text, re.ASCII):
        return float(text)
    try:
        seconds = parsedate_to_datetime(text).timestamp() - clock.real_now().timestamp()
    except (ValueError, OverflowError):
        return None
    return seconds if seconds > 0 else None
