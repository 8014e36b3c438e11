"""Canvases, plates and a product to compose pictures from."""

import re
from pathlib import Path

import numpy as np

from assetgen.config.layer_fields import Box
from assetgen.config.layout import AnyLayer, PlateLayer, ProductLayer, Words
from assetgen.config.shape import Shape
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import BrandLook, Canvas, Picture
from assetgen.model.request import Light, Stage
from assetgen.picture.colour import colour_named
from assetgen.picture.compose import compose, fit_plate
from assetgen.picture.standing_product import trim
from assetgen.sources import layouts

ROOT = Path(__file__).parent.parent
LOGO = (ROOT / "templates" / "brands" / "halden.svg").read_bytes()
LOOK = BrandLook({"ink": "#22302b", "paper": "#f6f1e7", "accent": "#c8623e"}, logo=LOGO)
INK, PAPER = colour_named("ink", LOOK), colour_named("paper", LOOK)
FLOOR = Stage(ground=0.5, x=0.5, y=0.8, width=1.0, light=Light(side=-0.8, height=0.4))
PACK = layouts(ROOT)
PLATE, PRODUCT = PlateLayer(layer="plate"), ProductLayer(layer="product", box=Box(0.1, 0.1, 0.9, 0.9))


def flat(width: int, height: int, colour: tuple[int, int, int] = (200, 190, 180)) -> Pixels:
    return np.full((height, width, 3), colour, np.uint8)


def a_cutout(width: int = 120, height: int = 200) -> Pixels:
    """A block with a pattern, an empty border and soft edges."""
    rgba = np.zeros((height + 40, width + 40, 4), np.uint8)
    rgba[..., :3] = np.random.default_rng(3).integers(30, 220, (*rgba.shape[:2], 1))
    rgba[20:-20, 20:-20, 3] = 128
    rgba[21:-21, 21:-21, 3] = 255
    return rgba


def drawn(
    canvas: Canvas,
    *layers: AnyLayer,
    plate: Pixels | None = None,
    stage: Stage | None = None,
    product: bool = True,
    look: BrandLook = LOOK,
) -> Picture:
    backdrop = None if plate is None else fit_plate(plate, stage, canvas, layers)
    return compose(canvas, layers, look, backdrop=backdrop, products=[trim(a_cutout())] if product else [])


def boxes(picture: Picture, kind: str) -> list[tuple[int, int, int, int]]:
    return [placed.box for placed in picture.placed if placed.layer == kind]


LONG = {
    "headline": "Frühlingserwachen, von Hand gefertigt",
    "subline": "Botanisches Gesichtsöl aus Glas",
    "cta": "Jetzt entdecken",
    "offer": "Jetzt 149,00 €",
    "until": "Bis 30. April",
    "quote": "Man spürt sofort, dass sich jemand dafür Zeit genommen hat.",
    "author": "Mara, Keramikerin",
    "price": "149,00 €",
    "was": "189,00 €",
    "off": "−21\u00a0%",
}
ARABIC = {
    "headline": "ربيع مصنوع باليد",
    "subline": "زيت الوجه بلمسة دافئة",
    "cta": "تسوّق الآن",
    "offer": "الآن 149.00 €",
    "until": "حتى 30 أبريل",
    "quote": "فيه هدوء الأشياء التي صُنعت على مهل.",
    "author": "مارا، خزّافة",
    "price": "149.00 €",
    "was": "189.00 €",
    "off": "\u200e−21%\u200e",
}


def filled(name: str, canvas: Canvas, words: dict[str, str]) -> list[AnyLayer]:
    """The layers of a layout with these words in them."""

    def says(template: str) -> str:
        named = re.search(r"copy\.(\w+)", template)
        kind = named[1] if named else "off" if "percent_off" in template else "price"
        return words[kind] if "{" in template else template

    return [
        layer.model_copy(update={"text": says(layer.text), "was": words["was"], "when": None})
        if isinstance(layer, Words)
        else layer
        for layer in PACK[name].value.layers(Shape.of(canvas.width, canvas.height))
    ]
