"""Floor and wall in one sweep, with or without a niche in the wall."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assetgen.providers.studio.solids import Array, Finish, arch_outline, column


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
        return arch_outline(points[0] - self.x, points[1] - self.height, self.width / 2)

    def entry(self, wall: float, origin: Array, rays: Array) -> tuple[Array, Array]:
        """Points and normals inside, for rays that cross the plane of the wall: at the back, the floor or the side."""
        at_wall = origin + rays * ((wall - origin[2]) / rays[2])
        onward = rays / rays[2]
        to_floor = -at_wall[1] / np.minimum(onward[1], -1e-4)
        far = np.clip(np.minimum(self.depth, to_floor), 0, None)
        low, high = np.zeros_like(far), far
        past_side = self.outline(at_wall + onward * far) > 0
        for _ in range(14):
            middle = (low + high) / 2
            inside = self.outline(at_wall + onward * middle) < 0
            low, high = np.where(inside, middle, low), np.where(inside, high, middle)
        points = at_wall + onward * np.where(past_side, low, far)
        flat = np.where(to_floor < self.depth, column((0, 1, 0)), column((0, 0, -1)))
        return points, np.where(past_side, self._inward(points), flat)

    def _inward(self, points: Array) -> Array:
        """Normals of the side: from the outline towards the middle line, at right angles to the view."""
        x = points[0] - self.x
        y = np.maximum(points[1] - self.height + self.width / 2, 0)
        length = np.maximum(np.hypot(x, y), 1e-3)
        return np.stack([-x / length, -y / length, np.zeros_like(x)])


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
        points: Array = origin + rays * t
        if self.corner:
            return points
        centre_y, centre_z = self.floor_level + self.sweep, self.distance - self.sweep
        curved = (points[1] < centre_y) & (points[2] > centre_z)
        y, z = origin[1] - centre_y, origin[2] - centre_z
        a = rays[1] ** 2 + rays[2] ** 2
        b = y * rays[1] + z * rays[2]
        c = y * y + z * z - self.sweep**2
        far = (-b + np.sqrt(np.maximum(b * b - a * c, 0))) / a
        return np.where(curved, origin + rays * far, points)

    def normals(self, points: Array) -> Array:
        if self.corner:
            return np.where(points[2] < self.distance - 1e-3, column((0, 1, 0)), column((0, 0, -1)))
        y = np.maximum(self.floor_level + self.sweep - points[1], 0)
        z = np.maximum(points[2] - self.distance + self.sweep, 0)
        length = np.maximum(np.hypot(y, z), np.float32(1e-6))
        return np.stack([np.zeros_like(y), y / length, -z / length])
