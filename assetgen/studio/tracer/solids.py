"""Convex solids, each known by its signed distance, and how closely rays pass them.

Points and rays are float32 arrays of shape 3 x rows x columns; x runs right, y up, z away from the camera.
The distance to a convex solid is a convex function along any ray, and everything here leans on that: distance / path
length has a single valley, and Newton's method walks to the entry point without overshooting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
"""An array of float32; 64 bit would double the time and show nothing."""
Vector = tuple[float, float, float]
Distance = Callable[[Array], Array]
"""Signed distance of points to a solid around the origin: negative inside."""

ROUND = np.float32(0.12)
"""How rounded the upright edges of rocks are."""

GOLDEN = np.float32(0.618034)


@dataclass(frozen=True, eq=False)
class Finish:
    """A colour (linear RGB), the name of a surface, and how much light it gives off itself."""

    colour: Array
    surface: str = "paint"
    glow: float = 0.0


@dataclass(frozen=True)
class Solid:
    """A body of the set."""

    distance: Distance
    centre: Vector
    reach: float
    """The radius of a ball around the centre that holds the solid."""

    finish: Finish
    sharp: bool = False
    """Whether it is part of the stand, which is in focus."""

    def at(self, points: Array) -> Array:
        return self.distance(points - column(self.centre))


def column(vector: Vector) -> Array:
    return np.asarray(vector, np.float32).reshape(3, 1, 1)


def dot(a: Array, b: Array) -> Array:
    product: Array = a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
    return product


def unit(a: Array) -> Array:
    return a / np.sqrt(dot(a, a))


def ball(radius: float) -> Distance:
    return lambda p: np.sqrt(dot(p, p)) - np.float32(radius)


def drum(radius: float, height: float, bevel: float = 0.025) -> Distance:
    return lambda p: _standing(np.hypot(p[0], p[2]) - np.float32(radius), p[1], height, bevel)


def block(width: float, height: float, depth: float, bevel: float = 0.025) -> Distance:
    def distance(p: Array) -> Array:
        footprint = _bevelled(np.abs(p[0]) - np.float32(width / 2), np.abs(p[2]) - np.float32(depth / 2), bevel)
        return _standing(footprint, p[1], height, bevel)

    return distance


def pebble(radius: float, height: float, bevel: float) -> Distance:
    """An upright cylinder, round at both ends."""
    return lambda p: _bevelled(np.hypot(p[0], p[2]) - np.float32(radius), np.abs(p[1]) - np.float32(height / 2), bevel)


def pillow(width: float, height: float, depth: float, power: float = 3.0) -> Distance:
    """A ball when `power` is 2, and nearer to a block the higher it is (a superellipsoid; the distance is a bound)."""
    sizes, least = (width / 2, height / 2, depth / 2), np.float32(min(width, height, depth) / 2)

    def distance(p: Array) -> Array:
        shares = [np.abs(p[i]) / np.float32(size) for i, size in enumerate(sizes)]
        if power == 2:
            norm = np.sqrt(sum(share * share for share in shares))
        else:
            norm = np.asarray(sum(share**power for share in shares), np.float32) ** np.float32(1 / power)
        bound: Array = (norm - np.float32(1)) * least
        return bound

    return distance


def cone(radius: float, height: float) -> Distance:
    """Upright, its tip rounded."""
    slant = float(np.hypot(radius, height))
    out, up, tip = np.float32(height / slant), np.float32(radius / slant), np.float32(0.02)

    def distance(p: Array) -> Array:
        from_axis = np.sqrt(p[0] ** 2 + p[2] ** 2 + tip * tip) - tip
        return _cut_below(from_axis * out + (p[1] - np.float32(height / 2)) * up, p[1], height)

    return distance


def rock(rng: np.random.Generator, width: float, height: float, depth: float, sides: int = 10) -> Distance:
    """A level-topped stone with split faces, wider below than above."""
    turns = (np.arange(sides) + rng.uniform(-0.3, 0.3, sides)) * 2 * np.pi / sides
    lean, far = rng.uniform(0.1, 0.3, sides), rng.uniform(0.88, 1.0, sides)
    faces = [
        (np.cos(t) * 2 / width, s / height, np.sin(t) * 2 / depth, f) for t, s, f in zip(turns, lean, far, strict=True)
    ]
    planes = [tuple(np.float32(part / np.linalg.norm(face[:3])) for part in face) for face in faces]

    def distance(p: Array) -> Array:
        above = p[1] - np.float32(height / 2)
        outline = np.full_like(above, -1e3)
        for a, b, c, d in planes:
            face = a * p[0] + b * above + c * p[2] - d
            blend = np.maximum(ROUND - np.abs(outline - face), 0)
            outline = np.maximum(outline, face) + blend * blend * (0.25 / ROUND)
        return _standing(outline, p[1], height, 0.07)

    return distance


def cut(form: Distance, level: float) -> Distance:
    """What of a form lies above a level, measured from its middle."""
    return lambda p: np.maximum(form(p), np.float32(level) - p[1])


def turned(form: Distance, *, yaw: float = 0.0, roll: float = 0.0, pitch: float = 0.0) -> Distance:
    """The form turned by degrees: yaw about the upright, roll in the plane of the picture, pitch towards the eye."""
    about = [np.radians(angle) for angle in (yaw, roll, pitch)]
    (cy, cr, cp), (sy, sr, sp) = np.cos(about), np.sin(about)
    turn = (
        np.array([[cy, 0, -sy], [0, 1, 0], [sy, 0, cy]])
        @ np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
        @ np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    ).astype(np.float32)
    return lambda p: form(np.tensordot(turn.T, p, 1))


def arch(width: float, height: float, depth: float, bevel: float = 0.02) -> Distance:
    """An upright slab with a round top."""

    def distance(p: Array) -> Array:
        outline = arch_outline(p[0], p[1] - np.float32(height / 2), width / 2)
        slab = _bevelled(outline, np.abs(p[2]) - np.float32(depth / 2), bevel)
        return _cut_below(slab, p[1], height)

    return distance


def arch_outline(x: Array, below_top: Array, radius: float) -> Array:
    """Distance in the plane to an arch without a lower end; `below_top` is y minus the height of its top."""
    return np.hypot(x, np.maximum(below_top + np.float32(radius), 0)) - np.float32(radius)


def ogive_outline(x: Array, below_top: Array, radius: float) -> Array:
    """An outline as `arch_outline` gives it, with a pointed top: two arcs that meet in the middle."""
    aside, wide = np.float32(0.55 * radius), np.float32(1.55 * radius)
    rise = np.float32(np.sqrt(wide**2 - aside**2))
    return np.hypot(np.abs(x) + aside, np.maximum(below_top + rise, 0)) - wide


def ring_outline(x: Array, below_top: Array, radius: float) -> Array:
    """An outline as `arch_outline` gives it, a whole circle: a moon gate."""
    return np.hypot(x, below_top + np.float32(radius)) - np.float32(radius)


def _standing(outline: Array, y: Array, height: float, bevel: float) -> Array:
    """A footprint raised to a height: the upper edge is rounded, the lower one sharp, so that no gap shows beneath."""
    return _cut_below(_bevelled(outline, y - np.float32(height / 2), bevel), y, height)


def _cut_below(distance: Array, y: Array, height: float) -> Array:
    cut: Array = np.maximum(distance, np.float32(-height / 2) - y)
    return cut


def _bevelled(a: Array, b: Array, bevel: float) -> Array:
    """Distance to the set where both are negative, its edge rounded."""
    r = np.float32(bevel)
    a, b = a + r, b + r
    return np.minimum(np.maximum(a, b), 0) + np.hypot(np.maximum(a, 0), np.maximum(b, 0)) - r


def clearance(solid: Solid, origin: Array, rays: Array, steps: int = 9) -> tuple[Array, Array]:
    """How closely rays pass a solid, and where.

    It is the smallest distance / path length (an angle in radians, negative for rays that enter) with its path length.
    From the eye it gives smooth edges, towards a lamp soft shadows and along a mirrored ray blurred reflections. It is
    found by golden-section search.
    """
    toward = column(solid.centre) - origin
    nearest = dot(toward, rays)
    low = np.maximum(nearest - np.float32(solid.reach), np.float32(2e-3))
    high = np.maximum(nearest + np.float32(solid.reach), np.float32(4e-3))

    def angle(t: Array) -> Array:
        return solid.distance(rays * t - toward) / t

    a, b = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_a, at_b = angle(a), angle(b)
    for _ in range(steps):
        left = at_a < at_b
        low, high = np.where(left, low, a), np.where(left, b, high)
        probe = np.where(left, high - GOLDEN * (high - low), low + GOLDEN * (high - low))
        found = angle(probe)
        a, b = np.where(left, probe, b), np.where(left, a, probe)
        at_a, at_b = np.where(left, found, at_b), np.where(left, at_a, found)
    return np.minimum(at_a, at_b), np.where(at_a < at_b, a, b)


def share_free(angle: Array, radius: Array | float) -> Array:
    """The part of a disc (a lamp, a pixel) of this angular radius that stays visible beside an edge at this angle."""
    x = np.clip(angle / radius, -1, 1)
    return 0.5 + x * (0.75 - 0.25 * x * x)


def visible_past(solid: Solid, points: Array, rays: Array, radius: Array) -> Array:
    """The share of discs of this angular radius, in the directions of the rays, that a solid leaves visible."""
    toward = column(solid.centre) - points
    along = dot(toward, rays)
    beside = np.sqrt(np.maximum(dot(toward, toward) - along * along, 0))
    near = (along > -solid.reach) & (beside < solid.reach + radius * np.maximum(along + solid.reach, 0))
    visible = np.ones(near.shape, np.float32)
    # The others, most of them, pass even the ball around the solid.
    angle, _ = clearance(solid, points[:, near][..., None], rays[:, near][..., None])
    visible[near] = share_free(angle[:, 0], radius[near])
    return visible


def entry(solid: Solid, origin: Array, rays: Array, valley: Array, steps: int = 7) -> Array:
    """Points where rays enter the solid; rays that miss give the point of their closest pass."""
    toward = column(solid.centre) - origin
    step = np.float32(1e-3)
    t = np.maximum(dot(toward, rays) - np.float32(solid.reach), np.float32(1e-3))
    t = np.minimum(t, valley)
    for _ in range(steps):
        here = solid.distance(rays * t - toward)
        slope = (solid.distance(rays * (t + step) - toward) - here) / step
        t = np.minimum(t - here / np.minimum(slope, np.float32(-0.03)), valley)
    points: Array = origin + rays * t
    return points


def normals(solid: Solid, points: Array) -> Array:
    """The gradient of the distance from four probes at the corners of a tetrahedron."""
    # Lifted by a hair, so that the sharp lower edge of a standing solid shows its side and not its dark underside.
    local, reach = points - column(solid.centre) + column((0, 6e-3, 0)), np.float32(2e-3)
    corners = [(1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)]
    gradient = sum(column(corner) * solid.distance(local + reach * column(corner)) for corner in corners)
    return unit(np.asarray(gradient, np.float32))
