"""The sizes, distances and corners of a brand: layouts speak of them by name, so that one change restyles them all.

All are shares of a picture's mean side, the root of its area: 1080 px for a square of 1080, 1440 px for a story of
1080 x 1920, 256 px for a banner of 728 x 90. So one size looks alike in every shape.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from assetgen.config.strict import Strict

SizeName = Literal["caption", "small", "body", "title", "headline", "display"]
GapName = Literal["xs", "s", "m", "l", "xl"]
RadiusName = Literal["badge", "panel"]

_STEPS = {"caption": -2, "small": -1, "body": 0, "title": 2, "headline": 4, "display": 6}
_SPACES = {"xs": 1, "s": 2, "m": 3, "l": 4, "xl": 6}

SIZES: tuple[str, ...] = get_args(SizeName)
GAPS: tuple[str, ...] = get_args(GapName)
RADII: tuple[str, ...] = get_args(RadiusName)

Radius = Annotated[float, Field(ge=0, le=0.5)]
"""A share of the short side of what has corners: 0 is sharp, 0.5 a pill."""


class Scale(Strict):
    """Type sizes, distances and corners, as shares of a picture's mean side: the root of width times height."""

    base: Annotated[float, Field(ge=0.02, le=0.06, description="The type size of running text.")] = 0.03
    ratio: Annotated[
        float, Field(ge=1, le=1.6, description="From one step of type to the next; body to headline are four.")
    ] = 1.25
    spacing: Annotated[
        float, Field(ge=0.005, le=0.04, description="The unit of distances: `xs` is one of it, `m` three, `xl` six.")
    ] = 0.015
    margin: Annotated[float, Field(ge=0, le=0.15, description="Room at every edge of a picture.")] = 0.055
    badge_radius: Radius = Field(default=0.5, description="The corners of badges, 0 sharp to 0.5 round.")
    panel_radius: Radius = Field(default=0, description="The corners of panels, 0 sharp to 0.5 round.")

    def size(self, name: str) -> float:
        """The size of type behind one of the names in SIZES."""
        return round(self.base * self.ratio ** _STEPS[name], 4)

    def below(self, name: str) -> float:
        """The limit to which type of this size shrinks where the layout names no other limit: by a step."""
        return round(self.base * self.ratio ** (_STEPS[name] - 1), 4)

    def gap(self, name: str) -> float:
        """The distance behind one of the names in GAPS."""
        return round(self.spacing * _SPACES[name], 4)

    def radius(self, name: str) -> float:
        """The roundness of corners behind one of the names in RADII."""
        return self.badge_radius if name == "badge" else self.panel_radius
