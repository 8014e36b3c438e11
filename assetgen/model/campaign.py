"""A campaign as a marketer writes it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from assetgen.errors import did_you_mean
from assetgen.model.channel import ChannelRow, Strictness
from assetgen.model.cutout import Method
from assetgen.model.disclosure import Disclosure
from assetgen.model.feed import Feed
from assetgen.model.fetching import Fetching
from assetgen.model.layout import Rule
from assetgen.model.product import FormatName, skus
from assetgen.model.request import Mode
from assetgen.model.shape import Shape
from assetgen.model.strict import Name, Strict
from assetgen.model.weights import WEIGHTS
from assetgen.model.window import Window

Locale = Annotated[
    str,
    Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$", description="A language and market, such as en-US."),
]

Layouts = str | dict[Shape, str]

Word = Annotated[str, Field(pattern=r"^[^\W\d]\w*$", description="Letters, digits and underscores.")]


CUTOUT_WORDS = (*(method.value for method in Method), *(f"{Method.REMBG}:{name}" for name in WEIGHTS))
"""Who may cut a photo out; `rembg:u2net` names the model."""


def _known_cutout(word: str) -> str:
    if word not in CUTOUT_WORDS:
        expected = ", ".join(f"'{known}'" for known in CUTOUT_WORDS)
        raise PydanticCustomError("literal_error", "Input should be {expected}", {"expected": expected})
    return word


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        hint = did_you_mean(name, available_timezones())
        raise ValueError(f"there is no time zone `{name}`" + (f": {hint}" if hint else "")) from None
    return name


class Columns(Strict):
    """Which columns of a plain table hold what: their names as they stand in its header."""

    sku: str | None = Field(default=None, description="The number that no other row has.")
    parent: str | None = Field(default=None, description="What the row is a variant of.")
    title: str | None = None
    description: str | None = Field(default=None, description="HTML is made plain.")
    price: str | None = Field(default=None, description="An amount, with or without a currency.")
    sale_price: str | None = Field(default=None, description="What it costs now, if that is less.")
    currency: str | None = Field(default=None, description="Three letters, such as EUR.")
    availability: str | None = None
    photo: str | None = Field(default=None, description="The first photo: a file beside the table, or an address.")
    photos: tuple[str, ...] = Field(default=(), description="Further photos; a cell may list several, with commas.")
    options: tuple[str, ...] = Field(default=(), description="What sets variants apart, such as [Farbe, Größe].")
    categories: tuple[str, ...] = ()

    @field_validator("photos", "options", "categories", mode="before", json_schema_input_type=str | tuple[str, ...])
    @classmethod
    def _one_is_a_list(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value


Currency = Annotated[str, Field(pattern="^[A-Z]{3}$", description="A currency, such as EUR or USD.")]


class Products(Strict):
    """The product table, and which of its rows take part."""

    file: str = Field(description="CSV, TSV, XLSX, Parquet or an XML feed, relative to the campaign file.")
    format: FormatName | None = Field(default=None, description="Whose export it is, where its columns do not tell.")
    columns: Columns = Field(default=Columns(), description="Which columns of a plain table hold what.")
    currency: Currency | None = Field(default=None, description="What prices are in where the table does not say.")
    where: Rule | None = Field(default=None, description="Only rows for which this is true, such as `product.stock`.")
    fetch: Fetching = Field(default=Fetching(), description="How photos with an address are fetched.")

    @model_validator(mode="after")
    def _columns_of_a_plain_table(self) -> Products:
        if self.format not in {None, "plain"} and self.columns != Columns():
            raise ValueError(f"`columns` is for plain tables, and this one is to be read as `{self.format}`")
        return self


MOST = 12
"""So many products find room in one picture."""


def _few(names: tuple[str, ...]) -> tuple[str, ...]:
    if (count := len(skus(names))) > MOST:
        raise ValueError(f"`products` names {count} products, but a picture has room for {MOST}")
    return names


Skus = Annotated[tuple[str, ...], Field(min_length=1), AfterValidator(_few)]


class Scene(Window):
    """A picture idea: the prompt template, which products it is for, and words of your own for the template."""

    prompt: str = Field(description="A prompt template: the name of a file in templates/prompts.")
    products: Skus | Rule | None = Field(
        default=None,
        description="One picture of several products: their skus, such as [MUG-01, LAMP-02], or a rule that they fit.",
    )
    most: Annotated[int, Field(ge=1, le=MOST)] = Field(
        default=5, description="With a rule under `products`: the first so many rows that fit it."
    )
    layout: Layouts | None = Field(
        default=None, description="Another layout for this scene: its name, or one for each shape."
    )
    when: Rule | None = Field(default=None, description="Only products for which this is true.")
    mode: Mode = Field(
        default=Mode.PLATE,
        description="plate: the photo stands in an empty set; edit: the provider redraws the photo; "
        "variation: it draws others like the photo; text: no photo.",
    )
    protect: bool = Field(
        default=False, description="With mode edit: a mask goes along, so that only the product's surroundings change."
    )
    references: tuple[str, ...] = Field(
        default=(), description="With mode edit: further pictures for the provider, relative to the campaign file."
    )
    words: dict[Word, str] = Field(
        default_factory=dict,
        alias="with",
        description="Free words by name; the prompt template may use them as `scene.name`.",
    )


class Season(Window):
    """Days on which pictures are arranged otherwise."""

    layout: Layouts = Field(description="The layout of these days: its name, or one for each shape.")


class CutoutRule(Strict):
    """How photos are cut out where assetgen cannot tell; a row of the product table may say the same for itself."""

    when: Rule | None = Field(default=None, description="Only products for which this is true; all if not given.")
    cutout: (
        Annotated[str, AfterValidator(_known_cutout), Field(json_schema_extra={"enum": list(CUTOUT_WORDS)})] | None
    ) = Field(default=None, description="auto, plain (no model), or rembg with the name of a model, as in rembg:u2net.")
    keep_holes: bool | None = Field(
        default=None, description="What looks like the backdrop within the outline is product."
    )
    keep_shadow: bool | None = Field(
        default=None, description="Whether the shadow beside the product in the photo comes along."
    )
    glass: bool | None = Field(default=None, description="One sees through the product.")
    mask: str | None = Field(
        default=None, description="An outline made by hand, white on black or transparent, beside the product table."
    )


class Audience(Strict):
    """Who is spoken to: a name and any fields that templates may use as `audience.…`."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, str]

    name: str


