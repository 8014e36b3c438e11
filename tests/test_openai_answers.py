"""What a provider makes of an answer that came: a paid picture is kept, whatever else is odd about it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image

from assetgen.errors import Unanswered
from assetgen.model.request import Generated, Price, Request
from assetgen.providers.openai import OpenAI
from assetgen.providers.openai.answers import duration
from tests.imageserver import Answer, ImageServer

TEA = Request("tea", 1024, 1024)


@pytest.fixture
def provider(server: ImageServer) -> Iterator[OpenAI]:
    with closing(OpenAI()) as made:
        yield made


def answered(server: ImageServer, provider: OpenAI, answer: Answer) -> Generated:
    server.answer = lambda _call, _nth: answer
    return provider.generate(TEA)


def as_json(**body: Any) -> Answer:
    return Answer(body=json.dumps(body).encode(), content_type="application/json")


@pytest.mark.parametrize("body", [b"<html>welcome</html>", b"[]", b""])
def test_bytes_that_are_no_answer_are_handed_on(server: ImageServer, provider: OpenAI, body: bytes) -> None:
    made = answered(server, provider, Answer(body=body))

    assert (made.data, made.cost) == (body, None)
    assert made.request_id


def test_text_that_is_no_base64_is_handed_on_as_it_came(server: ImageServer, provider: OpenAI) -> None:
    assert answered(server, provider, Answer(malformed=True)).data == b"*** this is not base64 ***"


@pytest.mark.parametrize(
    "answer", [Answer(empty=True), Answer(body=b"{}"), Answer(body=b'{"data": [{}]}'), Answer(body=b'{"error": {}}')]
)
def test_an_answer_without_a_picture_may_have_been_paid_for(
    server: ImageServer, provider: OpenAI, answer: Answer
) -> None:
    with pytest.raises(Unanswered, match="without a picture"):
        answered(server, provider, answer)


@pytest.mark.parametrize("answer", [Answer(url="absolute"), Answer(url="relative")], ids=["absolute", "relative"])
def test_a_picture_behind_an_address_is_fetched(server: ImageServer, provider: OpenAI, answer: Answer) -> None:
    made = answered(server, provider, answer)

    with Image.open(io.BytesIO(made.data)) as picture:
        assert picture.size == (1024, 1024)
    fetched = server.calls[-1]
    assert fetched.path.startswith("/pictures/")
    assert "authorization" not in fetched.headers


@pytest.mark.parametrize(
    "more",
    [
        {"quality": "auto"},
        {"created": None, "size": 7},
        {"usage": {"input_tokens": "many"}},
        {"output_format": "tiff", "background": "blue"},
    ],
)
def test_a_picture_is_not_lost_for_a_field_that_nobody_needs(
    server: ImageServer, provider: OpenAI, more: dict[str, Any]
) -> None:
    made = answered(server, provider, as_json(data=[{"b64_json": "aGVsbG8="}], **more))

    assert (made.data, made.cost) == (b"hello", None)


def test_usage_without_details_counts_as_text(server: ImageServer, provider: OpenAI) -> None:
    usage = {"input_tokens": 1_000_000, "output_tokens": 1_000_000, "total_tokens": 2_000_000}
    made = answered(server, provider, as_json(data=[{"b64_json": "aGVsbG8="}], usage=usage))

    assert made.cost == Price(Decimal(35), "USD")


def test_without_usage_a_price_is_known_where_pictures_have_one(server: ImageServer, provider: OpenAI) -> None:
    silent = Answer(usage=False)

    assert answered(server, provider, silent).cost is None
    with closing(OpenAI(prices={"image": "0.04"})) as flat:
        assert answered(server, flat, silent).cost == Price(Decimal("0.04"), "USD")


def test_a_picture_of_another_format_is_noted(server: ImageServer, provider: OpenAI) -> None:
    assert answered(server, provider, Answer(format="webp")).notes == ("the provider sent a WEBP, png was asked for",)
    assert answered(server, provider, Answer()).notes == ()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1m30s", 90),
        ("250ms", 0.25),
        ("6", 6),
        (" 1.2s ", 1.2),
        ("1h2m3s", 3723),
        ("", 0),
        ("soon", 0),
        ("in 5 minutes", 0),
        ("-3s", 0),
        ("2026-11-23T10:00:00Z", 0),
    ],
)
def test_durations_are_read_as_services_write_them(text: str, seconds: float) -> None:
    assert duration(text) == pytest.approx(seconds)
