"""The built-in layers, as a layout file writes them and as compose receives them once their texts are filled in.

Plates, scrims and shapes have the whole canvas; all others keep to the safe area.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, partial
from importlib.metadata import EntryPoint
from typing import Annotated, Any, ClassVar, Literal, TypeVar, get_args

from pydantic import ConfigDict, Field, GetCoreSchemaHandler, ValidationError, ValidatorFunctionWrapHandler
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_wrap_validator_function, tagged_union_schema

from assetgen.config.layer import BoxedLayer, DrawnLayer, Layer
from assetgen.config.layer_fields import (
    Anchor,
    Colour,
    Fraction,
    Gap,
    NamedRadius,
    PlacedBox,
    Point,
    Side,
    Sizes,
    Template,
)
from assetgen.config.shape import Shape
from assetgen.config.strict import Strict
from assetgen.errors import Problem, SetupError
from assetgen.plugins import OURS, blamed, loaded_class, package_of, plugins, refuse_plugin
from assetgen.promises import promised


class PlateLayer(Layer):
    """The picture from the provider, covering the canvas; `focus` is the point kept when it is cropped.

    Without a focus the plate's standing point is kept under the product. With a box, whose sides at 0 and 1 reach the
    canvas's edges, the plate covers only that part: what panels hide need not be covered.
    """

    is_ground: ClassVar[bool] = True
    is_overlay: ClassVar[bool] = False
    takes_room: ClassVar[bool] = False
    must_stay_free: ClassVar[bool] = False

    layer: Literal["plate"]
    box: PlacedBox | None = Field(
        default=None, description="The part that it covers: what a panel hides can be left out."
    )
    focus: Point | None = None


class ProductLayer(BoxedLayer):
    """The cutout, at most as large as its box; anchored at the bottom it stands on the plate's floor."""

    is_overlay: ClassVar[bool] = False
    must_stay_free: ClassVar[bool] = False

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

    is_ground: ClassVar[bool] = True
    takes_room: ClassVar[bool] = False
    must_stay_free: ClassVar[bool] = False

    layer: Literal["scrim"]
    side: Side = "bottom"
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

    clear_space: ClassVar[float] = 0.5

    layer: Literal["logo"]
    anchor: Anchor = "top-left"


class ShapeLayer(BoxedLayer):
    """A plain form behind other layers. A side at 0 or 1 reaches the canvas's edge, the others keep to the safe area.

    A mat covers everything outside its box, which is never nearer to the edges than the safe area.
    `radius` is a fraction of the box's short side: 0.5 is a pill; or `panel` or `badge`, as the brand has them.
    """

    is_ground: ClassVar[bool] = True
    takes_room: ClassVar[bool] = False
    must_stay_free: ClassVar[bool] = False

    layer: Literal["shape"]
    form: Literal["panel", "mat"] = "panel"
    colour: Colour
    opacity: Fraction = 1.0
    radius: NamedRadius = 0.0

    @property
    def reaches_edges(self) -> bool:
        return self.form == "panel"


class BadgeLayer(Words):
    """Words on a pill or a disc that shrinks to fit them."""

    layer: Literal["badge"]
    form: Literal["pill", "disc"] = "pill"
    size: Sizes = Field(default="body", validate_default=True)
    background: Colour = "accent"
    radius: NamedRadius = Field(default="badge", validate_default=True)
    anchor: Anchor = "left"

    @property
    def moves_products(self) -> bool:
        return self.form == "disc"


class InstalledKinds:
    """The mark in an annotation that stands for all layers that are installed, told apart by `layer`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Raises SetupError for a layer that cannot be used."""
        kinds: dict[str, CoreSchema] = {
            name: no_info_wrap_validator_function(partial(_validated, f"layer `{name}`"), handler.generate_schema(kind))
            for name, kind in layer_kinds().items()
        }
        return tagged_union_schema(kinds, discriminator="layer")


def _validated(what: str, value: object, handler: ValidatorFunctionWrapHandler) -> Layer:
    """The layer that stands in a file.

    Raises PluginError where its own validators fail over it, or it fails over what is asked before its words are known.
    """
    with blamed(what, ValidationError):
        layer: Layer = handler(value)
        for name in ("is_overlay", "takes_room", "moves_products"):
            promised(bool, getattr(layer, name), f"its `{name}`")
        return layer


BuiltInLayer = PlateLayer | ProductLayer | ScrimLayer | TextLayer | PriceLayer | LogoLayer | ShapeLayer | BadgeLayer

AnyLayer = Annotated[BuiltInLayer | DrawnLayer, InstalledKinds()]

L = TypeVar("L", bound=Layer)


def first_of(kind: type[L], layers: Iterable[Layer]) -> L | None:
    """The lowest layer of a kind, or None."""
    return next((layer for layer in layers if isinstance(layer, kind)), None)


@cache
def layer_kinds() -> Mapping[str, type[Layer]]:
    """The kinds of layers that may stand in a layout, by name: ours and those that are installed.

    Raises SetupError, with the name of the package, for one that cannot be used.
    """
    kinds = {name: _kind(point) for name, point in plugins("layers").items()}
    if PlateLayer not in kinds.values():
        raise SetupError(Problem("this installation of assetgen is older than its code", hint="install it again"))
    return kinds


def _kind(point: EntryPoint) -> type[Layer]:
    base: type[Layer] = Layer if package_of(point) == OURS else DrawnLayer
    found = loaded_class(point, base)
    if point.name not in get_args(found.model_fields["layer"].annotation):
        refuse_plugin(point, f'`{point.value}` has no field `layer: Literal["{point.name}"]`')
    return found


class Layout(Strict):
    """The layers of each shape of canvas, the lowest first. `mirror` turns them round for right-to-left languages."""

    # Which layers are installed is only asked when the first layout is read.
    model_config = ConfigDict(defer_build=True)

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
        """The layers of the shape that `drawn` names, or none."""
        layers: tuple[AnyLayer, ...] = getattr(self, self.drawn(shape).value)
        return layers

    def drawn(self, shape: Shape) -> Shape:
        """The shape whose drawing serves for this one."""
        return shape if getattr(self, shape.value) else shape.plain
