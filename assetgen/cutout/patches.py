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
Labels = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Patches:
    """The joined patches of a mask by number, 0 elsewhere; for other pixels the nearest patch and how far it is."""

    labels: Labels
    nearest: Labels
    distance: Floats

    @classmethod
    def of(cls, mask: Region, *, core: int = 1) -> Self:
        """Bridges narrower than 2 x core do not join patches."""
        seeds = erode(mask, core)
        distance, nearest = cv2.distanceTransformWithLabels(
            (~seeds).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_CCOMP
        )
        beyond = np.maximum(distance - core, 0) if seeds.any() else np.full(mask.shape, np.inf, np.float32)
        numbers = np.asarray(nearest, np.int32)
        return cls(np.where(beyond < 0.5, numbers, 0), numbers, beyond)

    def belt(self, near: float, far: float, where: Region) -> Belt:
        """The pixels of `where` that lie `near` to `far` pixels beyond a patch."""
        places = np.flatnonzero((self.distance > near + 0.5) & (self.distance < far + 0.5) & where)
        return Belt(places, self.nearest.ravel()[places], self.count)

    @property
    def count(self) -> int:
        return int(self.nearest.max(initial=0)) + 1

    def mean(self, *values: Floats | Region) -> list[Means]:
        places = np.flatnonzero(self.labels)
        return [Belt(places, self.labels.ravel()[places], self.count).mean(these) for these in values]

    def areas(self) -> Means:
        return np.bincount(self.labels.ravel(), minlength=self.count).astype(np.float64)


@dataclass(frozen=True)
class Belt:
    """Pixels by place, each with the number of the patch that it belongs to or lies beside."""

    places: npt.NDArray[np.intp]
    labels: Labels
    count: int

    def sizes(self) -> Means:
        return np.bincount(self.labels, minlength=self.count).astype(np.float64)

    def mean(self, values: Floats | Region) -> Means:
        """Not a number for patches of which fewer than 20 pixels are seen, and for 0."""
        seen = self.sizes()
        sums = np.bincount(self.labels, weights=values.ravel()[self.places], minlength=self.count)
        means: Means = sums / np.maximum(seen, 1)
        means[seen < 20] = np.nan
        means[0] = np.nan
        return means
