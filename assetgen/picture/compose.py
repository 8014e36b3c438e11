"""The finished picture, from a canvas, layers, a brand's look, a plate and cutouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import assert_never

import cv2
import numpy as np

from assetgen.config.layer import DrawnLayer
from assetgen.config.layout import (
    AnyLayer,
    BadgeLayer,
    Lines,
    LogoLayer,
    PlateLayer,
    PriceLayer,
    ProductLayer,
    ScrimLayer,
    ShapeLayer,
    TextLayer,
    first_of,
)
from assetgen.files.resize import resized
from assetgen.model.ai_label import Label
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import BrandLook, Canvas, Picture, PlacedLayer
from assetgen.model.finding import Finding, Level
from assetgen.model.request import Stage
from assetgen.picture.anchoring import place_at_cut
from assetgen.picture.colour import RGB, colour_named, ink_and_paper, more_legible, sample
from assetgen.picture.crop import aim_of, choose_crop
from assetgen.picture.geometry import Rect, layers_mirrored, place_of, plate_area, whole_canvas
from assetgen.picture.harmony import light_balanced, light_wrapped
from assetgen.picture.label_place import Scenery, add_label
from assetgen.picture.layer_surface import BoxSurface
from assetgen.picture.light.grounding import ground
from assetgen.picture.logo_layer import draw_logo
from assetgen.picture.paint import fill, paste, scrim
from assetgen.picture.standing_group import stand_together
from assetgen.picture.standing_product import StandingProduct, Trimmed, stand
from assetgen.picture.type import fonts, lettering
from assetgen.picture.type.lettering import SetLine, coloured, write
from assetgen.picture.vector import rounded_mask
from assetgen.plugins import blamed


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
    where a layer of somebody else's cannot draw itself.
    """
    fonts.use(look.fonts)
    layers = layers_mirrored(layers) if canvas.mirrored else tuple(layers)
    # Set before anything is drawn: products make room for discs, whose size their words decide.
    blocks = tuple(write(canvas, layers, look))
    discs = [line.form for block in blocks for line in block if line.layer.moves_products]
    stage = backdrop.stage if backdrop else None
    standings = _standings(products, canvas, layers, stage, discs)
    sheet = _Drawing(canvas, look, backdrop, standings)
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


