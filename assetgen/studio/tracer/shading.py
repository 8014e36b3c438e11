"""How much light of which colour arrives at each point, and what leaves it towards the eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.studio.tracer.camera import Camera
from assetgen.studio.tracer.coat import Coat
from assetgen.studio.tracer.light import LAMP_DISTANCE, Lamp
from assetgen.studio.tracer.solids import Array, Solid, column, dot, share_free, unit, visible_past
from assetgen.studio.tracer.sweep import Sweep


@dataclass(frozen=True)
class Patch:
    """What the pixels of a box see of one body: points, normals, rays from the eye."""

    points: Array
    normals: Array
    rays: Array


@dataclass(frozen=True)
class Surroundings:
    """What else is there when one body is shaded. sky: light from everywhere; mirrored: what polished things show."""

    solids: Sequence[Solid]
    backdrop: Sweep
    lamps: Sequence[Lamp]
    sky: Array
    mirrored: Mirrored | None = None


@dataclass(frozen=True)
class Mirrored:
    """The picture of wall or view, to be seen again in a polished surface."""

    picture: Array
    camera: Camera
    distance: float

    def seen(self, points: Array, away: Array) -> Array:
        """The picture where mirrored rays meet the plane of the wall, as far as the picture goes."""
        onward = np.maximum(away[2], np.float32(0.05))
        hits = points + away * np.maximum((np.float32(self.distance) - points[2]) / onward, 0)
        rows, columns = self.picture.shape[:2]
        x, y = self.camera.project_all(hits)
        return np.asarray(
            cv2.remap(
                self.picture, x * columns - 0.5, y * rows - 0.5, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
            ),
            np.float32,
        )


def shade(patch: Patch, coat: Coat, around: Surroundings) -> Array:
    """Light towards the eye, rows x columns x 3."""
    normals = _uneven(patch.normals, coat)
    coarse = Coarse.of(patch, around.solids)
    arriving = _ambient(patch, normals, coarse, around)
    gleam = np.zeros_like(arriving)
    for lamp in around.lamps:
        toward, distance = _toward(lamp, patch.points)
        strength = coarse.fine(_seen(coarse.points, lamp, around))[0] * (LAMP_DISTANCE / distance) ** 2
        if lamp.gobo:
            strength *= lamp.gobo.let_through(patch.points, lamp)
        arriving += lamp.colour * (strength * _facing(dot(normals, toward), lamp.radius))[..., None]
        gleam += lamp.colour * (strength * _highlight(normals, toward, patch.rays, coat.shine))[..., None]
    light = coat.colour * arriving
    if coat.shine > 0.1:
        light = _mirrored(light, patch, normals, coat.shine, around)
    return light + gleam


def _toward(lamp: Lamp, points: Array) -> tuple[Array, Array]:
    away = column(lamp.position) - points
    distance = np.sqrt(dot(away, away))
    return away / distance, distance


def _uneven(normals: Array, coat: Coat) -> Array:
    if coat.relief is None:
        return normals
    right, down = coat.relief
    # v grows with y and z; the slope along it acts in the plane of the surface.
    along = np.stack([np.zeros_like(right), np.ones_like(right), np.ones_like(right)])
    along = along - normals * dot(along, normals)
    across = np.stack([np.ones_like(right), np.zeros_like(right), np.zeros_like(right)])
    across = across - normals * normals[0]
    return unit(normals - right * across - down * along)


def _facing(cosine: Array, radius: float) -> Array:
    """Lambert's law for a lamp of some size: the terminator is as soft as the lamp is wide."""
    r = np.float32(max(radius, 0.02))
    return np.where(cosine > r, cosine, np.maximum(cosine + r, 0) ** 2 / (4 * r))


def _highlight(normals: Array, toward: Array, rays: Array, shine: float) -> Array:
    """Blinn-Phong: a broad sheen on paint, a tight gleam on polish."""
    half = unit(toward - rays)
    power, strength = 18 + 160 * shine, 0.022 + 0.25 * shine
    return strength * np.maximum(dot(normals, half), 0) ** np.float32(power)


