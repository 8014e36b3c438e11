"""Canvases, plates and a product to compose pictures from."""

from pathlib import Path

import numpy as np

from assetgen.imaging.colour import named
from assetgen.imaging.compose import compose, fit_plate
from assetgen.imaging.product import trim
from assetgen.model.canvas import Canvas, Look, Picture
from assetgen.model.cutout import Pixels
from assetgen.model.layout import (
    AnyLayer,
    Box,
    PlateLayer,
    ProductLayer,
)
from assetgen.model.request import Light, Stage

ROOT = Path(__file__).parent.parent
LOGO = (ROOT / "templates" / "brands" / "halden.svg").read_bytes()
LOOK = Look({"ink": "#22302b", "paper": "#f6f1e7", "accent": "#c8623e"}, logo=LOGO)
INK, PAPER = named("ink", LOOK), named("paper", LOOK)
FLOOR = Stage(ground=0.5, x=0.5, y=0.8, width=1.0, light=Light(side=-0.8, height=0.4))
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
    canvas: Canvas, *layers: AnyLayer, plate: Pixels | None = None, stage: Stage | None = None, product: bool = True
) -> Picture:
    backdrop = None if plate is None else fit_plate(plate, stage, canvas, layers)
    return compose(canvas, layers, LOOK, backdrop=backdrop, products=[trim(a_cutout())] if product else [])


def boxes(picture: Picture, kind: str) -> list[tuple[int, int, int, int]]:
    return [placed.box for placed in picture.placed if placed.layer == kind]
