"""What a campaign says of a server that speaks the OpenAI protocol, and what its model takes and costs."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator
from pydantic_core.core_schema import ValidationInfo

from assetgen.config.shape import Shape
from assetgen.config.strict import Strict
from assetgen.errors import did_you_mean
from assetgen.model.request import Price, Request
from assetgen.providers.openai.families import Family, Prices, parsed, table

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
    return yaml.safe_load(value) if isinstance(value, str) else value


def _not_ours(body: dict[str, Any]) -> dict[str, Any]:
    if taken := sorted(OURS & body.keys()):
        way = (
            "`takes` in the campaign says how many pictures to make" if "n" in taken else "it has a setting of its own"
        )
        raise ValueError(f"`{taken[0]}` cannot stand in `extra_body`: {way}")
    return body


def _address(url: str) -> str:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    if not host:
        raise ValueError(f"`{url}` is no address of a server")
    return url


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
    base_url: Annotated[str, Field(pattern="^https?://"), AfterValidator(_address)] | None = Field(
        default=None, description="Another server that speaks the protocol, such as http://localhost:8080/v1."
    )
    extra_body: Annotated[dict[str, Any], BeforeValidator(_plain), AfterValidator(_not_ours)] = Field(
        default_factory=dict, description="Settings that only this server knows, such as {seed: 7}."
    )

    screen: bool = Field(
        default=False, exclude=True, description="Ask the moderation endpoint about prompts before, and pictures after."
    )
    api_key_env: str = Field(default="OPENAI_API_KEY", exclude=True, description="The variable that holds the key.")
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
