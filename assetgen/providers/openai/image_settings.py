"""What a campaign says of a server that speaks the OpenAI protocol, and what its model takes and costs."""

from __future__ import annotations

import math
import os
from decimal import Decimal
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, BeforeValidator, Field, field_serializer, field_validator, model_validator
from pydantic_core.core_schema import ValidationInfo

from assetgen.config.shape import Shape
from assetgen.config.strict import Strict
from assetgen.errors import did_you_mean
from assetgen.model.request import Price, Request
from assetgen.providers.openai.families import Family, Prices, parsed, table
from assetgen.web.address import shown_address

PIXELS = {"small": 800_000, "standard": 1_600_000, "large": 3_600_000}
"""How many pixels to ask for; over 2560 x 1440 is experimental at OpenAI."""

OURS = {"model", "prompt", "n", "size", "quality", "background", "output_format", "output_compression", "moderation"}
"""What goes into a request by our own settings."""


def _known_family(name: str) -> str:
    known = [family.name for family in table().families]
    if name not in known:
        raise ValueError(f"there is no family `{name}`: {did_you_mean(name, known) or ', '.join(known)}")
    return name


def _plain(value: object) -> object:
    """What a campaign file holds is text: numbers and truths become what they look like."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return _scalar(value) if isinstance(value, str) else value


def _scalar(text: str) -> object:
    """A number or a truth; all else is the text that it was, such as a lone bracket or a date."""
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return text
    plain = found is None or isinstance(found, bool | int) or (isinstance(found, float) and math.isfinite(found))
    return found if plain else text


def _not_ours(body: dict[str, Any]) -> dict[str, Any]:
    if taken := sorted(OURS & body.keys()):
        way = (
            "`takes` in the campaign says how many pictures to make" if "n" in taken else "it has a setting of its own"
        )
        raise ValueError(f"`{taken[0]}` cannot stand in `extra_body`: {way}")
    return body


def _address(url: str) -> str:
    try:
        place = urlsplit(url)
        known = place.scheme in {"http", "https"} and place.hostname and place.port != 0
    except ValueError:
        known = None
    if not known:
        raise ValueError(f"`{shown_address(url)}` is no address of a server, which begins with http:// or https://")
    return url


LISTED = "ASSETGEN_KEY_VARIABLES"
"""The variable in the environment that lists others which a campaign may name for a key."""


def _for_keys(variable: str) -> str:
    """Whoever edits a campaign names server and variable: without a limit, any secret of a job could go anywhere."""
    listed = os.environ.get(LISTED, "").replace(",", " ").split()
    if variable.endswith("_API_KEY") or variable in listed:
        return variable
    raise ValueError(
        f"`{variable}` is not sent to a server: variables are whose names end in `_API_KEY`, and those that the "
        f"environment lists, as in `export {LISTED}={variable}`"
    )


TOKEN = 3.5
"""Letters to a token at least, in prompts of any language but those without spaces; there it counts for little."""

SizeText = Annotated[str, Field(pattern=r"^[1-9]\d{1,3}x[1-9]\d{1,3}$", description="Pixels, such as 1024x1536.")]


class ImageSettings(Strict):
    """What a campaign says of a server and its model. What changes a picture is in its key."""

    model: str = Field(default="gpt-image-2.6-flare", description="The model, or on Azure the deployment.")
    family: Annotated[str, AfterValidator(_known_family)] | None = Field(
        default=None, description="Whose rules hold for a model of another name, such as gpt-image-2 or compatible."
    )
    quality: str | None = Field(default=None, description="Such as low, medium or high; medium if not given.")
    resolution: Literal["small", "standard", "large"] = Field(
        default="standard", description="How many pixels to ask for: about 0.8, 1.6 or 3.6 million."
    )
    sizes: dict[Shape, SizeText] = Field(
        default_factory=dict, description="Sizes of your own by shape, such as {tall: 1024x1792}."
    )
    background: Literal["auto", "opaque", "transparent"] = "auto"
    output_format: Literal["png", "jpeg", "webp"] = "png"
    output_compression: Annotated[int, Field(ge=0, le=100)] | None = Field(
        default=None, description="For jpeg and webp; 100 is the least."
    )
    moderation: Literal["auto", "low"] = "auto"
    base_url: Annotated[str, AfterValidator(_address)] | None = Field(
        default=None, description="Another server that speaks the protocol, such as http://localhost:8080/v1."
    )
    extra_body: Annotated[dict[str, Any], BeforeValidator(_plain), AfterValidator(_not_ours)] = Field(
        default_factory=dict, description="Settings that only this server knows, such as {seed: 7}."
    )

    screen: bool = Field(
        default=False, exclude=True, description="Ask the moderation endpoint about prompts before, and pictures after."
    )
    api_key_env: Annotated[str, AfterValidator(_for_keys)] = Field(
        default="OPENAI_API_KEY", exclude=True, description="The variable that holds the key."
    )
    organisation: str | None = Field(default=None, exclude=True)
    parallel: Annotated[int, Field(ge=1, le=500)] = Field(default=8, exclude=True, description="Requests at once.")
    images_per_minute: Annotated[float, Field(gt=0)] | None = Field(default=None, exclude=True)
    tokens_per_minute: Annotated[float, Field(gt=0)] | None = Field(default=None, exclude=True)
    timeout: Annotated[float, Field(gt=0)] = Field(
        default=300, exclude=True, description="Seconds to wait for an answer."
    )
    resend_on_timeout: bool = Field(
        default=False, exclude=True, description="Ask again when no answer came in time: it may be paid for twice."
    )
    prices: Prices | None = Field(
        default=None, exclude=True, description="Prices of your own, such as {image: 0.04}, instead of the table's."
    )

    @field_serializer("base_url")
    def _without_secrets(self, base_url: str | None) -> str | None:
        """The address as keys and records have it, which others may read."""
        return shown_address(base_url) if base_url else base_url

    @field_validator("sizes")
    @classmethod
    def _allowed(cls, sizes: dict[Shape, str], info: ValidationInfo) -> dict[Shape, str]:
        family = _family(info.data.get("model", ""), info.data.get("family"))
        for shape, size in sizes.items():
            if shape is not shape.plain:
                raise ValueError(f"`{shape}` is cut from the plates of `{shape.plain}`: give the size of that")
            if wrong := family.size_problem(parsed(size)):
                width, height = family.size(shape.plain, PIXELS["standard"])
                raise ValueError(f"`{size}` cannot be asked for: {wrong}; the nearest is {width}x{height}")
        return sizes

    @field_validator("quality")
    @classmethod
    def _offered(cls, quality: str | None, info: ValidationInfo) -> str | None:
        known = _family(info.data.get("model", ""), info.data.get("family")).qualities
        if quality and quality not in known:
            offered = did_you_mean(quality, known) or f"it has {', '.join(known) or 'none'}"
            raise ValueError(f"`quality` cannot be `{quality}` with this model: {offered}")
        return quality

    @model_validator(mode="after")
    def _fits_together(self) -> ImageSettings:
        if self.background == "transparent" and self.output_format == "jpeg":
            raise ValueError("a JPEG cannot be transparent: choose png or webp as `output_format`")
        if self.background == "transparent" and not self.rules.transparent:
            raise ValueError(f"`{self.model}` cannot make transparent backgrounds")
        return self

    @property
    def rules(self) -> Family:
        """What the model takes."""
        return _family(self.model, self.family)

    def size(self, shape: Shape) -> tuple[int, int]:
        if own := self.sizes.get(shape):
            return parsed(own)
        return self.rules.size(shape, PIXELS[self.resolution])

    def price(self, request: Request) -> Price | None:
        """The most that a picture is expected to cost, by the dated table or by the campaign's own prices."""
        rules, prices = self.rules, self.prices or self.rules.prices
        if prices is None:
            return None
        if prices.image is not None:
            return Price(prices.image, prices.currency)
        tokens = rules.tokens.get(self.chosen_quality or "auto")
        if tokens is None:
            return None
        larger = max(1.0, request.width * request.height / 1024**2)
        pictures = len(request.references) * rules.input_tokens
        amount = prices.of(self._text_tokens(request), pictures, round(tokens * larger))
        return None if amount is None else Price(amount, prices.currency)

    def _text_tokens(self, request: Request) -> int:
        return round(len(request.prompt) / TOKEN) + 10

    def cost(self, text_in: int, image_in: int, image_out: int, share: Decimal = Decimal(1)) -> Price | None:
        """What an answer cost by its usage; `share` of the full price."""
        prices = self.prices or self.rules.prices
        amount = prices.of(text_in, image_in, image_out) if prices else None
        return Price(amount * share, prices.currency) if prices and amount is not None else None

    def flat_cost(self, share: Decimal = Decimal(1)) -> Price | None:
        """What an answer cost that says nothing about its usage: known where pictures have a price."""
        prices = self.prices or self.rules.prices
        return Price(prices.image * share, prices.currency) if prices and prices.image is not None else None

    @property
    def chosen_quality(self) -> str | None:
        """What is sent; None for models that know no quality."""
        offered = self.rules.qualities
        return self.quality or next((q for q in ("medium", "standard") if q in offered), None)


def _family(model: str, family: str | None) -> Family:
    known = table()
    chosen = known.named(family) if family else known.fitting(model)
    return chosen or known.newest
