"""How light falls on drawn products and on the floor around them. All colours are linear light."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.model.arrays import Floats
from benchmarks.wares import Form, Piece, Ware

_PITCH = 0.16
"""How depth on the floor is foreshortened: the sine of the camera's angle."""

_GRID = 400


@dataclass(frozen=True)
class Lamp:
    """A softbox: the way to its middle (right, up, towards the camera), how wide it spreads, its share of all light."""

    way: tuple[float, float, float]
    spread: float
    share: float

    def rays(self, random: np.random.Generator) -> tuple[Floats, Floats]:
        """Directions with a weight each: the softbox, and the whole sky above."""
        key = np.array(self.way) + self.spread * random.uniform(-1, 1, (60, 3))
        sky = random.normal(0, 1, (70, 3))
        sky[:, 1] = np.abs(sky[:, 1]) + 0.05
        rays = np.concatenate([key, sky])
        rays[:, 1] = np.maximum(rays[:, 1], 0.03)
        rays /= np.linalg.norm(rays, axis=1, keepdims=True)
        falls = rays[60:, 1] / rays[60:, 1].sum()
        return rays, np.concatenate([np.full(60, self.share / 60), (1 - self.share) * falls])


def lit(ware: Ware, lamp: Lamp, paper: Floats, random: np.random.Generator) -> tuple[Floats, Floats]:
    """The product's light times its cover, and its cover."""
    side = ware.pieces[0].cover.shape[0]
    light: Floats = np.zeros((side, side, 3), np.float32)
    cover: Floats = np.zeros((side, side), np.float32)
    for piece in ware.pieces:
        share = piece.cover[..., None]
        light = light * (1 - share) + share * _shaded(piece, lamp, paper, random, standing=not ware.lift)
        cover = cover + piece.cover - cover * piece.cover
    return light, cover


def _shaded(piece: Piece, lamp: Lamp, paper: Floats, random: np.random.Generator, *, standing: bool) -> Floats:
    right, up, ahead = _normals(piece)
    x, y, z = np.array(lamp.way) / np.linalg.norm(lamp.way)
    facing = np.maximum(right * x + up * y + ahead * z, 0)
    colour = np.array(piece.colour, np.float32) * _grain(piece, random)[..., None]
    direct, around = lamp.share * 1.1 * facing, (1 - lamp.share) * (0.6 + 0.3 * up) + 0.15
    floor = 0.3 * (0.5 - 0.5 * up)[..., None] * paper if standing else 0
    light = colour * ((direct + around)[..., None] + floor)
    if standing:
        rows = np.arange(len(up), dtype=np.float32)[:, None] / len(up)
        light = light * (1 - 0.5 * np.exp(-np.maximum(piece.base - rows, 0) / 0.015))[..., None]
    mirror = 2 * ahead[..., None] * np.dstack([right, up, ahead]) - np.array([0, 0, 1], np.float32)
    box = np.clip((mirror @ np.array([x, y, z], np.float32) - 0.93) / 0.02, 0, 1)
    rim = 0.04 + 0.5 * (1 - np.clip(ahead, 0, 1)) ** 5
    tint = colour / max(piece.colour) if piece.gloss >= 0.5 else 1
    return np.asarray(light + piece.gloss * (0.7 * box + rim)[..., None] * tint, np.float32)


def _grain(piece: Piece, random: np.random.Generator) -> Floats:
    side = len(piece.cover)
    fine = cv2.GaussianBlur(random.normal(0, 1, (side, side)).astype(np.float32), (0, 0), 1.2)
    return np.asarray(np.clip(1 + piece.texture * fine * 3, 0.2, 1.8))


def _normals(piece: Piece) -> tuple[Floats, Floats, Floats]:
    """Of unit length: to the right, up, and towards the camera."""
    solid = piece.cover > 0.5
    if piece.form is Form.TURNED:
        left, width = solid.argmax(axis=1)[:, None], np.maximum(solid.sum(axis=1), 1)[:, None]
        across = np.clip((np.arange(len(solid))[None] - left + 0.5) / width * 2 - 1, -1, 1).astype(np.float32)
        flare = cv2.GaussianBlur(np.gradient(width[:, 0] / 2.0)[:, None].astype(np.float32), (0, 0), 4)
        up = np.broadcast_to(np.clip(-flare, -1.5, 1.5), across.shape)
        ahead = np.sqrt(1 - across * across)
    else:
        depth = cv2.distanceTransform(solid.astype(np.uint8), cv2.DIST_L2, 5)
        most = float(depth.max())
        reach = max(min(most, 0.006 * len(solid) if piece.form is Form.FLAT else most), 1)
        rest = reach - np.minimum(depth, reach)
        swell = cv2.GaussianBlur(np.sqrt(np.maximum(reach * reach - rest * rest, 0)), (0, 0), 1.5)
        across, up = -np.gradient(swell, axis=1), np.gradient(swell, axis=0)
        ahead = np.ones_like(swell)
    long = np.sqrt(across**2 + up**2 + ahead**2)
    return across / long, up / long, ahead / long


