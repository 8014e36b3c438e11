"""A small canvas for what lies behind the set, out of focus: shapes are painted in the units of the set.

x runs from the standing point to the right, y upwards from where the floor ends; the product is about 1.5 wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from assetgen.studio.tracer.camera import Camera
from assetgen.studio.tracer.solids import Array

MOST_ROWS = 400
"""A blur of about one of its rows hides that the canvas is small."""

PixelBox = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom lie outside."""


def lay_over(picture: Array, colour: Array, cover: Array, box: PixelBox, blur: float = 0.0) -> None:
    """Changes the picture in the box; `blur` is the standard deviation in pixels."""
    left, top, right, bottom = box
    colour = colour * cover[..., None]
    if blur > 0.3:
        colour, cover = (cv2.GaussianBlur(layer, (0, 0), blur) for layer in (colour, cover))
    below = picture[top:bottom, left:right]
    below *= (1 - cover)[..., None]
    below += colour


@dataclass(frozen=True)
class Easel:
    """A backdrop on which scenery is drawn, rows x columns pixels."""

    rows: int
    columns: int
    unit: float
    """Pixels for one unit of the set."""

    middle: float
    """The column of x = 0."""

    foot: float
    """The row of y = 0."""

    wall: Array
    """The main colour."""

    accents: Sequence[Array]
    """The colours of the props."""

    rng: np.random.Generator
    lit: Array = field(init=False)
    """The colour of what the set's light falls on."""

    cover: Array = field(init=False)
    """How much of each pixel that is, 0 to 1."""

    glow: Array = field(init=False)
    """What gives off light itself."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "lit", np.zeros((self.rows, self.columns, 3), np.float32))
        object.__setattr__(self, "cover", np.zeros((self.rows, self.columns), np.float32))
        object.__setattr__(self, "glow", np.zeros((self.rows, self.columns, 3), np.float32))

    @classmethod
    def behind(cls, camera: Camera, ground: float, wall: Array, accents: Sequence[Array], seed: int) -> Easel:
        """An easel behind a floor that ends at `ground`, in fractions of the frame's height."""
        rows = min(MOST_ROWS, camera.height)
        columns = max(round(rows * camera.width / camera.height), 8)
        return cls(
            rows,
            columns,
            rows / camera.view,
            camera.x * columns,
            ground * rows,
            wall,
            accents,
            np.random.default_rng(seed),
        )

    @property
    def left(self) -> float:
        return -self.middle / self.unit

    @property
    def right(self) -> float:
        return (self.columns - self.middle) / self.unit

    @property
    def top(self) -> float:
        return self.foot / self.unit

    def accent(self, number: int) -> Array:
        return self.accents[number % len(self.accents)]

    def heights(self) -> Array:
        """Y of every row, as a column."""
        return ((self.foot - np.arange(self.rows, dtype=np.float32) - 0.5) / self.unit)[:, None]

    def across(self) -> Array:
        """X of every column, as a row."""
        return ((np.arange(self.columns, dtype=np.float32) + 0.5 - self.middle) / self.unit)[None, :]

    def fill(self, colours: Sequence[tuple[float, Array]]) -> None:
        """Covers everything with colours that run into each other upwards; each with its y, the lowest first."""
        levels, tones = [level for level, _ in colours], np.stack([colour for _, colour in colours])
        y = self.heights()
        for channel in range(3):
            self.lit[..., channel] = np.interp(y, levels, tones[:, channel])
        self.cover[:] = 1
        self.glow[:] = 0

    def shape(self, outlines: Iterable[Sequence[tuple[float, float]]], blur: float = 0.0) -> Array:
        """A mask of polygons, softened; blur in units of the set."""
        mask = np.zeros((self.rows, self.columns), np.uint8)
        for outline in outlines:
            corners = np.array([(self.middle + x * self.unit, self.foot - y * self.unit) for x, y in outline])
            cv2.fillPoly(mask, [(corners * 256).round().astype(np.int32)], (255,), cv2.LINE_AA, shift=8)
        return self.softened(mask.astype(np.float32) / 255, blur)

    def discs(self, discs: Iterable[tuple[float, ...]], blur: float = 0.0) -> Array:
        """A mask of discs: x, y, radius, and how strong each is if not 1; where they overlap they add up."""
        mask = np.zeros((self.rows, self.columns), np.float32)
        for x, y, radius, *strength in discs:
            across, down, reach = self.middle + x * self.unit, self.foot - y * self.unit, radius * self.unit + 1
            left, top = max(int(across - reach), 0), max(int(down - reach), 0)
            part = mask[top : max(int(down + reach) + 2, 0), left : max(int(across + reach) + 2, 0)]
            rows, columns = np.ogrid[top : top + part.shape[0], left : left + part.shape[1]]
            apart = np.hypot(rows + 0.5 - down, columns + 0.5 - across)
            part += np.clip(reach - 0.5 - apart, 0, 1) * (strength[0] if strength else 1)
        return self.softened(mask, blur)

    def softened(self, mask: Array, blur: float) -> Array:
        sigma = max(blur * self.unit, 0.6)
        # A wide blur of a quarter of the rows looks the same.
        small = cv2.resize(mask, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA) if sigma > 9 else mask
        scale = small.shape[0] / self.rows
        soft = cv2.GaussianBlur(small, (0, 0), sigma * scale, borderType=cv2.BORDER_REPLICATE)
        if small is mask:
            return np.asarray(soft, np.float32)
        return np.asarray(cv2.resize(soft, (self.columns, self.rows), interpolation=cv2.INTER_CUBIC), np.float32)

    def lay(self, mask: Array, colour: Array, share: float = 1.0) -> None:
        """Paints a colour over what is there."""
        at = _extent(mask)
        part = (mask[at] * np.float32(share))[..., None]
        self._cover(at, colour * part, part)

    def shine(self, mask: Array, colour: Array, strength: float = 1.0) -> None:
        at = _extent(mask)
        self.glow[at] += colour * (mask[at] * np.float32(strength))[..., None]

    def dab(self, dabs: Iterable[tuple[float, float, float, Array]], blur: float, share: float) -> None:
        """Discs (x, y, radius, colour), the later ones on top, that run into each other as wet paint does."""
        scale = 0.25 * self.unit
        layer = np.zeros((max(self.rows // 4, 1), max(self.columns // 4, 1), 4), np.float32)
        for x, y, radius, colour in dabs:
            centre = round(0.25 * self.middle + x * scale), round(0.25 * self.foot - y * scale)
            cv2.circle(layer, centre, max(round(radius * scale), 1), (*colour.tolist(), 1.0), -1)
        soft = cv2.GaussianBlur(layer, (0, 0), max(blur * scale, 0.6), borderType=cv2.BORDER_REPLICATE)
        soft = cv2.resize(soft, (self.columns, self.rows), interpolation=cv2.INTER_CUBIC) * np.float32(share)
        self._cover((slice(None), slice(None)), np.maximum(soft[..., :3], 0), np.clip(soft[..., 3:], 0, 1))

    def _cover(self, at: tuple[slice, slice], paint: Array, part: Array) -> None:
        """Lays paint (colour times cover) over a box of the canvas."""
        for layer, laid in ((self.lit, paint), (self.glow, np.float32(0)), (self.cover[..., None], part)):
            layer[at] = layer[at] * (1 - part) + laid

    def over(self, picture: Array, mood: Array) -> None:
        """Onto the picture; mood: the colour of the light that falls on what is painted."""
        size = picture.shape[1], picture.shape[0]
        cover = cv2.resize(self.cover, size, interpolation=cv2.INTER_CUBIC)[..., None]
        picture *= 1 - cover
        picture += np.maximum(cv2.resize(self.lit * mood, size, interpolation=cv2.INTER_CUBIC), 0)
        picture += np.maximum(cv2.resize(self.glow, size, interpolation=cv2.INTER_CUBIC), 0)


def _extent(mask: Array) -> tuple[slice, slice]:
    """The box of a mask in which there is anything."""
    rows, columns = (np.flatnonzero((mask > 1e-4).any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return slice(0), slice(0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def ellipse(x: float, y: float, across: float, up: float, count: int = 40) -> list[tuple[float, float]]:
    turns = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return [(x + across * float(np.cos(t)), y + up * float(np.sin(t))) for t in turns]


def box(x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    """Upright, from the middle of its foot."""
    return [(x - width / 2, y), (x + width / 2, y), (x + width / 2, y + height), (x - width / 2, y + height)]


def rounded(x: float, y: float, width: float, height: float, radius: float) -> list[tuple[float, float]]:
    corners = ((1, 0), (1, 1), (-1, 1), (-1, 0))
    outline: list[tuple[float, float]] = []
    for i, (across, up) in enumerate(corners):
        middle = x + across * (width / 2 - radius), y + radius + up * (height - 2 * radius)
        turns = np.radians(np.linspace(-90, 0, 8) + 90 * i)
        outline += [(middle[0] + radius * float(np.cos(t)), middle[1] + radius * float(np.sin(t))) for t in turns]
    return outline
