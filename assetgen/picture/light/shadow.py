"""What a standing product does to the floor: a dark line where it touches, a dim pool around it, the shadow it casts.

Everything is worked out on a small grid, where wide blurs cost little, and laid on the canvas as one factor.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.model.arrays import Floats, Pixels
from assetgen.model.request import Light, Stage
from assetgen.picture.geometry import Rect
from assetgen.picture.light.footprint import GRID, PITCH, Foot
from assetgen.picture.light.photo_shadow_fit import KeptShadow
from assetgen.picture.light.surface import Surface, is_open, ramp, surface
from assetgen.picture.paint import multiply

_LONGEST = 1.6
"""The longest shadow of a low sun, in heights of the product."""

_TOUCH = 0.96
"""The share of light that gets lost in the crease where the product touches the floor."""

_CREASE = 0.016
"""How fast that crease fades: to a third within this share of the product's longer side."""

_FOOT = ((0.025, 0.75), (0.06, 0.5))
_OVERHANG = ((0.14, 0.09, 0.4), (0.4, 0.15, 0.3))
"""The sky that is hidden: by the foot, blurred by this, with this weight; by what hangs lower than this, likewise."""

_DROPS = ((0.012, 0.012, 0.35), (0.03, 0.045, 0.4))
"""Behind something that hangs: how far off each of two shadows lies, how soft and how dark it is."""


@dataclass(frozen=True)
class _Floor:
    """The part of the grid that a shadow can reach: `left` of the product's first column, `up` from its base.

    wall: how far up from the base the wall begins, in rows; None where there is none.
    """

    left: int
    up: int
    width: int
    height: int
    wall: float | None

    @property
    def rows(self) -> Floats:
        """Their middles, counted down from the product's base."""
        return np.arange(self.height, dtype=np.float32)[:, None] + (0.5 - self.up)

    def spread(self, columns: Floats) -> Floats:
        """Values for the product's columns, as wide as the floor."""
        return np.pad(columns, (self.left, self.width - self.left - columns.size))


def shade(pixels: Pixels, foot: Foot, at: Rect, stage: Stage | None, kept: KeptShadow | None = None) -> None:
    """Darkens the floor around a product that will be pasted `at`; without a stage the light is assumed.

    A shadow kept from the photo takes the place of the one that would be made up.
    """
    step = max(at.width, at.height) / GRID
    light = stage.light if stage else Light()
    floor = _floor(foot, light, _wall(pixels, foot, at, stage))
    left, top = at.left - round(floor.left * step), at.top + round((foot.base - floor.up) * step)
    area = Rect(left, top, left + round(floor.width * step), top + round(floor.height * step))
    ground = surface(pixels, area, (floor.height, floor.width), stage)
    cast: Floats
    if kept:
        cast = hidden = ground.floor * _laid(kept, foot, floor)
        light = replace(light, softness=0.0)
    else:
        cast, hidden = _cast(foot, floor, ground, light), ground.floor * _hidden(foot, floor)
    factor = ground.left(light, cast=cast, hidden=hidden, crease=ground.floor * _crease(foot, floor))
    _darken(pixels, area, factor)


def _darken(pixels: Pixels, area: Rect, factor: Pixels) -> None:
    """Lays a grid of factors over an area, but not where they leave the canvas as it is."""
    rows, columns = factor.shape[:2]
    left, top, width, height = cv2.boundingRect(cv2.inRange(factor[..., 1], 0, 254))
    if width and height:
        across, down = area.width / columns, area.height / rows
        part = Rect(
            area.left + round(left * across),
            area.top + round(top * down),
            area.left + round((left + width) * across),
            area.top + round((top + height) * down),
        )
        large = cv2.resize(factor[top : top + height, left : left + width], (part.width, part.height))
        multiply(pixels, part, large.astype(np.uint8, copy=False))


