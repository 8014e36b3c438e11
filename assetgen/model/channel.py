"""Placement presets: facts about a channel, each row with its source, its evidence and the day it was checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assetgen.model.shape import Shape
from assetgen.model.strict import Strict

Share = Annotated[float, Field(ge=0, le=1)]


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


class Channel(Strict):
    """One placement. Weights in bytes with 1 KB = 1000; `None` means that the platform publishes no limit."""

    id: str
    name: str
    platform: str
    kind: Literal["ad", "organic", "listing", "feed", "web", "email", "print"]
    width: Annotated[int, Field(gt=0, le=20_000)]
    height: Annotated[int, Field(gt=0, le=20_000)]
    aspect: str
    size_rule: Literal["exact", "recommended"] = "recommended"
    min_width: int | None = None
    min_height: int | None = None
    max_side: int | None = None
    max_megapixels: float | None = None
    ratio_tolerance: float = 0.01
    formats: tuple[str, ...]
    min_bytes: int = 0
    max_bytes: int | None = None
    safe_area: Insets = Insets()
    keep_out: tuple[KeepOut, ...] = ()
    background: Literal["any", "white"] = "any"
    overlays: Literal["allowed", "forbidden"] = "allowed"
    min_side: int | None = Field(default=None, description="Pixels that the longer side has at least.")
    max_sides: int | None = Field(default=None, description="Pixels that width and height have together at most.")
    max_seconds: float | None = Field(
        default=None, description="How long an animation may run, at less than 5 frames a second; none: it must stand."
    )
    min_transparent: Share | None = Field(default=None, description="The share of the frame to be seen through.")
    min_capitals: Share = Field(default=0.022, description="Height of capitals, as a share of the short side.")
    max_logo_cover: Share | None = Field(default=None, description="The share of the frame that logos may cover.")
    min_product_fill: Share | None = None
    max_product_fill: Share | None = None
    color: Literal["sRGB", "CMYK"] = "sRGB"
    dpi: int = 72
    ai_metadata: Literal["required-keep-iptc", "read-by-platform", "label-required-cn", "none-known"] = "none-known"
    checks: Strictness = Field(
        default_factory=dict, description="How hard single rules are, such as {contrast: error}."
    )
    notes: str = ""
    source: str
    official_page: str | None = None
    evidence: Literal["official-page", "official-copy", "secondary", "memory"]
    checked: str | None = None

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def shape(self) -> Shape:
        return Shape.of(self.width, self.height)


class ChannelTable(Strict):
    """Channel presets, one row each."""

    channels: tuple[Channel, ...] = ()
