"""Words set, put where the layout wants them, and coloured so that they can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import assert_never

import numpy as np

from assetgen.config.layout import AnyLayer, BadgeLayer, Lines, PriceLayer, TextLayer
from assetgen.errors import Problem
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import BrandLook, Canvas
from assetgen.picture.colour import (
    LARGE,
    LARGE_READABLE,
    READABLE,
    RGB,
    colour_named,
    ink_and_paper,
    more_legible,
    sample,
    stands_out,
)
from assetgen.picture.geometry import Rect, box_in, live_area, mean_side, rect_anchored, rect_around
from assetgen.picture.paint import fill
from assetgen.picture.type.ground_under_words import Ground, calmed
from assetgen.picture.type.price import set_price
from assetgen.picture.type.typesetting import SetText, TextDoesNotFit, set_text
from assetgen.picture.vector import rounded_mask

SMALLEST = 12
"""Pixels: smaller type is not read on a screen."""

SPARED = 10
"""Pixels: where their largest type is smaller, words that can be spared would crowd the canvas at the smallest."""

_PADDING = (0.95, 0.8)
"""Room around a badge's words, beside them and above their capitals, in type sizes."""

_STEP = 0.85
"""The share of their size to which words whose pile is too high get smaller in one step, at least."""

_LEAST = 0.2
"""The share of their size at which all words are at their smallest."""

_PITCH = 1.15
"""The way from line to line of a badge, in type sizes."""

_DISC = (0.62, 0.5)
"""The part of a disc's box, across and down, that its words may fill."""


AnyWords = TextLayer | PriceLayer | BadgeLayer


class Overfull(TextDoesNotFit):
    """The words of the layer at `position` among the canvas's layers do not fit."""

    def __init__(self, problem: Problem, position: int) -> None:
        super().__init__(problem)
        self.position = position


@dataclass(frozen=True)
class SetLine:
    """Set words and where they are. `form` is a badge's outline; of a text, from capitals to last baseline."""

    layer: AnyWords
    words: SetText
    form: Rect
    colour: RGB = (0, 0, 0)
    background: RGB = (255, 255, 255)

    @property
    def ink(self) -> Rect:
        """The place of the mask of the words."""
        body = rect_anchored(self.words.width, _height(self.words), self.form, "center")
        top = body.top + round(self.words.cap_height) - self.words.baseline
        return Rect(body.left, top, body.right, top + self.words.height)


Block = tuple[SetLine, ...]
"""Words that move as one and share a colour."""


def write(canvas: Canvas, layers: Sequence[AnyLayer], look: BrandLook) -> Iterator[Block]:
    """Sets all words of a canvas and places them. Raises Overfull."""
    blocks: list[list[tuple[int, AnyWords]]] = []
    for position, layer in enumerate(layers):
        if isinstance(layer, AnyWords) and not left_out(layer, canvas):
            if layer.follow is None or not blocks:
                blocks.append([])
            blocks[-1].append((position, layer))
    return (_block(block, canvas, look) for block in blocks)


def coloured(pixels: Pixels, block: Block, look: BrandLook) -> Block:
    """The block in colours that can be read; where neither ink nor paper can, the canvas is calmed under it."""
    texts = [line for line in block if isinstance(line.layer, Lines) and line.layer.colour == "auto"]
    best = ink_and_paper(look)[0]
    if texts:
        best = calmed(pixels, [_ground(line) for line in texts], look)
    return tuple(_painted(pixels, line, best, look) for line in block)


def draw(pixels: Pixels, line: SetLine) -> None:
    if isinstance(line.layer, BadgeLayer):
        width, height = line.form.width, line.form.height
        radius = 0.5 if line.layer.form == "disc" else line.layer.radius
        fill(pixels, line.form, line.background, rounded_mask(width, height, radius * min(width, height)))
    fill(pixels, line.ink, line.colour, line.words.mask)


def left_out(layer: AnyWords, canvas: Canvas) -> bool:
    """Whether a canvas is too small for words that can be spared."""
    return layer.optional and layer.size[1] * mean_side(canvas) < SPARED


def sizes(layer: AnyWords, canvas: Canvas) -> tuple[float, float]:
    """The smallest and the largest type that the layer allows, in px."""
    smallest, largest = (max(SMALLEST, size * mean_side(canvas)) for size in layer.size)
    return smallest, largest


def _block(members: Sequence[tuple[int, AnyWords]], canvas: Canvas, look: BrandLook) -> Block:
    """The layers of a block, as large as all their boxes together allow; where these are too low, all get smaller."""
    share = 1.0
    while True:
        block = [_placed(position, layer, canvas, look, share) for position, layer in members]
        gaps = [0, *(round((layer.follow or 0) * mean_side(canvas)) for _, layer in members[1:])]
        room = rect_around([box_in(live_area(canvas), layer.box) for _, layer in members])
        height = sum(gaps) + sum(line.form.height for line in block)
        if height <= room.height or len(block) == 1:
            return _piled(block, gaps, room)
        if share < _LEAST:
            last = members[-1]
            message = f"with what it follows `{last[1].text}` takes {height} px, and the boxes have {room.height}"
            hint = "shorten the texts, enlarge the boxes, or allow a smaller `size`"
            raise Overfull(Problem(_on(canvas, message), hint=hint), last[0])
        share *= max(_STEP, min(0.98, room.height / height))