class ProviderChoice(Strict):
    """Which service makes the plates; the other keys are the settings of that provider."""

    model_config = ConfigDict(frozen=True, extra="allow")

    name: str = "studio"


Amount = Annotated[Decimal, Field(ge=0)]


class Budget(Strict):
    """The most that may be spent. Each limit that is given holds."""

    run: Amount | None = Field(default=None, description="For one run.")
    campaign: Amount | None = Field(default=None, description="For all runs of this campaign together.")
    month: Amount | None = Field(default=None, description="For all campaigns of this folder, in a month (UTC).")
    currency: Currency = "USD"
    rates: dict[Currency, Annotated[Decimal, Field(gt=0)]] = Field(
        default_factory=dict, description="What one unit of another currency is worth in it, such as {USD: 0.92}."
    )

    @model_validator(mode="after")
    def _limits_something(self) -> Budget:
        if not any(limit is not None for _, limit in self.limits):
            raise ValueError("the budget has no limit: give `run`, `campaign` or `month`")
        return self

    @property
    def limits(self) -> tuple[tuple[str, Decimal | None], ...]:
        return ("run", self.run), ("campaign", self.campaign), ("month", self.month)


class LikenessRule(Strict):
    """When the provider redraws the product: how far it must still be the product of the photo."""

    at_least: Annotated[float, Field(ge=0, le=1, description="1 is the same product; below this it is a finding.")] = (
        0.75
    )
    retakes: Annotated[
        int, Field(ge=0, le=5, description="So many further requests where it is below; each costs.")
    ] = 0


class Publish(Strict):
    """Where finished files go, and where the world finds them there."""

    to: str = Field(
        description="A folder, from the one that holds `templates`, or s3://bucket/folder, gs://… or az://…."
    )
    base_url: Annotated[str, Field(pattern="^https?://[^?#\\s]+$")] = Field(
        description="The address of that folder for the world, such as https://cdn.example.com/pictures."
    )
    keep_days: Annotated[int, Field(ge=0)] = Field(
        default=30, description="How long files stay that nothing asks for any more, so that no crawler misses them."
    )


def _channel_by_id(value: object) -> object:
    return {"id": value} if isinstance(value, str) else value


