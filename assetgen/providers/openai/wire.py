"""The wire to the service, through the SDK's client: one request out, one answer in."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import openai
from openai import APIResponse
from openai.types import ImagesResponse

from assetgen.config.mode import Mode
from assetgen.errors import Problem, ProviderError, SetupError, Unanswered
from assetgen.model.request import Attached, Generated, Price, Request
from assetgen.patience import OutOfTime, Patience
from assetgen.providers.openai.answers import Answer, pause
from assetgen.providers.openai.faults import refused, refused_in_words, too_late, translated, unknown_parameter
from assetgen.providers.openai.http_client import as_sdk_errors, http_client, read_whole
from assetgen.providers.openai.image_settings import ImageSettings
from assetgen.providers.openai.picture_addresses import PictureAddresses
from assetgen.providers.openai.uploads import decoded, named, other_format, square
from assetgen.web.network import at_home

NEEDLESS = ("response_format",)
"""Parameters that a server may refuse, and a request can do without."""

SLACK = 0.5
"""Seconds after which a call is given up that has not even kept its own time."""

Body = dict[str, Any]


@dataclass(frozen=True)
class _Body:
    """An answer as it came."""

    content: bytes
    headers: Mapping[str, str]
    request_id: str | None


class Wire:
    """Speaks for one provider; several threads share it. Raises SetupError without a key."""

    def __init__(self, settings: ImageSettings) -> None:
        self.settings = settings
        self._patience = Patience()
        self._needless = set(NEEDLESS)
        base_url = settings.base_url or os.environ.get("OPENAI_BASE_URL") or None
        place, _, query = (base_url or "").partition("?")
        self.client = openai.OpenAI(
            api_key=_key(settings, base_url),
            organization=settings.organisation,
            base_url=place or None,
            default_query=dict(parse_qsl(query)),
            max_retries=0,  # the SDK would send again after a read timeout, and when there is no credit
            http_client=http_client(settings.timeout, settings.parallel),
        )
        self._addresses = PictureAddresses(str(self.client.base_url), settings.timeout, self._patience)
        # Imported when first asked for, which takes half a second: better here than in fifty threads at once.
        self._images = self.client.images.with_streaming_response

    def hurry(self) -> None:
        """Gives answers that are on their way half a second; a picture that is still being made is waited for."""
        self._patience.call_off()

    def close(self) -> None:
        """Lets go of the connections; whoever still waits for a picture's address waits no longer."""
        self.hurry()
        self._addresses.close()
        self.client.close()

    def picture(self, request: Request, attached: Attached) -> Generated:
        """Asks for one picture, once. Raises ProviderError."""
        if self.settings.screen:
            self._screen([{"type": "text", "text": request.prompt}], "the prompt")
        raw = self._asked(request, attached)
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
            if answer.error or answer.detail or answer.errors:
                raise refused_in_words(json.loads(content), settings, request_id)
            hint = "some services answer so when their moderation has refused a prompt; it may have been paid for"
            raise Unanswered(Problem("the provider answered without a picture", hint=hint))
        data = decoded(first.b64_json) if first.b64_json else self._addresses.picture(str(first.url))
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
        refused_before = parameter in NEEDLESS and parameter not in self._needless
        return parameter in self.settings.rules.parameters and not refused_before

    def _send(self, request: Request, attached: Attached) -> AbstractContextManager[APIResponse[ImagesResponse]]:
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

    def _asked(self, request: Request, attached: Attached) -> _Body:
        """The answer to one request; sent once more where the server does not take a parameter that nobody needs."""
        try:
            return self._answer(request, attached)
        except openai.OpenAIError as error:
            unknown = unknown_parameter(error, NEEDLESS)
            if unknown is None or not self._takes(unknown):
                raise translated(error, self.settings) from error
            self._needless.discard(unknown)
        try:
            return self._answer(request, attached)
        except openai.OpenAIError as error:
            raise translated(error, self.settings) from error

    def _answer(self, request: Request, attached: Attached) -> _Body:
        """Raises what the SDK does, and Unanswered or Busy where the whole answer does not come in time."""
        on_its_way: list[str | None] = []

        def ask() -> _Body:
            with as_sdk_errors(), self._send(request, attached) as answer:
                on_its_way.append(answer.request_id)
                return _Body(read_whole(answer.iter_bytes()), answer.headers, answer.request_id)

        try:
            return self._patience.within(ask, self.settings.timeout + SLACK, hasty=lambda: bool(on_its_way))
        except OutOfTime as error:
            raise too_late(self.settings, stopped=error.called_off) from error

    def call(self, act: Callable[[], Any]) -> Any:
        """Asks for anything but a picture: nothing is paid for by it. Raises ProviderError."""
        try:
            return act()
        except openai.OpenAIError as error:
            raise translated(error, self.settings, paid=False) from error

    def _cost(self, answer: Answer, share: Decimal) -> Price | None:
        usage = answer.usage
        if usage is None or usage.output_tokens < 1:  # a picture is made of these: who counts none does not count
            return self.settings.flat_cost(share)
        details = usage.input_tokens_details
        text, image = (details.text_tokens, details.image_tokens) if details else (usage.input_tokens, 0)
        return self.settings.cost(text, image, usage.output_tokens, share) or self.settings.flat_cost(share)

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
    if base_url and at_home(urlsplit(base_url).hostname or ""):
        return "none"  # servers of one's own seldom ask for one, and the SDK insists on having some
    message = f"provider `openai` needs a key, and the variable `{settings.api_key_env}` is not set"
    hint = f"set it for this session with `export {settings.api_key_env}=…`; it is never written down"
    raise SetupError(Problem(message, hint=hint))


def _noted(generated: Generated, note: str) -> Generated:
    return replace(generated, notes=(*generated.notes, note))
