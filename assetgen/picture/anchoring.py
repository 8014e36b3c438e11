"""The exact place of a product: its foot in the middle of the floor, a cut-off side at the edge that cuts it."""

from __future__ import annotations

from assetgen.model.request import Stage
from assetgen.picture.geometry import Rect
from assetgen.picture.light.footprint import GRID, Foot
from assetgen.picture.light.surface import half_depth

_FRONT = 0.55
"""The share of the way from the middle of a surface to its front edge that a foot may come forward."""


def place_brought_forward(place: Rect, foot: Foot, stage: Stage, canvas: Rect, lowest: int) -> Rect:
    """The place moved down until the middle of its foot stands where its lower edge was, or as far as the surface goes.

    It is never moved below the row `lowest`, where the words may begin.
    """
    to_middle = foot.depth / 2 * max(place.width, place.height) / GRID
    surface = _FRONT * half_depth(stage, canvas.width, canvas.height) * canvas.height
    return place.moved(0, max(0, min(round(min(to_middle, surface)), lowest - place.bottom)))


def place_at_cut(place: Rect, cropped: frozenset[str], frame: Rect) -> Rect:
    """The place moved to the edge of the frame at which its photo cut the product off, as if the frame did.

    cropped: some of `left`, `top`, `right` and `bottom`. Left wins over right, and bottom over top.
    """
    if "top" in cropped:
        place = place.moved(0, frame.top - place.top)
    if "bottom" in cropped:
        place = place.moved(0, frame.bottom - place.bottom)
    if "right" in cropped:
        place = place.moved(frame.right - place.right, 0)
    if "left" in cropped:
        place = place.moved(frame.left - place.left, 0)
    return place
