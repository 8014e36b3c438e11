"""Words as pixels: the best setting that fits a box, with the line breaks that each language asks for."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import cv2
import numpy as np

from assetgen.errors import InputError, Problem
from assetgen.model.arrays import Alpha
from assetgen.picture.type.breaks import Piece, pieces
from assetgen.picture.type.lines import LineBreaking, Part, Room, settings
from assetgen.picture.type.pango import Face, GlyphRow, draw_rows

Align = Literal["start", "center", "end"]

_MEASURED = 64
"""The size in pixels of the type in which words are measured."""

_OPENING = re.compile("^[“”‘„«»\"']*")

_SMOOTH = 64
"""The size in pixels below which type is drawn at a multiple, because Pango puts letters on whole pixels."""

_SHOWN = 60
"""Letters of a text, at most, that a message shows."""

KEPT = 128
"""Texts that stay set, because many products share them; a headline takes about 100 kB."""


class TextDoesNotFit(InputError):
    """Even the smallest size that the layout allows is too large for the box."""


@dataclass(frozen=True)
class SetText:
    """Words as an alpha mask (H x W), cut tight around the ink, so that its edges are the edges a reader sees.

    All lengths are in pixels. The mask can't be written to: pictures share it.
    """

    mask: Alpha
    size: float
    """The type size."""

    lines: int
    """How many lines there are."""

    baseline: int
    """The way from the top of the mask to the first baseline."""

    pitch: int
    """The way from baseline to baseline."""

    cap_height: float
    """The height of the font's capitals."""

    texts: tuple[str, ...] = ()
    """The words on each line."""

    @property
    def width(self) -> int:
        return int(self.mask.shape[1])

    @property
    def height(self) -> int:
        return int(self.mask.shape[0])


@lru_cache(KEPT)
def set_text(
    text: str,
    *,
    font: str,
    locale: str,
    width: int,
    height: int,
    smallest: float,
    largest: float,
    align: Align = "start",
    spacing: float = 1.15,
    shrinks: bool = False,
) -> SetText:
    """Sets `text`, which must hold more than spaces, as large as the box allows and in lines of like length.

    Sizes in px, `spacing` from baseline to baseline in type sizes; a box that `shrinks` to its words is best filled
    when they are as high as they are wide, in proportion to it. Words are never broken or cut: raises
    TextDoesNotFit when `smallest` is too large for the box.
    """
    words = _Text(pieces(text, locale), Face(font, locale), align, _is_tracked(text))
    room = Room(width, height, smallest, largest, spacing, shrinks)
    # Measures are rounded, so that a setting a hair too large is worth drawing.
    parts = _measured(words.pieces, words.face, words.tracking(largest))
    found = settings(parts, replace(room, smallest=0.98 * smallest))
    for setting in found:
        if drawn := _fitted(words, setting, room):
            return drawn
    raise TextDoesNotFit(_too_long(text, _drawn(words, found[0], room, smallest), room))


@dataclass(frozen=True)
class _Text:
    pieces: tuple[Piece, ...]
    face: Face
    align: Align
    tracked: bool

    def tracking(self, size: float) -> float:
        """What to add between letters, in type sizes: Inter's own rule, https://rsms.me/inter/dynmetrics/."""
        return round(-0.0223 + 0.185 * math.exp(-0.1745 * size), 3) if self.tracked else 0

    def lines(self, ends: Sequence[int]) -> list[str]:
        """What stands on each line."""
        rows = [self.pieces[start:end] for start, end in pairwise((0, *ends))]
        return ["".join(piece.text for piece in row[:-1]) + row[-1].last for row in rows]


def _is_tracked(text: str) -> bool:
    """Arabic letters join, and Chinese signs stand in squares."""
    return not any(char >= "\u0590" and char.isalpha() for char in text)


@lru_cache(KEPT)
def _measured(words: tuple[Piece, ...], face: Face, tracking: float) -> tuple[Part, ...]:
    """The pieces, in type sizes."""
    texts = list(dict.fromkeys(text for piece in words for text in (piece.text, piece.last)))
    rows = dict(zip(texts, draw_rows(texts, face, _MEASURED, tracking * _MEASURED), strict=True))
    return tuple(_part(piece, rows[piece.text], rows[piece.last]) for piece in words)


