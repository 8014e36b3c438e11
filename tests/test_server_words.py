"""The server's own sentence stands in the message, whatever it is built with; odd headers and words harm nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from assetgen import clock
from assetgen.cli import main
from assetgen.errors import Busy, Closed, ProviderError
from assetgen.model.request import Request
from assetgen.providers.openai import OpenAI
from assetgen.web.refusals import retry_after
from tests.imageserver import Answer, ImageServer
from tests.kit import manifest, tree, with_model, with_quick

TEA = Request("tea", 1024, 1024)
AZURE = {
    "error": {
        "code": "contentFilter",
        "message": "Your task failed as a result of our safety system.",
        "inner_error": {
            "code": "ResponsibleAIPolicyViolation",
            "content_filter_results": {
                "violence": {"filtered": True, "severity": "high"},
                "hate": {"filtered": False, "severity": "safe"},
                "jailbreak": {"detected": True, "filtered": True},
            },
        },
    }
}


@pytest.fixture
def provider(server: ImageServer) -> Iterator[OpenAI]:
    with closing(OpenAI()) as made:
        yield made


def saying(body: object, status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status=status, body=data, content_type="application/json", headers=named)


def trouble(server: ImageServer, provider: OpenAI, answer: Answer) -> ProviderError:
    server.answer = lambda _call, _nth: answer
    with pytest.raises(ProviderError) as caught:
        provider.generate(TEA)
    return caught.value


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"detail": [{"loc": ["body", "seed"], "msg": "value is not a valid integer"}]}, "seed: value is not a valid"),
        ({"detail": [{"loc": ["body"], "msg": "one"}, {"loc": ["body", "n"], "msg": "two"}]}, "one; n: two"),
        ({"detail": "Model is still loading"}, "Model is still loading"),
        ({"detail": {"message": "no such sampler"}}, "no such sampler"),
        ({"error": "the queue is full of things"}, "the queue is full of things"),
        ({"error": {"message": {"text": 1}, "detail": "deep down"}}, "deep down"),
        (
            {"type": "about:blank", "title": "Not Good", "detail": "width is odd", "status": 400},
            "Not Good: width is odd",
        ),
        ({"message": "plain"}, "plain"),
        ({"errors": [{"message": "first"}, {"message": "second"}]}, "first; second"),
        (["bare", "list"], "bare; list"),
        ({"msg": "only png", "code": 3}, "only png"),
        ({"success": False, "error_msg": "no quota"}, "no quota"),
        ({"errors": {"size": ["is not allowed"], "n": ["is too many"]}}, "size: is not allowed; n: is too many"),
        ({"ok": False, "fault": {"text": "no lamp in the lab", "code": 7}}, "text: no lamp in the lab; code: 7"),
        ("a bare text", "a bare text"),
        (b"not JSON at all", "not JSON at all"),
        (b"", "Error code: 400"),
        ({"error": {"message": "one\nand\u001b[2J another"}}, "one and"),
    ],
    ids=str,
)
def test_the_sentence_of_the_server_stands_in_the_message(
    server: ImageServer, provider: OpenAI, body: object, said: str
) -> None:
    error = trouble(server, provider, saying(body, 400))

    assert type(error) is ProviderError
    assert f"the provider refused the request (400): {said}" in str(error)


@pytest.mark.parametrize("status", [200, 400])
def test_the_categories_of_azure_are_told(server: ImageServer, provider: OpenAI, status: int) -> None:
    error = trouble(server, provider, saying(AZURE, status))

    assert "the provider refused the prompt or a picture: violence, jailbreak" in str(error)


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        ({"error": {"message": "the seed is too large"}}, ProviderError, "(400): the seed is too large"),
        ({"error": "no room on the card"}, ProviderError, "(400): no room on the card"),
        ({"detail": "no room on the card"}, ProviderError, "(400): no room on the card"),
        ({"error": {"code": 429, "message": "slowly"}, "data": []}, Busy, "is asked too often: slowly"),
        ({"error": {"code": "rate_limit_exceeded", "message": "slowly"}}, Busy, "is asked too often: slowly"),
        ({"error": {"code": "insufficient_quota", "message": "empty"}}, Closed, "no credit left: empty"),
        ({"error": {"code": 502, "message": "upstream"}}, Busy, "out of order (502): upstream"),
    ],
    ids=str,
)
def test_an_error_within_a_good_status_is_what_it_says_and_costs_nothing(
    server: ImageServer, provider: OpenAI, body: object, kind: type[ProviderError], said: str
) -> None:
    error = trouble(server, provider, saying(body))

    assert type(error) is kind
    assert said in str(error)


def test_what_was_refused_within_a_good_status_is_not_counted(
    small: Path, server: ImageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.answer = lambda _call, _nth: saying({"error": {"message": "the seed is too large"}})
    with_model(small)
    assert main(["run", str(small)]) == 4
    assert "the seed is too large" in capsys.readouterr().err
    main(["spend", "--json"])
    assert not capsys.readouterr().out


def test_a_parameter_that_the_server_does_not_take_is_named_with_the_way_out(
    server: ImageServer, provider: OpenAI
) -> None:
    body = {"detail": [{"loc": ["body", "quality"], "msg": "extra fields not permitted"}]}
    error = trouble(server, provider, saying(body, 422))

    assert "quality: extra fields not permitted" in str(error)
    assert "leave `quality` out; or say `family: compatible`" in str(error)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        ("1.5", 1.5),
        (" 0 ", 0.0),
        ("inf", None),
        ("nan", None),
        ("1e300", None),
        ("-5", None),
        ("²", None),
        ("٣", None),
        ("9" * 400, None),
        ("", None),
        ("next week", None),
        ("Mon, 23 Nov 2020 10:00:00 GMT", None),
        ("Mon, 23 Nov 99999 10:00:00 GMT", None),
    ],
)
def test_a_time_to_wait_is_read_where_it_is_one(text: str, seconds: float | None) -> None:
    assert retry_after(text) == seconds


def test_a_date_is_waited_for(server: ImageServer, provider: OpenAI) -> None:
    date = format_datetime(clock.real_now() + timedelta(seconds=90), usegmt=True)
    error = trouble(server, provider, saying({"error": {"message": "busy"}}, 429, retry_after=date))

    assert isinstance(error, Busy)
    assert error.after
    assert 80 < error.after <= 90


def test_headers_that_say_nonsense_do_not_stop_a_run(many: Path, server: ImageServer) -> None:
    odd: list[dict[str, Any]] = [
        {"retry_after": "inf"},
        {"retry_after": "1e300"},
        {"retry_after": "-5"},
        {"retry_after_ms": "nan"},
        {"retry_after": "Mon, 23 Nov 99999 10:00:00 GMT"},
    ]
    fine = Answer(
        headers={
            "x-ratelimit-limit-images": "²".encode().decode("latin-1"),
            "x-ratelimit-remaining-images": "0",
            "x-ratelimit-reset-images": "1s",
        }
    )
    server.answer = lambda _call, nth: (
        saying({"error": {"message": "busy"}}, 429, **odd[nth]) if nth < len(odd) else fine
    )
    with_quick(many)

    assert main(["run", str(many)]) == 0


def test_letters_that_no_file_can_hold_are_told_all_the_same(
    small: Path, server: ImageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.answer = lambda _call, _nth: saying(b'{"error": {"message": "half a \\ud83d smile"}}', 400)
    with_model(small)

    assert main(["run", str(small)]) == 4
    assert "half a ? smile" in capsys.readouterr().err
    assert manifest(Path("output/small"))["failed"]


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("'['", "["),
        ("'{a: b}'", "{a: b}"),
        ("7", 7),
        ("'1.5'", 1.5),
        ("true", True),
        ("2026-01-05", "2026-01-05"),
        (".nan", ".nan"),
    ],
)
def test_a_setting_of_the_server_is_a_number_a_truth_or_a_text(written: str, sent: object) -> None:
    assert OpenAI(extra_body={"seed": written.strip("'")}).extra_body == {"seed": sent}


def test_no_secret_of_an_address_is_shown_or_kept_anywhere(
    small: Path, server: ImageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    address = server.url.replace("//", "//tom:PASSW0RD@") + "?api-key=T0PSECRET"
    server.key = ""
    server.answer = lambda _call, nth: Answer(body=b"no picture") if nth == 1 else Answer(url="absolute")
    with_model(small, each=True, parallel=1, base_url=address)
    for command in ("doctor", "run"):
        main([command, str(small), *(["--limit", "2"] if command == "run" else [])])
    main(["ledger", "export", "payments.csv"])
    server.answer = lambda _call, _nth: Answer(
        body=b'{"data": [{"url": "http://tom:PASSW0RD@127.0.0.1:9/a?sig=T0PSECRET"}]}'
    )
    main(["run", str(small), "--force-step", "plate", "--limit", "1"])
    told = "".join(capsys.readouterr())

    campaign = small.read_text(encoding="utf-8")
    assert "PASSW0RD" in campaign
    for secret in ("PASSW0RD", "T0PSECRET"):
        assert secret not in told
        kept = [name for name in tree(Path()) if secret.encode() in Path(name).read_bytes()]
        assert kept == ["campaigns/small.yaml"]


@pytest.mark.parametrize("name", ["AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "PATH", "openai_api_key", ""])
def test_only_variables_for_keys_are_sent_anywhere(
    small: Path, server: ImageServer, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    with_model(small, api_key_env=name)

    assert main(["doctor", str(small)]) == 2
    told = capsys.readouterr().err
    assert f"`{name}` is not sent to a server" in told
    assert "campaigns/small.yaml:" in told
    assert not server.calls


def test_a_variable_that_the_environment_lists_may_hold_the_key(
    small: Path, server: ImageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_TOKEN", server.key)
    monkeypatch.setenv("ASSETGEN_KEY_VARIABLES", "OTHER_TOKEN, SHOP_TOKEN")
    with_model(small, api_key_env="SHOP_TOKEN")

    assert main(["doctor", str(small)]) == 0
