"""The places of a group of products on a canvas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assetgen.config.layout import ProductLayer
from assetgen.model.canvas import Canvas
from assetgen.model.request import Stage
from assetgen.picture.geometry import Rect, box_in, live_area, rect_anchored
from assetgen.picture.group_arrangement import GroupExtent, GroupSpot, arrange, lengths
from assetgen.picture.light.surface import half_depth, is_open
from assetgen.picture.standing_product import (
    StandingProduct,
    Trimmed,
    place_clear_of,
    place_on_white,
    scale_within_fill,
    standing_room,
)

_BACK = 0.75
"""The share of the free surface behind the standing point that a group may use."""

_FRONT = 0.55
"""The share of the free surface before it."""

_NO_FLOOR = 0.2
"""The depth of a group where nobody knows of a floor, as a share of its room's height."""


@dataclass(frozen=True)
class _ArrangedGroup:
    """Products that have found their places; width, height and depth in the unit of their spots."""

    products: Sequence[Trimmed]
    spots: Sequence[GroupSpot]

    @property
    def size(self) -> tuple[float, float]:
        return max(s.left + s.width for s in self.spots), max(s.top + self._height(s) for s in self.spots)

    @property
    def depth(self) -> float:
        bases = [spot.top + self._height(spot) for spot in self.spots]
        return max(bases) - min(bases)

    def at(self, place: Rect) -> Iterator[tuple[Trimmed, Rect]]:
        """The group made as large as `place`, from the back to the front."""
        scale = place.width / self.size[0]
        for spot in self.spots:
            left, top = place.left + round(spot.left * scale), place.top + round(spot.top * scale)
            width, height = max(1, round(spot.width * scale)), max(1, round(self._height(spot) * scale))
            yield self.products[spot.number], Rect(left, top, left + width, top + height)

    def _height(self, spot: GroupSpot) -> float:
        width, height = self.products[spot.number].size
        return spot.width * height / width


def stand_together(
    products: Sequence[Trimmed], layer: ProductLayer, canvas: Canvas, stage: Stage | None, discs: Sequence[Rect] = ()
) -> tuple[StandingProduct, ...]:
    """The products at their places: on the stage or in the box, off the discs, on white in the middle.

    They come from the back to the front; the first of `products` is the most important one.
    """
    if canvas.white:
        group = _group(products, GroupExtent(canvas.width, canvas.height, _NO_FLOOR * canvas.height), canvas)
        place = place_on_white(group.size, canvas)
    else:
        stage = stage if "bottom" in layer.anchor else None
        room, before, behind = _floor(layer, canvas, stage)
        group = _group(products, GroupExtent(room.width, room.height, before + behind), canvas)
        width, height = group.size
        scale = min(room.width / width, room.height / height, (before + behind) / max(group.depth, 1e-6))
        scale = scale_within_fill(group.size, scale, canvas)
        # The nearest base comes forward by so much that the group is spread around its standing point.
        room = room.moved(0, round(group.depth * scale * before / (before + behind)))
        place = rect_anchored(max(1, round(width * scale)), max(1, round(height * scale)), room, layer.anchor)
        place = place_clear_of(discs, canvas, place, layer, group.at)
    return tuple(
        StandingProduct(layer, spot, product.resized(spot.width, spot.height), spot.width / product.size[0], product)
        for product, spot in group.at(place)
    )


def _group(products: Sequence[Trimmed], room: GroupExtent, canvas: Canvas) -> _ArrangedGroup:
    alphas = [product.levels[-1][..., 3] for product in products]
    spots = arrange(alphas, lengths([p.size for p in products], [p.height_mm for p in products]), room)
    # Turned as a whole, as the layout is: arranged anew, it could come out as another group.
    if canvas.mirrored:
        right = max(spot.left + spot.width for spot in spots)
        spots = [spot._replace(left=right - spot.left - spot.width) for spot in spots]
    return _ArrangedGroup(products, spots)


def _floor(layer: ProductLayer, canvas: Canvas, stage: Stage | None) -> tuple[Rect, float, float]:
    """The room above the standing point, and how far bases may lie before and behind it, in pixels."""
    box = box_in(live_area(canvas), layer.box)
    if stage is None:
        return box, 0.0, _NO_FLOOR * box.height
    room, half = standing_room(box, canvas, stage), half_depth(stage, canvas.width, canvas.height)
    behind = stage.y - stage.ground if is_open(stage, canvas.width, canvas.height) else half
    before = min(_FRONT * half * canvas.height, box.bottom - room.bottom)
    return room, max(0.0, before), max(1.0, _BACK * behind * canvas.height)
