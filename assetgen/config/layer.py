"""What every layer knows about itself, so that nothing else has to know the kinds of layers one by one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Protocol, Self

from pydantic import Field

from assetgen.config.layer_fields import Anchor, Box, Meaning, PlacedBox, RuleText, meanings
from assetgen.config.window import Window

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class Layer(Window):
    """Something on the canvas; outside its days, or where its rule is false, it is not drawn.

    All its fields enter the key of a picture by themselves, but for those declared with `exclude=True`, which change no
    pixel. What else is to be known of a kind of layer are the class variables and properties here.
    """

    recipe: ClassVar[int] = 0
    """A number in the key, raised when the same fields draw something else. Built-in layers share compose's recipe."""

    is_ground: ClassVar[bool] = False
    """Whether it lies behind words and product: words take their colours after it, and it may be calmed under them."""

    is_overlay: ClassVar[bool] = True
    """Whether it is left out on channels that take nothing but product and set."""

    takes_room: ClassVar[bool] = True
    """Whether other things that take room must keep out of its box."""

    must_stay_free: ClassVar[bool] = True
    """Whether nothing may cover its box: no label and no button of the channel's app. Of a product: its outline."""

    clear_space: ClassVar[float] = 0.0
    """The room around it that must stay free as well, in heights of it."""

    when: RuleText | None = Field(default=None, description="Draw the layer only where this rule is true.")

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        meanings(cls)  # a mark where it would not be found is an error of the class

    @property
    def said(self) -> tuple[str, ...]:
        """What it writes on the picture in letters, once its templates are filled in."""
        return ()

    @property
    def moves_products(self) -> bool:
        """Whether products make room for it by themselves."""
        return False

    @classmethod
    def fields_of(cls, *wanted: Meaning) -> tuple[str, ...]:
        """The names of the fields that mean this, in the order of the class."""
        return tuple(name for name, meaning in meanings(cls).items() if meaning in wanted)

    def words_of_key(self) -> Mapping[str, str]:
        """What stands in its templates, by field: told apart from the rest, so that a change of words can be quoted."""
        values = {name: getattr(self, name) for name in self.fields_of(Meaning.TEMPLATE)}
        return {name: value for name, value in values.items() if value}

    def rest_of_key(self) -> str:
        """All other fields, as text."""
        words = {name for name in self.fields_of(Meaning.TEMPLATE) if getattr(self, name) is not None}
        return f"{self.recipe} {self.model_dump_json(exclude=words)}"

    @property
    def is_blank(self) -> bool:
        """Whether a template that it cannot do without came out empty: then it is left out."""
        required = (name for name, field in type(self).model_fields.items() if field.is_required())
        return any(getattr(self, name) == "" for name in required if name in self.fields_of(Meaning.TEMPLATE))

    def mirrored(self) -> Self:
        """Left and right exchanged, for languages that are read from right to left."""
        turned = {name: _TURNED[meaning] for name, meaning in meanings(type(self)).items() if meaning in _TURNED}
        values = {name: (turn, getattr(self, name)) for name, turn in turned.items()}
        return self.model_copy(update={name: turn(value) for name, (turn, value) in values.items() if value})


class BoxedLayer(Layer):
    box: Annotated[
        PlacedBox,
        Field(description="[left, top, right, bottom] in fractions of the safe area, from its top left corner."),
    ]
    over: bool = Field(default=False, exclude=True, description="It may lie over what other layers show.")

    @property
    def reaches_edges(self) -> bool:
        """Whether sides of its box at 0 and 1 are the edges of the canvas, rather than those of the live area."""
        return False


class LayerSurface(Protocol):
    """What a layer of somebody else's draws on: the part of the canvas that is its box."""

    @property
    def pixels(self) -> npt.NDArray[np.uint8]:
        """H x W x 3, RGB, with what was drawn before; drawing into it draws on the canvas."""

    @property
    def locale(self) -> str:
        """The language of the picture, such as `de-DE`."""

    def part(self, width: int, height: int, anchor: Anchor) -> npt.NDArray[np.uint8]:
        """A part of `pixels` of this size, in px, at a side, a corner or the middle; never more than there is."""

    def colour(self, name: str) -> tuple[int, int, int]:
        """Red, green and blue, 0 to 255, of a colour of the brand by its name, or of a hex code."""


class DrawnLayer(BoxedLayer, ABC):
    """A layer of somebody else's, found by an entry point in `assetgen.layers` of the name that `layer` allows.

    Its fields are what may stand in a layout. Those typed `Template` and `Colour` are rendered, those typed `Anchor`,
    `Side` and `Point` are mirrored, as its box is.
    """

    recipe: ClassVar[int] = 1

    layer: str

    @abstractmethod
    def draw(self, surface: LayerSurface) -> None:
        """Draws the layer, after plate, panels and scrims and before the words. Called from several threads."""

    def __hash__(self) -> int:
        """A hash of its fields as the key has them, so that a layer with a list in it has one too."""
        return hash(self.rest_of_key())


def _turned_box(box: Box) -> Box:
    return Box(1 - box.right, box.top, 1 - box.left, box.bottom)


def _turned_side(side: str) -> str:
    return side.replace("left", "?").replace("right", "left").replace("?", "right")


def _turned_point(point: tuple[float, float]) -> tuple[float, float]:
    return 1 - point[0], point[1]


_TURNED: Mapping[Meaning, Any] = {
    Meaning.BOX: _turned_box,
    Meaning.SIDE: _turned_side,
    Meaning.POINT: _turned_point,
}
