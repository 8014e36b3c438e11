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
"""The share of lost light below which it is noise of the backdrop."""

_CUT = 0.1
"""The share of lost light at the frame of its photo from which a shadow has been cut off there."""

_CUT_SHARE = 0.01
"""The share of the frame along which it may be so."""

_BESIDE = 0.4
"""How far a shadow that fits reaches beside the product, in widths of it, at most."""

_ABOVE = 0.4
"""How far it reaches above the foot, in heights of the product, at most."""

_BELOW = 0.3
"""How far it reaches below the foot, in heights of the product, at most."""

_HARD = 0.22
"""The change of light between points of the grid, in shares of the darkest, from which an edge can be seen."""

_NEARLY_ALL = 99.8
"""The percentile of such changes that is looked at; single points may be noise."""

_DEEP = 0.4
"""The lost light, 0 to 1, of a shadow's darkest point at least; paler ones were burnt out: a product floats on them."""

_OVERHEAD = 0.3
"""The side, -1 to 1, of light, or of a shadow in widths of its product, up to which it counts as from above."""

_OVERCAST = 0.75
"""The softness, 0 to 1, above which light casts to no side."""

_HARD_LIGHT = 0.45
"""The softness below which light casts no shadow that is soft and close."""

_SIDE = 0.01
"""How far on the side away from the light, in widths of the product, a shadow lies at least."""

_MARGIN = 0.6
"""The room around the product's grid, in longer sides, for its shadow."""

_COVERED = 0.02
"""The alpha, 0 to 1, from which a point's light is not only the floor's."""

_CARRIED = 4
"""Sigma in points of the blur that carries a shadow on below its product."""

_HARDLY_ANY = 1e-3
"""The weight below which the mean of a neighbourhood is not blown up."""

_AWAY = 9
"""Points of the square around the product in which its own edge ends the shadow."""

_NO_PRODUCT = 0.05
"""The alpha, 0 to 1, below which a point is no product."""


@dataclass(frozen=True)
class KeptShadow:
    """The shadow of a product's photo, on the product's grid."""

    dark: Floats
    """H x W, the share of light that is lost, with a border of `margin` points around the product's grid."""

    margin: int
    """Points of that border."""

    aside: float
    """How far to the right of the foot its middle lies, in widths of the product."""

    good: bool
    """Whether it is whole, dark enough, soft, and close to the foot."""

    forced: bool
    """Whether it is kept whatever it looks like."""

    def fits(self, light: Light) -> bool:
        """Whether the shadow may be laid on a plate in this light."""
        if self.forced or not self.good:
            return self.forced
        if abs(light.side) < _OVERHEAD or light.softness > _OVERCAST:
            return abs(self.aside) < _OVERHEAD
        return light.softness > _HARD_LIGHT and self.aside * -light.side > _SIDE


def kept_shadow(light: Alpha, box: Rect, foot: Foot, *, forced: bool) -> KeptShadow | None:
    """The shadow in `light`, the share that the floor keeps, at the photo's size; `box` holds the product there.

    It is None where the photo shows no shadow.
    """
    margin = round(_MARGIN * GRID)
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
    """The lost light on the product's grid, with its margin; beyond the photo there is no shadow."""
    step = box.width / shape[1], box.height / shape[0]
    size = shape[1] + 2 * margin, shape[0] + 2 * margin
    small = cv2.resize(
        light, (round(light.shape[1] / step[0]), round(light.shape[0] / step[1])), interpolation=cv2.INTER_AREA
    )
    move = np.array([[1, 0, margin - box.left / step[0]], [0, 1, margin - box.top / step[1]]], np.float32)
    moved = cv2.warpAffine(small, move, size, flags=cv2.INTER_LINEAR, borderValue=255)
    return 1 - moved.astype(np.float32) / 255


def _under_too(dark: Floats, outline: Floats) -> Floats:
    """The shadow carried on as it is beside the product to below it, where the photo does not show it."""
    seen = (outline < _COVERED).astype(np.float32)
    beside = cv2.GaussianBlur(dark * seen, (0, 0), _CARRIED) / np.maximum(
        cv2.GaussianBlur(seen, (0, 0), _CARRIED), _HARDLY_ANY
    )
    return np.asarray(np.where(seen > 0, dark, beside), np.float32)


def _whole(light: Alpha) -> bool:
    """Whether the frame of the photo cuts nothing of its shadow off."""
    frame = np.concatenate([light[0], light[-1], light[:, 0], light[:, -1]])
    return bool((frame < 255 * (1 - _CUT)).mean() < _CUT_SHARE)


def _soft(dark: Floats, foot: Foot, margin: int) -> bool:
    """Whether a shadow has no edge, away from the product's own, where the layer may end sharply."""
    outline = np.pad(foot.outline, margin)
    beside = cv2.dilate(outline, np.ones((_AWAY, _AWAY))) < _NO_PRODUCT
    down, across = np.gradient(dark)
    steep = np.hypot(down, across)[beside]
    return bool(steep.size and np.percentile(steep, _NEARLY_ALL) < _HARD * dark.max())
