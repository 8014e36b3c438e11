"""Photos that come without a backdrop."""

from __future__ import annotations

from assetgen.model.arrays import HALF, WITH_ALPHA, Pixels
from assetgen.model.cutting import Cutout, Verdict

_CUT_OUT = 0.005
"""The share of clear pixels above which a photo is cut out; a stray one is no cutout."""


class Alpha:
    """The cutter of photos that are cut out already: their pixels stay as they are."""

    name = "alpha"
    recipe = 1

    @staticmethod
    def serves(photo: Pixels) -> bool:
        """Whether enough of the photo (H x W x 3 or 4) is clear."""
        return photo.shape[2] == WITH_ALPHA and float((photo[..., 3] <= HALF).mean()) > _CUT_OUT

    def cut(self, photo: Pixels) -> Cutout:
        return Cutout(photo, Verdict.GOOD, 1.0)