@dataclass(frozen=True)
class Coarse:
    """Every second point and normal of each row: shadows are smooth along a surface, so nothing is lost but time.

    low, high: corners of the box around the points. open: 1 where the point is in the open, 0 where it is buried under
    a solid and nothing measured there counts.
    """

    size: tuple[int, int]
    points: Array
    normals: Array
    low: Array
    high: Array
    open: Array

    @classmethod
    def of(cls, patch: Patch, solids: Sequence[Solid]) -> Coarse:
        rows, columns = patch.points.shape[1:]
        half = (columns + 1) // 2, rows  # Rows stay: floors are foreshortened, and contacts lie across.
        points, facing = (
            np.stack([cv2.resize(plane, half, interpolation=cv2.INTER_AREA) for plane in vectors])
            for vectors in (patch.points, patch.normals)
        )
        coarse = cls(
            (columns, rows),
            points,
            facing,
            points.min(axis=(1, 2)),
            points.max(axis=(1, 2)),
            np.ones(points.shape[1:], np.float32),
        )
        for solid in solids:
            near = coarse.near(solid, 0.01)
            if near is not None:
                coarse.open.reshape(-1)[near] *= solid.at(coarse.of_points(near))[:, 0] >= 4e-3
        return coarse

    def near(self, solid: Solid, margin: float) -> Array | None:
        """The numbers of the points within the solid's reach and a margin; None when there are none."""
        centre, reach = np.array(solid.centre, np.float32), solid.reach + margin
        apart = np.maximum(np.maximum(self.low - centre, centre - self.high), 0)
        if apart @ apart > reach * reach:
            return None
        away = self.points - column(solid.centre)
        near: Array = np.flatnonzero(dot(away, away) < np.float32(reach * reach))
        return near if near.size else None

    def of_points(self, numbers: Array) -> Array:
        return np.take(self.points.reshape(3, -1), numbers, axis=1)[..., None]

    def of_normals(self, numbers: Array) -> Array:
        return np.take(self.normals.reshape(3, -1), numbers, axis=1)[..., None]

    def fine(self, *planes: Array) -> list[Array]:
        """Back to the full size; buried points take the value of their open neighbours, or contacts would be jagged."""
        if not self.open.all():
            planes = tuple(self._healed(plane) for plane in planes)
        return [np.asarray(cv2.resize(plane, self.size), np.float32) for plane in planes]

    def _healed(self, measured: Array) -> Array:
        known = self.open
        for _ in range(3):
            share = cv2.blur(known, (3, 3))
            near = cv2.blur(measured * known, (3, 3)) / np.maximum(share, np.float32(1e-3))
            reached = share > 1e-3
            measured, known = np.where((known == 0) & reached, near, measured), reached.astype(np.float32)
        return measured


def _seen(points: Array, lamp: Lamp, around: Surroundings) -> Array:
    """The share of a lamp that is seen from each point past the solids and out of the niche."""
    toward, distance = _toward(lamp, points)
    radius = lamp.radius * LAMP_DISTANCE / distance
    seen = np.ones(points.shape[1:], np.float32)
    for solid in around.solids:
        if not solid.finish.glow:
            seen *= visible_past(solid, points, toward, radius)
    niche, wall = around.backdrop.niche, around.backdrop.distance
    if niche:
        far = np.maximum(points[2] - wall, 1e-3) / np.maximum(-toward[2], 1e-3)
        opening = share_free(-niche.outline(points + toward * far) / far, radius)
        seen *= np.where(points[2] > wall + 1e-3, opening, 1)
    return seen


