"""The outline of a product, moved to the line where product most clearly turns into backdrop."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.cutout.backdrop import Backdrop
from assetgen.cutout.evidence import NOISE_MARGIN
from assetgen.cutout.masks import SPECK, dilate, disc, distance, erode, large_parts
from assetgen.model.arrays import Alpha, Floats, Region

_REACH = 9.0
"""Pixels, at the size of `product`, by which `trace` may move the outline to either side."""

_ROOM = 24
"""Pixels around the photo into which an outline goes on: the frame is no edge of a product, and nothing draws it in."""

_STEP = 0.5
"""Pixels from one place that is tried to the next."""

_BEND = 0.05
"""The cost of moving by one step more than the point before; a clear edge is worth 2."""

_SHORTEST = 12
"""Points of an outline at most that is a speck, and not worth a line."""

_ALL = 255
"""The level of a pixel that is all product."""

_WIRE = 3
"""Half the width in pixels up to which a part counts as thin."""

_WIRE_RIM = 2
"""Pixels around what is thick that are no wire."""

_LONG = 40
"""Pixels of the longer side of such a part at least; what is shorter is a ragged edge."""

_CALM_LINE = 4
"""Sigma, in points, of the blur that takes the steps of pixels off an outline before its normals are drawn."""

_CALM_NORMALS = 2
"""Sigma, in every other point, of the blur of its directions."""

_CALM_MOVES = 0.75
"""Sigma, in every other point, of the blur of the moves that were found."""

_JUMP = 12
"""Every other point to each side of which half may lie off the foot's line."""

_CALM_FOOT = 5
"""Sigma, in every other point, of the blur of the moves that are left."""

_CALM_CURVE = 3
"""Sigma, in every other point, of the blur that takes the last steps of pixels off that line."""

_FOOT_SHADE = -0.05
"""Light of a shadow at most that hides a product's foot."""

_FOOT_SPECK = 2
"""Half the width, in pixels, of the smallest piece of such a shadow that counts."""

_FOOT_REACH = 10
"""Pixels around it in which the outline is the foot's."""

_STRAY = 1.5
"""Pixels by which the depth of a sample may be off what its place on the normal says."""

_STRAY_FURTHER = 0.3
"""The same for each pixel away from the outline; what is off by more lies nearer to another stretch of it."""

_ELSEWHERE = -9
"""The score of such a sample; the clearest edge has 3."""

_BRIGHTENING = 0.3
"""What a step to more light counts beside one to less: where a product stands, its shadow ends first. Where the
backdrop is empty right beyond it, it counts in full: then a dark rim of the product ends there."""

_CLEAR_STEP = 0.05
"""Light per pixel of a step that counts half as much as the strongest possible one."""

_CLEAR_FADE = 0.02
"""The same for hue."""

_BEYOND = 6
"""Samples, of half a pixel, past an edge where empty backdrop is looked for."""

_EMPTY_BONUS = 1.0
"""How much more an edge counts that has empty backdrop there."""

_EMPTY = 0.03
"""Light off the backdrop by which that bonus fades to a third."""

_BLACK = -1.4
"""Light below which a place is too dark for the shadow beside a foot: it is a black sole or rim."""

_SOLID_REACH = 3
"""Samples to either side of an edge where what is solid is looked for."""

_MOSTLY = 0.5
"""The share from which a pixel of a mask made larger belongs to it."""

_LAP = 60
"""Points by which the path goes on past its start, so that its ends meet."""


def find_foot(product: Region, backdrop: Backdrop) -> Region:
    """The places, H x W, along an outline where a shadow lies on the other side of it, as under a product's foot."""
    shaded = ~product & (backdrop.shade < _FOOT_SHADE - NOISE_MARGIN * backdrop.noise)
    return dilate(erode(shaded, _FOOT_SPECK), _FOOT_REACH)


def find_black(backdrop: Backdrop) -> Region:
    """The places, H x W, that are too dark for a shadow: a sole or a rim."""
    return np.asarray(backdrop.shade < _BLACK)


