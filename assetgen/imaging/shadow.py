"""What a standing product does to the floor: a dark line where it touches, a dim pool around it, the shadow it casts.

Everything is worked out on a small grid, where wide blurs cost little, and laid on the canvas as one factor.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.imaging.geometry import Rect
from assetgen.imaging.paint import Mask, multiply
from assetgen.model.cutout import Pixels
from assetgen.model.request import Light, Stage

Floats = npt.NDArray[np.floating]

_GRID = 170
"""Grid points over the product's longer side."""

_PITCH = 0.16
"""How depth on the floor is foreshortened: the sine of a camera that looks down by 9 degrees."""

_LONGEST = 1.6
"""The longest shadow of a low sun, in heights of the product."""

_BOUNCE = 0.06
"""The share of light that reaches a shadow from the floor around it, in the floor's own colour."""

_TOUCH = 0.96
"""The share of light that gets lost in the crease where the product touches the floor."""

_CREASE = 0.009
"""How fast that crease fades: to a third within this share of the product's longer side."""

_LEANING = 0.12
"""A product leans if its lowest point is this near to an end of its foot; one with its corner further in is turned."""


@dataclass(frozen=True)
class _Caster:
    """A product on the grid: its outline, and for each column if it stands (1 or 0), where it ends, and its gap.

    lowest: the lower edge, in rows from the top.
    gap: how far that edge hangs above the floor, in rows, because the product leans.
    """

    outline: Floats
    standing: Floats
    lowest: Floats
    gap: Floats

    @property
    def base(self) -> int:
        return round(float(self.lowest.max()))

    @property
    def depth(self) -> float:
        """How deep its footprint shows on the floor, were it round; a photo from high above shows it deeper."""
        front = (self.lowest + self.gap)[self.standing > 0]
        return max(_PITCH * front.size, 2 * float(np.ptp(front))) if front.size else 0.0


@dataclass(frozen=True)
class _Floor:
    """The part of the grid that a shadow can reach: `left` of the product's first column, `up` from its base."""

    left: int
    up: int
    width: int
    height: int

    @property
    def rows(self) -> Floats:
        """Their middles, counted down from the product's base."""
        return np.arange(self.height, dtype=np.float32)[:, None] + (0.5 - self.up)

    def spread(self, columns: Floats) -> Floats:
        """Values for the product's columns, as wide as the floor."""
        return np.pad(columns, (self.left, self.width - self.left - columns.size))


def shade(pixels: Pixels, alpha: Mask, at: Rect, stage: Stage | None) -> None:
    """Darkens the floor around a product that will be pasted `at`; without a stage the light is assumed."""
    step = max(at.width, at.height) / _GRID
    light = stage.light if stage else Light()
    caster = _caster(alpha, step)
    floor = _floor(caster, light)
    crease, pool, cast = _crease(caster, floor), _pool(caster, floor), _cast(caster, floor, light)
    dark = 1 - (1 - crease) * (1 - pool) * (1 - light.strength * cast)
    left, top = at.left - round(floor.left * step), at.top + round((caster.base - floor.up) * step)
    area = Rect(left, top, left + round(floor.width * step), top + round(floor.height * step))
    if stage:
        dark *= _on_stage(dark.shape, area, pixels, stage)
    factor = _in_floor_colour(dark, pixels, area)
    multiply(pixels, area, cv2.resize(factor, (area.width, area.height)).astype(np.uint8, copy=False))


