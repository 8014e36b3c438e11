"""The loopback server answers the real SDK as the images API does."""

from __future__ import annotations

import base64
import io
import json
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import openai
import pytest
from PIL import Image

from tests.imageserver import (
    Answer,
    Call,
    ImageServer,
    RateLimit,
    blocked,
    broken,
    dropped,
    no_credit,
    overloaded,
    rate_limited,
)

FLARE = "gpt-image-2.6-flare"


@pytest.fixture
def server(loopback: None) -> Iterator[ImageServer]:
    with ImageServer() as server:
        yield server


@pytest.fixture
def client(server: ImageServer) -> Iterator[Any]:
    # Reading the certificates of this machine takes longer than most of these tests.
    http = openai.DefaultHttpx2Client(verify=False)
    with openai.OpenAI(base_url=server.url, api_key="sk-test", max_retries=0, http_client=http) as client:
        yield client


def opened(item: Any) -> Image.Image:
    picture = Image.open(io.BytesIO(base64.b64decode(item.b64_json)))
    picture.load()
    return picture


def png(colour: str | tuple[int, ...], size: tuple[int, int] = (64, 64), mode: str = "RGBA") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def always(answer: Answer) -> Callable[[Call, int], Answer]:
    return lambda _call, _nth: answer


def test_a_generation_has_pictures_usage_and_a_bill(server: ImageServer, client: Any) -> None:
    made = client.images.generate(prompt="a blue bottle", model=FLARE, n=2, size="1280x720", quality="low")

    assert [opened(item).size for item in made.data] == [(1280, 720)] * 2
    assert made.usage.input_tokens == 3
    assert made.usage.output_tokens == 2 * round(200 * 3.5 * 1280 * 720 / 1024**2)
    (bill,) = server.billed
    assert (bill.prompt, bill.size, bill.images, bill.request_id) == ("a blue bottle", "1280x720", 2, made._request_id)
    assert [(call.path, call.status) for call in server.calls] == [("/v1/images/generations", 200)]


def test_the_look_depends_on_the_words_alone(client: Any) -> None:
    prompts = ("tea", "tea", "coffee")
    first, again, other = (client.images.generate(prompt=prompt, model=FLARE).data[0].b64_json for prompt in prompts)
    assert first == again != other


@pytest.mark.parametrize(
    ("wrong", "param"),
    [
        ({"n": 11}, "n"),
        ({"size": "1000x1000"}, "size"),
        ({"size": "512x512"}, "size"),
        ({"size": "3840x1024"}, "size"),
        ({"quality": "hd"}, "quality"),
        ({"model": "gpt-image-2", "quality": "max"}, "quality"),
        ({"response_format": "url"}, "response_format"),
        ({"background": "transparent", "output_format": "jpeg"}, "background"),
        ({"extra_body": {"seed": 3}}, "seed"),
        ({"prompt": openai.omit}, "prompt"),
    ],
)
def test_parameters_that_the_api_refuses_are_refused(client: Any, wrong: dict[str, Any], param: str) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        client.images.generate(**{"prompt": "tea", "model": FLARE, **wrong})
    assert (refused.value.type, refused.value.param) == ("invalid_request_error", param)


def test_unknown_models_keys_and_paths_are_refused(server: ImageServer, client: Any) -> None:
    with pytest.raises(openai.NotFoundError) as model:
        client.images.generate(prompt="tea", model="gpt-6")
    with pytest.raises(openai.AuthenticationError) as key:
        client.with_options(api_key="sk-other").images.generate(prompt="tea", model=FLARE)
    with pytest.raises(openai.NotFoundError) as path, pytest.warns(DeprecationWarning, match="deprecated"):
        client.images.create_variation(image=("a.png", png("red"), "image/png"))
    assert (model.value.code, key.value.code, path.value.code) == ("model_not_found", "invalid_api_key", None)
    assert server.billed == []


