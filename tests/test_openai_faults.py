"""Each way in which a provider can fail is told apart: ask again, give up on one picture, or stop altogether."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import httpx2
import openai
import pytest
from openai import _exceptions

from assetgen.errors import Busy, Closed, ProviderError, SetupError, Unanswered
from assetgen.model.request import Request
from assetgen.providers.openai import OpenAI
from assetgen.providers.openai.faults import translated
from tests.imageserver import Answer, ImageServer, blocked, broken, dropped, no_credit, overloaded, rate_limited

TEA = Request("tea", 1024, 1024)
KEY = "sk-test"

BILLING = [
    "credit_balance_exhausted",
    "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded",
    "organization_usage_limit_exceeded",
    "billing_hard_limit_reached",
]

ASKED = httpx2.Request("POST", "http://127.0.0.1/v1/images/generations")

TRANSLATED: dict[str, type[ProviderError]] = {
    "OpenAIError": ProviderError,
    "APIError": ProviderError,
    "APIResponseValidationError": ProviderError,
    "APIStatusError": ProviderError,
    "APIConnectionError": Unanswered,
    "APITimeoutError": Unanswered,
    "BadRequestError": ProviderError,
    "AuthenticationError": Closed,
    "PermissionDeniedError": Closed,
    "NotFoundError": Closed,
    "ConflictError": Busy,
    "UnprocessableEntityError": ProviderError,
    "RateLimitError": Busy,
    "InternalServerError": Busy,
}
IMPOSSIBLE = {
    "OAuthError": "the key is a plain one: no token is exchanged for another",
    "SubjectTokenProviderError": "as OAuthError",
    "LengthFinishReasonError": "belongs to chat completions",
    "ContentFilterFinishReasonError": "belongs to chat completions",
    "InvalidWebhookSignatureError": "we receive no webhooks",
    "WebSocketConnectionClosedError": "belongs to the realtime API",
    "WebSocketQueueFullError": "belongs to the realtime API",
}
STATUSES = {"APIStatusError": 418, "UnprocessableEntityError": 422, "InternalServerError": 500}


@dataclass(frozen=True)
class Service:
    """A server, and two providers that ask it; they are made once, for reading this machine's certificates is slow."""

    server: ImageServer
    providers: Mapping[bool, OpenAI]

    def trouble(self, answer: Answer, *, resend: bool = False) -> tuple[ProviderError, int]:
        """What an answer is for us, and how many requests it took to find out."""
        self.server.answer = lambda _call, _nth: answer
        before = len(self.server.calls)
        with pytest.raises(ProviderError) as caught:
            self.providers[resend].generate(TEA)
        assert KEY not in str(caught.value)
        return caught.value, len(self.server.calls) - before


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    with ImageServer() as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", KEY)
        made = {resend: OpenAI(base_url=server.url, resend_on_timeout=resend, timeout=1) for resend in (False, True)}
        for provider in made.values():
            provider.prepare()
        yield Service(server, made)
        for provider in made.values():
            provider.close()


