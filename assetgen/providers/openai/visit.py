"""One look at a server: does it answer, does it let us in, has it the model, and for how long."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from time import perf_counter
from urllib.parse import urlsplit

import openai

from assetgen.errors import did_you_mean, nearest
from assetgen.model.examined import Examined, Level
from assetgen.providers.openai.families import table
from assetgen.providers.openai.faults import NO_CREDIT, translated
from assetgen.providers.openai.image_settings import ImageSettings

PATIENCE = 10.0
"""Seconds to wait for an answer."""

SOON = 60
"""Days: a model that shuts down within these is warned of."""

NO_SUCH_PLACE = {404, 405, 501}
"""What a server answers that lacks a model, or does not tell about its models at all."""

FEW = 6
"""Models to name where none has a similar name."""

Shutdowns = Mapping[str, str | None]
"""The models that a server names, each with the day on which it shuts down, if it has one."""


class Probe:
    """Asks for the model itself, and for the list of models only where that is of no use."""

    def __init__(self, settings: ImageSettings, client: openai.OpenAI, today: date) -> None:
        self._settings = settings
        self._client = client.with_options(timeout=min(PATIENCE, settings.timeout))
        self._today = today

    def findings(self) -> Iterator[Examined]:
        started = perf_counter()
        try:
            content = self._client.models.with_raw_response.retrieve(self._settings.model).content
        except openai.APIStatusError as error:
            yield from self._refused(error, perf_counter() - started)
        except openai.OpenAIError as error:
            yield self._fault(error, "reachable")
        else:
            yield self._reached(perf_counter() - started)
            model = _parsed(content)
            if isinstance(model, dict) and "id" in model:
                yield self._there(model.get("shutdown_date"))
            else:
                yield self._untold()

    def _reached(self, seconds: float) -> Examined:
        address = urlsplit(str(self._client.base_url))
        port = f":{address.port}" if address.port else ""
        # Put together anew: an address may hold a password.
        where = f"{address.scheme}://{address.hostname}{port}{address.path.rstrip('/')}"
        return Examined("ok", "reachable", f"{where} answers in {seconds:.2f} s")

    def _refused(self, error: openai.APIStatusError, seconds: float) -> Iterator[Examined]:
        status = error.status_code
        if status >= 500 and status not in NO_SUCH_PLACE:  # noqa: PLR2004 - where HTTP's server errors begin
            yield self._fault(error, "reachable")
            return
        yield self._reached(seconds)
        if status in NO_SUCH_PLACE:
            yield self._looked_up(self._listed())
        elif status == 401:  # noqa: PLR2004 - HTTP's own number
            yield self._fault(error, "key")
        elif {error.code, error.type} & NO_CREDIT:
            yield self._fault(error, "account")
        else:  # a key may be allowed to make pictures and not to read about models
            yield self._fault(error, "model", "warning")

    def _fault(self, error: openai.OpenAIError, subject: str, level: Level = "problem") -> Examined:
        (problem,) = translated(error, self._settings, paid=False).problems
        return Examined.of(problem, subject, level)

    def _listed(self) -> Shutdowns:
        """Empty where the server does not tell."""
        try:
            answer = _parsed(self._client.models.with_raw_response.list().content)
        except openai.OpenAIError:
            return {}
        rows = answer.get("data") if isinstance(answer, dict) else answer  # some send the bare list
        if not isinstance(rows, list):
            return {}
        return {str(row["id"]): row.get("shutdown_date") for row in rows if isinstance(row, dict) and "id" in row}

    def _looked_up(self, listed: Shutdowns) -> Examined:
        model = self._settings.model
        if model in listed:
            return self._there(listed[model])
        if not listed:
            return self._untold()
        if (self._client.base_url.host or "").endswith(".azure.com"):
            hint = "look in the portal whether there is a deployment of that name"
            return Examined("warning", "model", f"Azure does not tell whether it has `{model}`", hint)
        staying = _staying(listed)
        otherwise = f"it has {', '.join(staying[:FEW])}" if staying else "it names no other"
        near = did_you_mean(model, staying, otherwise=otherwise)
        return Examined("problem", "model", f"`{model}` is not there, or not for this key", near)

    def _untold(self) -> Examined:
        message = f"the server does not tell which models it has: whether `{self._settings.model}` is there"
        return Examined("warning", "model", f"{message} shows with the first picture")

    def _there(self, shutdown: object) -> Examined:
        model = self._settings.model
        if not shutdown:
            return Examined("ok", "model", f"`{model}` is there")
        try:
            days = (date.fromisoformat(str(shutdown)[:10]) - self._today).days
        except ValueError:
            return Examined("warning", "model", f"`{model}` shuts down, {shutdown}", self._instead())
        if days < 0:
            return Examined("problem", "model", f"`{model}` was shut down on {shutdown}", self._instead())
        left = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
        message = f"`{model}` shuts down on {shutdown}, {left}"
        if days > SOON:
            return Examined("ok", "model", message)
        return Examined("warning", "model", message, self._instead())

    def _instead(self) -> str:
        """The model that is taken if none is named, where the server has it; else one of a similar name."""
        staying = _staying(self._listed())
        usual = str(type(self._settings).model_fields["model"].default)
        other = usual if usual in staying else nearest(self._settings.model, staying)
        return f"choose `{other}`" if other else "choose another model"


def _staying(listed: Shutdowns) -> list[str]:
    """The models that no day is named for, those that we know to make pictures first."""
    return sorted((name for name, shutdown in listed.items() if not shutdown), key=lambda n: not table().fitting(n))


def _parsed(content: bytes) -> object:
    try:
        answer: object = json.loads(content)
    except ValueError:  # some answer everything with a web page
        return None
    return answer