def trace(
    product: Region, hairy: Region, foot: Region, backdrop: Backdrop, size: tuple[int, int], *, rescued: Region
) -> Alpha:
    """How much of each pixel is product, at another size (height, width), the outline moved by up to `_REACH` pixels.

    It goes to the line where product most clearly turns into backdrop. What is thin stays as it was found, and so does
    the whole outline where it is hairy. Along the foot, where a shadow hides it, the outline is one smooth curve.
    It runs around what was rescued, and out of the frame where the product does.
    """
    region = np.pad(product, _ROOM, mode="edge")
    depth = distance(region) - distance(~region)
    solid = find_black(backdrop) | rescued
    seen = np.dstack([backdrop.ratio, foot.astype(np.float32), solid.astype(np.float32)])
    sheet = np.dstack([cv2.copyMakeBorder(seen, _ROOM, _ROOM, _ROOM, _ROOM, cv2.BORDER_REPLICATE), depth])
    found, _ = cv2.findContours(region.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    scale = max(size) / max(product.shape)
    lines = [_best_line(line[:, 0].astype(np.float32), sheet) - _ROOM for line in found if len(line) > _SHORTEST]
    drawn = np.zeros(size, np.uint8)
    points = [np.rint(16 * ((line + 0.5) * scale - 0.5)).astype(np.int32) for line in lines]
    cv2.fillPoly(drawn, points, _ALL, lineType=cv2.LINE_AA, shift=4)
    drawn[_enlarged(_thin(product), size)] = _ALL
    drawn[~large_parts(drawn > 0, SPECK)] = 0
    return np.where(_enlarged(hairy, size), _ALL * _enlarged(product, size), drawn).astype(np.uint8)


def _thin(product: Region) -> Region:
    """Wires and prongs: both sides of them would be drawn to the same edge."""
    thick = cv2.morphologyEx(product.astype(np.uint8), cv2.MORPH_OPEN, disc(_WIRE))
    rest = (product & (cv2.dilate(thick, disc(_WIRE_RIM)) == 0)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(rest)
    long = stats[:count, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) > _LONG
    long[0] = False
    return np.asarray(long[labels])


def _enlarged(mask: Region, size: tuple[int, int]) -> Region:
    """The mask at another size (height, width)."""
    return np.asarray(
        cv2.resize(mask.astype(np.float32), size[::-1], interpolation=cv2.INTER_LINEAR) > _MOSTLY, np.bool_
    )


def _best_line(line: Floats, sheet: Floats) -> Floats:
    """The closed line, each point moved along its normal to where product most clearly turns into backdrop.

    The sheet holds the ratio to the backdrop, the foot, what is solid, and the depth within the product, which tells
    inwards from outwards and where a sample lies nearer to another stretch of the outline.
    """
    line = _calm(line, _CALM_LINE)[::2]  # every other point is enough, and half the work
    along = _calm(np.roll(line, -1, axis=0) - np.roll(line, 1, axis=0), _CALM_NORMALS)
    across = (
        along[:, ::-1] * np.array((-1, 1), np.float32) / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6)
    )
    steps = np.arange(-_REACH, _REACH + 0.1, _STEP, dtype=np.float32)
    places = line[:, None] + steps[:, None] * across[:, None]
    samples = cv2.remap(sheet, places[..., 0], places[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    middle = len(steps) // 2
    if samples[:, middle - 2, 5].sum() < samples[:, middle + 2, 5].sum():
        across, samples = -across, samples[:, ::-1]
    score = _turns(samples[..., :3], samples[..., 4])
    score[np.abs(samples[..., 5] + steps) > _STRAY + _STRAY_FURTHER * np.abs(steps)] = _ELSEWHERE
    moves = steps[_best_path(score)][:, None]
    at_foot = _calm(samples[:, middle, 3:4], _CALM_FOOT)
    curve = _calm(line + across * _calm(_without_jumps(moves), _CALM_FOOT), _CALM_CURVE)
    return np.asarray(at_foot * curve + (1 - at_foot) * (line + across * _calm(moves, _CALM_MOVES)))


def _without_jumps(moves: Floats) -> Floats:
    """The moves along a closed line, N x 1, each the median of those around it."""
    laps = np.pad(moves[:, 0], _JUMP, mode="wrap")
    around = np.lib.stride_tricks.sliding_window_view(laps, 2 * _JUMP + 1)
    return np.asarray(np.median(around, axis=1)[:, None], np.float32)


def _turns(ratio: Floats, solid: Floats) -> Floats:
    """The score of each sample, from the product outwards, that tells how clearly it parts product and backdrop.

    Brightening counts less than darkening: where a product stands, a thin dark line comes first, and that is shadow.
    Of two lines the one with empty backdrop a few pixels beyond it counts more: a pale rim fades before it ends, and a
    dark one is the product's. Where something solid lies beyond a line, it is not the outline.
    """
    shade, hue = ratio.mean(axis=2), ratio.max(axis=2) - ratio.min(axis=2)
    rise, fade = 2 * np.gradient(shade, axis=1), -2 * np.gradient(hue, axis=1)
    beyond = np.pad(np.abs(ratio).max(axis=2), ((0, 0), (0, _BEYOND)), mode="edge")[:, _BEYOND:]
    empty = np.exp(-beyond / _EMPTY)
    solid = np.pad(solid, ((0, 0), (_SOLID_REACH, _SOLID_REACH)), mode="edge")
    within, without = solid[:, : -2 * _SOLID_REACH], solid[:, 2 * _SOLID_REACH :]
    brightening = _BRIGHTENING + (1 - _BRIGHTENING) * np.maximum(empty, within)
    step, fade = np.maximum(-rise, brightening * rise), np.maximum(fade, 0)
    clear = step / (step + _CLEAR_STEP) + fade / (fade + _CLEAR_FADE)
    return np.asarray(clear * (1 + _EMPTY_BONUS * empty) * (1 - (1 - _BRIGHTENING) * without))


def _best_path(score: Floats) -> npt.NDArray[np.intp]:
    """The column to take in each row for the highest sum, moving by one at most, which costs; the ends meet."""
    rows, lap = len(score), min(len(score), _LAP)
    laps = np.concatenate([score, score[:lap]])
    total, came = laps[0], np.zeros(laps.shape, np.intp)
    edged = np.full(laps.shape[1] + 2, -np.inf, np.float32)
    for row in range(1, len(laps)):
        edged[1:-1] = total
        left, right = edged[:-2] - _BEND, edged[2:] - _BEND
        best = np.maximum(np.maximum(left, right), total)
        came[row] = np.where(best == total, 0, np.where(best == left, -1, 1))
        total = best + laps[row]
    path = np.full(len(laps), total.argmax())
    for row in range(len(laps) - 1, 0, -1):
        path[row - 1] = path[row] + came[row, path[row]]
    return np.concatenate([path[rows : rows + lap // 2], path[lap // 2 : rows]])


def _calm(values: Floats, sigma: float) -> Floats:
    """The values along a closed line, N x any, blurred by a Gaussian that goes on past the ends."""
    wide = int(3 * sigma) + 1
    laps = np.pad(values, ((wide, wide), (0, 0)), mode="wrap")
    return cv2.GaussianBlur(laps, (1, 2 * wide + 1), 0.01, sigmaY=sigma)[wide:-wide]