class _Drawing:
    """The canvas while it is being drawn on."""

    def __init__(
        self, canvas: Canvas, look: BrandLook, backdrop: FittedPlate | None, standings: Sequence[StandingProduct]
    ) -> None:
        """The canvas still white; `standings` come from the back to the front."""
        self.canvas, self.look, self.backdrop, self.standings = canvas, look, backdrop, standings
        self.pixels = np.full((canvas.height, canvas.width, 3), 255, np.uint8)
        self.text_colour: RGB | None = None
        self.placed: list[PlacedLayer] = []
        self.findings: list[Finding] = []

    def draw(self, layer: AnyLayer) -> None:
        """Draws one layer over those below it, all but its words."""
        match layer:
            case PlateLayer():
                self._plate()
            case ScrimLayer():
                self._scrim(layer)
            case ShapeLayer():
                self._shape(layer)
            case ProductLayer():
                for standing in self.standings:
                    self._product(standing)
            case LogoLayer():
                self._logo(layer)
            case DrawnLayer():
                self._by_itself(layer)
            case TextLayer() | PriceLayer() | BadgeLayer():
                pass  # words are lettered when all else is drawn
            case _:
                assert_never(layer)

    def _plate(self) -> None:
        """Draws the plate with the products' shadows: panels and scrims come above both."""
        if self.backdrop is None or self.canvas.white:
            return
        np.copyto(self.pixels, self.backdrop.pixels)
        for product in self.standings:
            ground(self.pixels, product, self.backdrop.stage)

    def _scrim(self, layer: ScrimLayer) -> None:
        """Draws a scrim; an automatic one makes what is dark darker and what is light lighter."""
        if layer.colour == "auto":
            words = more_legible(sample(self.pixels, whole_canvas(self.canvas)), self.look)
            colour = next(colour for colour in ink_and_paper(self.look) if colour != words)
        else:
            colour = colour_named(layer.colour, self.look)
        scrim(self.pixels, layer.side, hold=0, reach=layer.reach, colour=colour, opacity=layer.opacity)

    def _shape(self, layer: ShapeLayer) -> None:
        place = place_of(self.canvas, layer)
        mask = rounded_mask(place.width, place.height, layer.radius * min(place.width, place.height))
        if layer.form == "mat":
            opening, mask = mask, np.full(self.pixels.shape[:2], 255, np.uint8)
            mask[place.top : place.bottom, place.left : place.right] -= opening
            place = whole_canvas(self.canvas)
        if layer.opacity < 1:
            mask = np.rint(mask * np.float32(layer.opacity)).astype(np.uint8)
        fill(self.pixels, place, colour_named(layer.colour, self.look), mask)
        self._note(layer, place)

    def _product(self, standing: StandingProduct) -> None:
        paste(self.pixels, standing.place, self._in_its_light(standing))
        self._note(standing.layer, standing.place, f"photo at {standing.scale:.0%}", scale=standing.scale)

    def _in_its_light(self, standing: StandingProduct) -> Pixels:
        if self.backdrop is None or self.canvas.white:
            return standing.picture
        picture = light_wrapped(standing.picture, standing.place, standing.product.foot, self.pixels)
        stage = self.backdrop.stage
        return light_balanced(picture, stage.light, standing.layer.blend) if stage else picture

    def _logo(self, layer: LogoLayer) -> None:
        if self.look.logo is None:
            return
        room = place_of(self.canvas, layer)
        place, on_dark = draw_logo(self.pixels, self.look.logo, self.look, room, layer.anchor, words=self.text_colour)
        self._note(layer, place, "for dark ground" if on_dark else "for light ground")

    def _by_itself(self, layer: DrawnLayer) -> None:
        place = place_of(self.canvas, layer)
        part = self.pixels[place.top : place.bottom, place.left : place.right]
        with blamed(f"layer `{layer.layer}`"):
            layer.draw(BoxSurface(part, self.canvas.locale, self.look))
        self._note(layer, place)

    def letter(self, line: SetLine) -> None:
        """Draws a line of words, which has its place and colour already."""
        lettering.draw(self.pixels, line)
        place = line.form if isinstance(line.layer, BadgeLayer) else line.ink
        self.placed.append(
            PlacedLayer(
                line.layer.layer,
                (*place,),
                f"{line.words.size:.0f} px, #{bytes(line.colour).hex()}",
                " ".join(line.layer.said),
                glyph=line.words.cap_height,
                colour=line.colour,
                ground=line.background if isinstance(line.layer, BadgeLayer) else None,
                must_stay_free=line.layer.must_stay_free,
                clear_space=line.layer.clear_space,
            )
        )

    def label(self, label: Label, layers: Sequence[AnyLayer]) -> None:
        """Draws the label, with a finding where it covers something."""
        shapes = [(layer.form, place_of(self.canvas, layer)) for layer in layers if isinstance(layer, ShapeLayer)]
        shown = [plate_area(self.canvas, layers), *(place for form, place in shapes if form == "mat")]
        panels = [place for form, place in shapes if form == "panel"]
        scenery = Scenery(self.placed, self.standings, shown, panels)
        placed, covered = add_label(self.pixels, label, self.canvas, self.look, scenery)
        self.placed.append(placed)
        if covered:
            message = f"no corner is free for the label: {covered:.0%} of its place cover words, logo or product"
            self.findings.append(Finding("label", Level.WARNING, message))

    def _note(self, layer: AnyLayer, place: Rect, detail: str = "", scale: float | None = None) -> None:
        self.placed.append(
            PlacedLayer(
                layer.layer,
                (*place,),
                detail,
                " ".join(layer.said),
                scale=scale,
                must_stay_free=layer.must_stay_free,
                clear_space=layer.clear_space,
            )
        )


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
