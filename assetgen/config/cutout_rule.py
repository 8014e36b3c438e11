"""How a campaign says that photos are to be cut out."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assetgen.config.known_words import KnownWords
from assetgen.config.layer_fields import RuleText
from assetgen.config.strict import Strict
from assetgen.config.weights import WEIGHTS
from assetgen.plugins import plugins

AUTO = "auto"
"""The cutter that tries all of ours: whatever serves the photo."""

PLAIN = "plain"
"""The cutter for plain backdrops."""

REMBG = "rembg"
"""The cutter that asks a model of rembg's."""


def cutout_words() -> tuple[str, ...]:
    """The words for who cuts a photo out: every cutter that is installed, and `rembg:u2net`, which names the model."""
    ours = (AUTO, PLAIN, REMBG)
    others = (name for name in plugins("cutters") if name not in ours)
    return (*ours, *(f"{REMBG}:{name}" for name in WEIGHTS), *others)


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
