"""The wire to the service, through the SDK's client: one request out, one answer in."""

from __future__ import annotations

import base64
import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import httpx2
import openai
from openai import DefaultHttpx2Client
from openai.types import ImagesResponse

from assetgen.config.mode import Mode
from assetgen.errors import Problem, ProviderError, SetupError, Unanswered
from assetgen.model.request import Attached, Generated, Price, Request
from assetgen.patience import Attempt, Patience
from assetgen.providers.openai.answers import Answer, pause
from assetgen.providers.openai.faults import refused, translated
from assetgen.providers.openai.image_settings import ImageSettings
from assetgen.providers.openai.uploads import decoded, downloaded, named, other_format, square

if TYPE_CHECKING:
    from openai._legacy_response import LegacyAPIResponse


TRIES = 3
"""How often a finished picture is fetched from its address: it is paid for, and fetching it is free.

The pauses between are of 1 and 2 seconds; the service has it, and only its storage may lag behind.
"""

Body = dict[str, Any]


class Wire:
    """Speaks for one provider; several threads share it. Raises SetupError without a key."""

    def __init__(self, settings: ImageSettings) -> None:
        self.settings = settings
        self._patience = Patience()
        base_url = settings.base_url or os.environ.get("OPENAI_BASE_URL") or None
        timeout = httpx2.Timeout(settings.timeout, connect=10.0)
        pool = httpx2.Limits(max_connections=2 * settings.parallel + 10, max_keepalive_connections=settings.parallel)
        self.client = openai.OpenAI(
            api_key=_key(settings, base_url),
            organization=settings.organisation,
            base_url=base_url,
            max_retries=0,  # the SDK would send again after a read timeout, and when there is no credit
            http_client=DefaultHttpx2Client(timeout=timeout, limits=pool),
        )
        # Imported when first asked for, which takes half a second: better here than in fifty threads at once.
        self._images = self.client.images.with_raw_response

    def close(self) -> None:
        """Lets go of the connections; whoever still waits for a picture's address waits no longer."""
        self._patience.call_off()
        self.client.close()

    def picture(self, request: Request, attached: Attached) -> Generated:
        """Asks for one picture, once. Raises ProviderError."""
        if self.settings.screen:
            self._screen([{"type": "text", "text": request.prompt}], "the prompt")
        raw = self._asked(lambda: self._send(request, attached))
        return self._screened(self.generated(raw.content, raw.headers, raw.request_id))

    def generated(
        self, content: bytes, headers: Mapping[str, str], request_id: str | None, share: Decimal = Decimal(1)
    ) -> Generated:
        """What the body of an answer holds; bytes that are no answer are handed on as they are, to be kept."""
        settings = self.settings
        try:
            answer = Answer.model_validate_json(content)
        except ValueError:
            return Generated(content, model=settings.model, request_id=request_id)
        first = answer.data[0] if answer.data else None
        if first is None or not (first.b64_json or first.url):
            hint = "some services answer so when their moderation has refused a prompt; it may have been paid for"
            raise Unanswered(Problem("the provider answered without a picture", hint=hint))
        data = decoded(first.b64_json) if first.b64_json else self._fetched(str(first.url))
        return Generated(
            data,
            model=settings.model,
            cost=self._cost(answer, share),
            request_id=request_id,
            notes=tuple(other_format(data, settings.output_format)) if self._takes("output_format") else (),
            pause=pause(headers),
        )

    def body(self, request: Request) -> Body:
        """What every kind of request says, as the model's family takes it."""
        settings = self.settings
        wanted: Body = {
            "quality": settings.chosen_quality,
            "background": settings.background if settings.background != "auto" else None,
            "output_format": settings.output_format if settings.output_format != "png" else None,
            "output_compression": settings.output_compression,
            "moderation": settings.moderation if settings.moderation != "auto" else None,
            "response_format": "b64_json",
        }
        said = {name: value for name, value in wanted.items() if value is not None and self._takes(name)}
        size = f"{request.width}x{request.height}"
        return {"model": settings.model, "prompt": request.prompt, "n": 1, "size": size, **said}

    def _takes(self, parameter: str) -> bool:
        return parameter in self.settings.rules.parameters

    def _send(self, request: Request, attached: Attached) -> LegacyAPIResponse[ImagesResponse]:
        body, extra = self.body(request), self.settings.extra_body or None
        images = self._images
        if request.mode is Mode.VARIATION and self.settings.rules.variations:
            del body["prompt"]
            return images.create_variation(**body, image=named(square(attached.pictures[0])), extra_body=extra)
        if not attached.pictures:
            return images.generate(**body, extra_body=extra)
        shaped = square if self.settings.rules.variations else bytes  # the oldest protocol knows squares alone
        pictures = [named(shaped(picture)) for picture in attached.pictures]
        if attached.mask:
            body["mask"] = named(attached.mask)
        body.pop("moderation", None)  # only an edit in JSON form, as in a batch, takes it
        return images.edit(**body, image=pictures if len(pictures) > 1 else pictures[0], extra_body=extra)

    def _asked(self, send: Callable[[], LegacyAPIResponse[ImagesResponse]]) -> LegacyAPIResponse[ImagesResponse]:
        try:
            return send()
        except openai.OpenAIError as error:
            raise translated(error, self.settings) from error

    def call(self, act: Callable[[], Any]) -> Any:
        """Asks for anything but a picture: nothing is paid for by it. Raises ProviderError."""
        try:
            return act()
        except openai.OpenAIError as error:
            raise translated(error, self.settings, paid=False) from error

    def _cost(self, answer: Answer, share: Decimal) -> Price | None:
        usage = answer.usage
        if usage is None:
            return self.settings.flat_cost(share)
        details = usage.input_tokens_details
        text, image = (details.text_tokens, details.image_tokens) if details else (usage.input_tokens, 0)
        return self.settings.cost(text, image, usage.output_tokens, share) or self.settings.flat_cost(share)

    def _fetched(self, url: str) -> bytes:
        """The picture at an address, asked for without the key, for it may lie elsewhere.

        Raises Unanswered where a finished picture cannot be fetched.
        """
        address = urljoin(str(self.client.base_url), url)
        if urlsplit(address).scheme not in {"http", "https"}:
            raise Unanswered(Problem(f"the provider's answer leads to `{url[:80]}`, which is no picture's address"))

        def pause(error: Exception, attempt: Attempt) -> float:
            if attempt.number < TRIES:
                return float(attempt.number)
            reason = str(error) or type(error).__name__
            message = f"the finished picture could not be fetched from `{address}`: {reason}"
            raise Unanswered(Problem(message)) from error

        failures = (httpx2.HTTPError, httpx2.InvalidURL, ValueError)
        # Once called off it goes on without pauses: what is paid for is worth the tries that are left.
        return self._patience.ask(lambda: downloaded(address, self.settings.timeout), bytes, failures, pause)

    def _screen(self, parts: list[Body], what: str) -> None:
        if flagged := self._flagged(parts):
            raise ProviderError(refused(f"{what} was flagged before anything was paid", flagged))

    def _screened(self, generated: Generated) -> Generated:
        if not self.settings.screen:
            return generated
        _, data, kind = named(generated.data)
        address = f"data:{kind};base64,{base64.b64encode(data).decode()}"
        try:
            flagged = self._flagged([{"type": "image_url", "image_url": {"url": address}}])
        except ProviderError as error:  # the picture is paid for, and must not be lost for that
            return _noted(generated, f"the picture was not screened: {error.problems[0].message}")
        if flagged:
            return _noted(generated, f"the moderation endpoint flags the picture: {', '.join(flagged)}")
        return generated

    def _flagged(self, parts: Any) -> list[str]:
        answer = self.call(lambda: self.client.moderations.create(model="omni-moderation-latest", input=parts))
        found = answer.results[0]
        categories = found.categories.model_dump(by_alias=True) if found.flagged else {}
        return sorted(name for name, hit in categories.items() if hit)


def _key(settings: ImageSettings, base_url: str | None) -> str:
    key = os.environ.get(settings.api_key_env, "").strip()
    if not (key.isascii() and key.isprintable()) or " " in key:  # the error about such a header would show it
        hint = "copy it once more, without quotes and what stands around it"
        raise SetupError(Problem(f"{settings.api_key_env} holds characters that are in no key", hint=hint))
    if key:
        return key
    if base_url and _at_home(urlsplit(base_url).hostname or ""):
        return "none"  # servers of one's own seldom ask for one, and the SDK insists on having some
    message = f"provider `openai` needs a key, and the variable `{settings.api_key_env}` is not set"
    hint = f"set it for this session with `export {settings.api_key_env}=…`; it is never written down"
    raise SetupError(Problem(message, hint=hint))


def _at_home(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith((".local", ".internal")) or "." not in host


def _noted(generated: Generated, note: str) -> Generated:
    return replace(generated, notes=(*generated.notes, note))
