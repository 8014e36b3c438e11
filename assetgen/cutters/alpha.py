"""Photos that come without a backdrop."""

from __future__ import annotations

from assetgen.model.arrays import Pixels
from assetgen.model.cutting import Cutout, Verdict

_CLEAR = 128
"""Alpha, of 255, below which a pixel is clear."""

_CLEAR_SHARE = 0.005
"""Share of a photo that is clear where the photo is cut out already: a stray transparent pixel is no cutout."""


class Alpha:
    """Takes photos that are cut out already: their pixels stay as they are."""

    name = "alpha"
    recipe = 1
    """The number in keys, raised when the same photo would give another cutout: tests/test_recipe.py watches it."""

    @staticmethod
    def serves(photo: Pixels) -> bool:
        """Whether a photo is cut out already."""
        return photo.shape[2] == 4 and float((photo[..., 3] < _CLEAR).mean()) > _CLEAR_SHARE

    def cut(self, photo: Pixels) -> Cutout:
        """The photo as it is, H x W x 4."""
        return Cutout(photo, Verdict.GOOD, 1.0)
