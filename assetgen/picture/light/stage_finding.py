"""A plate whose provider knows nothing -> where a product can stand on it. Careful: what is not seen is assumed."""

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
"""What is taken for granted where nothing is seen: an open floor under an overcast sky."""

_HIGHEST, _LOWEST = 0.45, 0.8
"""Where the ground line is looked for, from the top."""

_EDGE, _CLEAR = 2.5, 7.0
"""Steps of colour from one row to the next ones, in CIE Lab: the least that counts, and one that cannot be missed."""

_ALIKE = ((2.6, 1.8, 1.8), (5.0, 3.5, 3.5))
"""How far the colours of one surface differ, in Lab: of an even one, and of one with a pattern."""

_BARRIER = 2.0
"""No surface goes on across a change of colour like this from one point to the next."""

_FILLED = 2


@dataclass(frozen=True)
class Sighting:
    """confidence: 0 where all is assumed, 1 where ground or standing place are plain to see."""

    stage: Stage
    confidence: float


def sight(plate: Pixels) -> Sighting:
    scale = min(1.0, _WORK / max(plate.shape[:2]))
    small = cv2.resize(plate[..., :3], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8)
    lab = np.asarray(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
    lab = np.asarray(cv2.GaussianBlur(lab, (0, 0), 1.0), np.float32)
    ground, sure = _ground(lab)
    stage = replace(UNSEEN, light=light_of(small, ground), gloss=gloss_at(small, ground) if sure == 1 else 0.0)
    if top := _raised_top(lab):
        x, y, width = top
        # Where it ends at the back, one sees no further: it hides the line where the floor meets the wall.
        behind = y - 0.95 * width / 2 * lab.shape[1] / lab.shape[0] * PITCH
        return Sighting(replace(stage, ground=max(ground, behind), x=x, y=y, width=width, gloss=0.0), 1.0)
    if sure:
        stage = replace(stage, ground=ground, y=min(ground + 0.35 * (1 - ground), 0.86))
    return Sighting(stage, sure)


def _ground(lab: Floats) -> tuple[float, float]:
    """The highest row where most columns of both sides change their colour; a product's stand hides the middle."""
    height, margin = lab.shape[0], round(0.24 * lab.shape[1])
    steps = _steps(lab)
    sides = [cv2.dilate(side, np.ones((5, 1))) for side in (steps[:, :margin], steps[:, -margin:])]
    left, right = (np.percentile(side, 35, axis=1) for side in sides)
    rows = np.arange(height) / height
    score = np.where((rows > _HIGHEST) & (rows < _LOWEST), np.sqrt(left * right), 0)
    first = int((score >= 0.5 * score.max()).argmax())
    peak = first + int(score[first : first + round(0.04 * height)].argmax())
    sure = float(np.clip((score[peak] - _EDGE) / (_CLEAR - _EDGE), 0, 1))
    flat = np.flatnonzero(score[peak : peak + 6] > 0.97 * score[peak])
    return ((peak + flat.size / 2) / height, sure) if sure else (UNSEEN.ground, 0.0)


def _steps(lab: Floats) -> Floats:
    """How much the colour of a few rows differs from that of the few above, column by column."""
    band = max(2, round(0.012 * lab.shape[0]))
    mean = cv2.blur(lab, (1, band), borderType=cv2.BORDER_REPLICATE)
    steps = np.zeros(lab.shape[:2], np.float32)
    steps[band:-band] = np.sqrt(((mean[2 * band :] - mean[: -2 * band]) ** 2).sum(axis=2))
    return steps


def _raised_top(lab: Floats) -> tuple[float, float, float] | None:
    """Middle and width of a level, well filled patch in the lower middle; the highest, since below may be its front."""
    (height, width), steps, edges = lab.shape[:2], _steps(lab), _edges(lab)
    found = [
        patch
        for x, y, alike in product((0.5, 0.32, 0.68), np.arange(0.62, 0.92, 0.02), _ALIKE)
        if (patch := _patch(lab, edges, (round(x * width), round(y * height)), alike)) and _edged(steps, patch)
    ]
    if not found:
        return None
    widest = max(across for _, _, across, _ in found)
    left, top, across, down = min((patch for patch in found if patch[2] > 0.7 * widest), key=lambda patch: patch[1])
    return (left + across / 2) / width, (top + down / 2) / height, across / width


def _patch(
    lab: Floats, edges: Alpha, at: tuple[int, int], alike: tuple[float, ...]
) -> tuple[int, int, int, int] | None:
    """The box of the surface around a point, if it could be the top of a podium: seen whole, and from the side."""
    width, mask = lab.shape[1], edges.copy()
    flags = 4 | cv2.FLOODFILL_FIXED_RANGE | cv2.FLOODFILL_MASK_ONLY | (_FILLED << 8)
    area, _, _, (left, top, across, down) = cv2.floodFill(lab, mask, at, 0, alike, alike, flags)
    whole = left > 0 and left + across < width and 0.24 * width < across < 0.86 * width
    level = 0.5 * PITCH < down / max(across, 1) < 2.4 * PITCH
    if not (whole and level and area > 0.66 * across * down):
        return None
    moments = cv2.moments(np.equal(mask[1:-1, 1:-1], _FILLED).astype(np.uint8), binaryImage=True)
    aside = moments["m10"] / moments["m00"] - left - across / 2
    return (left, top, across, down) if abs(aside) < 0.05 * across else None


def _edges(lab: Floats) -> Alpha:
    """Where colours change from one point to the next; with the border around it that a flood wants."""
    mask = np.ones((lab.shape[0] + 2, lab.shape[1] + 2), np.uint8)
    down = np.abs(cv2.Sobel(lab, cv2.CV_32F, 0, 1, ksize=3)).sum(axis=2) / 8
    across = np.abs(cv2.Sobel(lab, cv2.CV_32F, 1, 0, ksize=3)).sum(axis=2) / 8
    mask[1:-1, 1:-1] = np.maximum(down, across) > _BARRIER
    return mask


def _edged(steps: Floats, patch: tuple[int, int, int, int]) -> bool:
    """Whether it ends in front and behind: elsewhere evenness alone makes patches."""
    left, top, across, down = patch
    middle = slice(left + across // 3, left + across - across // 3)
    ends = (steps[max(row - 3, 0) : row + 4, middle].max(axis=0) for row in (top, top + down))
    return all(float(np.median(end)) > _EDGE for end in ends)