def _caster(alpha: Mask, step: float) -> _Caster:
    """Columns stand where the lower edge runs on evenly from its lowest point: handles and overhangs do not."""
    size = max(3, round(alpha.shape[1] / step)), max(3, round(alpha.shape[0] / step))
    outline = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    opaque = outline > 0.5
    ends = np.where(opaque.any(axis=0), size[1] - opaque[::-1].argmax(axis=0), 0).astype(np.float32)
    # Cutouts are ragged below, where the photo's own shadow was.
    lowest = _blurred(np.asarray(cv2.medianBlur(ends[None], 5), np.float32), 1.5, 0.1)[0]
    base = lowest.max()
    even = (np.abs(np.gradient(lowest)) < 0.7) & (base - lowest < 0.14 * _GRID)
    standing = np.zeros(lowest.size, np.float32)
    for run in np.split(np.arange(even.size), np.flatnonzero(np.diff(even)) + 1):
        if even[run[0]] and base - lowest[run].max() < 0.03 * _GRID:
            standing[run] = 1
    return _Caster(outline, standing, lowest, _gap(lowest, standing))


def _gap(lowest: Floats, standing: Floats) -> Floats:
    """The room below a product that leans: a foot that curves up at both ends, as round ones do, touches all along."""
    columns = np.flatnonzero(standing)
    if columns.size < 3:
        return np.zeros_like(lowest)
    slope = float(np.polyfit(columns, lowest[columns], 1)[0])
    pivot = columns[-1] if slope > 0 else columns[0]
    if abs(int(columns[lowest[columns].argmax()]) - pivot) > _LEANING * np.ptp(columns):
        return np.zeros_like(lowest)
    gap: Floats = np.maximum(slope * (pivot - np.arange(lowest.size)), 0).astype(np.float32)
    return gap


def _floor(caster: _Caster, light: Light) -> _Floor:
    lean, rise = _slant(light)
    beside, up = round(0.45 * _GRID), round(caster.depth + (rise + 0.18) * _GRID)
    left, right = beside + max(0, round(-lean * _GRID)), beside + max(0, round(lean * _GRID))
    return _Floor(left, up, left + caster.lowest.size + right, up + round(0.2 * _GRID))


def _slant(light: Light) -> tuple[float, float]:
    """How far to the right and upwards in the picture the shadow of a thing reaches, in heights of that thing."""
    length = min(1 / math.tan(math.radians(90 * min(max(light.height, 0.05), 0.98))), _LONGEST)
    return -light.side * length, math.sqrt(max(0.0, 1 - light.side**2)) * length * _PITCH


def _crease(caster: _Caster, floor: _Floor) -> Floats:
    """Where the product touches the floor next to no light gets in: darkest at its edge, and soon gone."""
    touching = _blurred((caster.standing * np.exp(-caster.gap / (0.02 * _GRID)))[None], 1.5, 0.1)[0]
    below = floor.rows - floor.spread(caster.lowest - caster.base)
    near: Floats = np.exp(-np.maximum(below, 0) / (_CREASE * _GRID)) * _ramp(below, -0.03 * _GRID, 0)
    return _TOUCH * floor.spread(touching) * near


def _pool(caster: _Caster, floor: _Floor) -> Floats:
    """The sky that the product hides from the floor: least light close to its foot."""
    foot = _foot(caster, floor)
    near, far = _blurred(foot, 0.045 * _GRID, 0.022 * _GRID), _blurred(foot, 0.17 * _GRID, 0.06 * _GRID)
    pool: Floats = np.minimum(0.8 * near + 1.0 * far, 0.9)
    return pool


def _foot(caster: _Caster, floor: _Floor) -> Floats:
    """The footprint on the floor: its front edge is seen, its back edge is taken to be the same turned round."""
    front = floor.spread(caster.lowest + caster.gap - caster.base)
    under = (floor.rows <= front) & (floor.rows >= -caster.depth - front)
    return under * floor.spread(caster.standing / (1 + caster.gap / (0.04 * _GRID)))


