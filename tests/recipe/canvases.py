"""Small canvases that together use all that composing knows: each kind of layer, and each shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

import yaml

from assetgen.config.channel import Insets, KeepOut
from assetgen.config.layout import AnyLayer, Layout
from assetgen.model.ai_label import GB_45438, Label
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import BrandLook, Canvas
from assetgen.model.request import Light, Stage
from assetgen.picture.compose import compose, fit_plate
from assetgen.picture.light.stage_finding import sight
from assetgen.picture.standing_product import Trimmed, trim
from tests.recipe.things import LOOK, TWO_LOGOS, bottle, floor_shadow, furry, night, restless, room

FLOOR = Stage(ground=0.55, x=0.5, y=0.8, width=0.9, light=Light(side=-0.8, height=0.4))
LOW_SUN = Stage(ground=0.5, x=0.5, y=0.8, width=0.25, light=Light(side=-0.5, height=0.05, softness=0.3, strength=0.9))
PODIUM = Stage(ground=0.5, x=0.45, y=0.72, width=0.5, light=Light(side=0.5, height=0.7, softness=0.3, strength=0.8))
MIRROR = Stage(ground=0.55, x=0.5, y=0.8, width=1.0, light=Light(tint=(1.0, 0.85, 0.6)), gloss=0.7)


@cache
def _bottle() -> Trimmed:
    return trim(bottle())


@dataclass(frozen=True)
class Sheet:
    """A canvas with all that is drawn on it."""

    canvas: Canvas
    layers: tuple[AnyLayer, ...]
    plate: Callable[[int, int], Pixels] | None = room
    stage: Stage | None = FLOOR
    products: Sequence[Trimmed] = field(default_factory=lambda: (_bottle(),))
    label: Label | None = None
    look: BrandLook = LOOK
    found: bool = False

    def pixels(self) -> Pixels:
        backdrop = None
        if self.plate:
            plate = self.plate(self.canvas.width * 5 // 4, self.canvas.height * 6 // 5)
            stage = sight(plate).stage if self.found else self.stage
            backdrop = fit_plate(plate, stage, self.canvas, self.layers)
        picture = compose(
            self.canvas, self.layers, self.look, backdrop=backdrop, products=self.products, label=self.label
        )
        return picture.pixels


def _layers(written: str) -> tuple[AnyLayer, ...]:
    """As layouts write them."""
    return Layout.model_validate({"square": yaml.safe_load(written)}).square


_PRODUCT = "- {layer: product, box: [0.1, 0.3, 0.9, 1]}\n"
_BARE = "- {layer: plate}\n" + _PRODUCT


def sheets() -> dict[str, Sheet]:
    """By what each shows."""
    return {
        "tall: words on a scrim, a pill, a logo in a safe area": Sheet(
            Canvas(270, 480, Insets(top=0.1, bottom=0.12), (KeepOut(x0=0.8, y0=0, x1=1, y1=0.1, why="menu"),)),
            _layers("""
                - {layer: plate}
                - {layer: scrim, side: top, reach: 0.5, opacity: 0.4}
                - {layer: text, text: Made by hand in small numbers, role: heading,
                  box: [0, 0.1, 1, 0.3], size: [0.04, 0.09]}
                - {layer: text, text: "A bottle for every day, of glass.",
                  box: [0, 0.3, 1, 0.45], size: [0.03, 0.045], follow: 0.02}
                - {layer: badge, text: Shop now, box: [0, 0.45, 0.6, 0.55], size: [0.03, 0.04], follow: 0.03}
                - {layer: logo, box: [0, 0, 0.4, 0.08]}
                - {layer: product, box: [0.1, 0.5, 0.9, 1]}
            """),
        ),
        "portrait: right to left, with a price in a stack": Sheet(
            Canvas(320, 400, locale="ar", direction="rtl", mirrored=True),
            _layers("""
                - {layer: plate}
                - {layer: text, text: ربيع مصنوع باليد, role: heading, box: [0, 0, 0.6, 0.25], size: [0.05, 0.1]}
                - {layer: price, text: 149.00 €, was: 189.00 €, form: stack,
                  box: [0, 0.3, 0.5, 0.55], size: [0.05, 0.08]}
                - {layer: badge, text: تسوّق الآن, box: [0, 0.85, 0.5, 0.95], size: [0.03, 0.05], radius: 0.2}
                - {layer: logo, box: [0.6, 0, 1, 0.1], anchor: top-right}
                - {layer: product, box: [0.5, 0.3, 1, 1], anchor: bottom-right}
            """),
        ),
        "square: a glossy floor, a price, a disc": Sheet(
            Canvas(400, 400),
            _layers("""
                - {layer: plate}
                - {layer: product, box: [0.1, 0.2, 0.9, 1], blend: 1, scale: fill}
                - {layer: price, text: "149,00 €", was: "189,00 €",
                  box: [0, 0, 0.7, 0.15], size: [0.05, 0.08], colour: accent}
                - {layer: badge, text: Only until Sunday, form: disc,
                  box: [0.7, 0.1, 1, 0.4], size: [0.04, 0.08], anchor: center}
            """),
            stage=MIRROR,
        ),
        "landscape: a panel beside a picture": Sheet(
            Canvas(480, 250),
            _layers("""
                - {layer: plate, box: [0.5, 0, 1, 1]}
                - {layer: shape, colour: ink, box: [0, 0, 0.5, 1]}
                - {layer: logo, box: [0, 0.4, 0.2, 0.6], anchor: left}
                - {layer: text, text: Spring, role: heading,
                  box: [0, 0, 0.45, 0.3], size: [0.05, 0.1], anchor: bottom, align: end}
                - {layer: badge, text: See all,
                  box: [0, 0.8, 0.4, 1], size: [0.04, 0.05], background: paper, colour: ink, radius: 0.1}
                - {layer: product, box: [0.55, 0.1, 1, 1]}
            """),
            look=TWO_LOGOS,
        ),
        "banner: a button as large as its headline bears, and words left out": Sheet(
            Canvas(364, 64),
            _layers("""
                - {layer: plate}
                - {layer: scrim, side: left, reach: 0.7, colour: paper, opacity: 0.8}
                - {layer: text, text: Made by hand, role: heading, box: [0.2, 0, 0.7, 0.6], size: [0.1, 0.2]}
                - {layer: text, text: In small numbers, box: [0.2, 0.6, 0.7, 1], size: [0.03, 0.04], optional: true}
                - {layer: badge, text: Shop now,
                  box: [0.7, 0, 1, 1], size: [0.05, 0.09], anchor: right, optional: true}
                - {layer: product, box: [0, 0, 0.15, 1], shadow: false}
            """),
        ),
        "skyscraper: words above a product": Sheet(
            Canvas(160, 600),
            _layers("""
                - {layer: plate, focus: [0.3, 0.6]}
                - {layer: scrim, side: top, reach: 0.4, colour: ink, opacity: 0.6}
                - {layer: text, text: "Frühlings\u00aderwachen von Hand", role: heading,
                  box: [0, 0, 1, 0.3], size: [0.05, 0.08], align: center, spacing: 1}
                - {layer: product, box: [0, 0.5, 1, 1], anchor: center}
            """),
            stage=PODIUM,
        ),
        "rectangle: ground calmed under words, a plate without a stage": Sheet(
            Canvas(300, 250),
            _layers("""
                - {layer: plate}
                - {layer: text, text: "Glass that lasts, from a small workshop",
                  box: [0, 0, 0.6, 0.6], size: [0.05, 0.07]}
                - {layer: product, box: [0.6, 0.1, 1, 1]}
            """),
            plate=restless,
            stage=None,
        ),
        "a mat, and a label with an icon in the picture's corner": Sheet(
            Canvas(300, 300),
            _layers("""
                - {layer: plate}
                - {layer: shape, form: mat, colour: paper, radius: 0.1, box: [0.05, 0.05, 0.95, 0.75]}
                - {layer: product, box: [0.2, 0.1, 0.8, 0.7]}
                - {layer: text, text: A quiet room,
                  box: [0, 0.8, 1, 1], size: [0.05, 0.08], align: center, anchor: center}
            """),
            label=Label("AI-generated", "en-US", icon=True, radius=0.2),
        ),
        "a panel that one sees through, at night": Sheet(
            Canvas(300, 260),
            _layers("""
                - {layer: plate}
                - {layer: shape, colour: accent, opacity: 0.7, radius: 0.2, box: [0.1, 0.1, 0.6, 0.5]}
                - {layer: scrim, side: all, opacity: 0.2}
                - {layer: text, text: Late hours, box: [0.15, 0.15, 0.55, 0.45], size: [0.05, 0.1], colour: paper}
                - {layer: logo, box: [0.7, 0.8, 1, 1], anchor: bottom-right}
                - {layer: product, box: [0.5, 0.2, 1, 1]}
            """),
            plate=night,
            stage=PODIUM,
        ),
        "Chinese, and the label that China asks for": Sheet(
            Canvas(300, 300, locale="zh-CN"),
            _layers("""
                - {layer: plate}
                - {layer: text, text: "春日手作，每一件都由工匠亲手完成。", role: heading,
                  box: [0, 0, 1, 0.35], size: [0.06, 0.09]}
                - {layer: product, box: [0.2, 0.4, 0.8, 1]}
            """),
            label=Label("AI生成", "zh-CN", GB_45438),
        ),
        "a group on a stage": Sheet(
            Canvas(360, 300),
            _layers(_BARE + "- {layer: badge, text: '3', form: disc, box: [0.8, 0, 1, 0.3], size: [0.05, 0.1]}"),
            products=[
                trim(bottle(), height_mm=220),
                trim(bottle(90, 120, (190, 80, 60)), height_mm=120),
                trim(bottle(160, 130, (90, 130, 70)), height_mm=140),
            ],
        ),
        "a group on white": Sheet(
            Canvas(240, 240, white=True, min_fill=0.85),
            _layers(_BARE),
            plate=None,
            products=[trim(bottle()), trim(bottle(90, 120, (190, 80, 60)))],
        ),
        "a product on white": Sheet(
            Canvas(240, 240, white=True, min_fill=0.85, max_fill=0.95), _layers(_BARE), plate=None
        ),
        "a small product with the shadow of its photo": Sheet(
            Canvas(260, 240),
            _layers(_BARE),
            products=[trim(bottle(), floor_shadow(bottle()), keep_shadow=True, height_mm=90)],
        ),
        "a narrow place in a low sun, for fur, and a label beside a logo": Sheet(
            Canvas(300, 300),
            _layers(_BARE + "- {layer: logo, box: [0.7, 0.9, 1, 1], anchor: bottom-right}"),
            plate=night,
            stage=LOW_SUN,
            products=[trim(furry(bottle(160, 130, (200, 170, 120))))],
            label=Label("AI-generated", "en-US"),
        ),
        "a product that its photo cuts off": Sheet(
            Canvas(240, 240), _layers(_BARE), products=[trim(bottle()[:150], cropped=frozenset({"bottom"}))]
        ),
        "a plate in which the stage is found, mirrored": Sheet(
            Canvas(260, 240, locale="he", direction="rtl", mirrored=True), _layers(_BARE), found=True
        ),
        "a plate that shows the product itself, mirrored": Sheet(
            Canvas(240, 260, locale="he", direction="rtl", mirrored=True, drawn=True),
            _layers("- {layer: plate}\n- {layer: text, text: שלום, box: [0, 0, 0.5, 0.2], size: [0.06, 0.1]}"),
            products=(),
        ),
    }
