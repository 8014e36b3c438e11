"""What every kind of layer must keep: all of its fields count, it is drawn, and it can be turned round."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import assetgen
from assetgen.config.layer import DrawnLayer, LayerSurface
from assetgen.config.layer_fields import Box, Template, meanings
from assetgen.config.layout import AnyLayer, layer_kinds
from assetgen.errors import PluginError
from assetgen.model.arrays import Pixels
from assetgen.model.asset import Asset
from assetgen.model.canvas import Canvas
from assetgen.model.request import Light, Stage
from assetgen.picture.compose import compose, fit_plate
from assetgen.picture.standing_product import trim
from assetgen.production.plan_stream import ProductPlan
from tests.drawing import LOOK, a_cutout
from tests.kit import Flat, write

Fields = dict[str, object]
UNCHANGED: Fields = {}

BOX = [0.25, 0.125, 0.625, 0.5]
WORDS: Fields = {"text": "Made by hand in spring", "box": BOX, "size": [0.04, 0.06]}
BASES: dict[str, Fields] = {
    "plate": {},
    "product": {"box": BOX},
    "scrim": {"colour": "ink"},
    "text": WORDS,
    "price": {**WORDS, "text": "149 €", "was": "189 €", "size": [0.04, 0.08]},
    "logo": {"box": BOX},
    "shape": {"box": BOX, "colour": "accent"},
    "badge": {**WORDS, "text": "Now"},
}
"""A layer of each kind. A new kind must be added here, and every field of it below."""

ALWAYS: Fields = {
    "from": "2999-01-01",
    "until": "2001-01-01",
    "when": "product.sku == 'none'",
    "box": [0.25, 0.125, 0.875, 0.625],
    "colour": "paper",
    "size": [0.03, 0.04],
    "follow": "s",
    "optional": True,
    "over": True,
}
"""Another value for each field that means the same in all kinds."""

OTHERS: dict[str, Fields] = {
    "plate": {"focus": [0.125, 0.5]},
    "product": {"anchor": "top-left", "shadow": False, "blend": 1, "scale": "fill"},
    "scrim": {"side": "left", "reach": 0.25, "opacity": 0.25},
    "text": {"text": "Made in spring", "align": "end", "anchor": "bottom", "role": "heading", "spacing": 2},
    "price": {"text": "99 €", "align": "end", "anchor": "bottom", "was": "199 €", "form": "stack"},
    "logo": {"anchor": "bottom-right"},
    "shape": {"form": "mat", "opacity": 0.5, "radius": 0.25},
    "badge": {"text": "Then", "form": "disc", "colour": "ink", "background": "ink", "radius": 0.125, "anchor": "right"},
}

NO_PIXEL = {"over": "it speaks to the check of boxes alone"}
"""Fields that say themselves that they stay out of the key, and why."""


def fields(kind: str) -> set[str]:
    """As a layout writes them."""
    return {field.alias or name for name, field in layer_kinds()[kind].model_fields.items()} - {"layer"}


EVERY_FIELD = [(kind, field) for kind in BASES for field in sorted(fields(kind) - NO_PIXEL.keys())]


def asset(campaign: Path, *layers: Fields) -> Asset:
    """The first picture of the small shop, which is laid out like this."""
    lines = "".join(f"  - {layer}\n" for layer in layers)
    write(Path("templates/layouts/card.yaml"), f"square:\n{lines}".replace("True", "true").replace("False", "false"))
    plan = assetgen.plan(assetgen.load(campaign), select=["scene:shelf"], provider=Flat())
    return next(planned.asset for item in plan if isinstance(item, ProductPlan) for planned in item.planned)


def layers_of(campaign: Path, kind: str, changed: Fields = UNCHANGED, width: int = 540) -> tuple[Asset, Pixels]:
    """A layer of this kind among those that it needs, planned and drawn."""
    above: Fields = {"layer": "text", "text": "Above", "box": [0.25, 0, 0.625, 0.125]}
    below: list[Fields] = [] if kind == "plate" else [{"layer": "plate"}, above]
    product: list[Fields] = [{"layer": "product", "box": BOX}] if kind == "plate" else []
    planned = asset(campaign, *below, {"layer": kind, **BASES[kind], **changed}, *product)
    return planned, drawn(planned.layers, width)


def drawn(layers: tuple[AnyLayer, ...], width: int = 540) -> Pixels:
    canvas = Canvas(width, width)
    plate = np.random.default_rng(5).integers(60, 200, (300, 500, 3), np.uint8)
    light = Light(side=-0.8, height=0.4, tint=(1.0, 0.8, 0.6))
    stage = Stage(ground=0.3, x=0.4, y=0.6, width=1.0, light=light)
    product = trim(a_cutout(), height_mm=60)
    return compose(canvas, layers, LOOK, backdrop=fit_plate(plate, stage, canvas, layers), products=[product]).pixels


def test_every_kind_of_layer_is_swept() -> None:
    assert BASES.keys() == {name for name, kind in layer_kinds().items() if not issubclass(kind, DrawnLayer)}
    for kind in BASES:
        assert fields(kind) <= ALWAYS.keys() | OTHERS[kind].keys(), f"give a field of {kind} another value"
        silent = {name for name, field in layer_kinds()[kind].model_fields.items() if field.exclude}
        assert silent <= NO_PIXEL.keys(), f"a field of {kind} stays out of the key: say why"


@pytest.mark.parametrize(("kind", "field"), EVERY_FIELD)
def test_every_field_of_a_layer_changes_key_and_picture(small: Path, kind: str, field: str) -> None:
    value = {**ALWAYS, **OTHERS[kind]}[field]
    spared: Fields = {"text": "New", "size": [0.03, 0.06]} if field == "optional" else {}
    width = 160 if spared else 540  # where such type is below 10 px
    before, seen = layers_of(small, kind, spared, width)
    after, then = layers_of(small, kind, {**spared, field: value}, width)

    assert before.inputs != after.inputs
    assert before.key != after.key
    assert not np.array_equal(seen, then)


@pytest.mark.parametrize("kind", BASES)
def test_a_drawn_layer_changes_the_canvas(small: Path, kind: str) -> None:
    planned, seen = layers_of(small, kind)
    without = tuple(layer for layer in planned.layers if layer.layer != kind)

    assert len(without) < len(planned.layers)
    assert not np.array_equal(seen, drawn(without))


@pytest.mark.parametrize("kind", BASES)
def test_a_layer_turned_round_twice_is_the_same(small: Path, kind: str) -> None:
    sided = {"anchor", "side", "focus"} & OTHERS[kind].keys()
    planned, _ = layers_of(small, kind, {field: OTHERS[kind][field] for field in sided})
    layer = next(layer for layer in reversed(planned.layers) if layer.layer == kind)

    assert layer.mirrored() != layer
    assert layer.mirrored().mirrored() == layer


def test_words_are_told_apart_in_the_inputs(small: Path) -> None:
    before, _ = layers_of(small, "price")
    after, _ = layers_of(small, "price", {"was": "199 €"})

    assert {name for name in before.inputs if before.inputs[name] != after.inputs[name]} == {"words 2 was"}
    assert before.inputs["words 2"] == "149 €"


def test_what_stands_in_one_template_is_not_taken_for_what_stands_in_another(small: Path) -> None:
    joined, _ = layers_of(small, "price", {"text": "1 / 2", "was": ""})
    apart, _ = layers_of(small, "price", {"text": "1", "was": "2"})

    assert joined.key != apart.key


def test_any_colour_may_be_a_template(small: Path) -> None:
    planned, _ = layers_of(small, "badge", {"background": "{{ 'ink' }}"})

    assert planned.layers[-1].background == "ink"  # type: ignore[union-attr]


class _Broken(DrawnLayer):
    layer: str = "broken"

    def draw(self, surface: LayerSurface) -> None:
        raise ZeroDivisionError(surface.pixels.shape)


class _Paints(DrawnLayer):
    layer: str = "paints"

    def draw(self, surface: LayerSurface) -> None:
        surface.pixels[:] = surface.colour("accent")
        surface.part(10_000, 1, "bottom")[:] = surface.colour("#010203")


def test_an_error_in_a_layer_of_somebody_elses_names_it() -> None:
    with pytest.raises(PluginError, match="layer `broken` failed with ZeroDivisionError"):
        drawn((_Broken(box=Box(0, 0, 1, 1)),))


def test_a_layer_of_somebody_elses_draws_in_its_box_and_nowhere_else() -> None:
    pixels = drawn((_Paints(box=Box(0, 0, 0.5, 0.5)),))
    live = 30  # the margin of 540 px

    assert pixels[live, live].tolist() == pixels[268, 268].tolist() == [0xC8, 0x62, 0x3E]
    assert pixels[269, 100].tolist() == [1, 2, 3]
    assert pixels[270, 100].tolist() == pixels[29, 100].tolist() == pixels[100, 270].tolist() == [255] * 3


def test_a_mark_that_nothing_would_find_is_an_error_of_the_class() -> None:
    with pytest.raises(TypeError, match="`lines` of Poem holds templates"):

        class Poem(_Paints):
            lines: tuple[Template, ...] = ()


def test_what_a_field_means_is_found_where_it_may_be_left_out() -> None:
    assert list(meanings(layer_kinds()["plate"])) == ["box", "focus"]
