"""The shadow of a standing product: a dark line where it touches, a dim pool around it, and what it casts.

Everything is worked out on a small grid, where wide blurs cost little, and laid on the canvas as one factor. Lengths
that are shares are shares of the product's longer side, which is GRID points.
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
from assetgen.picture.light.shadow_blur import blurred_mask, soft_outline
from assetgen.picture.light.surface import Surface, is_open, ramp, surface
from assetgen.picture.paint import multiply

_LONGEST = 1.6
"""The longest shadow of a low sun, in heights of the product."""

_TOUCH = 0.96
"""The share of light, 0 to 1, that gets lost in the crease where the product touches the floor."""

_CREASE = 0.016
"""The length, a share, within which that crease fades to a third."""

_CREASE_GAP = 0.02
"""The gap below a leaning product, a share, at which its crease is a third as dark."""

_CREASE_BLUR = (1.5, 0.1)
"""Sigma in points of the grid of the blur of the crease, along the floor and down; the foot has steps."""

_CREASE_BEHIND = -0.03
"""How far above the lower edge, a share, the crease begins, hidden by the product."""

_FOOT = ((0.025, 0.75), (0.06, 0.5))
"""The sky that the foot hides: sigma of the blur, a share, and its weight, 0 to 1, of each veil."""

_OVERHANG = ((0.14, 0.09, 0.4), (0.4, 0.15, 0.3))
"""The same of what hangs lower than the first number, a share: sigma of the blur, and weight, come after it."""

_SOLE = 0.03
"""How high a product hangs at most, a share, whose underside stands for its foot, where it has none."""

_VEIL_DOWN = 0.5
"""The blur of a veil down the floor, beside that along it: the floor is seen from the side."""

_DROPS = ((0.012, 0.012, 0.35), (0.03, 0.045, 0.4))
"""The two shadows of something that hangs: how far off it lies and how soft it is, shares, and how dark, 0 to 1."""

_DROP_MARGIN = 0.2
"""How far around something that hangs, a share, its shadow may reach."""

_GAMMA = 2.2
"""The exponent of sRGB's curve, near enough."""

_BESIDE = 0.45
"""How far beside a product, a share, its pool reaches."""

_ABOVE = 0.18
"""How far above its footprint, a share, its pool reaches, the shadow it casts apart."""

_ABOVE_WALL = 0.1
"""How far above the product, a share, a shadow on the wall reaches."""

_BELOW = 0.2
"""How far below its foot, a share, its pool reaches."""

_LOWEST_LIGHT = 0.05
"""The height of the light at least, 0 to 1: a shadow of light from the floor would never end."""

_HIGHEST_LIGHT = 0.98
"""The height of the light at most, 0 to 1; light from straight above casts no shadow to compute with."""

_LEAST_RISE = 0.01
"""How far up the picture a shadow goes at least, in heights of the product, so that it can be divided by."""

_THICK = 0.3
"""How deep a product is taken to be that has no foot, beside its width."""

_EDGE_BLUR = 0.5
"""Sigma in points of the grid of the blur of a cast shadow, along the floor."""

_PRINT_BLUR = (1.5, 1.0)
"""Sigma in points of the grid of the blur of the footprint, along the floor and down."""

_PRINT_GAP = 0.04
"""The gap below a leaning product, a share, at which its footprint is half as dark."""


@dataclass(frozen=True)
class _Floor:
    """The part of the grid that a shadow can reach, in points."""

    left: int
    """Columns to the left of the product's first one."""

    up: int
    """Rows up from the product's base."""

    width: int
    """Columns in all."""

    height: int
    """Rows in all."""

    wall: float | None
    """Rows from the base up to where the wall begins; None where there is none."""

    @property
    def rows(self) -> Floats:
        """The middles of the rows, height x 1, counted down from the product's base."""
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
    """Lays the shadow of something that hangs or lies on the plate: close, soft, and away from the light."""
    step, margin = max(at.width, at.height) / GRID, round(_DROP_MARGIN * GRID)
    outline = np.pad(foot.outline, margin)
    left: Floats = np.ones_like(outline)
    for away, blur, weight in _DROPS:
        move = np.array([[1, 0, -light.side * away * GRID], [0, 1, away * GRID]], np.float32)
        moved = np.asarray(cv2.warpAffine(outline, move, outline.shape[::-1]), np.float32)
        left = left * (1 - weight * blurred_mask(moved, blur * GRID))
    factor = np.rint(255 * left ** (1 / _GAMMA)).astype(np.uint8)
    area = at.grown(round(margin * step))
    _darken(pixels, area, cv2.merge((factor,) * 3).astype(np.uint8, copy=False))


