"""Floor and wall in one sweep, with or without a niche in the wall."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assetgen.providers.studio.solids import Array, Finish, arch_outline, column, normals, unit, Solid


@dataclass(frozen=True)
class Niche:
    """An arched recess that stands on the floor."""

    x: float
    width: float
    height: float
    depth: float
    finish: Finish

    def outline(self, points: Array) -> Array:
        """Distance to the opening's edge, in the plane of the wall; negative inside."""
        return arch_outline(points[0] - np.float32(self.x), points[1] - np.float32(self.height), self.width / 2)


@dataclass(frozen=True)
class Backdrop:
    """distance: where the wall stands; sweep: radius of the curve between floor and wall."""

    distance: float
    sweep: float
    floor_level: float
    wall: Finish
    floor: Finish
    niche: Niche | None = None

    @property
    def corner(self) -> bool:
        """Floor and wall meet in a sharp corner instead of running into each other."""
        return self.sweep == 0

    def entry(self, origin: Array, rays: Array) -> Array:
        """Where rays that start in front of the wall meet the floor, the sweep or the wall."""
        to_floor = (self.floor_level - origin[1]) / np.minimum(rays[1], np.float32(-1e-4))
        to_wall = (self.distance - origin[2]) / rays[2]
        t = np.minimum(to_floor, to_wall)
        points = origin + rays * t
        if self.corner:
            return points
        centre_y, centre_z = self.floor_level + self.sweep, self.distance - self.sweep
        curved = (points[1] < centre_y) & (points[2] > centre_z)
        y, z = origin[1] - centre_y, origin[2] - centre_z
        a = rays[1] ** 2 + rays[2] ** 2
        b = y * rays[1] + z * rays[2]
        c = y * y + z * z - self.sweep**2
        far = (-b + np.sqrt(np.maximum(b * b - a * c, 0))) / a
        return origin + rays * np.where(curved, far, t)

    def normals(self, points: Array) -> Array:
        if self.corner:
            return np.where(points[2] < self.distance - 1e-3, column((0, 1, 0)), column((0, 0, -1)))
        y = np.maximum(self.floor_level + self.sweep - points[1], 0)
        z = np.maximum(points[2] - self.distance + self.sweep, 0)
        length = np.maximum(np.hypot(y, z), np.float32(1e-6))
        return np.stack([np.zeros_like(y), y / length, -z / length])


def niche_entry(niche: Niche, wall: float, floor_level: float, origin: Array, rays: Array) -> tuple[Array, Array]:
    """Points and normals inside the niche, for rays that cross the plane of the wall: its back, its floor or its side."""
    at_wall = origin + rays * ((wall - origin[2]) / rays[2])
    onward = rays / rays[2]
    depth = np.full_like(rays[2], niche.depth)
    floor = (floor_level - at_wall[1]) / np.minimum(onward[1], np.float32(-1e-4))
    far = np.clip(np.minimum(depth, floor), 0, None)
    near = np.zeros_like(far)
    beyond = niche.outline(at_wall + onward * far) > 0
    high = far.copy()
    for _ in range(14):
        middle = (near + high) / 2
        inside = niche.outline(at_wall + onward * middle) < 0
        near, high = np.where(inside, middle, near), np.where(inside, high, middle)
    points = at_wall + onward * np.where(beyond, near, far)
    side = _inward(niche, points)
    flat = np.where(floor < depth, column((0, 1, 0)), column((0, 0, -1)))
    return points, np.where(beyond, side, flat)


def _inward(niche: Niche, points: Array) -> Array:
    step = np.float32(2e-3)
    x = niche.outline(points + column((2e-3, 0, 0))) - niche.outline(points - column((2e-3, 0, 0)))
    y = niche.outline(points + column((0, 2e-3, 0))) - niche.outline(points - column((0, 2e-3, 0)))
    return unit(np.stack([-x, -y, np.full_like(x, -step * np.float32(1e-3))]))