def _part(piece: Piece, row: GlyphRow, last: GlyphRow) -> Part:
    return Part(
        advance=row.advance / _MEASURED,
        last=last.advance / _MEASURED,
        lead=row.lead / _MEASURED,
        trail=last.trail / _MEASURED,
        rise=row.rise / _MEASURED,
        fall=(row.ink.shape[0] - row.rise) / _MEASURED,
        cost=piece.cost,
        must=piece.must,
    )


def _fitted(words: _Text, setting: LineBreaking, room: Room) -> SetText | None:
    """Drawn at its size, or a little smaller where rounding has made it too large."""
    size = setting.size
    while True:
        # In quarters of a pixel, because a size that Pango has not met before costs it 2 ms.
        size = max(room.smallest, math.floor(size * 4) / 4)
        drawn = _drawn(words, setting, room, size)
        if drawn.width <= room.width and drawn.height <= room.height:
            return drawn
        if size == room.smallest:
            return None
        size = min(size - 0.25, size * room.width / drawn.width, size * room.height / drawn.height)


def _drawn(words: _Text, setting: LineBreaking, room: Room, size: float) -> SetText:
    scale, pitch = math.ceil(_SMOOTH / size), round(size * room.spacing)
    lines, tracking = words.lines(setting.ends), words.tracking(size) * size * scale
    marks = [_OPENING.findall(line)[0] for line in lines]
    # Opening marks are drawn once more, alone, to know how far they reach.
    drawn = draw_rows([*lines, *marks] if any(marks) else lines, words.face, size * scale, tracking)
    rows, alone = drawn[: len(lines)], drawn[len(lines) :]
    lefts = _lefts(words, [row.ink.shape[1] for row in rows], [round(row.advance - row.lead) for row in alone])
    rises = [math.ceil(row.rise / scale) - n * pitch for n, row in enumerate(rows)]
    falls = [math.ceil((row.ink.shape[0] - row.rise) / scale) + n * pitch for n, row in enumerate(rows)]
    width = math.ceil(max(left + row.ink.shape[1] for left, row in zip(lefts, rows, strict=True)) / scale)
    width = max(width, 1)  # words such as a lone zero-width space are drawn to nothing
    sheet = np.zeros(((max(rises) + max(falls)) * scale, width * scale), np.uint8)
    for n, (row, left) in enumerate(zip(rows, lefts, strict=True)):
        top = (max(rises) + n * pitch) * scale - row.rise
        place = sheet[top : top + row.ink.shape[0], left : left + row.ink.shape[1]]
        np.maximum(place, row.ink, out=place)
    mask = cv2.resize(sheet, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
    mask.flags.writeable = False
    return SetText(
        mask.astype(np.uint8, copy=False), size, len(rows), max(rises), pitch, rows[0].cap / scale, tuple(lines)
    )


def _lefts(words: _Text, widths: list[int], hangs: list[int]) -> list[int]:
    """The pixel where the ink of each line begins.

    Letters align at the edge where reading begins; quotation marks hang out.
    """
    if words.align == "center":
        return [(max(widths) - width) // 2 for width in widths]
    out = hangs if hangs and words.align == "start" else [0] * len(widths)
    indents = [max(out) - hang for hang in out]
    if (words.align == "end") == words.face.rtl:
        return indents
    longest = max(width + indent for width, indent in zip(widths, indents, strict=True))
    return [longest - width - indent for width, indent in zip(widths, indents, strict=True)]


def _too_long(text: str, smallest: SetText, room: Room) -> Problem:
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."
    return Problem(
        f"`{shown}` does not fit: at {smallest.size:.3g} px, its smallest size, it takes {smallest.width} x "
        f"{smallest.height} px and its box has {room.width} x {room.height}",
        hint="shorten the text, enlarge the box of its layer, or allow a smaller `size`"
        + "; a long word breaks where it holds soft hyphens (U+00AD)" * (smallest.width > room.width),
    )