def test_an_edit_keeps_what_the_mask_covers_and_invents_the_rest(server: ImageServer, client: Any) -> None:
    mask = Image.new("RGBA", (1024, 1024), (0, 0, 0, 0))
    mask.paste((0, 0, 0, 255), (0, 0, 512, 1024))
    buffer = io.BytesIO()
    mask.save(buffer, "PNG")

    made = client.images.edit(
        prompt="on a table",
        model=FLARE,
        image=[("a.png", png((255, 0, 0, 255), (1024, 1024)), "image/png"), ("b.png", png("blue"), "image/png")],
        mask=("m.png", buffer.getvalue(), "image/png"),
        size="1024x1024",
    )

    picture = opened(made.data[0])
    assert picture.getpixel((200, 500)) == (255, 0, 0)
    assert picture.getpixel((800, 500)) != (255, 0, 0)
    assert made.usage.input_tokens_details.image_tokens == 3000
    (call,) = server.calls
    assert [(file.field, file.filename) for file in call.files] == [
        ("image[]", "a.png"),
        ("image[]", "b.png"),
        ("mask", "m.png"),
    ]
    assert call.body["prompt"] == "on a table"


def test_a_mask_of_another_size_is_refused(client: Any) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        client.images.edit(
            prompt="tea",
            model=FLARE,
            image=("a.png", png("red"), "image/png"),
            mask=("m.png", png("red", (32, 64)), "image/png"),
        )
    assert refused.value.param == "mask"


def test_an_edit_as_json_takes_a_file_and_shows_it_in_the_middle(client: Any) -> None:
    file = client.files.create(file=("a.png", png("red"), "image/png"), purpose="vision")
    body = {"prompt": "tea", "model": FLARE, "images": [{"file_id": file.id}]}
    made = client.post("/images/edits", body=body, cast_to=openai.types.ImagesResponse)
    picture = opened(made.data[0])
    assert picture.getpixel((512, 512)) == (255, 0, 0)
    assert picture.getpixel((50, 50)) != (255, 0, 0)


def test_variations_work_when_switched_on(server: ImageServer, client: Any) -> None:
    server.variations = True
    with pytest.warns(DeprecationWarning, match="deprecated"):
        made = client.images.create_variation(image=("a.png", png("red"), "image/png"), n=2, size="256x256")
    assert len(made.data) == 2
    assert [(bill.prompt, bill.images) for bill in server.billed] == [("", 2)]


def test_links_lead_to_the_picture_without_a_key(server: ImageServer, client: Any) -> None:
    full = client.images.generate(prompt="tea", model="dall-e-3", size="1792x1024", quality="hd").data[0]
    server.answer = always(Answer(url="relative"))
    short = client.images.generate(prompt="tea", model=FLARE).data[0]
    assert full.revised_prompt
    assert short.url.startswith("/pictures/")
    with urllib.request.urlopen(full.url) as answer:
        assert answer.headers["content-type"] == "image/png"
        assert Image.open(io.BytesIO(answer.read())).size == (1792, 1024)


def test_pictures_come_in_the_format_asked_for_or_as_the_test_says(server: ImageServer, client: Any) -> None:
    def formats(**more: Any) -> tuple[str | None, tuple[int, int]]:
        picture = opened(client.images.generate(prompt="tea", model=FLARE, **more).data[0])
        return picture.format, picture.size

    assert formats(output_format="jpeg", output_compression=80) == ("JPEG", (1024, 1024))
    assert formats(output_format="webp") == ("WEBP", (1024, 1024))
    server.answer = always(Answer(format="webp", size="640x480"))
    assert formats() == ("WEBP", (640, 480))


def test_a_blocked_prompt_says_where_and_why_and_costs_nothing(server: ImageServer, client: Any) -> None:
    server.answer = lambda _call, nth: blocked("input", "violence") if nth == 2 else None
    client.images.generate(prompt="tea", model=FLARE)
    with pytest.raises(openai.BadRequestError) as refused:
        client.images.generate(prompt="tea", model=FLARE)
    error: Any = refused.value
    assert (error.code, error.type) == ("moderation_blocked", "image_generation_user_error")
    assert error.body["moderation_details"] == {"moderation_stage": "input", "categories": ["violence"]}
    assert len(server.billed) == 1


