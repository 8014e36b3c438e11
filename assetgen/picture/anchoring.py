"""Where exactly a placed product goes: its foot to the middle of the floor, a cut-off side to the edge that cuts it."""

from __future__ import annotations

from assetgen.model.request import Stage
from assetgen.picture.geometry import Rect
from assetgen.picture.light.footprint import GRID, Foot
from assetgen.picture.light.surface import half_depth

_FRONT = 0.55
"""How far a foot may come forward on a surface, from the middle of that to its front edge."""


def place_brought_forward(place: Rect, foot: Foot, stage: Stage, canvas: Rect, lowest: int) -> Rect:
    """Moved down until the middle of its foot stands where its lower edge was, or as far as the surface goes.

    Never below the row `lowest`, where the words may begin.
    """
    to_middle = foot.depth / 2 * max(place.width, place.height) / GRID
    surface = _FRONT * half_depth(stage, canvas.width, canvas.height) * canvas.height
    return place.moved(0, max(0, min(round(min(to_middle, surface)), lowest - place.bottom)))


def place_at_cut(place: Rect, cropped: frozenset[str], frame: Rect) -> Rect:
    """A product that its photo cut off goes to that edge of the frame, so that the frame seems to cut it off.

    cropped: of `left`, `top`, `right` and `bottom`. Of two opposite sides, left and bottom win.
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
