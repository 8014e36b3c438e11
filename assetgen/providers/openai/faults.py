"""The SDK's errors in our words, and what is to be done about each: ask again, give up on one, or stop altogether."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence

import openai

from assetgen.errors import Busy, Closed, Problem, ProviderError, Unanswered
from assetgen.providers.openai.http_client import MOST, LedAway, TooLarge
from assetgen.providers.openai.image_settings import OURS, ImageSettings
from assetgen.providers.openai.said import filtered, parameter, sentence, short
from assetgen.web.address import shown_address
from assetgen.web.refusals import retry_after

NO_CREDIT = {
    "credit_balance_exhausted", "organization_spend_limit_exceeded", "project_spend_limit_exceeded",
    "organization_usage_limit_exceeded", "billing_hard_limit_reached", "insufficient_quota",
}  # fmt: skip
"""Codes and types that no waiting helps against, whatever their status."""

BLOCKED = {
    "moderation_blocked", "content_policy_violation", "image_generation_user_error", "content_filter", "contentfilter",
    "contentpolicyviolation", "responsibleaipolicyviolation",
}  # fmt: skip
"""Codes and types of a refused prompt or picture; the second and the last three are spellings of DALL·E and Azure."""

BUSY = {"rate_limit_exceeded", "slow_down", "server_is_overloaded"}
"""Codes of an error that passes."""

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
            said = f"{said_by(error.body, settings) or short(error.message)}{_request(error.request_id)}"
            return _refusal(error.status_code, error.body, said, error.response.headers, settings)
        case LedAway():
            message = f"the server leads on to another host, `{error.host}`, and nothing is sent there"
            return Closed(Problem(message, hint="if that is where it is now, put its address into `base_url`"))
        case TooLarge():
            message = f"the answer is larger than {MOST // 1_000_000} MB and was not read on; it may have been paid for"
            return Unanswered(Problem(message, hint="no picture is that large: look what the server sends"))
        case _:
            return ProviderError(Problem(f"the provider's answer cannot be understood: {short(str(error))}"))


def refused_in_words(body: Mapping[str, object], settings: ImageSettings, request_id: str | None) -> ProviderError:
    """The error that an answer holds though its status says that all is well: nothing was made, and nothing paid."""
    inner = body.get("error") or body
    code = inner.get("code") if isinstance(inner, Mapping) else None
    wanted = inner.get("status") if isinstance(inner, Mapping) else None
    status = next((n for n in (code, wanted) if isinstance(n, int) and 400 <= n < 600), 400)  # noqa: PLR2004 - HTTP's
    said = f"{said_by(body, settings) or 'no reason given'}{_request(request_id)}"
    return _refusal(status, inner, said, {}, settings)


def too_late(settings: ImageSettings, *, stopped: bool) -> ProviderError:
    """The error of an answer that nobody waits for any longer, since its time is over or the run is `stopped`."""
    if stopped:
        message = "the run was stopped before the answer was here; the picture may have been made and paid for"
        return Unanswered(Problem(message, hint="run again"))
    return _no_answer(settings)


def unknown_parameter(error: openai.OpenAIError, names: Sequence[str]) -> str | None:
    """The one of these parameters of a request its server does not take, where it refuses it for that."""
    if not isinstance(error, openai.APIStatusError) or error.status_code not in {400, 422}:
        return None
    named = parameter(error.body)
    said = sentence(error.body) or error.message
    return next((name for name in names if name == named or re.search(rf"\b{name}\b", said)), None)


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
    return _no_answer(settings)


def _no_answer(settings: ImageSettings) -> ProviderError:
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
    reason = short(_masked(str(cause or error), settings))
    if not paid or type(cause).__name__ in {"ConnectError", "UnsupportedProtocol", "ProxyError"}:
        return Busy(Problem(f"the provider cannot be reached: {reason}", hint=_where(settings)), down=True)
    if settings.resend_on_timeout:
        return Busy(Problem(f"the connection broke off before the answer came: {reason}"), down=True)
    message = f"the connection broke off before the answer came ({reason}); the picture may have been paid for"
    return Unanswered(
        Problem(message, hint="run again; with `resend_on_timeout: true` it is asked for again at once"), down=True
    )


def _refusal(
    status: int, body: object, said: str, headers: Mapping[str, str], settings: ImageSettings
) -> ProviderError:
    """What an error of the server means by its status and by the code and type in its `body`."""
    inner = body if isinstance(body, Mapping) else {}
    words = {str(inner[name]) for name in ("code", "type") if inner.get(name)}
    if words & NO_CREDIT:
        hint = "see the billing page of its account; what is made is kept, and the next run goes on from there"
        return Closed(Problem(f"the provider's account has no credit left: {said}", hint=hint))
    if {word.lower() for word in words} & BLOCKED:
        return ProviderError(refused(f"the provider refused {_stage(inner)}", filtered(inner) or [said]))
    if status in {401, 403, 404}:
        return Closed(_shut_out(status, said, settings))
    after = _after(headers)
    if status in {408, 409, 429} or (status < 500 and words & BUSY):  # noqa: PLR2004 - where HTTP's server errors begin
        why = "is asked too often" if status == 429 or words & BUSY else "asks to try again"  # noqa: PLR2004 - as above
        return Busy(Problem(f"the provider {why}: {said}"), after=after)
    if status < 500:  # noqa: PLR2004 - as above
        return ProviderError(
            Problem(f"the provider refused the request ({status}): {said}", hint=_way_out(inner, said))
        )
    if after is None and "server_is_overloaded" in words:
        after = LONG
    return Busy(Problem(f"the provider is out of order ({status}): {said}"), after=after, down=True)


def _way_out(body: object, said: str) -> str | None:
    """What to do about a parameter that the server does not take."""
    named = parameter(body) or next((name for name in sorted(OURS) if f"`{name}`" in said or f"'{name}'" in said), None)
    if named in OURS - {"model", "prompt", "n", "size"}:
        return f"leave `{named}` out; or say `family: compatible`, and only what all servers take is sent"
    return "look at `sizes`, or at the model's own documentation" if named == "size" else None


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


def _stage(body: Mapping[str, object]) -> str:
    """What was refused, as far as the answer tells."""
    details = body.get("moderation_details")
    stage = details.get("moderation_stage") if isinstance(details, Mapping) else None
    known = {"input": "the prompt or the photo", "output": "the picture that it made"}
    return known.get(str(stage), "the prompt or a picture")


def _after(headers: Mapping[str, str]) -> float | None:
    milliseconds = retry_after(headers.get("retry-after-ms"))
    return retry_after(headers.get("retry-after")) if milliseconds is None else milliseconds / 1000


def said_by(body: object, settings: ImageSettings) -> str:
    """The server's own words, on a line and without the key; empty where it has none."""
    return short(_masked(sentence(body), settings))


def _masked(text: str, settings: ImageSettings) -> str:
    """A text of the server's without the key and the addresses' secrets: some repeat what they were sent."""
    if key := os.environ.get(settings.api_key_env, "").strip():
        text = text.replace(key, "…")
    return shown_address(text)


def _request(request_id: str | None) -> str:
    return f" (request {short(request_id)})" if request_id else ""


def _where(settings: ImageSettings) -> str:
    return (
        f"look at `base_url`, `{shown_address(settings.base_url)}`"
        if settings.base_url
        else "look at the network, and at OPENAI_BASE_URL"
    )
