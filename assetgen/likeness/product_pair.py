"""A product's photo and the same product in a picture, laid on each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assetgen.model.arrays import Floats, Region

ALIEN = 11.0
"""The difference, lightness counting half, from which two colours are not those of one thing in two lights."""

HALF_COVERED = 0.5
"""The alpha, 0 to 1, above which a pixel is product, where either must be chosen."""

HARDLY_ANY = 1e-2
"""The weight below which the mean of a neighbourhood tells nothing, and is not blown up."""


@dataclass(frozen=True)
class ProductPair:
    """The photo and the picture on one canvas, H x W, the photo lit as the picture is."""

    own: Floats
    """H x W x 3, the photo in CIE Lab."""

    seen: Floats
    """H x W x 3, the picture in CIE Lab."""

    alpha: Floats
    """H x W, 0 to 1, how much of each pixel is product."""

    core: Region
    """H x W, where a product is compared: nothing shines through."""

    longer: float
    """Pixels of the product's longer side."""

    def square(self, share: float) -> npt.NDArray[np.uint8]:
        """The kernel that grows a region by a share of the product's longer side, and one pixel at least."""
        side = 2 * max(round(share * self.longer), 1) + 1
        return np.ones((side, side), np.uint8)
