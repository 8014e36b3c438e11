"""The SDK's errors in our words, and what is to be done about each: ask again, give up on one, or stop altogether."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress

import openai

from assetgen.errors import Busy, Closed, Problem, ProviderError, Unanswered
from assetgen.providers.openai.image_settings import ImageSettings

NO_CREDIT = {
    "credit_balance_exhausted", "organization_spend_limit_exceeded", "project_spend_limit_exceeded",
    "organization_usage_limit_exceeded", "billing_hard_limit_reached", "insufficient_quota",
}  # fmt: skip
"""Codes and types that no waiting helps against, whatever their status."""

BLOCKED = {"moderation_blocked", "content_policy_violation", "image_generation_user_error", "content_filter"}
"""Codes and types of a refused prompt or picture; the second is the spelling of DALL·E and Azure."""

LONG = 4.0
"""Seconds to wait at least for a server that says it is overloaded."""


def translated(error: openai.OpenAIError, settings: ImageSettings, *, paid: bool = True) -> ProviderError:
    """`paid`: whether a call whose answer was lost may have been paid for."""
    match error:
        case openai.APITimeoutError():
            return _timeout(error, settings, paid=paid)
        case openai.APIConnectionError():
            return _connection(error, settings, paid=paid)
        case openai.APIStatusError():
            return _status(error, settings)
        case _:
            return ProviderError(Problem(f"the provider's answer cannot be understood: {_short(str(error))}"))


def refused(what: str, categories: Sequence[str]) -> Problem:
    why = f": {', '.join(categories)}" if categories else ""
    return Problem(
        f"{what}{why}", hint="change the prompt template, or the words that the scene or the product fills in"
    )


def _timeout(error: openai.APITimeoutError, settings: ImageSettings, *, paid: bool) -> ProviderError:
    cause = type(error.__cause__).__name__
    never_sent = cause in {"ConnectTimeout", "PoolTimeout"}
    if never_sent or not paid:
        return Busy(Problem("the provider cannot be reached: no connection in time", hint=_where(settings)), down=True)
    problem = Problem(
        f"no answer in {settings.timeout:g} s; the picture may have been made and paid for",
        hint="raise `timeout`; or set `resend_on_timeout: true` to ask again, which may pay twice",
    )
    if settings.resend_on_timeout:
        return Busy(problem, down=True)
    return Unanswered(problem, down=True)


def _connection(error: openai.APIConnectionError, settings: ImageSettings, *, paid: bool) -> ProviderError:
    """A connection that could not be made cost nothing; one that broke off may have."""
    cause = error.__cause__
    reason = _short(str(cause or error))
    if not paid or type(cause).__name__ in {"ConnectError", "UnsupportedProtocol", "ProxyError"}:
        return Busy(Problem(f"the provider cannot be reached: {reason}", hint=_where(settings)), down=True)
    if settings.resend_on_timeout:
        return Busy(Problem(f"the connection broke off before the answer came: {reason}"), down=True)
    message = f"the connection broke off before the answer came ({reason}); the picture may have been paid for"
    return Unanswered(
        Problem(message, hint="run again; with `resend_on_timeout: true` it is asked for again at once"), down=True
    )


def _status(error: openai.APIStatusError, settings: ImageSettings) -> ProviderError:
    words = {str(word) for word in (error.code, error.type) if word}
    said = _said(error, settings)
    if words & NO_CREDIT:
        hint = "see the billing page of its account; what is made is kept, and the next run goes on from there"
        return Closed(Problem(f"the provider's account has no credit left: {said}", hint=hint))
    if words & BLOCKED:
        stage, categories = _moderation(error.body)
        return ProviderError(refused(f"the provider refused {stage}", categories or [said]))
    status = error.status_code
    if status in {401, 403, 404}:
        return Closed(_shut_out(status, said, settings))
    if status in {408, 409, 429}:
        why = "is asked too often" if status == 429 else "asks to try again"  # noqa: PLR2004 - HTTP's own number
        return Busy(Problem(f"the provider {why}: {said}"), after=_after(error))
    if status < 500:  # noqa: PLR2004 - where HTTP's server errors begin
        return ProviderError(Problem(f"the provider refused the request ({status}): {said}"))
    after = _after(error)
    if after is None and "server_is_overloaded" in words:
        after = LONG
    return Busy(Problem(f"the provider is out of order ({status}): {said}"), after=after, down=True)


def _shut_out(status: int, said: str, settings: ImageSettings) -> Problem:
    """What no request will get past."""
    if status == 401:  # noqa: PLR2004 - HTTP's own number
        hint = f"look at the variable `{settings.api_key_env}`"
        return Problem(f"the provider does not accept the key: {said}", hint=hint)
    if status == 403:  # noqa: PLR2004 - HTTP's own number
        hint = "image models may need a verified organisation and a paid tier"
        return Problem(f"the provider does not let this key in: {said}", hint=hint)
    if "model" in said:
        hint = "`assetgen doctor` says which models there are"
        return Problem(f"the model `{settings.model}` is not there: {said}", hint=hint)
    hint = f"{_where(settings)}; it should end in /v1, or as its documentation says"
    return Problem(f"the server does not offer this at its address: {said}", hint=hint)


def _moderation(body: object) -> tuple[str, list[str]]:
    """What was refused, and why, as far as the answer tells."""
    error = body.get("error", body) if isinstance(body, Mapping) else {}
    details = error.get("moderation_details") if isinstance(error, Mapping) else None
    if not isinstance(details, Mapping):
        return "the prompt or a picture", []
    stage = {"input": "the prompt or the photo", "output": "the picture that it made"}
    categories = details.get("categories")
    named = [str(category) for category in categories] if isinstance(categories, list) else []
    return stage.get(str(details.get("moderation_stage")), "the prompt or a picture"), named


def _after(error: openai.APIStatusError) -> float | None:
    headers = error.response.headers
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        with suppress(ValueError):
            return max(0.0, float(headers.get(name, "")) * unit)
    return None


def _said(error: openai.APIStatusError, settings: ImageSettings) -> str:
    body = error.body
    inner = body.get("error", body) if isinstance(body, Mapping) else body
    message = inner.get("message") if isinstance(inner, Mapping) else None
    request = f" (request {error.request_id})" if error.request_id else ""
    text = str(message or error.message or "no reason given")
    if key := os.environ.get(settings.api_key_env, "").strip():
        text = text.replace(key, "…")  # some servers repeat the key that they do not accept
    return f"{_short(text)}{request}"


def _short(text: str) -> str:
    """One line, and never a page of HTML."""
    line = " ".join(text.split())
    if line.startswith("<") or "<html" in line.lower():
        return "it answered with a web page"
    return line if len(line) <= 200 else f"{line[:200]}…"  # noqa: PLR2004 - about two lines of a terminal


def _where(settings: ImageSettings) -> str:
    return (
        f"look at `base_url`, `{settings.base_url}`"
        if settings.base_url
        else "look at the network, and at OPENAI_BASE_URL"
    )
