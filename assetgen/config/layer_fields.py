"""What the fields of layers hold, and what each means: layers are rendered, mirrored and keyed by it.

Boxes are `[left, top, right, bottom]` in fractions of the channel's safe area, less a margin at the canvas's edges, so
one layout serves every size of its shape. Sizes of type and gaps are shares of the canvas's mean side. Where the file
names a size, a gap or a radius of the brand's scale, the number stands here: the scale is the context in which a layout
is validated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from assetgen.config.scale import GAPS, RADII, SIZES, GapName, Radius, RadiusName, Scale, SizeName
from assetgen.config.strict import written_otherwise


class Meaning(Enum):
    """What a field is, beyond its type: a mark in the annotation of the types below, found by `meanings`."""

    TEMPLATE = "a template that becomes words"
    COLOUR = "a colour, or a template that becomes one"
    BOX = "a box"
    SIDE = "a side or a corner"
    POINT = "a point, across and down"


Fraction = Annotated[float, Field(ge=0, le=1)]
RuleText = str
"""A Jinja expression that is true or false, such as `product.sale_price and locale == "en-US"`."""

Template = Annotated[str, Meaning.TEMPLATE]
"""A Jinja template that becomes a line of text, such as `{{ copy.headline }}`."""

Colour = Annotated[str, Meaning.COLOUR]
"""`auto`, a colour of the brand by name, a hex code, or a Jinja template that becomes one."""

Anchor = Annotated[
    Literal["top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right"],
    Meaning.SIDE,
]

Side = Annotated[Literal["top", "bottom", "left", "right", "all"], Meaning.SIDE]

Point = Annotated[tuple[Fraction, Fraction], Meaning.POINT]


_PIXELS = 2
"""A number above this was never meant as a fraction."""


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


def _listed(box: object) -> object:
    if isinstance(box, dict):
        raise written_otherwise("[left, top, right, bottom]")
    return box


def _inside(box: Box) -> Box:
    if max(box) > _PIXELS:
        raise ValueError("the box is in pixels: its numbers are fractions of the picture, 0 to 1")
    if not (box.left < box.right and box.top < box.bottom):
        raise ValueError("the box is empty: left must be less than right, and top less than bottom")
    if min(box) < 0 or max(box) > 1:
        raise ValueError("the box leaves the picture: its numbers go from 0 to 1")
    return box


PlacedBox = Annotated[Box, BeforeValidator(_listed), AfterValidator(_inside), Meaning.BOX]


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
"""A size of type as a share of the canvas's mean side. Below 0.012 nobody reads it: 13 px on 1080 x 1080."""

Sizes = Annotated[
    tuple[TypeSize, TypeSize],
    BeforeValidator(_smallest_and_largest, json_schema_input_type=SizeName | Fraction | tuple[TypeSize, TypeSize]),
    AfterValidator(_in_order),
]

Gap = Annotated[Fraction, BeforeValidator(_gap, json_schema_input_type=Fraction | GapName)]

NamedRadius = Annotated[Radius, BeforeValidator(_radius, json_schema_input_type=Radius | RadiusName)]


@cache
def meanings(model: type[BaseModel]) -> Mapping[str, Meaning]:
    """The fields of a layer that mean something, in the order of the class.

    Raises TypeError where a mark stands inside a list, in which nothing would ever look for it.
    """
    found = {}
    for name, field in model.model_fields.items():
        marks = [mark for mark in field.metadata if isinstance(mark, Meaning)] or list(_marks(field.annotation))
        if marks:
            found[name] = marks[0]
        elif any(_marks_within(field.annotation)):
            raise TypeError(f"`{name}` of {model.__name__} holds templates or sides in a list: give each a field")
    return found


def _marks(annotation: object) -> Iterator[Meaning]:
    """The marks of the type itself, or of what stands beside None."""
    if get_origin(annotation) in {Union, UnionType, Annotated}:
        for part in get_args(annotation):
            yield from [part] if isinstance(part, Meaning) else _marks(part)


def _marks_within(annotation: object) -> Iterator[Meaning]:
    for part in get_args(annotation):
        yield from [part] if isinstance(part, Meaning) else _marks_within(part)