@pytest.mark.parametrize(
    ("answer", "raised", "code"),
    [
        (rate_limited(), "RateLimitError", "rate_limit_exceeded"),
        (no_credit(), "RateLimitError", "credit_balance_exhausted"),
        (overloaded(), "InternalServerError", "server_is_overloaded"),
        (broken(), "InternalServerError", None),
        (Answer(status=502, body=b"<html>bad gateway</html>"), "InternalServerError", None),
    ],
)
def test_trouble_reaches_the_client(
    server: ImageServer, client: Any, answer: Answer, raised: str, code: str | None
) -> None:
    server.answer = always(answer)
    with pytest.raises(getattr(openai, raised)) as trouble:
        client.images.generate(prompt="tea", model=FLARE)
    assert trouble.value.code == code
    assert server.billed == []


def test_a_dropped_and_a_late_answer_are_billed(server: ImageServer, client: Any) -> None:
    server.answer = lambda _call, nth: dropped() if nth == 1 else Answer(delay=30)
    with pytest.raises(openai.APIConnectionError):
        client.images.generate(prompt="tea", model=FLARE)
    with pytest.raises(openai.APITimeoutError):
        client.images.generate(prompt="tea", model=FLARE, timeout=0.3)
    assert len(server.billed) == 2
    assert [call.status for call in server.calls] == [0, 0]


def test_odd_successes_can_be_had(server: ImageServer, client: Any) -> None:
    answers = [Answer(empty=True), Answer(usage=False), Answer(malformed=True)]
    server.answer = lambda _call, nth: answers[nth - 1]
    empty, bare, malformed = (client.images.generate(prompt="tea", model=FLARE) for _ in answers)
    assert empty.data == []
    assert bare.usage is None
    with pytest.raises(ValueError, match="base64"):
        base64.b64decode(malformed.data[0].b64_json, validate=True)


def test_the_limit_is_told_in_headers_and_kept(server: ImageServer, client: Any) -> None:
    server.limit = RateLimit(images=2, seconds=10)
    fine = client.images.with_raw_response.generate(prompt="tea", model=FLARE, n=2)
    with pytest.raises(openai.RateLimitError) as limited:
        client.images.generate(prompt="tea", model=FLARE)
    assert fine.headers["x-ratelimit-limit-images"] == "2"
    assert fine.headers["x-ratelimit-remaining-images"] == "0"
    assert fine.headers["x-ratelimit-reset-images"].endswith("s")
    assert 4000 < int(limited.value.response.headers["retry-after-ms"]) <= 5000
    assert limited.value.code == "rate_limit_exceeded"


def test_sixty_slow_calls_run_side_by_side(server: ImageServer, client: Any) -> None:
    server.latency = 0.5
    with ThreadPoolExecutor(60) as pool:
        list(pool.map(lambda n: client.images.generate(prompt=f"tea {n % 5}", model=FLARE), range(60)))
    assert server.most_at_once > 6
    assert len(server.billed) == 60


def test_words_named_by_the_test_are_flagged(server: ImageServer, client: Any) -> None:
    server.flags = {"sword": ["violence"], "image": ["sexual"]}
    fine, bad = client.moderations.create(input=["a flower", "a Sword"]).results
    assert (fine.flagged, bad.flagged, bad.categories.violence) == (False, True, True)
    parts = [{"type": "text", "text": "an image"}, {"type": "image_url", "image_url": {"url": "data:image/png;..."}}]
    (seen,) = client.moderations.create(input=parts, model="omni-moderation-latest").results
    assert seen.categories.sexual
    assert seen.category_applied_input_types.sexual == ["text", "image"]


def test_models_say_when_they_end(client: Any) -> None:
    dates = {model.id: model.shutdown_date for model in client.models.list()}
    assert dates["gpt-image-1.5"] == "2026-12-01"
    assert dates[FLARE] is None
    assert client.models.retrieve(FLARE).id == FLARE


