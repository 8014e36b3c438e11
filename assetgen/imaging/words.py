"""Words as pixels: the largest type that fits a box, with the line breaks that each language asks for."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self
from xml.sax.saxutils import escape

import cv2
import numpy as np
import numpy.typing as npt
from babel import Locale

from assetgen.errors import InputError, Problem
from assetgen.imaging.fonts import use_bundled_fonts

if TYPE_CHECKING:
    import pyvips

Align = Literal["start", "center", "end"]
Mask = npt.NDArray[np.uint8]

CAP_HEIGHT = 0.727  # of Inter, as a share of the type size
_ASCENT, _DESCENT = 0.96875, 0.2415  # of every bundled font, see data/fonts/README.md
_SMOOTH = 64  # px; smaller type is drawn at a multiple, because Pango puts letters on whole pixels
_BEARING = 0.15  # of the type size: Pango breaks by advance widths, which are wider than the ink
_BALANCED_LINES = 4  # longer texts are reading matter and keep full lines


class TextDoesNotFit(InputError):
    """Even the smallest size that the layout allows is too large for the box."""


@dataclass(frozen=True)
class SetText:
    """Words as an alpha mask (H x W), cut tight around the ink, so that its edges are the edges a reader sees.

    size: type size; baseline: from the top of the mask to the first baseline; pitch: from baseline to baseline. In px.
    """

    mask: Mask
    size: float
    lines: int
    baseline: int
    pitch: int

    @property
    def width(self) -> int:
        return int(self.mask.shape[1])

    @property
    def height(self) -> int:
        return int(self.mask.shape[0])

    @property
    def cap_height(self) -> float:
        return CAP_HEIGHT * self.size


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
) -> SetText:
    """Sets `text`, which must hold more than spaces, as large as the box allows.

    Sizes in px, `spacing` from baseline to baseline in type sizes. Words are never broken or cut: raises
    TextDoesNotFit when `smallest` is too large for the box.
    """
    words = _Words(text, font, locale, align, spacing)
    fitted = _fit(words, width, height, smallest, largest)
    return _balanced(words, fitted, height).finished()


@dataclass(frozen=True)
class _Words:
    text: str
    font: str
    locale: str
    align: Align
    spacing: float


@dataclass(frozen=True)
class _Draft:
    """Words drawn at `scale` times their size; sizes in finished px, `ink` at the drawn size."""

    ink: pyvips.Image
    scale: int
    size: float
    pitch: int

    @classmethod
    def of(cls, words: _Words, size: float, width: float) -> Self:
        use_bundled_fonts()
        import pyvips

        scale = math.ceil(_SMOOTH / size)
        pitch = round(size * words.spacing)
        tracking = round(_tracking(words.text, size) * scale * 1024)
        ink = pyvips.Image.text(
            f'<span letter_spacing="{tracking}" line_height="{pitch * scale * 1024}">{_markup(words)}</span>',
            font=f"{words.font} {size * scale:.3f}px",
            width=round((width + size * _BEARING) * scale),
            align={"start": "low", "center": "centre", "end": "high"}[words.align],
            wrap="word",
            dpi=72,
        )
        return cls(ink, scale, size, pitch)

    @classmethod
    def within(cls, words: _Words, size: float, width: int) -> Self:
        """Broken by the ink where that suffices, else a little earlier, by the advance widths that Pango goes by."""
        draft = cls.of(words, size, width)
        return draft if draft.width <= width else cls.of(words, size, width - size * _BEARING)

    @property
    def baseline(self) -> int:
        """From the top of the ink, at the drawn size; Pango rounds ascent and descent up, and centres the line."""
        type_size = self.size * self.scale
        rise, fall = math.ceil(_ASCENT * type_size), math.ceil(_DESCENT * type_size)
        return math.ceil((self.pitch * self.scale + rise - fall) / 2) - int(self.ink.yoffset)

    @property
    def above(self) -> int:
        """Empty rows that move every baseline to the edge between two rows of finished pixels; at the drawn size."""
        return -self.baseline % self.scale

    @property
    def width(self) -> int:
        return math.ceil(int(self.ink.width) / self.scale)

    @property
    def height(self) -> int:
        return math.ceil((self.above + int(self.ink.height)) / self.scale)

    @property
    def lines(self) -> int:
        return max(1, round(int(self.ink.yoffset + self.ink.height) / self.scale / self.pitch))

    def fits(self, width: int, height: int) -> bool:
        return self.width <= width and self.height <= height

    def finished(self) -> SetText:
        ink = self.ink.numpy()
        drawn = np.zeros((self.height * self.scale, self.width * self.scale), np.uint8)
        drawn[self.above : self.above + ink.shape[0], : ink.shape[1]] = ink
        mask = cv2.resize(drawn, (self.width, self.height), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
        return SetText(mask, self.size, self.lines, (self.above + self.baseline) // self.scale, self.pitch)


def _fit(words: _Words, width: int, height: int, smallest: float, largest: float) -> _Draft:
    """Few drawings: most words fit at their largest; the others are closed in upon, then stretched."""
    draft = _Draft.within(words, largest, width)
    if draft.fits(width, height):
        return draft
    best = _Draft.within(words, smallest, width)
    if not best.fits(width, height):
        raise TextDoesNotFit(_too_long(words.text, best, width, height))
    beyond = largest
    for _ in range(3):
        draft = _Draft.within(words, math.sqrt(best.size * beyond), width)
        if draft.fits(width, height):
            best = draft
        else:
            beyond = draft.size
    stretched = 0.99 * best.size * min(width * best.scale / best.ink.width, height * best.scale / best.ink.height)
    # In quarters of a pixel, because a size that Pango has not met before costs it 2 ms.
    draft = _Draft.within(words, max(best.size, math.floor(min(beyond, stretched) * 4) / 4), width)
    return draft if draft.fits(width, height) else best


def _balanced(words: _Words, draft: _Draft, height: int) -> _Draft:
    """The narrowest setting with as many lines: no word is left alone on the last one."""
    if not 1 < draft.lines <= _BALANCED_LINES:
        return draft
    low, high = draft.width * (1 - 1 / draft.lines), float(draft.width)
    for _ in range(4):
        middle = (low + high) / 2
        narrower = _Draft.of(words, draft.size, middle)
        if narrower.lines == draft.lines and narrower.fits(draft.width, height):
            draft, high = narrower, middle
        else:
            low = middle
    return draft


def _tracking(text: str, size: float) -> float:
    """What to add between letters, in px: Inter's own rule, https://rsms.me/inter/dynmetrics/."""
    if any(char >= "\u0590" and char.isalpha() for char in text):
        return 0  # Arabic letters join, and Chinese signs stand in squares
    return size * (-0.0223 + 0.185 * math.exp(-0.1745 * size))


def _markup(words: _Words) -> str:
    """Pango markup: the language chooses letter forms and line breaks, a mark before each paragraph its direction."""
    mark = "\u200f" if Locale.parse(words.locale, sep="-").text_direction == "rtl" else "\u200e"
    text = escape(re.sub(r"[\x00-\x09\x0b-\x20\x7f]+", " ", words.text).strip())
    if words.locale.startswith("zh"):  # Latin fonts have these too, but too narrow for Chinese
        text = re.sub("[“”‘’…—·]+", r'<span font_family="Noto Sans CJK SC">\g<0></span>', text)
    return f'<span lang="{words.locale}">{mark}' + text.replace("\n", f"\n{mark}") + "</span>"


def _too_long(text: str, smallest: _Draft, width: int, height: int) -> Problem:
    shown = text if len(text) <= 60 else f"{text[:57]}..."
    return Problem(
        f"`{shown}` does not fit: at {smallest.size:g} px, its smallest size, it takes {smallest.width} x "
        f"{smallest.height} px and its box has {width} x {height}",
        hint="shorten the text, enlarge the box of its layer, or allow a smaller `size`",
    )
