"""The shadow of a standing product: a dark contact line, a cast shadow that follows the light, the dimmed floor around.

Everything is worked out on a small grid, where wide blurs cost nothing, and laid on the canvas as one factor.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.imaging.geometry import Rect
from assetgen.imaging.paint import multiply
from assetgen.model.cutout import Pixels
from assetgen.model.request import Light, Stage

Floats = npt.NDArray[np.float32]

_GRID = 180
"""Grid points over the product's longer side."""

_PITCH = 0.16
"""How depth on the floor is foreshortened: the sine of a camera that looks down by 9 degrees."""

_BOUNCE = 0.15
"""The share of light that reaches a shadow from the floor around it, in the floor's own colour."""

_OPEN_FLOOR = 0.9
"""A surface as wide as this has no edge that a shadow could fall over."""


@dataclass(frozen=True)
class _Caster:
    """A product on the grid: its outline, and the columns (1 or 0) that stand on the floor with their lowest rows."""

    outline: Floats
    standing: Floats
    lowest: Floats
    base: int
    length: float

    @property
    def depth(self) -> float:
        """How deep its footprint shows on the floor, were it round."""
        return _PITCH * float(self.standing.sum())


def shade(pixels: Pixels, alpha: npt.NDArray[np.uint8], at: Rect, stage: Stage | None) -> None:
    """Darkens the floor around a product that will be pasted `at`; without a stage the light is assumed."""
    step = max(at.width, at.height) / _GRID
    sideways, above, below = (round(share * _GRID) for share in (1.2, 0.1, 0.3))
    size = max(1, round(at.width / step)), max(1, round(at.height / step))
    small = np.asarray(cv2.resize(alpha, size, interpolation=cv2.INTER_AREA), np.float32) / 255
    caster = _caster(np.pad(small, ((above, below), (sideways, sideways))), max(size))
    area = Rect(
        round(at.left - sideways * step),
        round(at.top - above * step),
        round(at.right + sideways * step),
        round(at.bottom + below * step),
    )
    dark = 1 - (1 - _contact(caster)) * (1 - _cast(caster, stage.light if stage else Light())) * (1 - _around(caster))
    if stage:
        dark *= stage.light.strength**0.5 * _on_stage(dark.shape, area, pixels, stage)
    factor = _in_floor_colour(dark, pixels, area)
    multiply(pixels, area, cv2.resize(factor, (area.width, area.height)).astype(np.uint8, copy=False))


def _caster(outline: Floats, length: float) -> _Caster:
    """Columns stand where the lower edge runs on evenly from its lowest point: handles and overhangs do not."""
    opaque = outline > 0.5
    rows = opaque.shape[0] - 1 - opaque[::-1].argmax(axis=0)
    lowest = np.where(opaque.any(axis=0), rows, 0).astype(np.float32)
    smooth = cv2.GaussianBlur(lowest[None], (0, 0), 1.5)[0]
    base = int(lowest.max())
    even = (np.abs(np.gradient(smooth)) < 0.5) & (base - lowest < 0.14 * length)
    standing = np.zeros_like(lowest)
    for run in np.split(np.arange(even.size), np.flatnonzero(np.diff(even)) + 1):
        if even[run[0]] and base - lowest[run].max() < 0.03 * length:
            standing[run] = 1
    return _Caster(outline, standing, lowest, base, length)


def _contact(caster: _Caster) -> Floats:
    line = np.zeros_like(caster.outline)
    columns = np.flatnonzero(caster.standing)
    line[caster.lowest[columns].astype(int) + 1, columns] = 1
    tight = _blurred(line, 0.012 * caster.length, 0.009 * caster.length)
    return 0.9 * tight / max(float(tight.max()), 1e-6)


def _around(caster: _Caster) -> Floats:
    """The sky that the product hides from the floor: least light close to its foot."""
    foot = _foot(caster)
    near = _blurred(foot, 0.05 * caster.length, 0.025 * caster.length)
    far = _blurred(foot, 0.17 * caster.length, 0.06 * caster.length)
    return 0.6 * near + 0.9 * far


def _foot(caster: _Caster) -> Floats:
    """The footprint on the floor: its front edge is seen, its back edge is taken to be the same turned round."""
    rows = np.arange(caster.outline.shape[0], dtype=np.float32)[:, None]
    back = 2 * (caster.base - caster.depth / 2) - caster.lowest
    return ((rows <= caster.lowest) & (rows >= back) & (caster.standing > 0)).astype(np.float32)


def _cast(caster: _Caster, light: Light) -> Floats:
    """The outline laid on the floor away from the light: sharp at the foot, and softer the higher what casts it."""
    reach = min(1 / math.tan(math.radians(90 * min(max(light.height, 0.05), 0.98))), 1.8)
    lean, rise = -light.side * reach, math.sqrt(max(0.0, 1 - light.side**2)) * reach * _PITCH
    rows = np.arange(caster.outline.shape[0], dtype=np.float32)[:, None]
    height = np.clip((caster.base - rows) / caster.length, 0, 1)
    soft = _softened(caster, height, light.softness) * (1 - 0.5 * light.softness * height)
    base = float(caster.base)
    flat = np.array([[1, -lean, lean * base], [0, rise, base * (1 - rise) - caster.depth / 2]], np.float32)
    laid: Floats = np.asarray(cv2.warpAffine(soft, flat, soft.shape[::-1], flags=cv2.INTER_LINEAR), np.float32)
    thick = cv2.dilate(laid, np.ones((1 + round(caster.depth / 2), 1), np.uint8))
    laid = np.maximum(
        _blurred(np.asarray(thick, np.float32), 0.5, 0.5 + 0.25 * caster.depth), _blurred(_foot(caster), 1.5, 1.0)
    )
    return 0.85 * laid


def _softened(caster: _Caster, height: Floats, softness: float) -> Floats:
    """Each row of the outline blurred as a lamp of this size blurs its shadow: in proportion to its height."""
    levels = (0.0, 0.15, 0.45, 1.0)
    blurs = [_blurred(caster.outline, (0.008 + 0.2 * softness * level) * caster.length) for level in levels]
    mixed = blurs[0]
    for sharp, blunt, blurred in zip(levels, levels[1:], blurs[1:], strict=False):
        share = np.clip((height - sharp) / (blunt - sharp), 0, 1)
        mixed = mixed * (1 - share) + blurred * share
    return mixed


def _on_stage(shape: tuple[int, ...], area: Rect, pixels: Pixels, stage: Stage) -> Floats:
    """1 on the surface, 0 beyond: an open floor ends at the wall, a podium at its edge."""
    height, width = pixels.shape[:2]
    x = (area.left + (np.arange(shape[1], dtype=np.float32) + 0.5) * area.width / shape[1]) / width
    y = (area.top + (np.arange(shape[0], dtype=np.float32)[:, None] + 0.5) * area.height / shape[0]) / height
    if stage.width >= _OPEN_FLOOR:
        return _ramp(y - stage.ground, 0.0, 0.04) + 0 * x
    across = 2 * (x - stage.x) / stage.width
    deep = 2 * (y - stage.y) / (stage.width * width / height * _PITCH)
    return 1 - _ramp((np.abs(across) ** 2.5 + np.abs(deep) ** 2.5) ** 0.4, 0.92, 1.04)


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
    blurred = cv2.GaussianBlur(mask, (0, 0), across, sigmaY=down or across, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(blurred, np.float32)
