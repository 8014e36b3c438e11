"""Floor and wall: in one sweep, meeting in a corner, or the floor a table's top that ends before the wall."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from assetgen.studio.tracer.camera import Camera
from assetgen.studio.tracer.solids import (
    Array,
    Finish,
    Vector,
    arch_outline,
    column,
    ogive_outline,
    ring_outline,
    unit,
)

Outline = Callable[[Array, Array, float], Array]
NICHES: dict[str, Outline] = {"round": arch_outline, "pointed": ogive_outline, "moon": ring_outline}


@dataclass(frozen=True)
class Niche:
    """A recess that stands on the floor; form: a key of NICHES; rim: a band around it."""

    form: str
    width: float
    height: float
    depth: float
    finish: Finish
    rim: Finish | None = None

    def outline(self, points: Array) -> Array:
        """Distance to the opening's edge, in the plane of the wall; negative inside."""
        return NICHES[self.form](points[0], points[1] - np.float32(self.height), self.width / 2)

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
        """Normals of the side: down the slope of the outline, at right angles to the view."""
        step = np.float32(2e-3)
        here = self.outline(points)
        right, up = (self.outline(points + step * column(axis)) - here for axis in ((1, 0, 0), (0, 1, 0)))
        return unit(np.stack([-right, -up, np.full_like(right, -1e-6)]))


@dataclass(frozen=True)
class Sweep:
    """A floor and a wall, in units of the set."""

    distance: float
    """How far away the wall stands."""

    sweep: float
    """The radius of the curve between floor and wall."""

    end: float
    """How far away the floor ends."""

    wall: Finish
    floor: Finish
    niche: Niche | None = None

    @property
    def joined(self) -> bool:
        """Floor and wall meet; otherwise the wall stands far behind the floor's end."""
        return self.end >= self.distance

    @property
    def ground(self) -> Vector:
        """A point where the floor meets the wall, or where it ends."""
        return 0.0, 0.0, min(self.distance - 0.3 * self.sweep, self.end)

    def floor_share(self, camera: Camera) -> Array:
        """How much of each row of pixels shows the floor and not the wall, 0 to 1."""
        rays = camera.rays(0, 0, 1, camera.height)
        points = self.entry(column(camera.eye), rays)
        if self.sweep:
            return np.clip(1.4 * self.normals(points)[1, :, 0] - 0.2, 0, 1)
        _, far = camera.project((0.0, 0.0, self.end))
        share: Array = np.clip(np.arange(camera.height, dtype=np.float32) + 1 - far * camera.height, 0, 1)
        return share

    def entry(self, origin: Array, rays: Array) -> Array:
        """The points where rays that start in front of the wall meet the floor, the sweep or the wall."""
        to_floor = -origin[1] / np.minimum(rays[1], np.float32(-1e-4))
        to_wall = (self.distance - origin[2]) / rays[2]
        t = np.minimum(to_floor, to_wall)
        points: Array = origin + rays * t
        if not self.sweep:
            return points
        centre_y, centre_z = self.sweep, self.distance - self.sweep
        curved = (points[1] < centre_y) & (points[2] > centre_z)
        y, z = origin[1] - centre_y, origin[2] - centre_z
        a = rays[1] ** 2 + rays[2] ** 2
        b = y * rays[1] + z * rays[2]
        c = y * y + z * z - self.sweep**2
        far = (-b + np.sqrt(np.maximum(b * b - a * c, 0))) / a
        return np.where(curved, origin + rays * far, points)

    def on_wall(self, origin: Array, rays: Array) -> Array:
        """The points where rays meet the wall, though the floor be in the way; with a sweep, the same as `entry`."""
        if self.sweep:
            return self.entry(origin, rays)
        points: Array = origin + rays * ((self.distance - origin[2]) / rays[2])
        return points

    def on_floor(self, origin: Array, rays: Array) -> Array:
        if self.sweep:
            return self.entry(origin, rays)
        to_floor = -origin[1] / np.minimum(rays[1], np.float32(-1e-4))
        points: Array = origin + rays * np.minimum(to_floor, (self.end - origin[2]) / rays[2])
        return points

    def normals(self, points: Array) -> Array:
        """The normals of the sweep, and of floor and wall where it runs into them."""
        y = np.maximum(self.sweep - points[1], 0)
        z = np.maximum(points[2] - self.distance + self.sweep, 0)
        length = np.maximum(np.hypot(y, z), np.float32(1e-6))
        return np.stack([np.zeros_like(y), y / length, -z / length])