def floor_light(ware: Ware, lamp: Lamp, random: np.random.Generator) -> Floats:
    """The share of light that each point of the floor gets: rays towards the lamp and the sky that nothing stops."""
    side = ware.pieces[0].cover.shape[0]
    kept, solids = np.zeros((_GRID, _GRID), np.float32), _solids(ware)
    for ray, weight in zip(*lamp.rays(random), strict=True):
        stopped = np.zeros((_GRID, _GRID), np.float32)
        for piece, solid in solids:
            cast = _laid(solid, ray, ware.lift) if ware.lift else _stood(piece, solid, ray)
            stopped = np.maximum(stopped, cast)
        kept += weight * (1 - stopped)
    return np.asarray(cv2.resize(cv2.GaussianBlur(kept, (0, 0), 0.8), (side, side)), np.float32)


def _solids(ware: Ware) -> list[tuple[Piece, Floats]]:
    """What stops light: pieces that stand in one plane count as one."""
    planes: dict[tuple[object, ...], tuple[Piece, Floats]] = {}
    for n, piece in enumerate(ware.pieces):
        plane = (n if piece.form is Form.TURNED else None, piece.base, piece.depth)
        _, before = planes.get(plane, (piece, np.zeros((_GRID, _GRID), np.float32)))
        planes[plane] = piece, np.maximum(before, _small(piece.cover))
    return list(planes.values())


def _small(cover: Floats) -> Floats:
    return np.asarray(cv2.resize(cover, (_GRID, _GRID), interpolation=cv2.INTER_AREA), np.float32)


def _laid(solid: Floats, ray: Floats, lift: float) -> Floats:
    """Of a thing that lies: its outline moved away from the light, from its underside and from its top."""
    moves = [h * _GRID * np.array([-ray[0], ray[2]]) / max(ray[1], 0.25) for h in (0.2 * lift, lift)]
    low, high = (np.array([[1, 0, x], [0, 1, y]], np.float32) for x, y in moves)
    return np.maximum(*(cv2.warpAffine(solid, M, solid.shape) for M in (low, high)))


def _stood(piece: Piece, solid: Floats, ray: Floats) -> Floats:
    """Of a thing that stands: upright slices through it, each projected onto the floor along the ray."""
    x, y, z = ray
    z = z if abs(z) > 0.05 else np.copysign(0.05, z)
    base, depth = piece.base * _GRID, piece.depth * _GRID
    turned = piece.form is Form.TURNED
    if turned:
        wide = solid.sum(axis=1) / 2
        depth = float(wide[max(0, int(base) - 4) : int(base)].max(initial=0))
    rows = np.arange(_GRID, dtype=np.float32)[:, None]
    total = np.zeros((_GRID, _GRID), np.float32)
    for place in (-0.9, -0.5, 0, 0.5, 0.9):
        at = place * depth
        slim = _slice(solid, at) if turned else solid
        # A floor point at depth Z meets the slice after (at - Z) / z of the ray; Z = (row - base) / pitch.
        M = np.array(
            [
                [1, -x / z / _PITCH, x / z * (at + base / _PITCH)],
                [0, y / z / _PITCH, base - y / z * (at + base / _PITCH)],
            ]
        )
        cast = cv2.warpAffine(slim, M, (_GRID, _GRID), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        total = np.maximum(total, cast * (((at - (rows - base) / _PITCH) / z) > 0))
    return total


def _slice(solid: Floats, at: float) -> Floats:
    """An upright cut through a body of revolution, `at` in front of its axis."""
    weight = solid.sum(axis=1, keepdims=True)
    columns = np.arange(solid.shape[1], dtype=np.float32)[None]
    axis = (solid * columns).sum(axis=1, keepdims=True) / np.maximum(weight, 1)
    half = np.sqrt(np.maximum((weight / 2) ** 2 - at * at, 0))
    return np.asarray(solid * (np.abs(columns - axis) < half))
