"""One photo from one address: what is asked for again, what is taken for a photo, and when it is enough."""

from __future__ import annotations

import gzip
import zlib

import pytest

from assetgen.web import Unfetched
from tests.fetching import HERE, ask, fetch, picture, reason
from tests.photoserver import PhotoServer, Reply, dripping


@pytest.mark.parametrize("validator", [{"etag": '"v1"'}, {"last_modified": "Sat, 28 Nov 2026 12:00:00 GMT"}])
def test_what_has_not_changed_is_not_sent_again(photos: PhotoServer, validator: dict[str, str]) -> None:
    address = photos.photo("/mug.png", picture(), **validator)
    first = fetch(address)

    assert ask(address, known=first.validators) is None
    assert [len(asked.conditions) for asked in photos.asked] == [0, 1]


def test_what_has_changed_comes_with_what_its_host_says_now(photos: PhotoServer) -> None:
    first = fetch(photos.photo("/mug.png", picture("red"), etag='"v1"'))
    again = ask(photos.photo("/mug.png", picture("blue"), etag='"v2"'), known=first.validators)

    assert again
    assert (again.data, again.validators.etag) == (picture("blue"), '"v2"')


def test_conditions_go_only_to_the_address_that_said_them(photos: PhotoServer) -> None:
    photos.photo("/real.png", picture(), etag='"v1"')
    address = photos.says("/short", Reply(302, headers={"location": "/real.png"}))
    first = fetch(address)

    assert ask(address, known=first.validators) is None
    assert [(asked.path, len(asked.conditions)) for asked in photos.asked] == [
        ("/short", 0), ("/real.png", 0), ("/short", 0), ("/real.png", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_the_contents_decide_and_not_the_name_or_the_type(photos: PhotoServer, kind: str) -> None:
    data = picture(kind=kind)
    address = photos.says("/export.php", Reply(200, data, {"content-type": "text/html"}))

    assert fetch(address).data == data


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<!doctype html><title>Sorry</title>", "is a web page or XML, not a picture"),
        (b"", "is empty"),
        (b"once upon a time", "is a text, not a picture"),
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_calls_itself(photos: PhotoServer, body: bytes, said: str) -> None:
    address = photos.says("/mug.jpg", Reply(200, body, {"content-type": "image/jpeg"}))

    assert reason(address) == said


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(photos: PhotoServer) -> None:
    huge = bytearray(picture())
    huge[16:24] = (20_000).to_bytes(4) + (20_000).to_bytes(4)
    huge[29:33] = zlib.crc32(huge[12:29]).to_bytes(4)

    assert "has far more than the 100 megapixels that are read" in reason(
        photos.says("/mug.png", Reply(200, bytes(huge)))
    )


def test_one_that_says_it_is_too_large_is_not_read(photos: PhotoServer) -> None:
    small = HERE.model_copy(update={"megabytes": 0.001})
    address = photos.says("/mug.png", Reply(200, b"x", length=5_000))

    assert reason(address, small) == "is larger than 0.001 MB"


def test_one_that_does_not_say_so_is_not_read_to_its_end(photos: PhotoServer) -> None:
    small = HERE.model_copy(update={"megabytes": 0.001})
    address = photos.says("/mug.png", Reply(200, b"x" * 5_000, length=None))

    assert reason(address, small) == "is larger than 0.001 MB"


def test_packed_answers_are_measured_unpacked(photos: PhotoServer) -> None:
    packed = {"content-encoding": "gzip"}
    good = photos.says("/good.png", Reply(200, gzip.compress(picture()), packed))
    bomb = photos.says("/bomb.png", Reply(200, gzip.compress(bytes(50_000_000)), packed))

    assert fetch(good).data == picture()
    assert reason(bomb, HERE.model_copy(update={"megabytes": 1})) == "is larger than 1 MB"


def test_what_was_packed_badly_is_told(photos: PhotoServer) -> None:
    address = photos.says("/mug.png", Reply(200, picture(), {"content-encoding": "gzip"}))

    assert reason(address) == "came damaged from `127.0.0.1`"


@pytest.mark.parametrize("reply", [Reply(200, picture(), pause=0.05), Reply(302, b"x" * 99, pause=0.05)])
def test_however_slowly_it_drips_it_ends(photos: PhotoServer, reply: Reply) -> None:
    hasty = HERE.model_copy(update={"seconds": 0.3})

    assert reason(photos.says("/mug.png", reply), hasty) == "did not come within 0.3 seconds from `127.0.0.1`"


def test_headers_that_drip_end_as_well(loopback: None) -> None:
    with dripping() as address:
        said = reason(address, HERE.model_copy(update={"seconds": 0.3}))

    assert said == "did not come within 0.3 seconds from `127.0.0.1`"


def test_a_photo_that_breaks_off_is_no_photo(photos: PhotoServer) -> None:
    address = photos.says("/mug.png", Reply(200, picture(), length=9_999))

    assert reason(address) == "broke off on its way from `127.0.0.1`"


@pytest.mark.parametrize(
    ("status", "said", "again"),
    [
        (404, "is not there: `127.0.0.1` answers 404 Not Found", False),
        (410, "is not there: `127.0.0.1` answers 410 Gone", False),
        (403, "may not be fetched: `127.0.0.1` answers 403 Forbidden", False),
        (204, "did not come: `127.0.0.1` answers 204 No Content", False),
        (304, "did not come: `127.0.0.1` answers 304 Not Modified", False),
        (500, "did not come: `127.0.0.1` answers 500 Internal Server Error", True),
        (429, "did not come: `127.0.0.1` answers 429 Too Many Requests", True),
    ],
)
def test_answers_without_a_photo_are_told(photos: PhotoServer, status: int, said: str, again: object) -> None:
    with pytest.raises(Unfetched) as refused:
        fetch(photos.says("/mug.png", Reply(status, length=None if status in {204, 304} else 0)))

    assert (refused.value.reason, refused.value.again) == (said, again)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 2.0), ("soon", 2.0), ("²", 2.0), ("1 Jan 99999999999 0:0:0", 2.0)],
)
def test_how_long_to_wait_is_understood(photos: PhotoServer, value: str, seconds: float) -> None:
    with pytest.raises(Unfetched) as refused:
        fetch(photos.says("/mug.png", Reply(429, headers={"retry-after": value})))

    assert refused.value.after == seconds
