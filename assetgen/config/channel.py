"""Placement presets: facts about a channel, each row with its source, its evidence and the day it was checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from assetgen.config.shape import Shape
from assetgen.config.strict import Name, Strict, written_otherwise
from assetgen.config.written_days import days_meant

Share = Annotated[float, Field(ge=0, le=1, description="A share, from 0 to 1.")]
Pixels = Annotated[int, Field(gt=0, le=20_000, description="Pixels.")]
Bytes = Annotated[int, Field(ge=0, description="Bytes, with 1 kB = 1000: 150000 is 150 kB.")]
_DAY_OR_MONTH = r"^\d{4}-\d{2}(-\d{2})?$"
Format = Literal["jpg", "png", "webp", "avif", "gif", "bmp", "tiff", "heic", "pdf"]

WRITTEN = frozenset({"jpg", "png", "webp", "avif"})
"""The formats in which pictures are written; the others are known of platforms that take them too."""


def _as_in_files(written: object) -> object:
    if isinstance(written, str) and not re.match(_DAY_OR_MONTH, written) and (meant := days_meant(written)):
        raise written_otherwise(*meant)
    return written


def _on_the_calendar(written: str) -> str:
    try:
        first_day(written)
    except ValueError as error:
        raise ValueError(f"`checked` cannot be `{written}`: there is no such day") from error
    return written


Day = Annotated[
    str,
    Field(pattern=_DAY_OR_MONTH, description="A day such as 2026-11-23, or a month such as 2026-11."),
    BeforeValidator(_as_in_files),
    AfterValidator(_on_the_calendar),
]


def first_day(written: str) -> date:
    """The first day of a month, so that a row never looks newer than it is."""
    return date.fromisoformat(written if written.count("-") > 1 else f"{written}-01")


class Insets(Strict):
    """Shares of the height (top, bottom) or width (left, right) to keep free of words, logo and faces."""

    top: Share = 0
    right: Share = 0
    bottom: Share = 0
    left: Share = 0


class KeepOut(Strict):
    """A box in fractions of the frame that the platform covers with something of its own."""

    x0: Share
    y0: Share
    x1: Share
    y1: Share
    why: str


RuleName = Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$", description="A rule, see `assetgen inspect --rules`.")]
Strictness = dict[RuleName, Literal["error", "warning", "off"]]
"""How hard rules are, by their names, where that is not left to the evidence of the channel's row."""


_KEPT_BACK = ("rejected", "held")
"""The folders of files that do not go out, which stand beside those of the channels."""


def _a_folder_of_its_own(name: str) -> str:
    if name in _KEPT_BACK:
        raise ValueError(f"a channel cannot be called `{name}`: that is the folder of files that do not go out")
    return name


class Channel(Strict):
    """One placement. Weights in bytes with 1 KB = 1000; `None` means that the platform publishes no limit."""

    id: Annotated[Name, AfterValidator(_a_folder_of_its_own)]
    name: str = Field(description="What people call the placement.")
    platform: str = Field(description="Whose placement it is, such as Instagram.")
    kind: Literal["ad", "organic", "listing", "feed", "web", "email", "print"] = Field(
        description="One of `ad`, `organic`, `listing`, `feed`, `web`, `email` and `print`."
    )
    width: Pixels
    height: Pixels
    aspect: str = Field(description='Width to height as people write it, such as "4:5".')
    size_rule: Literal["exact", "recommended"] = "recommended"
    min_width: Pixels | None = None
    min_height: Pixels | None = None
    max_side: Annotated[int, Field(gt=0, description="Pixels.")] | None = None
    max_megapixels: Annotated[float, Field(gt=0)] | None = None
    ratio_tolerance: Share = 0.01
    formats: Annotated[
        tuple[Format, ...], Field(min_length=1, description="The file formats that are taken, such as [jpg, png].")
    ]
    min_bytes: Bytes = 0
    max_bytes: Annotated[Bytes, Field(gt=0)] | None = None
    safe_area: Insets = Insets()
    keep_out: tuple[KeepOut, ...] = ()
    background: Literal["any", "white"] = "any"
    overlays: Literal["allowed", "forbidden"] = "allowed"
    min_side: Pixels | None = Field(default=None, description="Pixels that the longer side has at least.")
    max_sides: Annotated[int, Field(gt=0)] | None = Field(
        default=None, description="Pixels that width and height have together at most."
    )
    max_seconds: Annotated[float, Field(gt=0)] | None = Field(
        default=None, description="How long an animation may run, at less than 5 frames a second; none: it must stand."
    )
    min_transparent: Share | None = Field(default=None, description="The share of the frame to be seen through.")
    min_capitals: Share = Field(default=0.022, description="Height of capitals, as a share of the short side.")
    max_logo_cover: Share | None = Field(default=None, description="The share of the frame that logos may cover.")
    min_product_fill: Share | None = None
    max_product_fill: Share | None = None
    color: Literal["sRGB", "CMYK"] = "sRGB"
    dpi: Annotated[int, Field(gt=0)] = 72
    ai_metadata: Literal["required-keep-iptc", "read-by-platform", "label-required-cn", "none-known"] = "none-known"
    checks: Strictness = Field(
        default_factory=dict, description="How hard single rules are, such as {contrast: error}."
    )
    notes: str = ""
    source: Annotated[str, Field(pattern=r"\S", description="Where the facts come from: an address, or words.")]
    official_page: str | None = None
    evidence: Literal["official-page", "official-copy", "secondary", "memory"] = Field(
        description="How good the source is: `official-page`, `official-copy`, `secondary` or `memory`."
    )
    checked: Day | None = None

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"Channel({self.id!r}, {self.width} x {self.height})"

    @property
    def shape(self) -> Shape:
        return Shape.of(self.width, self.height)

    def days(self, today: date) -> int | None:
        """How old its facts are; None where nobody wrote down when they were found."""
        return (today - first_day(self.checked)).days if self.checked else None


class ChannelRow(Strict):
    """A channel's id, or the name of a set; or a channel with lines of its own, `{id: web-hero, max_bytes: 150000}`."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str = Field(description="The channel that is meant, as in `{id: web-hero, max_bytes: 150000}`.")

    @property
    def lines(self) -> dict[str, Any]:
        """What it says about the channel, as written, for `Channel` to judge."""
        return self.model_extra or {}


class ChannelSet(Strict):
    """Channels that go together, under one name."""

    purpose: str = Field(description="What the set is for, in a sentence.")
    channels: Annotated[tuple[str, ...], Field(min_length=1, description="The ids of channels.")]


class ChannelTable(Strict):
    """Channel presets, one row each, and sets of them."""

    checked: Day | None = Field(default=None, description="The day of all rows that have none of their own.")
    sets: dict[Name, ChannelSet] = Field(
        default_factory=dict, description="Sets by name; names are made of small letters, digits and hyphens."
    )
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True)
class Presets:
    """What campaigns can name: channels by id and sets by name."""

    channels: Mapping[str, Channel]
    sets: Mapping[str, ChannelSet]
