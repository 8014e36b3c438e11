"""Layers, as a layout file writes them and as compose receives them once their texts are filled in.

Boxes are `[left, top, right, bottom]` in fractions of the channel's safe area, less a margin at the canvas's edges, so
one layout serves every size of its shape. Plates, scrims and shapes have the whole canvas. Sizes of type and gaps are
shares of the canvas's mean side. Where the file names a size, a gap or a radius of the brand's scale, the number
stands here: the scale is the context in which a layout is validated.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from assetgen.config.scale import GAPS, RADII, SIZES, GapName, Radius, RadiusName, Scale, SizeName
from assetgen.config.shape import Shape
from assetgen.config.strict import Strict
from assetgen.config.window import Window

Fraction = Annotated[float, Field(ge=0, le=1)]
RuleText = str
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


def _named(
    value: object, info: ValidationInfo, names: tuple[str, ...], meaning: Callable[[Scale, str], float]
) -> object:
    """The number behind a name of the brand's scale; what is no word is left for pydantic to judge."""
    if not isinstance(value, str) or not value[:1].isalpha():
        return value
    if value not in names:
        known = " or ".join(f"'{name}'" for name in names)
        raise PydanticCustomError("literal_error", "should be {expected}", {"expected": known})
    return meaning(_scale(info), value)


def _scale(info: ValidationInfo) -> Scale:
    return info.context if isinstance(info.context, Scale) else Scale()


def _size(value: object, info: ValidationInfo) -> object:
    return _named(value, info, SIZES, Scale.size)


def _gap(value: object, info: ValidationInfo) -> object:
    return _named(value, info, GAPS, Scale.gap)


def _radius(value: object, info: ValidationInfo) -> object:
    return _named(value, info, RADII, Scale.radius)


def _smallest_and_largest(value: object, info: ValidationInfo) -> object:
    """A size alone is the largest: a named one shrinks by a step where words are long, a number does not."""
    if isinstance(value, list | tuple):
        return value
    return (_named(value, info, SIZES, Scale.below), value)


def _in_order(sizes: tuple[float, float]) -> tuple[float, float]:
    if sizes[0] > sizes[1]:
        raise ValueError(f"the smallest size, {sizes[0]:g}, is larger than the largest, {sizes[1]:g}")
    return sizes


TypeSize = Annotated[float, Field(ge=0.012, le=1), BeforeValidator(_size, json_schema_input_type=Fraction | SizeName)]
"""Of the canvas's mean side. Below 0.012 nobody reads it: 13 px on 1080 x 1080."""

Sizes = Annotated[
    tuple[TypeSize, TypeSize],
    BeforeValidator(_smallest_and_largest, json_schema_input_type=SizeName | Fraction | tuple[TypeSize, TypeSize]),
    AfterValidator(_in_order),
]

Gap = Annotated[Fraction, BeforeValidator(_gap, json_schema_input_type=Fraction | GapName)]

NamedRadius = Annotated[Radius, BeforeValidator(_radius, json_schema_input_type=Radius | RadiusName)]


class Layer(Window):
    """Something on the canvas; outside its days, or where its rule is false, it is not drawn."""

    when: RuleText | None = Field(default=None, description="Draw the layer only where this rule is true.")


def _inside(box: Box) -> Box:
    if not (box.left < box.right and box.top < box.bottom):
        raise ValueError("the box is empty: left must be less than right, and top less than bottom")
    if min(box) < 0 or max(box) > 1:
        raise ValueError("the box leaves the picture: its numbers go from 0 to 1")
    return box


class PlateLayer(Layer):
    """The picture from the provider, covering the canvas; `focus` is the point kept when it is cropped.

    Without a focus the plate's standing point is kept under the product. With a box, whose sides at 0 and 1 reach the
    canvas's edges, the plate covers only that part: what panels hide need not be covered.
    """

    layer: Literal["plate"]
    box: Annotated[Box, AfterValidator(_inside)] | None = Field(
        default=None, description="The part that it covers: what a panel hides can be left out."
    )
    focus: tuple[Fraction, Fraction] | None = None


