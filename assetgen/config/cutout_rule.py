"""How a campaign says that photos are to be cut out."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from assetgen.config.layer_fields import RuleText
from assetgen.config.strict import Strict
from assetgen.config.weights import WEIGHTS


class Method(StrEnum):
    """The one that cuts out: whatever serves the photo, the method for plain backdrops, or a model."""

    AUTO = "auto"
    PLAIN = "plain"
    REMBG = "rembg"


CUTOUT_WORDS = (*(method.value for method in Method), *(f"{Method.REMBG}:{name}" for name in WEIGHTS))
"""The names of those that may cut a photo out; `rembg:u2net` names the model too."""


def _known_cutout(word: str) -> str:
    if word not in CUTOUT_WORDS:
        expected = ", ".join(f"'{known}'" for known in CUTOUT_WORDS)
        raise PydanticCustomError("literal_error", "Input should be {expected}", {"expected": expected})
    return word


class CutoutRule(Strict):
    """How photos are cut out where assetgen cannot tell; a row of the product table may say the same for itself."""

    when: RuleText | None = Field(default=None, description="Only products for which this is true; all if not given.")
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
