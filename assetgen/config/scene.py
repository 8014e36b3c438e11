"""Picture ideas, and the days on which they and their layouts hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from assetgen.config.layer_fields import RuleText
from assetgen.config.mode import Mode
from assetgen.config.shape import Shape
from assetgen.config.skus import skus
from assetgen.config.window import Window

Layouts = str | dict[Shape, str]


Word = Annotated[str, Field(pattern=r"^[^\W\d]\w*$", description="Letters, digits and underscores.")]


MOST = 12
"""The most products that find room in one picture."""


def _few(names: tuple[str, ...]) -> tuple[str, ...]:
    if (count := len(skus(names))) > MOST:
        raise ValueError(f"`products` names {count} products, but a picture has room for {MOST}")
    return names


Skus = Annotated[tuple[str, ...], Field(min_length=1), AfterValidator(_few)]


class Scene(Window):
    """A picture idea: the prompt template, which products it is for, and words of your own for the template."""

    prompt: str = Field(description="A prompt template: the name of a file in templates/prompts.")
    products: Skus | RuleText | None = Field(
        default=None,
        description="One picture of several products: their skus, such as [MUG-01, LAMP-02], or a rule that they fit.",
    )
    most: Annotated[int, Field(ge=1, le=MOST)] = Field(
        default=5, description="With a rule under `products`: the first so many rows that fit it."
    )
    layout: Layouts | None = Field(
        default=None, description="Another layout for this scene: its name, or one for each shape."
    )
    when: RuleText | None = Field(default=None, description="Only products for which this is true.")
    mode: Mode = Field(
        default=Mode.PLATE,
        description="plate: the photo stands in an empty set; edit: the provider redraws the photo; "
        "variation: it draws others like the photo; text: no photo.",
    )
    protect: bool = Field(
        default=False, description="With mode edit: a mask goes along, so that only the product's surroundings change."
    )
    references: tuple[str, ...] = Field(
        default=(), description="With mode edit: further pictures for the provider, relative to the campaign file."
    )
    words: dict[Word, str] = Field(
        default_factory=dict,
        alias="with",
        description="Free words by name; the prompt template may use them as `scene.name`.",
    )


class Season(Window):
    """Days on which pictures are arranged otherwise."""

    layout: Layouts = Field(description="The layout of these days: its name, or one for each shape.")


def layout_named(layouts: Layouts, shape: Shape) -> str | None:
    """The layout for this shape, or for the one that it is cut from."""
    return layouts if isinstance(layouts, str) else layouts.get(shape) or layouts.get(shape.plain)
