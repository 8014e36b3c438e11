"""Photos that come without a backdrop."""

from __future__ import annotations

from assetgen.model.arrays import Pixels
from assetgen.model.cutting import Cutout, Verdict


class Alpha:
    """For photos that are cut out already: their pixels stay as they are."""

    name = "alpha"
    recipe = 1
    """Raised when the same photo would give another cutout: tests/test_recipe.py watches it."""

    @staticmethod
    def serves(photo: Pixels) -> bool:
        """Whether enough of the photo is clear; a stray transparent pixel is no cutout."""
        return photo.shape[2] == 4 and float((photo[..., 3] < 128).mean()) > 0.005

    def cut(self, photo: Pixels) -> Cutout:
        return Cutout(photo, Verdict.GOOD, 1.0)
