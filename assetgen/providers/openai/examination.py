"""Whether a campaign's model can be had, found out without asking for a picture."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date

from assetgen.config.shape import Shape
from assetgen.errors import SetupError
from assetgen.model.asset import money
from assetgen.model.examined import Examined
from assetgen.model.request import Request
from assetgen.providers.openai.families import table
from assetgen.providers.openai.image_settings import ImageSettings
from assetgen.providers.openai.visit import Probe
from assetgen.providers.openai.wire import Wire

OLD = 120
"""Days after which somebody should look at the prices again."""


def examine(settings: ImageSettings, *, online: bool, today: date) -> Iterator[Examined]:
    """The key, the server, the model and the price; without a key nobody is asked."""
    try:
        wire = Wire(settings)
    except SetupError as error:
        yield from (Examined.of(problem, "key") for problem in error.problems)
    else:
        with wire.client as client:
            yield _key(settings)
            if online:
                yield from Probe(settings, client, today).findings()
    yield _price(settings, today)


def _key(settings: ImageSettings) -> Examined:
    name = settings.api_key_env
    if not os.environ.get(name, "").strip():
        return Examined("ok", "key", f"{name} is not set, and this server is at home: most of those need none")
    return Examined("ok", "key", f"{name} is set (its value is never shown)")


def _price(settings: ImageSettings, today: date) -> Examined:
    width, height = settings.size(Shape.SQUARE)
    price = settings.price(Request("", width, height))
    if price is None:
        hint = "say with `prices` what it costs, such as {image: 0.04}, or {image: 0} on a machine of your own"
        return Examined("warning", "prices", f"nobody knows what a picture of `{settings.model}` costs", hint)
    most = f"at most {money(price.amount, price.currency)} for a square picture"
    if settings.prices:
        return Examined("ok", "prices", f"the campaign's own: {most}")
    name, checked = settings.rules.name, table().checked
    if (days := (today - checked).days) > OLD:
        hint = "update assetgen, or look at the provider's page and give the campaign `prices` of its own"
        return Examined("warning", "prices", f"{name}, checked {days} days ago, on {checked}: {most}", hint)
    return Examined("ok", "prices", f"{name}, checked {checked}: {most}")
