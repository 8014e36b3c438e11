"""The words of a canvas that fit, and their size; and about how long words are before they are set."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assetgen.config.layout import AnyLayer
from assetgen.model.canvas import BrandLook, Canvas
from assetgen.picture.geometry import layers_mirrored
from assetgen.picture.type import fonts
from assetgen.picture.type.lettering import AnyWords, Overfull, SetLine, left_out, write

_APART = re.compile("[\\s\u00ad\u200b\u2e80-\u9fff\uff00-\uffef]+")
"""The room between words that are not broken; Chinese and Japanese signs are no words in this sense."""

_KEPT = 4096
"""Texts and letters whose length stays known: all shapes and channels show the same ones."""


@dataclass(frozen=True)
class Fitting:
    """Set words, and what does not fit, both by the position of the layer among the canvas's layers."""

    lines: Mapping[int, SetLine]
    overfull: tuple[Overfull, ...]


def fit(canvas: Canvas, layers: Sequence[AnyLayer], look: BrandLook) -> Fitting:
    """Sets all words of a canvas, as compose does. What does not fit is left out for the sake of the rest."""
    fonts.use(look.fonts)
    kept = dict(enumerate(layers_mirrored(layers) if canvas.mirrored else layers))
    overfull: list[Overfull] = []
    while True:
        words = [n for n, layer in kept.items() if isinstance(layer, AnyWords) and not left_out(layer, canvas)]
        try:
            lines = [line for block in write(canvas, tuple(kept.values()), look) for line in block]
        except Overfull as error:
            position = tuple(kept)[error.position]
            overfull.append(Overfull(error.problems[0], position))
            del kept[position]
        else:
            return Fitting(dict(zip(words, lines, strict=True)), tuple(overfull))


@lru_cache(_KEPT)
def breadth(text: str) -> float:
    """About how long it is on a single line, in type sizes."""
    return sum(map(_advance, text))


@lru_cache(_KEPT)
def longest_word(text: str) -> float:
    """About how long the longest of its words is, in type sizes."""
    return max(map(breadth, _APART.split(text)))


@lru_cache(_KEPT)
def _advance(char: str) -> float:
    """Roughly Inter's, in type sizes."""
    if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return 1
    if char in "mwMW@%":
        return 0.9
    if char in "fijlrtI.,:;'|!()[] ":
        return 0.3
    return 0.67 if char.isupper() or char.isdigit() else 0.57