@pytest.fixture
def service(running: Service, loopback: None, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    running.server.latency = 0.0
    return running


def sdk_errors() -> list[str]:
    """Every class of exception that the SDK has, so that a new one cannot slip past."""
    found = {
        name for name, value in vars(_exceptions).items() if inspect.isclass(value) and issubclass(value, Exception)
    }
    return sorted(found | {name for name in _exceptions.__all__ if not name.startswith("_")})


def example(name: str) -> openai.OpenAIError:
    kind: Any = getattr(_exceptions, name)
    if name == "OpenAIError":
        return openai.OpenAIError("no")
    if name == "APITimeoutError":
        return openai.APITimeoutError(ASKED)
    if name == "APIConnectionError":
        return openai.APIConnectionError(request=ASKED)
    if name == "APIError":
        return openai.APIError("no", ASKED, body=None)
    status = STATUSES.get(name, getattr(kind, "status_code", 200))
    response = httpx2.Response(status, request=ASKED)
    if name == "APIResponseValidationError":
        return openai.APIResponseValidationError(response, None)
    made: openai.OpenAIError = kind("no", response=response, body=None)
    return made


def test_every_error_of_the_sdk_is_translated_or_known_to_be_impossible() -> None:
    assert sdk_errors() == sorted(TRANSLATED.keys() | IMPOSSIBLE.keys())


@pytest.mark.parametrize("name", TRANSLATED)
def test_an_error_of_the_sdk_is_one_of_ours(name: str) -> None:
    assert type(translated(example(name), OpenAI())) is TRANSLATED[name]


@pytest.mark.parametrize(
    ("answer", "after", "down"),
    [
        (Answer(status=408), None, False),
        (Answer(status=409), None, False),
        (rate_limited(0.25), 0.25, False),
        (Answer(status=429, code="rate_limit_exceeded", headers={"retry-after": "7"}), 7.0, False),
        (Answer(status=429, code="rate_limit_exceeded", headers={"retry-after": "next week"}), None, False),
        (Answer(status=429, code="slow_down"), None, False),
        (broken(), None, True),
        (overloaded(), 4.0, True),
        (Answer(status=503, code="server_is_overloaded", headers={"retry-after": "9"}), 9.0, True),
        (Answer(status=502, body=b"<html>\nbad gateway</html>"), None, True),
    ],
)
def test_what_passes_is_busy_and_asked_for_once(
    service: Service, answer: Answer, after: float | None, down: object
) -> None:
    error, calls = service.trouble(answer)

    assert isinstance(error, Busy)
    assert (error.after, error.down, calls) == (after, down, 1)
    assert "<html" not in str(error)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (no_credit(), "no credit left: Your credit balance is exhausted"),
        *((Answer(status=429, code=code), "no credit left") for code in BILLING),
        (Answer(status=400, code="billing_hard_limit_reached"), "no credit left"),
        (Answer(status=429, type="insufficient_quota"), "no credit left"),
        (Answer(status=401, code="invalid_api_key", message=f"wrong: {KEY}"), "look at the variable `OPENAI_API_KEY`"),
        (Answer(status=403, message="not verified"), "verified organisation"),
        (Answer(status=404, code="model_not_found", message="The model 'x' does not exist."), "`gpt-image-2.6-flare`"),
        (Answer(status=404, body=b""), "should end in /v1"),
    ],
)
def test_what_no_request_gets_past_closes_the_provider_after_one(service: Service, answer: Answer, said: str) -> None:
    error, calls = service.trouble(answer, resend=True)

    assert isinstance(error, Closed)
    assert said in str(error)
    assert calls == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (blocked("input", "violence", "sexual"), "refused the prompt or the photo: violence, sexual"),
        (blocked("output", "violence"), "refused the picture that it made: violence"),
        (blocked("unknown"), "refused the prompt or a picture: "),
        (Answer(status=400, code="content_policy_violation"), "refused the prompt or a picture: "),
        (Answer(status=400, code="invalid_value", message="Invalid 'n'."), "refused the request (400): Invalid 'n'."),
        (Answer(status=422, body=b'{"detail": "no"}', content_type="application/json"), "(422): "),
    ],
)
def test_a_refusal_counts_for_one_picture_and_says_why(service: Service, answer: Answer, said: str) -> None:
    error, calls = service.trouble(answer, resend=True)

    assert type(error) is ProviderError
    assert said in str(error)
    assert calls == 1


@pytest.mark.parametrize("answer", [dropped(), Answer(delay=30)], ids=["dropped", "late"])
@pytest.mark.parametrize(("resend", "kind"), [(False, Unanswered), (True, Busy)])
def test_a_lost_answer_is_asked_for_again_only_on_request(
    service: Service, answer: Answer, resend: object, kind: type[ProviderError]
) -> None:
    error, calls = service.trouble(answer, resend=bool(resend))

    assert type(error) is kind
    assert error.down
    assert calls == 1


def test_a_server_that_is_slow_from_the_start_is_unanswered(service: Service) -> None:
    service.server.latency = 30
    error, _ = service.trouble(Answer())

    assert type(error) is Unanswered
    assert "no answer in 1 s" in str(error)


def test_a_closed_port_cost_nothing_and_is_tried_again(loopback: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with closing(OpenAI(base_url="http://127.0.0.1:9/v1")) as provider, pytest.raises(Busy) as caught:
        provider.generate(TEA)

    assert caught.value.down
    assert "look at `base_url`, `http://127.0.0.1:9/v1`" in str(caught.value)


@pytest.mark.parametrize("key", [f"{KEY}\nx", f"“{KEY}”"], ids=["two lines", "curly quotes"])
def test_a_key_with_impossible_characters_is_refused_unseen(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", key)
    with pytest.raises(SetupError, match="characters that are in no key") as caught:
        OpenAI().prepare()

    assert KEY not in str(caught.value)
