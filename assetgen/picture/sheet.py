"""The canvas while it is drawn on: layer by layer, then the words, and a label last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import numpy as np

from assetgen.config.layer import DrawnLayer
from assetgen.config.layout import (
    AnyLayer,
    BadgeLayer,
    LogoLayer,
    PlateLayer,
    PriceLayer,
    ProductLayer,
    ScrimLayer,
    ShapeLayer,
    TextLayer,
)
from assetgen.model.ai_label import Label
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import BrandLook, Canvas, PlacedLayer
from assetgen.model.finding import Finding, Level
from assetgen.model.request import Stage
from assetgen.picture.colour import RGB, colour_named, ink_and_paper, more_legible, sample
from assetgen.picture.geometry import Rect, place_of, plate_area, whole_canvas
from assetgen.picture.harmony import light_balanced, light_wrapped
from assetgen.picture.label_place import Scenery, add_label
from assetgen.picture.layer_surface import BoxSurface
from assetgen.picture.light.grounding import ground
from assetgen.picture.logo_layer import draw_logo
from assetgen.picture.paint import fill, paste, scrim
from assetgen.picture.standing_product import StandingProduct
from assetgen.picture.type import lettering
from assetgen.picture.type.lettering import SetLine
from assetgen.picture.vector import rounded_mask
from assetgen.plugins import blamed


class Sheet:
    """The canvas while it is being drawn on."""

    def __init__(
        self,
        canvas: Canvas,
        look: BrandLook,
        plate: Pixels | None,
        stage: Stage | None,
        standings: Sequence[StandingProduct],
    ) -> None:
        """The canvas still white; the plate is as large, and `standings` come from the back to the front."""
        self.canvas, self.look, self.plate, self.stage, self.standings = canvas, look, plate, stage, standings
        self.pixels = np.full((canvas.height, canvas.width, 3), 255, np.uint8)
        self.text_colour: RGB | None = None
        self.placed: list[PlacedLayer] = []
        self.findings: list[Finding] = []

    def draw(self, layer: AnyLayer) -> None:
        """Draws one layer over those below it, all but its words. Raises PluginError where it fails over that."""
        with blamed(f"layer `{layer.layer}`"):
            self._draw(layer)

    def _draw(self, layer: AnyLayer) -> None:
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
        if self.plate is None:
            return
        np.copyto(self.pixels, self.plate)
        for product in self.standings:
            ground(self.pixels, product, self.stage)

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
        if self.plate is None:
            return standing.picture
        picture = light_wrapped(standing.picture, standing.place, standing.product.foot, self.pixels)
        return light_balanced(picture, self.stage.light, standing.layer.blend) if self.stage else picture

    def _logo(self, layer: LogoLayer) -> None:
        if self.look.logo is None:
            return
        room = place_of(self.canvas, layer)
        place, on_dark = draw_logo(self.pixels, self.look.logo, self.look, room, layer.anchor, words=self.text_colour)
        self._note(layer, place, "for dark ground" if on_dark else "for light ground")

    def _by_itself(self, layer: DrawnLayer) -> None:
        place = place_of(self.canvas, layer)
        part = self.pixels[place.top : place.bottom, place.left : place.right]
        layer.draw(BoxSurface(part, self.canvas.locale, self.look))
        self._note(layer, place)

    def letter(self, line: SetLine) -> None:
        """Draws a line of words, which has its place and colour already. Raises PluginError as `draw` does."""
        with blamed(f"layer `{line.layer.layer}`"):
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
