"""The shadow that a product has in its own photo, and whether it fits a plate: then it is better than any made up."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.model.arrays import Alpha, Floats
from assetgen.model.request import Light
from assetgen.picture.geometry import Rect
from assetgen.picture.light.footprint import GRID, Foot

_DARK = 0.06
"""Less lost light than this is noise of the backdrop."""

_CUT = 0.1
"""A shadow that is this dark at the frame of its photo has been cut off there."""

_BESIDE, _ABOVE, _BELOW = 0.4, 0.4, 0.3
"""How far it may reach: beside the product in widths of it, above and below the foot in heights."""

_HARD = 0.22
"""A shadow whose light changes faster, between points of the grid, has an edge that can be seen."""

_DEEP = 0.4
"""A shadow that is nowhere this dark was burnt out by its photo's light: the product would float on it."""

_OVERHEAD, _OVERCAST, _HARD_LIGHT = 0.3, 0.75, 0.45
"""A light from above, or this soft, casts to no side; one this hard casts no shadow that is soft and close."""


@dataclass(frozen=True)
class KeptShadow:
    """dark: the share of light that is lost, on the product's grid, with a border of `margin` points around it.

    aside: how far to the right of the foot its middle lies, in widths of the product.
    good: whether it is whole, dark enough, soft, and close to the foot. forced: kept whatever it looks like.
    """

    dark: Floats
    margin: int
    aside: float
    good: bool
    forced: bool

    def fits(self, light: Light) -> bool:
        if self.forced or not self.good:
            return self.forced
        if abs(light.side) < _OVERHEAD or light.softness > _OVERCAST:
            return abs(self.aside) < _OVERHEAD
        return light.softness > _HARD_LIGHT and self.aside * -light.side > 0.01


def kept_shadow(light: Alpha, box: Rect, foot: Foot, *, forced: bool) -> KeptShadow | None:
    """`light` as a cutout's shadow: the share that the floor keeps, at the photo's size; `box` holds the product there.

    None where the photo shows no shadow.
    """
    margin = round(0.6 * GRID)
    dark = _under_too(_on_grid(light, box, foot.outline.shape, margin), np.pad(foot.outline, margin))
    if dark.max() < _DARK:
        return None
    rows, columns = np.nonzero(dark > _DARK)
    height, width = foot.outline.shape
    left, right = margin - columns.min(), columns.max() - margin - width
    above, below = foot.lowest.max() - (rows.min() - margin), rows.max() - margin - foot.lowest.max()
    near = max(left, right) < _BESIDE * width and above < _ABOVE * height and below < _BELOW * height
    weight = dark.sum(axis=0)
    middle = float((weight * np.arange(weight.size)).sum() / weight.sum()) - margin - width / 2
    good = bool(near and dark.max() > _DEEP and _whole(light) and _soft(dark, foot, margin))
    return KeptShadow(dark, margin, middle / width, good, forced)


def _on_grid(light: Alpha, box: Rect, shape: tuple[int, ...], margin: int) -> Floats:
    """Beyond the photo there is no shadow."""
    step = box.width / shape[1], box.height / shape[0]
    size = shape[1] + 2 * margin, shape[0] + 2 * margin
    small = cv2.resize(
        light, (round(light.shape[1] / step[0]), round(light.shape[0] / step[1])), interpolation=cv2.INTER_AREA
    )
    move = np.array([[1, 0, margin - box.left / step[0]], [0, 1, margin - box.top / step[1]]], np.float32)
    moved = cv2.warpAffine(small, move, size, flags=cv2.INTER_LINEAR, borderValue=255)
    return 1 - moved.astype(np.float32) / 255


def _under_too(dark: Floats, outline: Floats) -> Floats:
    """Under the product, where the photo does not show it, the shadow goes on as it is beside it."""
    seen = (outline < 0.02).astype(np.float32)
    beside = cv2.GaussianBlur(dark * seen, (0, 0), 4) / np.maximum(cv2.GaussianBlur(seen, (0, 0), 4), 1e-3)
    return np.asarray(np.where(seen > 0, dark, beside), np.float32)


def _whole(light: Alpha) -> bool:
    frame = np.concatenate([light[0], light[-1], light[:, 0], light[:, -1]])
    return bool((frame < 255 * (1 - _CUT)).mean() < 0.01)


def _soft(dark: Floats, foot: Foot, margin: int) -> bool:
    """Away from the product's own edge, where the layer may end sharply."""
    outline = np.pad(foot.outline, margin)
    beside = cv2.dilate(outline, np.ones((9, 9))) < 0.05
    down, across = np.gradient(dark)
    steep = np.hypot(down, across)[beside]
    return bool(steep.size and np.percentile(steep, 99.8) < _HARD * dark.max())
