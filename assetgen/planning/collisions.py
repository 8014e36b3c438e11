"""Boxes of a layout whose contents would cover each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from assetgen.config.layer import BoxedLayer
from assetgen.config.layer_fields import Box
from assetgen.config.layout import BadgeLayer, Layout, ProductLayer, Words, first_of
from assetgen.config.shape import Shape
from assetgen.errors import Location, Problem
from assetgen.model.brief import Marks

_TOUCH = 0.01
"""The share of the safe area's side up to which boxes that overlap only touch."""


@dataclass(frozen=True)
class Thing:
    """A thing that takes up room: a layer, or words that follow each other within their boxes taken together."""

    name: str
    layers: tuple[BoxedLayer, ...]
    place: Location
    box: Box

    def __str__(self) -> str:
        return f"the {self.name} of line {self.place.line}"


def collisions(layout: Layout, marks: Marks, shape: Shape) -> Iterator[Problem]:
    """The overlaps that nobody meant: layers with `over: true` may lie anywhere, and products make room for discs."""
    for one, other in combinations(_things(layout, marks, shape), 2):
        if _overlap(one.box, other.box) and not _meant(one, other):
            hint = f"move {one} and this one apart, or write `over: true` where it is meant"
            if first_of(ProductLayer, (*one.layers, *other.layers)) and first_of(
                BadgeLayer, (*one.layers, *other.layers)
            ):
                hint += "; products make room for a badge of `form: disc`, and not for a pill"
            yield Problem(f"{other} overlaps {one}: one would cover the other", other.place, hint)


def _things(layout: Layout, marks: Marks, shape: Shape) -> list[Thing]:
    drawn, things = layout.drawn(shape).value, list[Thing]()
    for n, layer in enumerate(layout.layers(shape)):
        place = marks.at(drawn, n)
        if isinstance(layer, Words) and layer.follow is not None and any(_is_words(thing) for thing in things):
            last = next(i for i in reversed(range(len(things))) if _is_words(things[i]))
            before = things[last]
            things[last] = Thing(before.name, (*before.layers, layer), before.place, _around(before.box, layer.box))
        elif isinstance(layer, BoxedLayer) and layer.takes_room:
            things.append(Thing(layer.layer, (layer,), place, layer.box))
    return things


def _is_words(thing: Thing) -> bool:
    return isinstance(thing.layers[0], Words)


def _around(one: Box, other: Box) -> Box:
    left, top = min(one.left, other.left), min(one.top, other.top)
    return Box(left, top, max(one.right, other.right), max(one.bottom, other.bottom))


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > _TOUCH and down > _TOUCH


def _meant(one: Thing, other: Thing) -> bool:
    layers = (*one.layers, *other.layers)
    if any(layer.over for layer in layers):
        return True
    if first_of(ProductLayer, layers):
        return any(layer.moves_products for layer in layers)
    if not one.layers[0].meets(other.layers[0]):
        return True
    rules = {one.layers[0].when, other.layers[0].when}
    return None not in rules and len(rules) > 1  # two rules may be each other's alternative
