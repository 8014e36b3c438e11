"""Layers, as a layout file writes them and as compose receives them once their texts are filled in.

Boxes are `[left, top, right, bottom]` in fractions of the channel's safe area, less a margin at the canvas's edges, so
one layout serves every size of its shape. Plates, scrims and shapes have the whole canvas. Sizes of type and gaps are
fractions of the canvas's short side.
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field

from assetgen.model.shape import Shape
from assetgen.model.strict import Strict

Fraction = Annotated[float, Field(ge=0, le=1)]
Rule = str
"""A Jinja expression that is true or false, such as `product.sale_price and locale == "en-US"`."""

Template = str
"""A Jinja template that becomes a line of text, such as `{{ copy.headline }}`."""

Colour = str
"""`auto`, a colour of the brand by name, or a hex code."""

Anchor = Literal["top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right"]


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


class Layer(Strict):
    when: Rule | None = Field(default=None, description="Draw the layer only where this rule is true.")


class PlateLayer(Layer):
    """The picture from the provider, covering the canvas; `focus` is the point kept when it is cropped.

    Without a focus the plate's standing point is kept under the product.
    """

    layer: Literal["plate"]
    focus: tuple[Fraction, Fraction] | None = None


def _not_empty(box: Box) -> Box:
    if not (box.left < box.right and box.top < box.bottom):
        raise ValueError("the box is empty: left must be less than right, and top less than bottom")
    return box


class Placed(Layer):
    box: Annotated[
        Box,
        AfterValidator(_not_empty),
        Field(description="[left, top, right, bottom] in fractions of the safe area, from its top left corner."),
    ]


class ProductLayer(Placed):
    """The cutout, at most as large as its box; anchored at the bottom it stands on the plate's floor."""

    layer: Literal["product"]
    anchor: Anchor = "bottom"
    shadow: bool = True
    blend: Fraction = Field(
        default=0.0,
        description="How far the product's white balance follows the plate's light: at 1 by 2 delta-E at most, "
        "at 0 its colours stay those of the photo.",
    )
    scale: Literal["natural", "fill"] = Field(
        default="natural",
        description="natural: things whose height the table tells are shown smaller the smaller they are; fill: as "
        "large as the box allows.",
    )


class ScrimLayer(Layer):
    """A soft darkening or lightening from one side of the canvas that calms the plate under words."""

    layer: Literal["scrim"]
    side: Literal["top", "bottom", "left", "right", "all"] = "bottom"
    reach: Fraction = 0.5
    colour: Colour = "auto"
    opacity: Fraction = 0.5


class Words(Placed):
    """Words are fitted between the largest and the smallest size, and never cut."""

    text: Template
    size: tuple[Fraction, Fraction] = Field(
        default=(0.03, 0.06), description="Smallest and largest type size, as fractions of the canvas's short side."
    )
    colour: Colour = "auto"
    follow: Fraction | None = Field(
        default=None,
        description="Keep this distance to the words before, instead of a place of its own: words that follow each "
        "other move as one, by the anchor of the first, within their boxes taken together.",
    )
    optional: bool = Field(default=False, description="Leave the words out on canvases too small to read them.")


class TextLayer(Words):
    layer: Literal["text"]
    role: Literal["heading", "body"] = "body"
    align: Literal["start", "center", "end"] = "start"
    anchor: Literal["top", "center", "bottom"] = "top"
    spacing: Annotated[float, Field(ge=0.7, le=3)] = 1.15


class LogoLayer(Placed):
    """The brand's logo; of its light and dark variants the one that reads better on what lies under it."""

    layer: Literal["logo"]
    anchor: Anchor = "top-left"


class ShapeLayer(Placed):
    """A plain form behind other layers; its box has the whole canvas, so that panels reach the edges.

    `radius` is a fraction of the shape's short side: 0.5 is a pill.
    """

    layer: Literal["shape"]
    colour: Colour
    opacity: Fraction = 1.0
    radius: Annotated[float, Field(ge=0, le=0.5)] = 0.0


class BadgeLayer(Words):
    """Words on a pill or a disc that shrinks to fit them."""

    layer: Literal["badge"]
    form: Literal["pill", "disc"] = "pill"
    size: tuple[Fraction, Fraction] = (0.025, 0.04)
    background: Colour = "accent"
    anchor: Anchor = "left"


AnyLayer = Annotated[
    PlateLayer | ProductLayer | ScrimLayer | TextLayer | LogoLayer | ShapeLayer | BadgeLayer,
    Field(discriminator="layer"),
]


class Layout(Strict):
    """The layers of each shape of canvas, the lowest first. `mirror` turns them round for right-to-left languages."""

    description: str = ""
    mirror: bool = True
    tall: tuple[AnyLayer, ...] = ()
    portrait: tuple[AnyLayer, ...] = ()
    square: tuple[AnyLayer, ...] = ()
    landscape: tuple[AnyLayer, ...] = ()
    banner: tuple[AnyLayer, ...] = ()

    def layers(self, shape: Shape) -> tuple[AnyLayer, ...]:
        layers: tuple[AnyLayer, ...] = getattr(self, shape.value)
        return layers
