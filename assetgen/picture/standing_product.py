"""The product: cut to what is seen of it, made the right size, and put where it stands."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.config.layout import ProductLayer
from assetgen.files.resize import resized
from assetgen.model.arrays import Alpha, Pixels
from assetgen.model.canvas import Canvas
from assetgen.model.request import Stage
from assetgen.picture.anchoring import place_brought_forward
from assetgen.picture.geometry import Rect, box_in, live_area, rect_anchored, whole_canvas
from assetgen.picture.light.footprint import Foot, foot_of
from assetgen.picture.light.photo_shadow_fit import KeptShadow, kept_shadow

_SEEN = 8
"""The alpha, 0 to 255, up to which a pixel is dust at the edge of a cutout."""

_STAGE_SHARE = 0.84
"""The share of the free surface's width that a product may take up."""

_FILL_ROOM = 0.03
"""The share of the canvas by which to aim above the fill that a channel asks for."""

_MOST_FILL = 0.95
"""The largest share of a white canvas that leaves a clean ring around the product."""

_WHITE_FILL = 0.85
"""The share of a white canvas that a product fills where the channel asks for none."""

_AIR = 0.02
"""The room between a product and a disc beside it, as a share of the canvas's short side."""

_STEP = 0.96
"""The factor by which a product in a disc's way gets smaller, again and again."""

_SMALLEST = 0.5
"""The share of its size down to which it does."""

_SMALL = 40.0
"""The mm on its longer side up to which a product takes the least share of its room."""

_LARGE = 450.0
"""The mm on its longer side from which a product takes all of its room."""

_LEAST = 0.62
"""The share of its room that the smallest product takes."""


@dataclass(frozen=True)
class Trimmed:
    """A cutout without its empty border, its colours multiplied by its alpha: whole, and at a half and a quarter.

    levels: H x W x 4, uint8, the largest first. shadow: the one in its photo. cropped: the sides where the photo cuts
    it off. height_mm: that of the thing itself, where it is known.
    """

    levels: tuple[Pixels, ...]
    foot: Foot
    shadow: KeptShadow | None = None
    cropped: frozenset[str] = frozenset()
    height_mm: float | None = None

    @property
    def size(self) -> tuple[int, int]:
        return self.levels[0].shape[1], self.levels[0].shape[0]

    def resized(self, width: int, height: int) -> Pixels:
        """The cutout at another size, still premultiplied."""
        # From the smallest level that is still large enough: less to read, and nothing is enlarged.
        enough = [level for level in self.levels if level.shape[1] >= width]
        return resized(enough[-1] if enough else self.levels[0], width, height)


@dataclass(frozen=True)
class StandingProduct:
    """A product at its place, resized and premultiplied; `scale` from photo to canvas."""

    layer: ProductLayer
    place: Rect
    picture: Pixels
    scale: float
    product: Trimmed


