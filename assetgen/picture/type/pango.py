"""Rows of words drawn by Pango, each between two capitals that tell its baseline, its height and its width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np
from babel import Locale

from assetgen.model.arrays import Alpha
from assetgen.picture.type.fonts import use_bundled_fonts

_PITCH = 2.5  # type sizes from row to row: no script's marks reach so far
_CHINESE_MARKS = re.compile("[“”‘’…—·]+")  # Latin fonts have these too, but too narrow for Chinese


@dataclass(frozen=True)
class Face:
    """A font such as `Inter SemiBold`, and the language that chooses its letter forms."""

    font: str
    locale: str

    @property
    def rtl(self) -> bool:
        return bool(Locale.parse(self.locale, sep="-").text_direction == "rtl")


@dataclass(frozen=True)
class GlyphRow:
    """Words without a break, in px. `ink` is cut tight; `rise` goes from its top to the baseline.

    advance: with all space around; lead, trail: from where the words begin and end to their ink; cap: of a capital.
    """

    ink: Alpha
    rise: int
    advance: float
    lead: float
    trail: float
    cap: int


def draw_rows(texts: Sequence[str], face: Face, size: float, tracking: float = 0) -> list[GlyphRow]:
    """Sizes in px; `tracking` comes between letters."""
    use_bundled_fonts()
    import pyvips

    pitch = round(_PITCH * size)
    lines = "\n".join(_markup(text, face) for text in ("", *texts))
    span = f'<span lang="{face.locale}" letter_spacing="{tracking * 1024:.0f}" line_height="{pitch * 1024}">'
    drawn = pyvips.Image.text(f"{span}{lines}</span>", font=f"{face.font} {size:.3f}px", align="low", dpi=72)
    sheet = np.zeros(((len(texts) + 1) * pitch, drawn.width), np.uint8)
    sheet[drawn.yoffset : drawn.yoffset + drawn.height] = drawn.numpy()
    empty, *bands = np.split(sheet, len(texts) + 1)
    capital, apart = _capitals(empty)
    return [_row(band, capital, apart, rtl=face.rtl) for band in bands]


def _capitals(empty: Alpha) -> tuple[int, int]:
    """The width of a capital, and how far apart two begin that have no words between them."""
    columns = np.flatnonzero(empty.any(axis=0))
    (gaps,) = np.nonzero(np.diff(columns) > 1)
    second = int(columns[gaps[0] + 1])
    return int(columns[-1]) + 1 - second, second - int(columns[0])


def _row(band: Alpha, capital: int, apart: int, *, rtl: bool) -> GlyphRow:
    columns = np.flatnonzero(band.any(axis=0))
    first, last = int(columns[0]), int(columns[-1]) + 1
    feet = np.flatnonzero(band[:, first : first + capital].any(axis=1))
    start, end = first + (apart + capital) / 2, last - (apart + capital) / 2
    off = capital + (apart - capital) // 4
    inner = columns[(columns >= first + off) & (columns < last - off)]
    left, right = (int(inner[0]), int(inner[-1]) + 1) if inner.size else (round(start), round(start))
    rows = np.flatnonzero(band[:, left:right].any(axis=1)) if inner.size else feet
    ink = band[rows[0] : rows[-1] + 1, left:right]
    lead, trail = left - start, end - right
    cap, rise = len(feet), int(feet[-1]) + 1 - int(rows[0])
    return GlyphRow(ink, rise, end - start, *((trail, lead) if rtl else (lead, trail)), cap)


def _markup(text: str, face: Face) -> str:
    """The text between capitals, which marks keep in their place whatever direction the words run in."""
    mark = "\u200f" if face.rtl else "\u200e"
    shown = escape(text)
    if face.locale.startswith(("zh", "ja")):
        shown = _CHINESE_MARKS.sub(r'<span font_family="Noto Sans CJK SC">\g<0></span>', shown)
    return f"{mark}H{mark} {shown} {mark}H{mark}"