def _cast(caster: _Caster, floor: _Floor, light: Light) -> Floats:
    """The outline laid on the floor away from the light: sharp at the foot, and softer the higher what casts it."""
    lean, rise = _slant(light)
    margin = round(0.3 * _GRID)
    outline = np.pad(caster.outline, ((margin, 0), (margin, margin)))
    base = caster.base + margin
    height: Floats = np.clip((base - np.arange(outline.shape[0], dtype=np.float32)[:, None]) / _GRID, 0, 1)
    soft = _softened(outline, height, light.softness) * (1 - 0.5 * light.softness * height)
    right, down = floor.left - margin + lean * base, floor.up - rise * base - caster.depth / 2
    lay = np.array([[1, -lean, right], [0, rise, down]], np.float32)
    laid = cv2.warpAffine(soft, lay, (floor.width, floor.height), flags=cv2.INTER_LINEAR)
    # As deep as the footprint: things are no paper figures.
    thick = np.asarray(cv2.dilate(laid, np.ones((1 + round(caster.depth / 2), 1), np.uint8)), np.float32)
    return np.maximum(_blurred(thick, 0.5, 0.5 + caster.depth / 4), _blurred(_foot(caster, floor), 1.5, 1.0))


def _softened(outline: Floats, height: Floats, softness: float) -> Floats:
    """Each row blurred as a lamp of this size blurs a shadow: in proportion to its height."""
    levels = (0.0, 0.15, 0.45, 1.0)
    blurs = [_blurred(outline, (0.008 + 0.2 * softness * level) * _GRID) for level in levels]
    mixed = blurs[0]
    for sharp, blunt, blurred in zip(levels, levels[1:], blurs[1:], strict=False):
        share: Floats = np.clip((height - sharp) / (blunt - sharp), 0, 1)
        mixed = mixed + share * (blurred - mixed)
    return mixed


def _on_stage(shape: tuple[int, ...], area: Rect, pixels: Pixels, stage: Stage) -> Floats:
    """1 on the surface, 0 beyond: an open floor ends at the wall, a podium at its edge."""
    height, width = pixels.shape[:2]
    x = (area.left + (np.arange(shape[1], dtype=np.float32) + 0.5) * area.width / shape[1]) / width
    y = (area.top + (np.arange(shape[0], dtype=np.float32)[:, None] + 0.5) * area.height / shape[0]) / height
    half = stage.width / 2, stage.width / 2 * width / height * _PITCH
    if stage.y - half[1] > stage.ground:
        # Only the top of something raised reaches above the line where the floor ends.
        return _ramp(y - stage.ground, 0.0, 0.012)
    across, deep = (x - stage.x) / half[0], (y - stage.y) / half[1]
    from_middle: Floats = (np.abs(across) ** 2.5 + np.abs(deep) ** 2.5) ** 0.4
    return 1 - _ramp(from_middle, 0.92, 1.04)


def _in_floor_colour(dark: Floats, pixels: Pixels, area: Rect) -> Pixels:
    """Darkness of light as a factor on sRGB values; a power curve carries products over, so no pixel is made linear."""
    inside = area.within(Rect(0, 0, pixels.shape[1], pixels.shape[0]))
    floor = pixels[max(inside.top, inside.bottom - inside.height // 4) : inside.bottom, inside.left : inside.right]
    light: Floats = (np.array(cv2.mean(floor)[:3], np.float32) / 255) ** 2.2
    bounce = _BOUNCE * light / max(float(light.max()), 1e-3)
    through = (1 - dark[..., None] * (1 - bounce)) ** (1 / 2.2)
    return np.rint(255 * through).astype(np.uint8)


def _ramp(values: Floats, start: float, end: float) -> Floats:
    share: Floats = np.clip((values - start) / (end - start), 0, 1)
    return share * share * (3 - 2 * share)


def _blurred(mask: Floats, across: float, down: float | None = None) -> Floats:
    """A Gaussian blur, or its like in three steps where that is faster."""
    down = across if down is None else down
    if across > 4:
        # The variance of a stack blur of radius r is r (r + 2) / 6.
        sides = (2 * round(math.sqrt(1 + 6 * sigma**2) - 1) + 1 for sigma in (across, down))
        return np.asarray(cv2.stackBlur(mask, tuple(sides)), np.float32)
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), across, sigmaY=down), np.float32)
