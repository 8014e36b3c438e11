"""What compose needs to know, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assetgen.config.channel import Insets, KeepOut
from assetgen.model.arrays import Pixels
from assetgen.model.finding import Finding
from assetgen.model.font import FontFile


@dataclass(frozen=True)
class Canvas:
    """The frame to fill: pixels, the part to keep words inside, and the channel's rules about the product's size.

    margin: room at every edge, as a share of the mean side.
    min_fill, max_fill: bounds of the product's larger share, max(width / canvas width, height / canvas height).
    white: the background is exactly 255, 255, 255 and there is no plate.
    direction: the side where lines begin; mirrored: left and right of the layout and of the plate are exchanged.
    drawn: the plate shows the product, as its provider drew it: then it is not mirrored, and cropped about its middle.
    """

    width: int
    height: int
    safe_area: Insets = field(default_factory=Insets)
    keep_out: tuple[KeepOut, ...] = ()
    margin: float = 0.055
    locale: str = "en-US"
    direction: Literal["ltr", "rtl"] = "ltr"
    mirrored: bool = False
    drawn: bool = False
    white: bool = False
    min_fill: float | None = None
    max_fill: float | None = None


@dataclass(frozen=True)
class BrandLook:
    """The brand as compose uses it.

    It has colours by name as #rrggbb, font families, logo files as bytes (SVG or PNG), fonts beside the bundled ones,
    and the icon that a label may show.
    """

    colours: dict[str, str]
    heading: str = "Inter SemiBold"
    body: str = "Inter"
    logo: bytes | None = None
    logo_dark: bytes | None = None
    fonts: tuple[FontFile, ...] = ()
    icon: bytes | None = None


@dataclass(frozen=True)
class PlacedLayer:
    """Where a layer ended up: left, top, right, bottom in pixels; `detail` says how (type size, colour).

    text: what it says, of words. glyph: height of its capitals in px; Chinese signs and the like are a fifth higher.
    colour, ground: of words, and of the form they stand on, if it is theirs.
    must_stay_free: nothing may cover it; clear_space: nor the room around it, in heights of it.
    scale: of a photo, how much it was enlarged.
    ink: of a label, where its letters are.
    """

    layer: str
    box: tuple[int, int, int, int]
    detail: str = ""
    text: str = ""
    glyph: float = 0.0
    colour: tuple[int, int, int] | None = None
    ground: tuple[int, int, int] | None = None
    scale: float | None = None
    ink: tuple[int, int, int, int] | None = None
    must_stay_free: bool = True
    clear_space: float = 0.0


@dataclass(frozen=True)
class Picture:
    """A composed canvas (H x W x 3), where its layers are, and what compose had to note.

    plate_scale: how much the plate was enlarged; None without one.
    """

    pixels: Pixels
    placed: tuple[PlacedLayer, ...] = ()
    findings: tuple[Finding, ...] = ()
    plate_scale: float | None = None
