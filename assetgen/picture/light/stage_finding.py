"""The place where a product can stand on a plate whose provider knows nothing. What is not seen is assumed.

Colours are CIE Lab; places are shares of the picture's width and height. Numbers were tuned on the first of the plates
of `python -m benchmarks.stages`, which tests them on the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import cv2
import numpy as np

from assetgen.model.arrays import Alpha, Floats, Pixels
from assetgen.model.request import Light, Stage
from assetgen.picture.light.footprint import PITCH
from assetgen.picture.light.lighting import gloss_at, light_of

_WORK = 320
"""Pixels on the longer side while looking."""

UNSEEN = Stage(ground=0.62, x=0.5, y=0.8, width=0.6, light=Light(side=0.0, height=0.8, softness=0.8, strength=0.5))
"""The stage that is taken for granted where nothing is seen: an open floor under an overcast sky."""

_HIGHEST = 0.45
"""The highest place, from the top, at which the ground line is looked for."""

_LOWEST = 0.8
"""The lowest place of the ground line."""

_EDGE = 2.5
"""The step of colour from some rows to the next ones from which it counts."""

_CLEAR = 7.0
"""A step of colour that cannot be missed."""

_ALIKE = ((2.6, 1.8, 1.8), (5.0, 3.5, 3.5))
"""How far L, a and b of one surface differ: of an even one, and of one with a pattern."""

_BARRIER = 2.0
"""The change of colour from one point to the next across which no surface goes on."""

_FILLED = 2
"""The value that marks a surface in the mask of a flood."""

_FREE_OF_GRAIN = 1.0
"""Sigma in pixels of the blur that takes the grain off a plate."""

_STANDS_AT = 0.35
"""How far down an open floor, from the ground line to the picture's end, a product stands."""

_LOWEST_FOOT = 0.86
"""The lowest place at which a product's foot is put."""

_BACK_EDGE = 0.95
"""How far behind the middle of a top, in halves of its depth, one still sees it."""

_SIDES = 0.24
"""The part of the width, at each side, in which the ground line is looked for: a stand hides the middle."""

_ROWS = 5
"""Rows within which the ground line lies in all columns of a side."""

_FEW_MISS = 35
"""The percentile of the steps in a side's columns that is taken: about two thirds of them change as much."""

_AS_CLEAR = 0.5
"""The clearness, beside the clearest step's, of the highest step that may be the ground line."""

_PEAK = 0.04
"""The height within which the crest of that step is looked for."""

_FLAT = 0.97
"""The clearness, beside the crest's, of rows that belong to it; the line is in their middle."""

_CREST = 6
"""Rows of a crest at most."""

_BAND = 0.012
"""The height of the bands whose colours are compared."""

_ACROSS = (0.5, 0.32, 0.68)
"""Places across the picture where a raised top is looked for, the likeliest first."""

_DOWN = np.arange(0.62, 0.92, 0.02)
"""Places down the picture where it is looked for."""

_NEARLY_WIDEST = 0.7
"""The width, beside that of the widest patch, from which a higher one is the top: below it may be its front."""

_WIDTHS = (0.24, 0.86)
"""The widths between which a patch may be a top."""

_PITCHES = (0.5 * PITCH, 2.4 * PITCH)
"""The depths of a top, beside its width, between which it is seen from the side."""

_WELL_FILLED = 0.66
"""The share of its box that a top fills at least; an ellipse fills 0.79."""

_ASIDE = 0.05
"""How far beside the middle of its box, in widths, the middle of a top lies at most."""

_END = 3
"""Rows above and below the end of a patch in which an edge is looked for."""


@dataclass(frozen=True)
class SeenStage:
    """A stage, and how much of it was seen."""

    stage: Stage
    confidence: float
    """0 where all is assumed, 1 where ground or standing place are plain to see."""


