"""Words set, put where the layout wants them, and coloured so that they can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assetgen.errors import Problem
from assetgen.imaging.calm import Ground, calmed
from assetgen.imaging.colour import (
    LARGE_READABLE,
    READABLE,
    RGB,
    ink_and_paper,
    more_legible,
    named,
    sample,
    stands_out,
)
from assetgen.imaging.geometry import Rect, anchored, around, box_in, live_area
from assetgen.imaging.paint import fill
from assetgen.imaging.vector import rounded
from assetgen.imaging.words import SetText, TextDoesNotFit, set_text
from assetgen.model.canvas import Canvas, Look
from assetgen.model.cutout import Pixels
from assetgen.model.layout import AnyLayer, BadgeLayer, TextLayer

SMALLEST = 12
"""Pixels: smaller type is not read on a screen."""

_PADDING = (0.95, 0.8)
"""Room around a badge's words, beside them and above their capitals, in type sizes."""

_LARGE = 0.06
"""Type of this share of the canvas's short side counts as large."""

_DISC = (0.62, 0.5)
"""The part of a disc's box, across and down, that its words may fill."""


@dataclass(frozen=True)
class Line:
    """Set words and where they are. `form` is a badge's outline; of a text, from capitals to last baseline."""

    layer: TextLayer | BadgeLayer
    words: SetText
    form: Rect
    colour: RGB = (0, 0, 0)
    background: RGB = (255, 255, 255)

    @property
    def ink(self) -> Rect:
        """Where the mask of the words goes."""
        body = anchored(self.words.width, _height(self.words), self.form, "center")
        top = body.top + round(self.words.cap_height) - self.words.baseline
        return Rect(body.left, top, body.right, top + self.words.height)


Block = tuple[Line, ...]
"""Words that move as one and share a colour."""


def write(canvas: Canvas, layers: Sequence[AnyLayer], look: Look) -> Iterator[Block]:
    """Sets all words of a canvas and places them. Raises TextDoesNotFit."""
    blocks: list[list[Line]] = []
    for layer in layers:
        if isinstance(layer, TextLayer | BadgeLayer) and not _left_out(layer, canvas):
            line = _line(layer, canvas, look)
            if layer.follow is None or not blocks:
                blocks.append([])
            blocks[-1].append(line)
    return (_piled(block, canvas) for block in blocks)


def coloured(pixels: Pixels, block: Block, look: Look) -> Block:
    """The block in colours that can be read; where neither ink nor paper can, the canvas is calmed under it."""
    texts = [line for line in block if isinstance(line.layer, TextLayer) and line.layer.colour == "auto"]
    best = ink_and_paper(look)[0]
    if texts:
        best = calmed(pixels, [_ground(pixels, line) for line in texts], look)
    return tuple(_painted(pixels, line, best, look) for line in block)


def draw(pixels: Pixels, line: Line) -> None:
    if isinstance(line.layer, BadgeLayer):
        fill(pixels, line.form, line.background, rounded(line.form.width, line.form.height, line.form.height / 2))
    fill(pixels, line.ink, line.colour, line.words.mask)


def _left_out(layer: TextLayer | BadgeLayer, canvas: Canvas) -> bool:
    return layer.optional and layer.size[1] * min(canvas.width, canvas.height) < SMALLEST


def _line(layer: TextLayer | BadgeLayer, canvas: Canvas, look: Look) -> Line:
    short = min(canvas.width, canvas.height)
    smallest, largest = (max(SMALLEST, size * short) for size in layer.size)
    room = box_in(live_area(canvas), layer.box)
    heading = isinstance(layer, TextLayer) and layer.role == "heading"
    width, height = _room_for_words(layer, room, largest)
    try:
        words = set_text(
            layer.text,
            font=look.heading if heading or isinstance(layer, BadgeLayer) else look.body,
            locale=canvas.locale,
            width=width,
            height=height,
            smallest=smallest,
            largest=largest,
            align=layer.align if isinstance(layer, TextLayer) else "center",
            spacing=layer.spacing if isinstance(layer, TextLayer) else 1.15,
        )
    except TextDoesNotFit as error:
        message = f"on {canvas.width} x {canvas.height}, {canvas.locale}: {error.problems[0].message}"
        raise TextDoesNotFit(Problem(message, hint=error.problems[0].hint)) from error
    return Line(layer, words, anchored(*_form(layer, words), room, _side(layer, canvas)))


def _room_for_words(layer: TextLayer | BadgeLayer, room: Rect, size: float) -> tuple[int, int]:
    if isinstance(layer, TextLayer):
        return room.width, room.height
    if layer.form == "disc":
        across = min(room.width, room.height)
        return round(_DISC[0] * across), round(_DISC[1] * across)
    # A pill has one line: too low for two, so that words too long for the largest size get smaller instead.
    return max(1, round(room.width - 2 * _PADDING[0] * size)), min(room.height, round(1.25 * size))


def _form(layer: TextLayer | BadgeLayer, words: SetText) -> tuple[int, int]:
    if isinstance(layer, TextLayer):
        return words.width, _height(words)
    if layer.form == "disc":
        across = round(max(words.width / _DISC[0], _height(words) / _DISC[1]))
        return across, across
    beside, above = (2 * round(padding * words.size) for padding in _PADDING)
    return words.width + beside, _height(words) + above


def _height(words: SetText) -> int:
    """From the top of the capitals to the last baseline: what the eye takes for the height, whatever the letters."""
    return round(words.cap_height) + (words.lines - 1) * words.pitch


def _side(layer: TextLayer | BadgeLayer, canvas: Canvas) -> str:
    """Where a line goes in its box, left or right; for one alone, also top or bottom."""
    if isinstance(layer, BadgeLayer):
        return layer.anchor
    if layer.align == "center":
        return layer.anchor
    starts_left = (layer.align == "start") == (canvas.direction == "ltr")
    return f"{layer.anchor}-{'left' if starts_left else 'right'}"


def _piled(block: list[Line], canvas: Canvas) -> Block:
    """One line under the other, each keeping its side; the pile goes where the first one's anchor says."""
    if len(block) == 1:
        return tuple(block)
    short = min(canvas.width, canvas.height)
    gaps = [0, *(round((line.layer.follow or 0) * short) for line in block[1:])]
    room = around([box_in(live_area(canvas), line.layer.box) for line in block])
    height = sum(gaps) + sum(line.form.height for line in block)
    top = anchored(1, height, room, block[0].layer.anchor).top
    placed = []
    for line, gap in zip(block, gaps, strict=True):
        top += gap
        placed.append(replace(line, form=line.form.moved(0, top - line.form.top)))
        top += line.form.height
    return tuple(placed)


def _ground(pixels: Pixels, line: Line) -> Ground:
    """Where a line lies, and how much contrast its size asks for."""
    large = line.words.size >= _LARGE * min(pixels.shape[:2])
    return Ground(line.ink, line.words.size, LARGE_READABLE if large else READABLE)


def _painted(pixels: Pixels, line: Line, best: RGB, look: Look) -> Line:
    if isinstance(line.layer, TextLayer):
        return replace(line, colour=best if line.layer.colour == "auto" else named(line.layer.colour, look))
    background = named(line.layer.background, look)
    under = sample(pixels, line.form)
    if not stands_out(under, background):
        background = more_legible(under, look)
    plain = np.array([[background]], np.uint8)
    colour = more_legible(plain, look) if line.layer.colour == "auto" else named(line.layer.colour, look)
    return replace(line, colour=colour, background=background)
