"""Photos that come without a backdrop."""

from __future__ import annotations

from assetgen.cutout.alpha_shadow_lifted import lift_shadow
from assetgen.model.arrays import HALF, WITH_ALPHA, Pixels
from assetgen.model.cutting import Cutout, Verdict

_CUT_OUT = 0.005
"""The share of clear pixels above which a photo is cut out; a stray one is no cutout."""

_PERHAPS = 0.7
"""The confidence in a cutout that a shadow may have stayed on."""


class Alpha:
    """The cutter of photos that are cut out already: but for a shadow, their pixels stay as they are."""

    name = "alpha"
    recipe = 2
    """Raised when the same photo would give another cutout: tests/test_recipe.py watches it.

    2: a shadow in the file becomes a layer of its own.
    """

    @staticmethod
    def serves(photo: Pixels) -> bool:
        """Whether enough of the photo (H x W x 3 or 4) is clear."""
        return photo.shape[2] == WITH_ALPHA and float((photo[..., 3] <= HALF).mean()) > _CUT_OUT

    def cut(self, photo: Pixels) -> Cutout:
        lifted = lift_shadow(photo)
        if lifted.perhaps:
            reason = "a soft shadow in the file may have stayed on the product"
            return Cutout(lifted.rgba, Verdict.CHECK, _PERHAPS, (reason,), lifted.light)
        return Cutout(lifted.rgba, Verdict.GOOD, 1.0, shadow=lifted.light)
