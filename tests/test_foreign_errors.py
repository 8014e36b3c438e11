"""Every exception class of the libraries that reach out is one of ours before it leaves the room that calls them.

Their classes are walked, so that a new one fails here until somebody has decided what it means. Those of the SDK are in
test_openai_faults.py.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Never

import c2pa
import httpcore2
import httpx2
import obstore
import obstore.exceptions
import openai
import pytest
from c2pa import c2pa as c2pa_errors

from assetgen.config.fetching import Fetching
from assetgen.credentials.c2pa_reading import SignatureState, state
from assetgen.credentials.history import History
from assetgen.credentials.signing import Signer, Unsigned
from assetgen.errors import Busy, SetupError, Unanswered
from assetgen.files.xmp import SourceType
from assetgen.photos.fetcher import Fetcher
from assetgen.providers.openai import OpenAI
from assetgen.providers.openai.faults import translated
from assetgen.providers.openai.http_client import as_sdk_errors
from assetgen.publishing.objects import ObjectStoreTarget
from assetgen.web import Unfetched
from assetgen.web.address import parsed
from assetgen.web.refusals import explained
from tests.photoserver import PhotoServer, Reply

HOST = "photos.example.com"
ASKED = httpx2.Request("POST", "http://127.0.0.1/v1/images/generations")


def errors(module: ModuleType) -> dict[str, type[Exception]]:
    """Every class of exception in a module, by its name."""
    return {
        name: found for name, found in vars(module).items() if inspect.isclass(found) and issubclass(found, Exception)
    }


@contextmanager
def raising(patch: pytest.MonkeyPatch, owner: object, name: str, error: Exception) -> Iterator[None]:
    """A function of a library fails as its documentation says that it may."""

    def fail(*_: object, **__: object) -> Never:
        raise error

    with patch.context() as within:
        within.setattr(owner, name, fail)
        yield


# Photos: httpcore2 asks, and httpx2 is used for addresses and for taking answers apart.

CORE = errors(httpcore2)
NEVER_IN_PHOTOS = {
    "ConnectionNotAvailable": "the pool asks another connection then, and does not let it out",
    "ProxyError": "photos come through no proxy",
    "UnsupportedProtocol": "addresses are refused that are not http or https, see web/address.py",
}


@pytest.mark.parametrize("name", sorted(CORE.keys() - NEVER_IN_PHOTOS.keys()))
@pytest.mark.parametrize("left", [30.0, -1.0], ids=["in time", "too late"])
def test_an_error_of_httpcore_says_why_there_is_no_photo(name: str, left: float) -> None:
    with pytest.raises(Unfetched) as caught, explained(HOST, time.monotonic() + left, 30):
        raise CORE[name]

    assert HOST in caught.value.reason
    assert caught.value.hint


def test_what_cannot_happen_to_a_photo_is_still_there() -> None:
    assert NEVER_IN_PHOTOS.keys() <= CORE.keys()


def test_an_address_that_httpx_does_not_take_is_refused() -> None:
    with pytest.raises(Unfetched):
        parsed("https://photos.example.com:port/a.jpg")


def test_an_answer_that_httpx_cannot_take_apart_is_damaged(photos: PhotoServer) -> None:
    address = photos.says("/a.jpg", Reply(200, b"not gzip", {"content-encoding": "gzip"}))
    fetcher = Fetcher(Fetching(internal_hosts=("127.0.0.1",)))
    with closing(fetcher), pytest.raises(Unfetched, match="came damaged"):
        fetcher.photo(address)


# The image model: httpx2 is below the SDK, and fetches pictures that come as an address.

WIRE = errors(httpx2)
COST_NOTHING = {"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol"}
"""What happens before a request has left."""
NEVER_ON_THE_WIRE = {
    "CookieConflict": "no cookies are read",
    "HTTPError": "only its kinds are raised",
    "HTTPStatusError": "the SDK makes its own of it",
    "InvalidURL": "addresses are looked at before they are asked",
    "RequestNotRead": "requests have no body",
    "ResponseNotRead": "answers are read as they come",
    "StreamClosed": "as ResponseNotRead",
    "StreamConsumed": "as ResponseNotRead",
    "StreamError": "as ResponseNotRead",
}


@pytest.mark.parametrize("name", sorted(name for name in WIRE if issubclass(WIRE[name], httpx2.TransportError)))
def test_what_broke_off_may_have_been_paid_for_and_what_never_left_was_not(name: str) -> None:
    late = issubclass(WIRE[name], httpx2.TimeoutException)
    error = openai.APITimeoutError(ASKED) if late else openai.APIConnectionError(request=ASKED)
    error.__cause__ = WIRE[name]("no")

    assert type(translated(error, OpenAI())) is (Busy if name in COST_NOTHING else Unanswered)


@pytest.mark.parametrize("name", sorted(name for name in WIRE if issubclass(WIRE[name], httpx2.RequestError)))
def test_what_breaks_off_within_an_answer_is_an_error_of_the_sdk(name: str) -> None:
    kind: Any = WIRE[name]
    with pytest.raises(openai.APIConnectionError) as caught, as_sdk_errors():
        raise kind("no", request=ASKED)

    assert isinstance(caught.value, openai.APITimeoutError) == issubclass(kind, httpx2.TimeoutException)


def test_every_other_error_of_httpx_is_known_not_to_happen_on_the_wire() -> None:
    assert {name for name in WIRE if not issubclass(WIRE[name], httpx2.RequestError)} == NEVER_ON_THE_WIRE.keys()
    assert WIRE.keys() >= COST_NOTHING


# Publishing: obstore. Some of its errors are Python's own.

STORE = errors(obstore.exceptions) | {
    kind.__name__: kind for kind in (FileNotFoundError, FileExistsError, PermissionError, OSError, ValueError)
}
CALLS = {
    "list": lambda target: target.present("small"),
    "put": lambda target: target.put("a.jpg", b"a", kind="image/jpeg", cache="no-cache"),
    "get": lambda target: target.get("a.jpg"),
    "delete": lambda target: target.remove(["a.jpg"]),
}


@pytest.mark.parametrize("name", sorted(STORE))
@pytest.mark.parametrize("call", CALLS)
def test_an_error_of_obstore_needs_something_of_this_machine(
    monkeypatch: pytest.MonkeyPatch, name: str, call: str
) -> None:
    target = ObjectStoreTarget("memory:///", Path())
    with raising(monkeypatch, obstore, call, STORE[name]("first words\nand a page more")):
        if (call, name) == ("get", "FileNotFoundError"):
            assert CALLS[call](target) is None
            return
        with pytest.raises(SetupError, match=r"`memory:///` cannot be used: first words\nhint: "):
            CALLS[call](target)


def test_what_a_store_does_not_have_is_no_error() -> None:
    target = ObjectStoreTarget("memory:///", Path())

    assert (target.get("a.jpg"), target.digest("a.jpg"), dict(target.present("small"))) == (None, None, {})


# Credentials: c2pa. Its kinds of errors are told apart by private classes.

SIGNATURES = errors(c2pa_errors)


@pytest.mark.parametrize("name", sorted(SIGNATURES))
def test_an_error_of_c2pa_is_a_file_that_is_not_signed_or_not_read(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    error = SIGNATURES[name]("no such thing")
    signer = Signer("us", "a chain", "ES256", key=b"a key")
    with raising(monkeypatch, c2pa, "Builder", error), pytest.raises(Unsigned, match="no such thing"):
        signer.sign(b"", "jpg", "x", History(SourceType.DRAWN))

    carrying = b"jumdc2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x00\x38\x9b\x71"
    with raising(monkeypatch, c2pa.Reader, "try_create", error):
        found = state(carrying)
    assert found
    assert found.state is SignatureState.INVALID