def _ambient(patch: Patch, normals: Array, coarse: Coarse, around: Surroundings) -> Array:
    """Light from everywhere: the open sky, the lit floor, and the colours of neighbours where they hide the sky."""
    height = np.maximum(patch.points[1], 0)
    sky = (0.80 + 0.12 * normals[1] - 0.12 * normals[2]) * (1 - _cornered(patch, height, around.backdrop))
    bounce = np.clip(0.5 - 0.5 * normals[1], 0, 1) * 0.42 / (1 + height * height)
    light: Array = around.sky * sky[..., None] + around.backdrop.floor.colour * bounce[..., None]
    through, *tints = coarse.fine(*_neighbours(coarse, around))
    light *= through[..., None]
    light += np.stack(tints, axis=-1)
    return light


def _neighbours(coarse: Coarse, around: Surroundings) -> list[Array]:
    """How much of the sky is left between the solids, and their own colours in the rest: four planes."""
    planes = [np.full(coarse.open.shape, share, np.float32) for share in (1, 0, 0, 0)]
    for solid in around.solids:
        near = None if solid.finish.glow else coarse.near(solid, 1.1)
        if near is None:
            continue
        hidden = _hidden(coarse.of_points(near), coarse.of_normals(near), solid)
        for plane, tone in zip(planes, (0, *solid.finish.colour * np.float32(0.3 * around.sky.mean())), strict=True):
            flat = plane.reshape(-1)
            flat[near] = flat[near] * (1 - hidden) + tone * hidden
    return planes


def _cornered(patch: Patch, height: Array, backdrop: Sweep) -> Array:
    """How much of the sky floor and wall hide from each other, and the niche from its inside."""
    up = np.clip(patch.normals[1], 0, 1)
    hidden: Array = np.exp(-height / 0.16) * (1 - up) * 0.45
    if backdrop.joined and not backdrop.sweep:
        to_wall = np.maximum(backdrop.distance - patch.points[2], 0)
        hidden = np.maximum(hidden, np.exp(-to_wall / 0.3) * up * 0.35)
    if backdrop.niche:
        depth = patch.points[2] - backdrop.distance
        inside = 0.5 * share_free(backdrop.niche.outline(patch.points) / np.maximum(depth, 0.02), 1.4)
        hidden = np.where(depth > 0, np.maximum(hidden, inside), hidden)
    return hidden


def _hidden(points: Array, normals: Array, solid: Solid) -> Array:
    """How much of the open sky a solid hides, from its distance to probes along the normal."""
    hidden = np.zeros(points.shape[1], np.float32)
    for reach, weight in ((0.08, 0.24), (0.22, 0.24), (0.55, 0.22)):
        share = np.clip(1 - solid.at(points + normals * np.float32(reach))[:, 0] / np.float32(reach), 0, 1)
        hidden += np.float32(weight) * share * share
    return hidden


def mirror_share(shine: float, cosine: Array) -> Array:
    """How much of what leaves a polished surface was mirrored, by the cosine of the view's angle to its normal."""
    share: Array = shine * (0.05 + 0.95 * (1 - cosine) ** 4)
    return share


def _mirrored(light: Array, patch: Patch, normals: Array, shine: float, around: Surroundings) -> Array:
    """Blurred reflections of solids and wall, more towards grazing angles (after Schlick)."""
    cosine = np.clip(-dot(normals, patch.rays), 0, 1)
    away = patch.rays + 2 * cosine * normals
    share = mirror_share(shine, cosine)
    wall = around.backdrop.wall.colour
    seen = around.mirrored.seen(patch.points, away) if around.mirrored else np.broadcast_to(wall, light.shape)
    for solid in around.solids:
        cover = 1 - visible_past(solid, patch.points, away, np.full_like(cosine, 0.16 - 0.13 * shine))
        tone = solid.finish.colour * np.float32(0.75 + solid.finish.glow)
        seen = seen * (1 - cover)[..., None] + tone * cover[..., None]
    mixed: Array = light * (1 - share)[..., None] + seen * share[..., None]
    return mixed
