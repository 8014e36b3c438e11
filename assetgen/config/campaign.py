"""A campaign as a marketer writes it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, field_validator

from assetgen import clock
from assetgen.config.budget import Budget
from assetgen.config.channel import ChannelRow, Strictness
from assetgen.config.cutout_rule import CutoutRule
from assetgen.config.disclosure import Disclosure
from assetgen.config.feed import Feed
from assetgen.config.product_table import Products
from assetgen.config.publishing import Credentials, Publish
from assetgen.config.scene import Layouts, Scene, Season, layout_named
from assetgen.config.shape import Shape
from assetgen.config.strict import Name, Strict, written_otherwise
from assetgen.errors import did_you_mean

LOCALE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"


def _as_in_files(value: object) -> object:
    if not isinstance(value, str) or re.match(LOCALE, value):
        return value
    language, *parts = re.split(r"[-_]", value.strip().partition(".")[0])
    meant = "-".join([language.lower(), *(part.upper() if len(part) == 2 else part.title() for part in parts)])  # noqa: PLR2004 - countries have two letters
    if re.match(LOCALE, meant):
        raise written_otherwise(meant)  # such as de_DE, or en-us
    return value


Locale = Annotated[
    str,
    Field(pattern=LOCALE, description="A language and market, such as en-US."),
    BeforeValidator(_as_in_files),
]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        hint = did_you_mean(name, available_timezones())
        raise ValueError(f"there is no time zone `{name}`" + (f": {hint}" if hint else "")) from None
    return name


class Audience(Strict):
    """A group of people that is spoken to: a name, and any fields that templates may use as `audience.…`."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, str]

    name: str


class ProviderChoice(Strict):
    """The service that makes the plates, by name; the other keys are the settings of that provider."""

    model_config = ConfigDict(frozen=True, extra="allow")

    name: str = "studio"


class LikenessRule(Strict):
    """How far a product that the provider redraws must still be the product of the photo."""

    at_least: Annotated[float, Field(ge=0, le=1, description="1 is the same product; below this it is a finding.")] = (
        0.75
    )
    reject_below: Annotated[float, Field(ge=0, le=1, description="Below this the picture is rejected; 0: never.")] = 0.3
    retakes: Annotated[
        int, Field(ge=0, le=5, description="So many further requests where it is below; each costs.")
    ] = 0


def _channel_by_id(value: object) -> object:
    return {"id": value} if isinstance(value, str) else value


def _one_is_a_list(value: object) -> object:
    return (value,) if isinstance(value, dict) else value


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
    cutouts: Annotated[
        tuple[CutoutRule, ...],
        BeforeValidator(_one_is_a_list, json_schema_input_type=CutoutRule | tuple[CutoutRule, ...]),
    ] = Field(default=(), description="How photos are cut out where assetgen cannot tell; later rules win.")
    cutout_ok: str | None = Field(
        default=None,
        description="A file with a sku and a word in each line, for tables without the column `cutout_ok`.",
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
        """The day that it is in the campaign's time zone; without one, in that of this machine."""
        return clock.today(self.time_zone)

    @field_validator("provider", mode="before", json_schema_input_type=str | ProviderChoice)
    @classmethod
    def _provider_by_name(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value

    def layout_for(self, shape: Shape, scene: Scene, day: date | None = None) -> str:
        """The layout in force: the scene's own for this shape, or that of the day's season, or the campaign's."""
        seasons = [season.layout for season in reversed(self.seasons) if day and season.holds(day)]
        layouts = [scene.layout or {}, *seasons, self.layout]
        return next((found for layout in layouts if (found := layout_named(layout, shape))), "hero")
