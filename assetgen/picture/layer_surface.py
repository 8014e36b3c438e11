"""The surface that layers of somebody else's draw on."""

from __future__ import annotations

from dataclasses import dataclass

from assetgen.config.layer_fields import Anchor
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import BrandLook
from assetgen.picture.colour import RGB, colour_named
from assetgen.picture.geometry import Rect, rect_anchored


@dataclass(frozen=True)
class BoxSurface:
    """A LayerSurface: the part of a canvas that is a layer's box, H x W x 3, uint8, and not a copy."""

    pixels: Pixels
    locale: str
    look: BrandLook

    def part(self, width: int, height: int, anchor: Anchor) -> Pixels:
        room = Rect(0, 0, self.pixels.shape[1], self.pixels.shape[0])
        place = rect_anchored(min(width, room.width), min(height, room.height), room, anchor)
        return self.pixels[place.top : place.bottom, place.left : place.right]

    def colour(self, name: str) -> RGB:
        return colour_named(name, self.look)