def drop(pixels: Pixels, foot: Foot, at: Rect, light: Light) -> None:
    """The shadow of something that hangs or lies on the plate: close, soft, and away from the light."""
    step, margin = max(at.width, at.height) / GRID, round(0.2 * GRID)
    outline = np.pad(foot.outline, margin)
    left: Floats = np.ones_like(outline)
    for away, blur, weight in _DROPS:
        move = np.array([[1, 0, -light.side * away * GRID], [0, 1, away * GRID]], np.float32)
        moved = np.asarray(cv2.warpAffine(outline, move, outline.shape[::-1]), np.float32)
        left = left * (1 - weight * _blurred(moved, blur * GRID))
    factor = np.rint(255 * left ** (1 / 2.2)).astype(np.uint8)
    area = at.grown(round(margin * step))
    _darken(pixels, area, cv2.merge((factor,) * 3).astype(np.uint8, copy=False))


def _wall(pixels: Pixels, foot: Foot, at: Rect, stage: Stage | None) -> float | None:
    """How far above the product's base the wall begins, in rows of the grid."""
    height, width = pixels.shape[:2]
    if stage is None or not is_open(stage, width, height):
        return None
    step = max(at.width, at.height) / GRID
    up: float = (at.top - stage.ground * height) / step + foot.base
    return max(up, 0.0)


def _floor(foot: Foot, light: Light, wall: float | None) -> _Floor:
    lean, rise = _slant(light)
    if wall is not None and (wall - foot.depth / 2) / rise > foot.base:
        wall = None
    beside, up = round(0.45 * GRID), round(foot.depth + (rise + 0.18) * GRID)
    if wall is not None:
        up = max(up, round(foot.base + 0.1 * GRID))
    left, right = beside + max(0, round(-lean * GRID)), beside + max(0, round(lean * GRID))
    return _Floor(left, up, left + foot.lowest.size + right, up + round(0.2 * GRID), wall)


def _slant(light: Light) -> tuple[float, float]:
    """How far to the right and upwards in the picture the shadow of a thing reaches, in heights of that thing."""
    length = min(1 / math.tan(math.radians(90 * min(max(light.height, 0.05), 0.98))), _LONGEST)
    return -light.side * length, max(math.sqrt(max(0.0, 1 - light.side**2)) * length * PITCH, 0.01)


def _crease(foot: Foot, floor: _Floor) -> Floats:
    """Where the product touches the floor next to no light gets in: darkest at its edge, and soon gone."""
    touching = _blurred((foot.standing * np.exp(-foot.gap / (0.02 * GRID)))[None], 1.5, 0.1)[0]
    below = floor.rows - floor.spread(foot.lowest - foot.base)
    near: Floats = np.exp(-np.maximum(below, 0) / (_CREASE * GRID)) * ramp(below, -0.03 * GRID, 0)
    return _TOUCH * floor.spread(touching) * near


def _laid(kept: KeptShadow, foot: Foot, floor: _Floor) -> Floats:
    """A kept shadow where the photo has it."""
    matrix = ((1, 0, floor.left - kept.margin), (0, 1, floor.up - foot.base - kept.margin))
    return _moved(kept.dark, floor, matrix)


def _hidden(foot: Foot, floor: _Floor) -> Floats:
    """The share of the sky that the floor does not see: most of it at the foot, less the higher what hides it hangs."""
    sole = _print(foot, floor) if foot.depth else _under(foot, floor, 0.03)
    veils = [weight * _blurred(sole, blur * GRID, 0.5 * blur * GRID) for blur, weight in _FOOT]
    for below, blur, weight in _OVERHANG:
        veils.append(weight * _blurred(_under(foot, floor, below), blur * GRID, 0.5 * blur * GRID))
    return 1 - np.asarray(np.prod([1 - veil for veil in veils], axis=0), np.float32)


def _under(foot: Foot, floor: _Floor, below: float) -> Floats:
    """The floor under all that hangs lower than this share of the longer side: round, as deep as it is wide."""
    under = np.zeros((floor.height, floor.width), np.float32)
    middle = floor.up - foot.depth / 2
    for run in _runs(foot.base - foot.hover - foot.lowest - foot.gap <= below * GRID):
        half = run.size / 2
        centre = round(16 * (floor.left + run[0] + half - 0.5)), round(16 * (middle - 0.5))
        axes = round(16 * half), round(16 * max(half * PITCH, 0.5))
        cv2.ellipse(under, centre, axes, 0, 0, 360, 1, -1, cv2.LINE_AA, 4)
    return under


