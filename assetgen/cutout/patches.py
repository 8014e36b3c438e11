"""The joined parts of a mask, each judged by what is in it and what lies around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.cutout.masks import erode
from assetgen.model.arrays import Floats, Region

Means = npt.NDArray[np.float64]
"""One float64 for each patch by its number; 0 stands for no patch."""

Labels = npt.NDArray[np.integer[Any]]
"""Numbers of patches, from 1; 0 is none."""

_SEEN = 20
"""Pixels of a patch, or beside it, below which a mean of them tells nothing."""

_TOUCHING = 0.5
"""Pixels from a patch up to which a pixel belongs to it; distances are those of pixels' middles."""


@dataclass(frozen=True)
class Patches:
    """The joined patches of a mask by number, and for other pixels the nearest patch and how far it is."""

    labels: Labels
    """H x W: the patch that a pixel belongs to."""

    nearest: Labels
    """H x W: the patch nearest to a pixel."""

    distance: Floats
    """H x W: pixels from there to the patch, 0 within it."""

    @classmethod
    def of(cls, mask: Region, *, core: int = 1) -> Self:
        """The patches of a mask; bridges narrower than 2 x core pixels do not join them."""
        # Patches are numbered without their rims, so that a bridge joins none; each pixel then goes to the nearest one.
        seeds = erode(mask, core)
        distance, nearest = cv2.distanceTransformWithLabels(
            (~seeds).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_CCOMP
        )
        beyond = np.maximum(distance - core, 0) if seeds.any() else np.full(mask.shape, np.inf, np.float32)
        numbers = np.asarray(nearest, np.int32)
        return cls(np.where(beyond < _TOUCHING, numbers, 0), numbers, beyond)

    def belt(self, near: float, far: float, where: Region) -> Belt:
        """The pixels of `where` that lie `near` to `far` pixels beyond a patch."""
        places = np.flatnonzero((self.distance > near + _TOUCHING) & (self.distance < far + _TOUCHING) & where)
        return Belt(places, self.nearest.ravel()[places], self.count)

    @property
    def count(self) -> int:
        """The number of patches and one more, for what belongs to none."""
        return int(self.nearest.max(initial=0)) + 1

    def mean(self, *values: Floats | Region) -> list[Means]:
        """The mean of each array of values (H x W) over each patch, as `Belt.mean` gives it."""
        places = np.flatnonzero(self.labels)
        return [Belt(places, self.labels.ravel()[places], self.count).mean(these) for these in values]

    def areas(self) -> Means:
        """The pixels of each patch; those of none come first."""
        return np.bincount(self.labels.ravel(), minlength=self.count).astype(np.float64)


@dataclass(frozen=True)
class Belt:
    """Pixels by place, each with the number of the patch that it belongs to or lies beside."""

    places: npt.NDArray[np.intp]
    labels: Labels
    count: int

    def sizes(self) -> Means:
        """The pixels of the belt that belong to each patch."""
        return np.bincount(self.labels, minlength=self.count).astype(np.float64)

    def mean(self, values: Floats | Region) -> Means:
        """The mean of values (H x W) for each patch; NaN for 0, and where fewer than `_SEEN` pixels are seen.

        Comparisons with NaN are false, so that a patch that tells nothing passes no test.
        """
        seen = self.sizes()
        sums = np.bincount(self.labels, weights=values.ravel()[self.places], minlength=self.count)
        means: Means = sums / np.maximum(seen, 1)
        means[seen < _SEEN] = np.nan
        means[0] = np.nan
        return means