def trim(
    cutout: Pixels,
    shadow: Alpha | None = None,
    *,
    keep_shadow: bool | None = None,
    cropped: frozenset[str] = frozenset(),
    height_mm: float | None = None,
) -> Trimmed:
    """The cutout made ready once for each product, for what all its pictures share.

    keep_shadow: whether to keep the photo's `shadow`; None keeps it where it fits.
    """
    box = left, top, width, height = cv2.boundingRect((cutout[..., 3] > _SEEN).view(np.uint8))
    full = rgba_premultiplied(cutout[top : top + height, left : left + width] if width else cutout)
    levels = [full]
    while len(levels) < 3 and min(levels[-1].shape[:2]) > 1:
        levels.append(resized(levels[-1], levels[-1].shape[1] // 2, levels[-1].shape[0] // 2))
    # The smallest level is enough: a foot is measured on a grid that is coarser still.
    foot = foot_of(levels[-1][..., 3])
    kept = None
    if shadow is not None and keep_shadow is not False and any(box):
        place = Rect(left, top, left + width, top + height)
        kept = kept_shadow(shadow, place, foot, forced=keep_shadow is True)
    return Trimmed(tuple(levels), foot, kept, cropped, height_mm)


def rgba_premultiplied(rgba: Pixels) -> Pixels:
    """The picture with its colours multiplied by its alpha, which can be resized and laid over without fringes."""
    *colours, alpha = cv2.split(np.ascontiguousarray(rgba))
    scaled = [cv2.multiply(colour, alpha, scale=1 / 255) for colour in colours]
    return cv2.merge((*scaled, alpha)).astype(np.uint8, copy=False)


def stand(
    cutout: Trimmed,
    layer: ProductLayer,
    canvas: Canvas,
    stage: Stage | None,
    discs: Sequence[Rect] = (),
) -> StandingProduct:
    """The product at its place: on the stage where the layer lets it stand, else in its box; on white in the middle.

    It keeps off the discs.
    """
    if canvas.white:
        place = place_on_white(cutout.size, canvas)
    else:
        place = _in_box(cutout, layer, canvas, stage)
        place = place_clear_of(discs, canvas, place, layer, lambda smaller: [(cutout, smaller)])
    return StandingProduct(
        layer, place, cutout.resized(place.width, place.height), place.width / cutout.size[0], cutout
    )


def _in_box(cutout: Trimmed, layer: ProductLayer, canvas: Canvas, stage: Stage | None) -> Rect:
    box = room = box_in(live_area(canvas), layer.box)
    # What the photo cut off below has no foot: it hangs in its box, or its cut edge would stand on the floor.
    stands = stage and "bottom" in layer.anchor and "bottom" not in cutout.cropped
    if stage and stands:
        room = standing_room(box, canvas, stage)
    width, height = cutout.size
    share = presence(cutout) if layer.scale == "natural" and "bottom" in layer.anchor else 1.0
    scale = scale_within_fill(cutout.size, share * min(room.width / width, room.height / height), canvas)
    place = rect_anchored(max(1, round(width * scale)), max(1, round(height * scale)), room, layer.anchor)
    # Only now, for how far a foot reaches depends on how large the product became.
    if stage and stands:
        place = place_brought_forward(place, cutout.foot, stage, whole_canvas(canvas), box.bottom)
    return place


def place_clear_of(
    discs: Sequence[Rect],
    canvas: Canvas,
    room: Rect,
    layer: ProductLayer,
    shown: Callable[[Rect], Iterable[tuple[Trimmed, Rect]]],
) -> Rect:
    """The place itself, or one so much smaller at the same anchor that nothing `shown` there is near a disc."""
    air, place, share = round(_AIR * min(canvas.width, canvas.height)), room, 1.0
    while share > _SMALLEST and any(
        _covers(product.levels[-1][..., 3], spot, disc.grown(air)) for disc in discs for product, spot in shown(place)
    ):
        share *= _STEP
        place = rect_anchored(max(1, round(room.width * share)), max(1, round(room.height * share)), room, layer.anchor)
    return place


def _covers(alpha: Alpha, place: Rect, disc: Rect) -> bool:
    """Whether anything is seen of a product at `place` inside a disc's box."""
    inside = disc.within(place)
    across, down = alpha.shape[1] / place.width, alpha.shape[0] / place.height
    rows = slice(int((inside.top - place.top) * down), math.ceil((inside.bottom - place.top) * down))
    columns = slice(int((inside.left - place.left) * across), math.ceil((inside.right - place.left) * across))
    return bool((alpha[rows, columns] > _SEEN).any())


def presence(product: Trimmed) -> float:
    """The share of its room that a product takes, by the logarithm of its longer side: lamps are larger than mugs.

    It depends on the product alone, and not on what else is in the table.
    """
    if product.height_mm is None:
        return 1.0
    longer = product.height_mm * max(1.0, product.size[0] / product.size[1])
    share = math.log(longer / _SMALL) / math.log(_LARGE / _SMALL)
    return _LEAST + (1 - _LEAST) * min(max(share, 0.0), 1.0)


def place_on_white(size: tuple[float, float], canvas: Canvas) -> Rect:
    """The place of something of this size in the middle of a white canvas, as large as the channel asks for."""
    aim = canvas.min_fill + _FILL_ROOM if canvas.min_fill else _WHITE_FILL
    share = min(aim, canvas.max_fill or _MOST_FILL, _MOST_FILL)
    scale = share * min(canvas.width / size[0], canvas.height / size[1])
    return rect_anchored(round(size[0] * scale), round(size[1] * scale), whole_canvas(canvas), "center")


def standing_room(room: Rect, canvas: Canvas, stage: Stage) -> Rect:
    """The part of the room above the standing point and as wide as the surface, pushed inside the room."""
    width = min(room.width, round(_STAGE_SHARE * stage.width * canvas.width))
    left = round(stage.x * canvas.width - width / 2)
    left = min(max(left, room.left), room.right - width)
    # A floor that lies far up would leave no height to stand in: half of the room is left at least.
    bottom = max(round(stage.y * canvas.height), room.top + room.height // 2)
    return Rect(left, max(room.top, bottom - room.height), left + width, bottom)


def scale_within_fill(size: tuple[float, float], scale: float, canvas: Canvas) -> float:
    """The scale that keeps the larger of a product's shares of width and height between the channel's bounds."""
    share = scale * max(size[0] / canvas.width, size[1] / canvas.height)
    if canvas.min_fill and share < canvas.min_fill:
        return scale * min(canvas.min_fill + _FILL_ROOM, canvas.max_fill or 1.0) / share
    if canvas.max_fill and share > canvas.max_fill:
        return scale * canvas.max_fill / share
    return scale
