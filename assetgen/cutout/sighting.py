"""What a model sees of a product, as a value. Where it looked twice and differs with itself, it is not sure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assetgen.cutout.masks import dilate, erode
from assetgen.model.arrays import Floats, Region

_PRODUCT = 0.5
"""The share from which a pixel is product to a model."""

_SURE = (0.2, 0.8)
"""Shares between which it is undecided."""

_COARSE = 6
"""Pixels of work size to both sides of its outline in which a model is always undecided: it looks at 320."""


@dataclass(frozen=True)
class Sighting:
    """Looks at one photo: the share of product in each pixel, 0 to 1, H x W.

    roomy: with room around the photo; near: without, None where nobody looked a second time.
    """

    roomy: Floats
    near: Floats | None = None

    @cached_property
    def most(self) -> Floats:
        """What either look takes for product: as good as the better of the two."""
        return self.roomy if self.near is None else np.maximum(self.near, self.roomy)

    @cached_property
    def least(self) -> Floats:
        """What both looks take for product."""
        return self.roomy if self.near is None else np.minimum(self.near, self.roomy)

    @cached_property
    def product(self) -> Region:
        """The pixels that are more product than not."""
        return np.asarray(self.most > _PRODUCT)

    @cached_property
    def apart(self) -> float:
        """How far the two looks differ, as a share of what either sees; 0 for none, above 0.05 is much."""
        return float((self.most - self.least).sum() / max(float(self.most.sum()), 1))

    @cached_property
    def undecided(self) -> float:
        """The pixels away from the outline that may be either, as a share of the product."""
        least, most = _SURE
        torn = (self.most > least) & (self.most < most)
        band = dilate(self.product, _COARSE) & ~erode(self.product, _COARSE)
        return float((torn & ~band).sum() / max(int(self.product.sum()), 1))