def _wall(pixels: Pixels, foot: Foot, at: Rect, stage: Stage | None) -> float | None:
    """The rows of the grid from the product's base up to where the wall begins; None where there is no wall."""
    height, width = pixels.shape[:2]
    if stage is None or not is_open(stage, width, height):
        return None
    step = max(at.width, at.height) / GRID
    up: float = (at.top - stage.ground * height) / step + foot.base
    return max(up, 0.0)


def _floor(foot: Foot, light: Light, wall: float | None) -> _Floor:
    """The part of the grid that the shadow of a product in this light can reach."""
    lean, rise = _slant(light)
    if wall is not None and (wall - foot.depth / 2) / rise > foot.base:
        wall = None
    beside, up = round(_BESIDE * GRID), round(foot.depth + (rise + _ABOVE) * GRID)
    if wall is not None:
        up = max(up, round(foot.base + _ABOVE_WALL * GRID))
    left, right = beside + max(0, round(-lean * GRID)), beside + max(0, round(lean * GRID))
    return _Floor(left, up, left + foot.lowest.size + right, up + round(_BELOW * GRID), wall)


def _slant(light: Light) -> tuple[float, float]:
    """How far to the right and upwards in the picture the shadow of a thing reaches, in heights of that thing."""
    height = min(max(light.height, _LOWEST_LIGHT), _HIGHEST_LIGHT)
    length = min(1 / math.tan(math.radians(90 * height)), _LONGEST)
    return -light.side * length, max(math.sqrt(max(0.0, 1 - light.side**2)) * length * PITCH, _LEAST_RISE)


def _crease(foot: Foot, floor: _Floor) -> Floats:
    """The share of light that is lost where the product touches the floor: most at its edge, and soon none."""
    touching = blurred_mask((foot.standing * np.exp(-foot.gap / (_CREASE_GAP * GRID)))[None], *_CREASE_BLUR)[0]
    below = floor.rows - floor.spread(foot.lowest - foot.base)
    near: Floats = np.exp(-np.maximum(below, 0) / (_CREASE * GRID)) * ramp(below, _CREASE_BEHIND * GRID, 0)
    return _TOUCH * floor.spread(touching) * near


def _laid(kept: KeptShadow, foot: Foot, floor: _Floor) -> Floats:
    """The kept shadow on the floor, where the photo has it."""
    matrix = ((1, 0, floor.left - kept.margin), (0, 1, floor.up - foot.base - kept.margin))
    return _moved(kept.dark, floor, matrix)


def _hidden(foot: Foot, floor: _Floor) -> Floats:
    """The share of the sky that the floor does not see: most of it at the foot, less the higher what hides it hangs."""
    sole = _print(foot, floor) if foot.depth else _under(foot, floor, _SOLE)
    veils = [weight * blurred_mask(sole, blur * GRID, _VEIL_DOWN * blur * GRID) for blur, weight in _FOOT]
    for below, blur, weight in _OVERHANG:
        veils.append(weight * blurred_mask(_under(foot, floor, below), blur * GRID, _VEIL_DOWN * blur * GRID))
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
    soft, base, margin = soft_outline(foot, light.softness, way)
    aside, down = floor.left - margin, floor.up - foot.depth / 2
    laid = _moved(soft, floor, ((1, -lean, aside + lean * base), (0, rise, down - rise * base)))
    # As deep as the footprint: things are no paper figures.
    deep = foot.depth or _THICK * PITCH * foot.lowest.size
    thick = np.asarray(cv2.dilate(laid, np.ones((1 + round(deep / 2), 1), np.uint8)), np.float32)
    thick = np.maximum(
        blurred_mask(thick, _EDGE_BLUR, _EDGE_BLUR + deep / 4), blurred_mask(_print(foot, floor), *_PRINT_BLUR)
    )
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
    return under * floor.spread(np.divide(foot.standing, 1 + foot.gap / (_PRINT_GAP * GRID)))
