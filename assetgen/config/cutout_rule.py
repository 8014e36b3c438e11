"""How a campaign says that photos are to be cut out, and which care is taken of them before; cells say the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from assetgen.config.known_words import KnownWords
from assetgen.config.layer_fields import Box, RuleText
from assetgen.config.strict import Strict
from assetgen.config.weights import WEIGHTS
from assetgen.errors import did_you_mean
from assetgen.plugins import plugins

Auto = Literal["auto"]

AUTO: Auto = "auto"
"""The cutter that tries all of ours, and the care that the photo asks for: whatever serves it."""

PLAIN = "plain"
"""The cutter for plain backdrops."""

REMBG = "rembg"
"""The cutter that asks a model of rembg's."""


def cutout_words() -> tuple[str, ...]:
    """The words for who cuts a photo out: every cutter that is installed, and `rembg:u2net`, which names the model."""
    ours = (AUTO, PLAIN, REMBG)
    others = (name for name in plugins("cutters") if name not in ours)
    return (*ours, *(f"{REMBG}:{name}" for name in WEIGHTS), *others)


OFF = "off"
"""The word for a photo whose white balance stays, against a rule that says otherwise."""

STOPS = 3.0
"""The stops at most by which a photo is made lighter or darker."""

DEGREES = 15.0
"""The degrees at most by which it is turned."""

_SIDES = 4
"""The numbers of a rectangle."""


def _number_or_auto(value: object, *, name: str, most: float, way: str) -> float | Auto:
    """`auto`, or a number from -most to most. Raises ValueError with a message, and with the way out as its hint."""
    text = str(value).strip().casefold()
    if text == AUTO:
        return AUTO
    try:
        number = math.nan if isinstance(value, bool) else float(text)
    except ValueError:
        number = math.nan
    if math.isnan(number):
        near = did_you_mean(text, [AUTO]) if text.isalpha() else None
        raise ValueError(f"`{name}` cannot be `{value}`", near or f"write `auto`, or {way}")
    if abs(number) > most:
        raise ValueError(f"`{name}` is `{value}`, but goes from -{most:g} to {most:g}", f"write `auto`, or {way}")
    return number


exposure = partial(
    _number_or_auto, name="exposure", most=STOPS, way="stops such as `0.5`, or `-1` for half the light; `0` leaves it"
)
"""`auto`, or stops from -3 to 3. Raises ValueError with a message and a hint."""

straighten = partial(
    _number_or_auto, name="straighten", most=DEGREES, way="degrees such as `1.5`, or `-1.5` to turn it to the left"
)
"""`auto`, or degrees from -15 to 15, clockwise. Raises ValueError with a message and a hint."""


def white_balance(value: object) -> Literal["auto", "off"]:
    """`auto` or `off`. Raises ValueError with a message and a hint."""
    text = "off" if value is False else str(value).strip().casefold()  # YAML takes `off` for false
    if text == AUTO:
        return AUTO
    if text != OFF:
        hint = did_you_mean(text, [AUTO, OFF], otherwise="choose from `auto`, `off`")
        raise ValueError(f"`white_balance` cannot be `{value}`", hint)
    return "off"


def crop(value: object) -> Box:
    """The part of a photo that counts, as boxes are written; `10% 0 90% 100%` in a cell will do.

    Raises ValueError with a message and a hint.
    """
    parts = value if isinstance(value, list | tuple) else str(value).strip("[] ").replace(",", " ").split()
    hint = "write left, top, right and bottom as shares of the photo, such as `0.1, 0, 0.9, 1`"
    try:
        numbers = [_share(str(part)) for part in parts]
    except ValueError:
        numbers = []
    if len(numbers) != _SIDES or not all(math.isfinite(number) for number in numbers):
        shown = " ".join(map(str, parts))
        raise ValueError(f"`crop` cannot be `{shown}`", hint)
    box = Box(*numbers)
    if min(box) < 0 or max(box) > 1:
        raise ValueError("`crop` leaves the photo: its numbers go from 0 to 1", hint)
    if not (box.left < box.right and box.top < box.bottom):
        raise ValueError("`crop` leaves nothing: left must be less than right, and top less than bottom", hint)
    return box


def _share(text: str) -> float:
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


CARE_READERS: Mapping[str, Callable[[object], object]] = {
    "exposure": exposure,
    "white_balance": white_balance,
    "straighten": straighten,
    "crop": crop,
}
"""What reads each of these words; each raises ValueError with a message and a hint."""

Exposure = Annotated[Auto | Annotated[float, Field(ge=-STOPS, le=STOPS)], BeforeValidator(exposure)]

WhiteBalance = Annotated[Literal["auto", "off"], BeforeValidator(white_balance)]

Straighten = Annotated[Auto | Annotated[float, Field(ge=-DEGREES, le=DEGREES)], BeforeValidator(straighten)]

Crop = Annotated[Box, BeforeValidator(crop)]


class CutoutRule(Strict):
    """How photos are cut out where assetgen cannot tell; a row of the product table may say the same for itself."""

    when: RuleText | None = Field(default=None, description="Only products for which this is true; all if not given.")
    cutout: Annotated[str, KnownWords(cutout_words)] | None = Field(
        default=None,
        description="auto, plain (by colour alone), rembg:u2net or another larger model by its name, or a plug-in.",
    )
    keep_holes: bool | None = Field(
        default=None, description="What looks like the backdrop within the outline is product."
    )
    keep_shadow: bool | None = Field(
        default=None, description="Whether the shadow beside the product in the photo comes along."
    )
    glass: bool | None = Field(default=None, description="One sees through the product.")
    publish_doubtful: bool | None = Field(
        default=None, description="Pictures go out although their cutout is doubtful, and nobody looked at it."
    )
    mask: str | None = Field(
        default=None, description="An outline made by hand, white on black or transparent, beside the product table."
    )
    exposure: Exposure | None = Field(
        default=None, description="How much lighter the photo is made: auto, or stops such as 0.5 or -1."
    )
    white_balance: WhiteBalance | None = Field(
        default=None, description="auto: a backdrop that should be white or grey is made neutral; off leaves it."
    )
    straighten: Straighten | None = Field(
        default=None, description="How far the photo is turned clockwise: auto, or degrees such as -1.5."
    )
    crop: Crop | None = Field(
        default=None, description="The part of the photo that counts: left, top, right and bottom, from 0 to 1."
    )
