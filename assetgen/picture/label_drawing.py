"""The label that says that a model drew: small, and on a plate of its own, so that it can be read on anything."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.errors import InputError, Problem
from assetgen.model.ai_label import Label
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import BrandLook, Canvas, PlacedLayer
from assetgen.picture.colour import READABLE, RGB, contrast, hardest, ink_and_paper, sample
from assetgen.picture.geometry import Rect, rect_anchored
from assetgen.picture.paint import fill, paste
from assetgen.picture.standing_product import rgba_premultiplied
from assetgen.picture.type.pango import Face
from assetgen.picture.type.typesetting import SetText, TextDoesNotFit, set_text
from assetgen.picture.vector import rasterise, rounded_mask

_BESIDE = 0.6
"""Room on either side of the words, in type sizes."""

_ABOVE = 0.42
"""Room above the capitals and below the last baseline, in type sizes."""

_CLEAR = 0.3
"""Room above and below ink that is higher than capitals, in type sizes."""

_ICON = 1.6
"""Height of the icon, in heights of capitals."""

_GAP = 0.36
"""Room between the icon and the words, in type sizes."""

_CAPITAL = 0.73
"""Height of capitals in type sizes, where there are no words to measure it at."""

_PITCH = 1.25
"""The way from one baseline to the next, in type sizes."""

_LINES = 3
"""The number of lines, at most."""

_LONG = 8
"""The width, in type sizes, from which a text may also be set narrower and in more lines."""

_NARROW = 0.6
"""The share of its width that a long text then has."""

_LEAST = 0.6
"""The opacity of the plate where its words can be read on it."""

_STEP = 0.05
"""The opacity that is added while they cannot."""

_MOST = 0.95
"""The opacity at which adding stops."""

_SPARE = 1.5
"""The times of READABLE that a label's letters need: small ones are thinner than a pixel in places."""

_BLUR = 0.4
"""The blur of the picture under the plate, in type sizes: else its edges run through the words."""

_CALM = 6
"""Levels by which the colours of a ground without a picture differ at most."""

_PLAIN = 20
"""Levels by which the colours of an icon in a single colour differ at most."""


@dataclass(frozen=True)
class SetLabel:
    """A label that was set, and its plate's size in px. cap: height of capitals; size: of type."""

    label: Label
    words: SetText | None
    icon: Pixels | None
    cap: float
    size: float

    @property
    def width(self) -> int:
        words, icon = self.words.width if self.words else 0, self.icon.shape[1] if self.icon is not None else 0
        return 2 * self.beside + words + icon + (self.gap if words and icon else 0)

    @property
    def height(self) -> int:
        ink = max(self.words.height if self.words else 0, self.icon.shape[0] if self.icon is not None else 0)
        return max(_body(self) + 2 * round(_ABOVE * self.size), ink + 2 * round(_CLEAR * self.size))

    @property
    def beside(self) -> int:
        return round(_BESIDE * self.size) if self.words else (self.height - round(_ICON * self.cap)) // 2

    @property
    def gap(self) -> int:
        return round(_GAP * self.size)


def set_label(label: Label, canvas: Canvas, look: BrandLook, room: Rect) -> tuple[SetLabel, ...]:
    """The label as small as its standard allows: in as few lines as the room allows and, if it is long, also in more.

    Raises InputError where there is no room for the text.
    """
    least = label.standard.least(canvas.width, canvas.height)
    high = round(_ICON * least)
    icon = rasterise(look.icon, 4 * high, high) if label.icon and look.icon else None
    if not label.text:
        return (SetLabel(label, None, icon, least, least / _CAPITAL),)
    beside = icon.shape[1] if icon is not None else 0
    try:
        texts = _texts(label, look, room, least, beside)
    except TextDoesNotFit as error:
        message = f"on {canvas.width} x {canvas.height}: the label {error.problems[0].message}"
        raise InputError(Problem(message, hint="shorten `label` under `disclosure` in the campaign")) from error
    return tuple(SetLabel(label, text, icon, text.cap_height, text.size) for text in texts)


def _texts(label: Label, look: BrandLook, room: Rect, least: float, icon: int) -> tuple[SetText, ...]:
    size = math.floor(4 * least / _CAPITAL) / 4

    def inside() -> tuple[int, int]:
        around = 2 * _BESIDE + _GAP * bool(icon), 2 * _ABOVE
        return math.floor(room.width - icon - around[0] * size) - 2, math.floor(room.height - around[1] * size) - 2

    # Capitals of fonts differ, and so does what is the lowest glyph: only a text that is set can be measured.
    while not _suffices(text := _set(label, look, size, *inside()), label, least):
        size += 0.25
    if text.width < _LONG * size:
        return (text,)
    try:
        return text, _set(label, look, size, round(_NARROW * text.width), inside()[1])
    except TextDoesNotFit:
        return (text,)


def _suffices(text: SetText, label: Label, least: float) -> bool:
    if label.standard.glyphs:
        # A pixel more, for what a codec takes from the edges of letters.
        return smallest_glyph(text.mask > 127) >= math.ceil(least) + 1
    return text.cap_height >= least


def _set(label: Label, look: BrandLook, size: float, width: int, height: int) -> SetText:
    return set_text(
        label.text,
        font=look.body,
        locale=label.locale,
        width=max(1, width),
        height=max(1, min(height, round(_LINES * _PITCH * size))),
        smallest=size,
        largest=size,
        spacing=_PITCH,
    )


