"""Brands: the colours, fonts, logos and sizes that all pictures of a house share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assetgen.config.scale import Scale
from assetgen.config.strict import Strict

HEX = r"^#[0-9a-fA-F]{6}$"
HexColour = Annotated[
    str, Field(pattern=HEX, description='A colour as "#rrggbb", in quotes: a bare # begins a comment.')
]


class Fonts(Strict):
    """Font families by role. A weight may follow the family, as in `Inter SemiBold`."""

    heading: str = "Inter SemiBold"
    body: str = "Inter"


class Brand(Strict):
    """What makes a picture look like ours. Paths are relative to the brand file."""

    name: str
    logo: str | None = Field(default=None, description="An SVG or PNG file, for light backgrounds.")
    logo_dark: str | None = Field(default=None, description="The variant for dark backgrounds; else the logo in paper.")
    colours: dict[str, HexColour] = Field(
        default_factory=lambda: {"ink": "#1d1d1f", "paper": "#ffffff", "accent": "#0a66c2"},
        description="Colours by name; `ink` (dark words), `paper` (light words) and `accent` are used by the layouts.",
    )
    fonts: Fonts = Fonts()
    scale: Scale = Scale()
    voice: str = ""
    never_say: tuple[str, ...] = ()
    style: tuple[str, ...] = Field(
        default=(), description="Pictures that show the brand's style; they go along where a provider edits photos."
    )
    credit: str | None = Field(default=None, description="Written into every file as its credit line.")
    copyright: str | None = Field(default=None, description="Written into every file as its copyright notice.")