def _placed(position: int, layer: AnyWords, canvas: Canvas, look: BrandLook, share: float) -> SetLine:
    try:
        return _line(layer, canvas, look, share)
    except TextDoesNotFit as error:
        problem = error.problems[0]
        raise Overfull(Problem(_on(canvas, problem.message), hint=problem.hint), position) from error


def _on(canvas: Canvas, message: str) -> str:
    return f"on {canvas.width} x {canvas.height}, {canvas.locale}: {message}"


def _line(layer: AnyWords, canvas: Canvas, look: BrandLook, share: float) -> SetLine:
    """The layer's words set, at most at this share of its largest size."""
    smallest, largest = sizes(layer, canvas)
    largest = max(smallest, share * largest)
    room = box_in(live_area(canvas), layer.box)
    width, height = _room_for_words(layer, room, largest)
    fitted = partial(set_text, locale=canvas.locale, width=width, height=height, smallest=smallest, largest=largest)
    match layer:
        case PriceLayer():
            words = set_price(layer, look, canvas, width=width, height=height, smallest=smallest, largest=largest)
        case TextLayer():
            font = look.heading if layer.role == "heading" else look.body
            words = fitted(layer.text, font=font, align=layer.align, spacing=layer.spacing)
        case BadgeLayer():
            disc = layer.form == "disc"
            words = fitted(layer.text, font=look.heading, align="center", spacing=_PITCH, shrinks=disc)
        case _:
            assert_never(layer)
    return SetLine(layer, words, rect_anchored(*_form(layer, words), room, _side(layer, canvas)))


def _room_for_words(layer: AnyWords, room: Rect, size: float) -> tuple[int, int]:
    if isinstance(layer, Lines):
        return room.width, room.height
    if layer.form == "disc":
        across = min(room.width, room.height)
        return round(_DISC[0] * across), round(_DISC[1] * across)
    # A pill has one line: too low for two, so that words too long for the largest size get smaller instead.
    return max(1, round(room.width - 2 * _PADDING[0] * size)), min(room.height, round(1.25 * size))


def _form(layer: AnyWords, words: SetText) -> tuple[int, int]:
    if isinstance(layer, Lines):
        return words.width, _height(words)
    if layer.form == "disc":
        across = round(max(words.width / _DISC[0], _height(words) / _DISC[1]))
        return across, across
    beside, above = (2 * round(padding * words.size) for padding in _PADDING)
    return words.width + beside, _height(words) + above


def _height(words: SetText) -> int:
    """The pixels from the top of the capitals to the last baseline, which the eye takes for the height."""
    return round(words.cap_height) + (words.lines - 1) * words.pitch


def _side(layer: AnyWords, canvas: Canvas) -> str:
    """The side of its box where a line goes, left or right; for one alone, also top or bottom."""
    if isinstance(layer, BadgeLayer):
        return layer.anchor
    if layer.align == "center":
        return layer.anchor
    starts_left = (layer.align == "start") == (canvas.direction == "ltr")
    return f"{layer.anchor}-{'left' if starts_left else 'right'}"


def _piled(block: Sequence[SetLine], gaps: Sequence[int], room: Rect) -> Block:
    """One line under the other, each keeping its side; the pile goes where the first one's anchor says."""
    if len(block) == 1:
        return tuple(block)
    height = sum(gaps) + sum(line.form.height for line in block)
    top = rect_anchored(1, height, room, block[0].layer.anchor).top
    placed = []
    for line, gap in zip(block, gaps, strict=True):
        top += gap
        placed.append(replace(line, form=line.form.moved(0, top - line.form.top)))
        top += line.form.height
    return tuple(placed)


def _ground(line: SetLine) -> Ground:
    """The ground of a line: where it lies, and how much contrast its size asks for."""
    return Ground(line.ink, line.words.size, LARGE_READABLE if line.words.size >= LARGE else READABLE)


def _painted(pixels: Pixels, line: SetLine, best: RGB, look: BrandLook) -> SetLine:
    if isinstance(line.layer, Lines):
        return replace(line, colour=best if line.layer.colour == "auto" else colour_named(line.layer.colour, look))
    background = colour_named(line.layer.background, look)
    under = sample(pixels, line.form)
    if not stands_out(under, background):
        background = more_legible(under, look)
    plain = np.array([[background]], np.uint8)
    colour = more_legible(plain, look) if line.layer.colour == "auto" else colour_named(line.layer.colour, look)
    return replace(line, colour=colour, background=background)