def test_files_are_kept_listed_and_deleted(client: Any) -> None:
    files = [client.files.create(file=(f"{n}.txt", b"a\r\n--b\n", "text/plain"), purpose="user_data") for n in "abc"]
    assert [file.id for file in client.files.list(limit=2)] == [file.id for file in reversed(files)]
    assert client.files.content(files[0].id).read() == b"a\r\n--b\n"
    assert client.files.delete(files[0].id).deleted
    with pytest.raises(openai.NotFoundError):
        client.files.retrieve(files[0].id)


def sheet(client: Any, count: int, **more: Any) -> Any:
    """A batch of as many requests, sent off."""
    url = "/v1/images/generations"
    lines = [
        {"custom_id": f"c{n}", "method": "POST", "url": url, "body": {"prompt": f"tea {n}", "model": FLARE}}
        for n in range(count)
    ]
    text = "\n".join(json.dumps(line | more) for line in lines)
    file = client.files.create(file=("in.jsonl", text.encode()), purpose="batch")
    return client.batches.create(endpoint=url, input_file_id=file.id, completion_window="24h", metadata={"run": "7"})


def lines_of(client: Any, file_id: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in client.files.content(file_id).text.splitlines()]


def test_a_batch_comes_back_out_of_order_with_its_errors_apart(server: ImageServer, client: Any) -> None:
    server.answer = lambda call, _nth: blocked("output", "violence") if call.body["prompt"] == "tea 1" else None
    started = sheet(client, 6)
    assert (started.status, started.metadata) == ("in_progress", {"run": "7"})

    server.finish_batches(failed=["c2"])

    batch = client.batches.retrieve(started.id)
    assert batch.status == "completed"
    counts = batch.request_counts
    assert (counts.total, counts.completed, counts.failed) == (6, 4, 2)
    made = lines_of(client, batch.output_file_id)
    ids = [line["custom_id"] for line in made]
    assert sorted(ids) == ["c0", "c3", "c4", "c5"] != ids
    assert made[0]["response"]["body"]["data"][0]["b64_json"]
    codes = {line["custom_id"]: line["response"]["status_code"] for line in lines_of(client, batch.error_file_id)}
    assert codes == {"c1": 400, "c2": 500}
    assert {(bill.prompt, bill.batch) for bill in server.billed} == {(f"tea {n}", f"c{n}") for n in (0, 3, 4, 5)}


def test_a_batch_can_expire_before_its_end(server: ImageServer, client: Any) -> None:
    started = sheet(client, 3)
    server.finish_batches(expired=2)
    batch = client.batches.retrieve(started.id)
    assert (batch.status, len(lines_of(client, batch.output_file_id))) == ("expired", 1)
    late = lines_of(client, batch.error_file_id)
    assert {line["custom_id"]: line["error"]["code"] for line in late} == {"c1": "batch_expired", "c2": "batch_expired"}


def test_a_cancelled_batch_keeps_what_was_made(server: ImageServer, client: Any) -> None:
    started = sheet(client, 3)
    server.work_batches(2)
    assert client.batches.cancel(started.id).status == "cancelling"
    batch = client.batches.retrieve(started.id)
    assert (batch.status, len(lines_of(client, batch.output_file_id))) == ("cancelled", 2)
    assert len(server.billed) == 2


def test_a_batch_with_a_broken_sheet_fails(client: Any) -> None:
    batch = sheet(client, 2, custom_id="same")
    assert batch.status == "failed"
    assert [(fault.code, fault.line) for fault in batch.errors.data] == [("duplicate_custom_id", 2)]


def test_batches_are_listed_in_pages_newest_first(server: ImageServer, client: Any) -> None:
    server.instant_batches = True
    started = [sheet(client, 1).id for _ in range(3)]
    listed = list(client.batches.list(limit=2))
    assert [batch.id for batch in listed] == started[::-1]
    assert {batch.status for batch in listed} == {"completed"}