def sight(plate: Pixels) -> SeenStage:
    """The stage that is seen on a plate (H x W x 3 or 4)."""
    scale = min(1.0, _WORK / max(plate.shape[:2]))
    small = cv2.resize(plate[..., :3], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8)
    lab = np.asarray(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
    lab = np.asarray(cv2.GaussianBlur(lab, (0, 0), _FREE_OF_GRAIN), np.float32)
    ground, sure = _ground(lab)
    stage = replace(UNSEEN, light=light_of(small, ground), gloss=gloss_at(small, ground) if sure == 1 else 0.0)
    if top := _raised_top(lab):
        x, y, width = top
        # Where it ends at the back, one sees no further: it hides the line where the floor meets the wall.
        behind = y - _BACK_EDGE * width / 2 * lab.shape[1] / lab.shape[0] * PITCH
        return SeenStage(replace(stage, ground=max(ground, behind), x=x, y=y, width=width, gloss=0.0), 1.0)
    if sure:
        stage = replace(stage, ground=ground, y=min(ground + _STANDS_AT * (1 - ground), _LOWEST_FOOT))
    return SeenStage(stage, sure)


def _ground(lab: Floats) -> tuple[float, float]:
    """The ground line, from the top, and how sure it is, 0 to 1; without one the assumed line and 0.

    It is the highest row where most columns of both sides change their colour.
    """
    height, margin = lab.shape[0], round(_SIDES * lab.shape[1])
    steps = _steps(lab)
    sides = [cv2.dilate(side, np.ones((_ROWS, 1))) for side in (steps[:, :margin], steps[:, -margin:])]
    left, right = (np.percentile(side, _FEW_MISS, axis=1) for side in sides)
    rows = np.arange(height) / height
    score = np.where((rows > _HIGHEST) & (rows < _LOWEST), np.sqrt(left * right), 0)
    first = int((score >= _AS_CLEAR * score.max()).argmax())
    peak = first + int(score[first : first + round(_PEAK * height)].argmax())
    sure = float(np.clip((score[peak] - _EDGE) / (_CLEAR - _EDGE), 0, 1))
    flat = np.flatnonzero(score[peak : peak + _CREST] > _FLAT * score[peak])
    return ((peak + flat.size / 2) / height, sure) if sure else (UNSEEN.ground, 0.0)


def _steps(lab: Floats) -> Floats:
    """The difference, H x W, between the colour of the few rows below a point and that of the few above."""
    band = max(2, round(_BAND * lab.shape[0]))
    mean = cv2.blur(lab, (1, band), borderType=cv2.BORDER_REPLICATE)
    steps = np.zeros(lab.shape[:2], np.float32)
    steps[band:-band] = np.sqrt(((mean[2 * band :] - mean[: -2 * band]) ** 2).sum(axis=2))
    return steps


def _raised_top(lab: Floats) -> tuple[float, float, float] | None:
    """The middle (x, y) and the width of a level, well filled patch in the lower middle, or None.

    Of several the highest is it, since below may be its front.
    """
    (height, width), steps, edges = lab.shape[:2], _steps(lab), _edges(lab)
    found = [
        patch
        for x, y, alike in product(_ACROSS, _DOWN, _ALIKE)
        if (patch := _patch(lab, edges, (round(x * width), round(y * height)), alike)) and _edged(steps, patch)
    ]
    if not found:
        return None
    widest = max(across for _, _, across, _ in found)
    left, top, across, down = min(
        (patch for patch in found if patch[2] > _NEARLY_WIDEST * widest), key=lambda patch: patch[1]
    )
    return (left + across / 2) / width, (top + down / 2) / height, across / width


def _patch(
    lab: Floats, edges: Alpha, at: tuple[int, int], alike: tuple[float, ...]
) -> tuple[int, int, int, int] | None:
    """The box (left, top, width, height) of the surface around a point, if it could be the top of a podium.

    Such a top is seen whole, and from the side.
    """
    width, mask = lab.shape[1], edges.copy()
    flags = 4 | cv2.FLOODFILL_FIXED_RANGE | cv2.FLOODFILL_MASK_ONLY | (_FILLED << 8)
    area, _, _, (left, top, across, down) = cv2.floodFill(lab, mask, at, 0, alike, alike, flags)
    (narrowest, widest), (flattest, steepest) = _WIDTHS, _PITCHES
    whole = left > 0 and left + across < width and narrowest * width < across < widest * width
    level = flattest < down / max(across, 1) < steepest
    if not (whole and level and area > _WELL_FILLED * across * down):
        return None
    moments = cv2.moments(np.equal(mask[1:-1, 1:-1], _FILLED).astype(np.uint8), binaryImage=True)
    aside = moments["m10"] / moments["m00"] - left - across / 2
    return (left, top, across, down) if abs(aside) < _ASIDE * across else None


def _edges(lab: Floats) -> Alpha:
    """A mask, (H + 2) x (W + 2) as a flood wants it, of 1 where colours change from one point to the next."""
    mask = np.ones((lab.shape[0] + 2, lab.shape[1] + 2), np.uint8)
    down = np.abs(cv2.Sobel(lab, cv2.CV_32F, 0, 1, ksize=3)).sum(axis=2) / 8
    across = np.abs(cv2.Sobel(lab, cv2.CV_32F, 1, 0, ksize=3)).sum(axis=2) / 8
    mask[1:-1, 1:-1] = np.maximum(down, across) > _BARRIER
    return mask


def _edged(steps: Floats, patch: tuple[int, int, int, int]) -> bool:
    """Whether a patch ends in front and behind: elsewhere evenness alone makes patches."""
    left, top, across, down = patch
    middle = slice(left + across // 3, left + across - across // 3)
    ends = (steps[max(row - _END, 0) : row + _END + 1, middle].max(axis=0) for row in (top, top + down))
    return all(float(np.median(end)) > _EDGE for end in ends)