def smallest_glyph(ink: npt.NDArray[np.bool_]) -> int:
    """The height in px of the lowest glyph in a line; glyphs are what empty columns part."""
    steps = np.diff(ink.any(axis=0).astype(np.int8), prepend=0, append=0)
    glyphs = zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True)
    rows = [np.flatnonzero(ink[:, start:end].any(axis=1)) for start, end in glyphs]
    return min((int(high[-1] - high[0]) + 1 for high in rows), default=0)


def draw_label(pixels: Pixels, drawn: SetLabel, place: Rect, room: Rect, look: BrandLook) -> PlacedLayer:
    """Draws the label at a place in `room`, to whose sides it is aligned, and says where its ink lies."""
    words, icon = drawn.words, drawn.icon
    plain = icon is None or _is_plain(icon)
    under = sample(pixels, place)
    colour, plate = _colours(under, None if plain else icon, look)
    inside = Rect(place.left + drawn.beside, place.top, place.right - drawn.beside, place.bottom)
    beside = place._replace(left=place.left - drawn.beside, right=place.right + drawn.beside)
    ground = _rgb(cv2.mean(under))
    if _is_calm(sample(pixels, beside)) and contrast(ground, colour) >= _SPARE * READABLE:
        # Nobody would see the plate, and so its letters stand where others would.
        inside = inside.moved(drawn.beside * ((place.right == room.right) - (place.left == room.left)), 0)
    else:
        ground = _plate(pixels, drawn, place, colour, plate)
    rtl = Face(look.body, drawn.label.locale).rtl
    if icon is not None:
        spot = rect_anchored(icon.shape[1], icon.shape[0], inside, "right" if rtl else "left")
        if plain:
            fill(pixels, spot, colour, np.ascontiguousarray(icon[..., 3]))
        else:
            paste(pixels, spot, rgba_premultiplied(icon))
    ink = None
    if words:
        body = rect_anchored(words.width, _body(drawn), inside, "left" if rtl else "right")
        top = body.top + round(words.cap_height) - words.baseline
        ink = Rect(body.left, top, body.right, top + words.height)
        fill(pixels, ink, colour, words.mask)
    detail = f"{drawn.size:.0f} px, #{bytes(colour).hex()}{', with its icon' if icon is not None else ''}"
    return PlacedLayer("label", (*place,), detail, drawn.label.text, drawn.cap, colour, ground, ink=ink and (*ink,))


def _body(drawn: SetLabel) -> int:
    """The pixels from the top of the capitals to the last baseline."""
    lines, pitch = (drawn.words.lines, drawn.words.pitch) if drawn.words else (1, 0)
    return round(drawn.cap) + (lines - 1) * pitch


def _is_calm(patch: Pixels) -> bool:
    return int(np.ptp(patch.reshape(-1, 3), axis=0).max()) <= _CALM


def _is_plain(icon: Pixels) -> bool:
    """Whether the icon is one colour on nothing: then it takes that of the words."""
    seen = icon[icon[..., 3] > 127][:, :3].astype(np.int16)
    clear = bool((icon[..., 3] < 127).any())
    return clear and seen.size > 0 and int(np.abs(seen - np.median(seen, axis=0)).max()) <= _PLAIN


def _colours(under: Pixels, icon: Pixels | None, look: BrandLook) -> tuple[RGB, RGB]:
    """The colours of words and plate; the plate is dark where the picture is, or fits an icon that has colours."""
    ink, paper = ink_and_paper(look)
    if icon is not None:
        shown = cv2.mean(icon[..., :3], icon[..., 3])
        plate = max((paper, ink), key=lambda colour: contrast(colour, _rgb(shown)))
    else:
        plate = min((ink, paper), key=lambda colour: contrast(colour, _rgb(cv2.mean(under))))
    return (paper if plate == ink else ink), plate


def _plate(pixels: Pixels, drawn: SetLabel, place: Rect, words: RGB, plate: RGB) -> RGB:
    """Lays the plate down and gives its mean colour."""
    part = _softened(pixels, place, max(1.0, _BLUR * drawn.size))
    worst, opacity = np.array(hardest(part.astype(np.uint8), words), np.float32), _LEAST
    while opacity < _MOST and contrast(_rgb(worst + opacity * (np.array(plate) - worst)), words) < _SPARE * READABLE:
        opacity += _STEP
    tinted = np.rint(part + opacity * (np.array(plate, np.float32) - part)).astype(np.uint8)
    one_line = round(drawn.cap) + 2 * round(_ABOVE * drawn.size)
    corners = rounded_mask(place.width, place.height, drawn.label.radius * min(one_line, place.width))
    paste(pixels, place, rgba_premultiplied(np.dstack([tinted, corners])))
    return _rgb(cv2.mean(tinted))


def _softened(pixels: Pixels, place: Rect, blur: float) -> npt.NDArray[np.float32]:
    """The part of the picture at `place`, blurred; blurred small, which takes a tenth of the time and looks alike."""
    # Wider than the plate: a blur that ended at its edge would mirror the picture there.
    around = place.grown(round(2 * blur)).within(Rect(0, 0, pixels.shape[1], pixels.shape[0]))
    part, scale = pixels[around.top : around.bottom, around.left : around.right], min(1.0, 2 / blur)
    small = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    soft = cv2.resize(cv2.GaussianBlur(small, (0, 0), blur * scale), (around.width, around.height))
    top, left = place.top - around.top, place.left - around.left
    return soft[top : top + place.height, left : left + place.width].astype(np.float32)


def _rgb(values: npt.ArrayLike) -> RGB:
    red, green, blue = np.rint(np.asarray(values)[:3]).astype(int).tolist()
    return red, green, blue
