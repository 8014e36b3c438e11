"""What a cell says where it names an address and not a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assetgen.fingerprint import digest
from assetgen.web.unfetched import Unfetched

if TYPE_CHECKING:
    from httpx2 import URL

_USER = re.compile(r"(?<=//)[^/?#\s]*@")
"""Name and password."""

_TOLD = re.compile(r"(?<=[?&;])([^=&;#\s]*)=([^&;#\s]*)")
"""A name and its value in a query."""

_SECRET = re.compile(r"key|token|sig|secret|pass|pwd|pw$|auth|cred|code|session|policy|hmac", re.IGNORECASE)
"""What is in the names of values that let somebody in: `api-key`, `X-Amz-Signature`, `sig`."""

_SHORT = 20
"""The letters of a value from which on it may let somebody in, whatever its name."""


def shown_address(cell: str) -> str:
    """An address as it may be printed: without what lets somebody in, and not page after page of data."""
    if cell.lower().startswith("data:"):
        return f"{cell[:40]}…"
    return _TOLD.sub(_without_secret, _USER.sub("…@", cell))


def _without_secret(told: re.Match[str]) -> str:
    secret = _SECRET.search(told[1]) or len(told[2]) >= _SHORT
    return f"{told[1]}=…" if secret else told[0]


def parsed(text: str) -> URL:
    """The address with its host in the letters of the internet and its path quoted (RFC 3986, RFC 5891).

    Raises Unfetched.
    """
    import httpx2

    scheme, colon, _ = text.partition(":")
    if not colon or "/" in scheme:
        raise Unfetched("does not begin with `https://`", "write the whole address, as a browser shows it")
    if scheme.lower() not in {"http", "https"}:
        hint = "give it an https address, or put the file beside the product table"
        raise Unfetched(f"is a `{scheme.lower()}:` address, and those are not fetched", hint)
    try:
        url = httpx2.URL(text)
    except httpx2.InvalidURL as error:
        raise _malformed() from error
    if not url.host or "%" in url.host or (url.port is not None and not 0 < url.port < 65536):  # noqa: PLR2004 - TCP's
        raise _malformed()
    if url.userinfo:
        hint = "take it out: the table is no place for a password, and photos must be open to everybody"
        raise Unfetched("has a name or password in its address", hint)
    return url.copy_with(fragment=None)


def key(text: str) -> str:
    """The storage key of an address, equal for all spellings of it. Raises Unfetched."""
    return digest(str(parsed(text)).encode())


def host_of(text: str) -> str:
    """The host of an address, in the letters of the internet. Raises Unfetched."""
    return parsed(text).raw_host.decode("ascii")


def letters(host: str) -> str:
    """A host as it is asked for, whatever way somebody wrote it; one that can be none stays as it is."""
    import httpx2

    try:
        raw = httpx2.URL(f"//[{host}]" if host.count(":") > 1 else f"//{host}").raw_host
    except httpx2.InvalidURL:
        return host
    return raw.decode("ascii").rstrip(".")


def _malformed() -> Unfetched:
    return Unfetched("is not a well-formed address", "copy it from the browser in which you see the photo")