class Credentials(Strict):
    """The certificate that signs the files with content credentials (C2PA); what the environment says goes before."""

    certificate: str | None = Field(
        default=None, description="Your certificate and those above it, a PEM file, relative to the campaign file."
    )
    key: str | None = Field(default=None, description="Its private key, a PEM file, relative to the campaign file.")
    sign_command: str | None = Field(
        default=None, description="In place of a key: a command that gets bytes and gives their signature."
    )
    timestamp_server: Annotated[str, Field(pattern="^https?://", description="An address (RFC 3161).")] | None = Field(
        default=None, description="A server that says when a file was signed, so that it outlives the certificate."
    )
    trust: str | None = Field(
        default=None, description="Certificates of authorities to trust when files are read, a PEM file."
    )

    @model_validator(mode="after")
    def _one_way_to_sign(self) -> Credentials:
        if self.key and self.sign_command:
            raise ValueError("`credentials` has both a `key` and a `sign_command`: leave one out")
        return self


class Campaign(Strict):
    """One campaign: the products, the ideas, the words, and where the pictures go."""

    name: str = Field(description="What people call the campaign.")
    products: Products
    brand: str = Field(description="The name of a file in templates/brands.")
    copy_file: str = Field(alias="copy", description="The table of texts: one row per key, one column per locale.")
    locales: Annotated[
        tuple[Locale, ...], Field(min_length=1, description="The languages and markets, such as [en-US, zh-CN].")
    ]
    audiences: tuple[Audience, ...] = ()
    scenes: Annotated[
        dict[Name, Scene],
        Field(
            min_length=1, description="The picture ideas by name; names are made of small letters, digits and hyphens."
        ),
    ]
    cutouts: tuple[CutoutRule, ...] = Field(
        default=(), description="How photos are cut out where assetgen cannot tell; later rules win."
    )
    layout: Layouts = Field(
        default="hero", description="The name of a file in templates/layouts, or one for each shape."
    )
    seasons: tuple[Season, ...] = Field(
        default=(), description="Days with a layout of their own; of several that hold, the later one."
    )
    time_zone: Annotated[str, AfterValidator(_known_zone)] | None = Field(
        default=None, description="Where a day begins, such as Europe/Berlin; where this machine is if not given."
    )
    channels: Annotated[
        tuple[Annotated[ChannelRow, BeforeValidator(_channel_by_id, json_schema_input_type=str | ChannelRow)], ...],
        Field(min_length=1, description="See `assetgen channels` and `assetgen channels sets`."),
    ]
    provider: ProviderChoice = ProviderChoice()
    takes: Annotated[int, Field(ge=1, le=100, description="How many attempts to make of each picture.")] = 1
    budget: Budget | None = None
    likeness: LikenessRule = LikenessRule()
    prompt_terms: Literal["warning", "error"] = Field(
        default="warning", description="What it is when a prompt says what the brand never says, or a doubtful word."
    )
    checks: Strictness = Field(
        default_factory=dict, description="How hard single rules are for finished files, such as {contrast: error}."
    )
    disclosure: Disclosure = Disclosure()
    publish: Publish | None = Field(default=None, description="Where `assetgen publish` brings the files.")
    feeds: tuple[Feed, ...] = Field(default=(), description="Files that tell shops where the pictures are.")
    credentials: Credentials | None = None
    output: str | None = Field(default=None, description="Where the pictures go; `output/<campaign>` if not given.")

    def today(self) -> date:
        """The day that it is where the campaign's days begin."""
        return datetime.now(ZoneInfo(self.time_zone) if self.time_zone else None).date()

    @field_validator("provider", mode="before", json_schema_input_type=str | ProviderChoice)
    @classmethod
    def _provider_by_name(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value

    def layout_for(self, shape: Shape, scene: Scene, day: date | None = None) -> str:
        """The scene's own where it has one for this shape, then that of the day's season, then the campaign's."""
        seasons = [season.layout for season in reversed(self.seasons) if day and season.holds(day)]
        layouts = [scene.layout or {}, *seasons, self.layout]
        return next((found for layout in layouts if (found := named(layout, shape))), "hero")


def named(layouts: Layouts, shape: Shape) -> str | None:
    """The layout for this shape, or for the one that it is cut from."""
    return layouts if isinstance(layouts, str) else layouts.get(shape) or layouts.get(shape.plain)