def _runs(columns: npt.NDArray[np.bool_]) -> list[npt.NDArray[np.intp]]:
    """The columns that are true, in pieces without a gap."""
    runs = np.split(np.arange(columns.size), np.flatnonzero(np.diff(columns)) + 1)
    return [run for run in runs if run.size and columns[run[0]]]


def _cast(foot: Foot, floor: _Floor, ground: Surface, light: Light) -> Floats:
    """The outline laid on the floor away from the light: sharp at the foot, and softer the higher what casts it.

    What is higher than the light's way to the wall stands upright on it, moved aside and down by that way.
    """
    lean, rise = _slant(light)
    way = math.inf if floor.wall is None else (floor.wall - foot.depth / 2) / rise
    soft, base, margin = _soft_outline(foot, light.softness, way)
    aside, down = floor.left - margin, floor.up - foot.depth / 2
    laid = _moved(soft, floor, ((1, -lean, aside + lean * base), (0, rise, down - rise * base)))
    # As deep as the footprint: things are no paper figures.
    deep = foot.depth or 0.3 * PITCH * foot.lowest.size
    thick = np.asarray(cv2.dilate(laid, np.ones((1 + round(deep / 2), 1), np.uint8)), np.float32)
    thick = np.maximum(_blurred(thick, 0.5, 0.5 + deep / 4), _blurred(_print(foot, floor), 1.5, 1.0))
    if floor.wall is None:
        return ground.floor * thick
    upright = _moved(soft, floor, ((1, 0, aside + lean * way), (0, 1, floor.up - floor.wall + way - base)))
    return ground.floor * thick + ground.wall * upright


def _moved(outline: Floats, floor: _Floor, matrix: tuple[tuple[float, ...], ...]) -> Floats:
    moved = cv2.warpAffine(outline, np.array(matrix, np.float32), (floor.width, floor.height), flags=cv2.INTER_LINEAR)
    return np.asarray(moved, np.float32)


def _print(foot: Foot, floor: _Floor) -> Floats:
    """The footprint on the floor: its front edge is seen, its back edge is taken to be the same turned round."""
    front = floor.spread(foot.lowest + foot.gap - foot.base)
    under = (floor.rows <= front) & (floor.rows >= -foot.depth - front)
    return under * floor.spread(np.divide(foot.standing, 1 + foot.gap / (0.04 * GRID)))


def _soft_outline(foot: Foot, softness: float, highest: float) -> tuple[Floats, int, int]:
    """Each row blurred as a lamp of this size blurs a shadow: in proportion to its height, up to `highest` rows.

    With it the row of the floor, and the margin around it.
    """
    margin = round(0.3 * GRID)
    outline = np.pad(foot.outline, ((margin, 0), (margin, margin)))
    base = foot.base + margin
    height: Floats = np.minimum(base - np.arange(outline.shape[0], dtype=np.float32)[:, None], highest)
    height = np.clip(height / GRID, 0, 1)
    levels = (0.0, 0.15, 0.45, 1.0)
    blurs = [_blurred(outline, (0.008 + 0.2 * softness * level) * GRID) for level in levels]
    mixed = blurs[0]
    for sharp, blunt, blurred in zip(levels, levels[1:], blurs[1:], strict=False):
        share: Floats = np.clip((height - sharp) / (blunt - sharp), 0, 1)
        mixed = mixed + share * (blurred - mixed)
    return mixed * (1 - 0.5 * softness * height), base, margin


def _blurred(mask: Floats, across: float, down: float | None = None) -> Floats:
    """A Gaussian blur; wide ones on a coarser grid."""
    down = across if down is None else down
    coarser = 4 if min(across, down) > 8 else 2 if min(across, down) > 3 else 1
    if coarser == 1:
        return np.asarray(cv2.GaussianBlur(mask, (0, 0), across, sigmaY=down), np.float32)
    small = cv2.resize(mask, None, fx=1 / coarser, fy=1 / coarser, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), across / coarser, sigmaY=down / coarser)
    return np.asarray(cv2.resize(small, mask.shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)
