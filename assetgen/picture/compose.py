"""The finished picture, from a canvas, layers, a brand's look, a plate and cutouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import cv2
import numpy as np

from assetgen.config.layout import (
    AnyLayer,
    Lines,
    ProductLayer,
    ShapeLayer,
    first_of,
)
from assetgen.files.resize import resized
from assetgen.model.ai_label import Label
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import BrandLook, Canvas, Picture
from assetgen.model.request import Stage
from assetgen.picture.anchoring import place_at_cut
from assetgen.picture.crop import aim_of, choose_crop
from assetgen.picture.geometry import Rect, layers_mirrored, place_of, plate_area, whole_canvas
from assetgen.picture.sheet import Sheet
from assetgen.picture.standing_group import stand_together
from assetgen.picture.standing_product import StandingProduct, Trimmed, stand
from assetgen.picture.type import fonts
from assetgen.picture.type.lettering import coloured, write


@dataclass(frozen=True)
class FittedPlate:
    """A plate cut to a canvas, and where the product can stand there; every product can use it.

    pixels: H x W x 3, uint8, as large as the canvas. scale: how much the plate was enlarged for that.
    """

    pixels: Pixels
    stage: Stage | None = None
    scale: float = 1.0


def fit_plate(plate: Pixels, stage: Stage | None, canvas: Canvas, layers: Sequence[AnyLayer]) -> FittedPlate:
    """Crops and resizes the plate: its standing point comes to lie under the product's box, and calm under the words.

    `layers` as the layout has them: on a mirrored canvas plate and stage are turned round here, or else the layers.
    """
    turns = canvas.mirrored and not canvas.drawn
    if canvas.mirrored and canvas.drawn:
        layers = layers_mirrored(layers)
    area = plate_area(canvas, layers)
    size, full = (plate.shape[1], plate.shape[0]), (area.width, area.height)
    (left, top), scale = choose_crop(plate, canvas, area, aim_of(stage, canvas, layers, area), layers)
    crop = Rect(round(left), round(top), round(left + full[0] / scale), round(top + full[1] / scale))
    part = plate[crop.top : crop.bottom, crop.left : crop.right, :3]  # plates of providers may have an alpha
    pixels = _within(resized(part, *full), area, canvas)
    if stage:  # from shares of the plate to shares of the canvas: what lies under the product must be found there
        stage = replace(
            stage,
            x=(area.left + (stage.x * size[0] - left) * scale) / canvas.width,
            y=(area.top + (stage.y * size[1] - top) * scale) / canvas.height,
            ground=(area.top + (stage.ground * size[1] - top) * scale) / canvas.height,
            width=stage.width * size[0] * scale / canvas.width,
        )
    backdrop = FittedPlate(pixels, stage, scale)
    return _turned(backdrop) if turns else backdrop


def compose(
    canvas: Canvas,
    layers: Sequence[AnyLayer],
    look: BrandLook,
    *,
    backdrop: FittedPlate | None,
    products: Sequence[Trimmed] = (),
    label: Label | None = None,
) -> Picture:
    """Draws the layers, the lowest first, words on top, and a label where they leave room for it.

    Without a backdrop the canvas is white. Raises Overfull, InputError where a label finds no room, and PluginError
    where drawing a layer fails, ours or somebody else's.
    """
    fonts.use(look.fonts)
    layers = layers_mirrored(layers) if canvas.mirrored else tuple(layers)
    # Set before anything is drawn: products make room for discs, whose size their words decide.
    blocks = tuple(write(canvas, layers, look))
    discs = [line.form for block in blocks for line in block if line.layer.moves_products]
    stage = backdrop.stage if backdrop else None
    standings = _standings(products, canvas, layers, stage, discs)
    plate = None if backdrop is None or canvas.white else backdrop.pixels
    sheet = Sheet(canvas, look, plate, stage, standings)
    behind = tuple(takewhile(lambda layer: layer.is_ground, layers))
    for layer in behind:
        sheet.draw(layer)
    # Before the product: what lies under words may have to be calmed, and the product must not be.
    lines = [line for block in blocks for line in coloured(sheet.pixels, block, look)]
    # Before the logo, which takes after the words.
    sheet.text_colour = next((line.colour for line in lines if isinstance(line.layer, Lines)), None)
    for layer in layers[len(behind) :]:
        sheet.draw(layer)
    for line in lines:
        sheet.letter(line)
    if label:  # last, for it takes the room that everything else leaves
        sheet.label(label, layers)
    scale = backdrop.scale if backdrop and not canvas.white else None
    return Picture(sheet.pixels, tuple(sheet.placed), tuple(sheet.findings), scale)


def _held(standing: StandingProduct, canvas: Canvas, layers: Sequence[AnyLayer]) -> StandingProduct:
    """The product, its cut-off sides at the edges of the smallest part of the canvas that holds its box."""
    if canvas.white:
        return standing
    room = place_of(canvas, standing.layer)
    parts = [
        plate_area(canvas, layers),
        *(place_of(canvas, layer) for layer in layers if isinstance(layer, ShapeLayer)),
    ]
    holding = [part for part in parts if room.within(part) == room]
    frame = min(holding, key=lambda part: part.width * part.height, default=whole_canvas(canvas))
    return replace(standing, place=place_at_cut(standing.place, standing.product.cropped, frame))


def _standings(
    products: Sequence[Trimmed], canvas: Canvas, layers: Sequence[AnyLayer], stage: Stage | None, discs: Sequence[Rect]
) -> tuple[StandingProduct, ...]:
    """The products at their places, from the back to the front; none where the layout has no layer for them."""
    layer = first_of(ProductLayer, layers)
    if layer is None:
        return ()
    if len(products) > 1:
        return stand_together(products, layer, canvas, stage, discs)
    return tuple(_held(stand(product, layer, canvas, stage, discs), canvas, layers) for product in products)


def _within(picture: Pixels, area: Rect, canvas: Canvas) -> Pixels:
    if area == whole_canvas(canvas):
        return picture
    pixels = np.full((canvas.height, canvas.width, 3), 255, np.uint8)
    pixels[area.top : area.bottom, area.left : area.right] = picture
    return pixels


def _turned(backdrop: FittedPlate) -> FittedPlate:
    pixels = cv2.flip(backdrop.pixels, 1).astype(np.uint8, copy=False)
    stage = backdrop.stage
    if stage:
        stage = replace(stage, x=1 - stage.x, light=replace(stage.light, side=-stage.light.side))
    return replace(backdrop, pixels=pixels, stage=stage)
