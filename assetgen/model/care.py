"""The care that is to be taken of a photo before it is cut out."""

from __future__ import annotations

from dataclasses import dataclass

from assetgen.config.cutout_rule import AUTO, Auto, CutoutRule
from assetgen.model.arrays import Box


@dataclass(frozen=True)
class Care:
    """What is done to a photo's light, colours and frame; nothing, unless somebody asks.

    exposure: stops, or `auto`; white_balance: whether the backdrop is made neutral; straighten: degrees clockwise, or
    `auto`; crop: the part that counts.
    """

    exposure: float | Auto = 0.0
    white_balance: bool = False
    straighten: float | Auto = 0.0
    crop: Box | None = None

    @classmethod
    def said(cls, rule: CutoutRule) -> Care:
        """The care that a rule asks for; what leaves the photo as it is asks for none."""
        crop = None if rule.crop is None or rule.crop == (0, 0, 1, 1) else (*rule.crop,)
        return cls(rule.exposure or 0.0, rule.white_balance == AUTO, rule.straighten or 0.0, crop)


NO_CARE = Care()