class BoxedLayer(Layer):
    box: Annotated[
        Box,
        AfterValidator(_inside),
        Field(description="[left, top, right, bottom] in fractions of the safe area, from its top left corner."),
    ]
    over: bool = Field(default=False, description="It may lie over what other layers show.")


class ProductLayer(BoxedLayer):
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


class Words(BoxedLayer):
    """Words are fitted between the largest and the smallest size, and never cut."""

    text: Template
    size: Sizes = Field(
        default=("small", "title"),
        validate_default=True,
        description="Smallest and largest type size: names of the brand's scale, or shares of the canvas's mean side.",
    )
    colour: Colour = "auto"
    follow: Gap | None = Field(
        default=None,
        description="Keep this distance to the words before, instead of a place of its own: words that follow each "
        "other move as one, by the anchor of the first, within their boxes taken together.",
    )
    optional: bool = Field(default=False, description="Leave the words out on canvases too small to read them.")

    @property
    def said(self) -> tuple[str, ...]:
        """What it writes on the picture, once its templates are filled in."""
        return (self.text,)


class Lines(Words):
    """Words that stand on the canvas itself."""

    align: Literal["start", "center", "end"] = "start"
    anchor: Literal["top", "center", "bottom"] = "top"


class TextLayer(Lines):
    layer: Literal["text"]
    role: Literal["heading", "body"] = "body"
    spacing: Annotated[float, Field(ge=0.7, le=3)] = 1.15


class PriceLayer(Lines):
    """A price in large type; beside or below it what it was before, smaller and struck through."""

    layer: Literal["price"]
    was: Template = Field(default="", description="The price before; nothing is struck through where it is empty.")
    form: Literal["row", "stack"] = Field(
        default="row", description="Where the price before stands: row, beside the new one; stack, below it."
    )

    @property
    def said(self) -> tuple[str, ...]:
        return (self.text, self.was) if self.was else (self.text,)


class LogoLayer(BoxedLayer):
    """The brand's logo; of its light and dark variants the one that reads better on what lies under it.

    A square logo is as high as the box; others cover the same area, so that all look equally large.
    """

    layer: Literal["logo"]
    anchor: Anchor = "top-left"


class ShapeLayer(BoxedLayer):
    """A plain form behind other layers. A side at 0 or 1 reaches the canvas's edge, the others keep to the safe area.

    A mat covers everything outside its box, which is never nearer to the edges than the safe area.
    `radius` is a fraction of the box's short side: 0.5 is a pill; or `panel` or `badge`, as the brand has them.
    """

    layer: Literal["shape"]
    form: Literal["panel", "mat"] = "panel"
    colour: Colour
    opacity: Fraction = 1.0
    radius: NamedRadius = 0.0


class BadgeLayer(Words):
    """Words on a pill or a disc that shrinks to fit them."""

    layer: Literal["badge"]
    form: Literal["pill", "disc"] = "pill"
    size: Sizes = Field(default="body", validate_default=True)
    background: Colour = "accent"
    radius: NamedRadius = Field(default="badge", validate_default=True)
    anchor: Anchor = "left"


AnyLayer = Annotated[
    PlateLayer | ProductLayer | ScrimLayer | TextLayer | PriceLayer | LogoLayer | ShapeLayer | BadgeLayer,
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
    skyscraper: tuple[AnyLayer, ...] = ()
    rectangle: tuple[AnyLayer, ...] = ()

    def layers(self, shape: Shape) -> tuple[AnyLayer, ...]:
        """What `drawn` names, or nothing."""
        layers: tuple[AnyLayer, ...] = getattr(self, self.drawn(shape).value)
        return layers

    def drawn(self, shape: Shape) -> Shape:
        """The shape whose drawing serves for this one."""
        return shape if getattr(self, shape.value) else shape.plain
