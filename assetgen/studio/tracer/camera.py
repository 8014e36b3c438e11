"""A long lens with a level back, like a view camera: verticals stay upright while it looks gently down."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np

from assetgen.studio.tracer.solids import Array, Vector, column, unit

LENS_DISTANCE = 11.0
"""The way from the eye to the product, in units of the set: the podium is about 2 across."""

DROP = 0.16
"""The eye's height above the standing point as a share of its distance: ellipses as flat as in product photos."""


@dataclass(frozen=True)
class Camera:
    """A camera in front of the product; its frame is width x height pixels."""

    width: int
    height: int
    view: float
    """The height of the frame at the product, in the set's units."""

    stand: Vector
    """The standing point in the set."""

    x: float
    """The place of the standing point across the frame, 0 to 1."""

    y: float
    """The place of the standing point down the frame, 0 to 1."""

    aperture: float = 0.02
    """How soon things out of focus blur; 0 is never."""

    @property
    def eye(self) -> Vector:
        return self.stand[0], self.stand[1] + DROP * LENS_DISTANCE, self.stand[2] - LENS_DISTANCE

    @property
    def pixel(self) -> float:
        """Half the diagonal of a pixel, as an angle in radians: the softness of edges."""
        return 0.7 * self.view / self.height / LENS_DISTANCE

    def rays(self, left: int, top: int, right: int, bottom: int, step: int = 1) -> Array:
        """One ray of length 1 through the middle of each square of `step` pixels in a box."""
        unit_per_pixel = self.view / self.height
        across = (np.arange(left, right, step, dtype=np.float32) + 0.5 * step - self.x * self.width) * unit_per_pixel
        up = (self.y * self.height - np.arange(top, bottom, step, dtype=np.float32) - 0.5 * step) * unit_per_pixel
        rays = np.empty((3, up.size, across.size), np.float32)
        rays[0], rays[1], rays[2] = across[None, :], up[:, None] - DROP * LENS_DISTANCE, LENS_DISTANCE
        return unit(rays)

    def blur(self, z: Array | float) -> Array:
        """How blurred things are at a distance, as a standard deviation in pixels.

        The standing point is in focus, and before it the floor stays sharper than a lens would show it.
        """
        away = np.asarray(z, np.float32) - np.float32(self.eye[2])
        out = 1 - LENS_DISTANCE / np.maximum(away, 1)
        sigma: Array = np.maximum(out, -0.4 * out) * np.float32(self.aperture * self.height)
        return sigma

    def project(self, point: Vector) -> tuple[float, float]:
        """The place in the frame of a point of the set, in fractions."""
        away = column(point).ravel() - column(self.eye).ravel()
        right, up = away[:2] * LENS_DISTANCE / away[2]
        up += DROP * LENS_DISTANCE
        return float(self.x + right / self.view * self.height / self.width), float(self.y - up / self.view)

    def project_all(self, points: Array) -> tuple[Array, Array]:
        """The places in the frame of many points, as `project` gives them; those behind the eye are of no use."""
        eye = self.eye
        scale = np.float32(LENS_DISTANCE) / np.maximum(points[2] - np.float32(eye[2]), np.float32(0.5))
        right, up = (points[0] - np.float32(eye[0])) * scale, (points[1] - np.float32(eye[1])) * scale
        per_width, per_height = self.height / self.width / self.view, 1 / self.view
        return self.x + right * np.float32(per_width), self.y - (up + DROP * LENS_DISTANCE) * np.float32(per_height)

    def box(self, centre: Vector, reach: float) -> tuple[int, int, int, int] | None:
        """The pixels (left, top, right, bottom) that a ball can cover; None when it is out of the frame."""
        x, y = self.project(centre)
        radius = reach * LENS_DISTANCE / max(centre[2] - reach - self.eye[2], 1.0) / self.view * self.height + 2
        left, top = max(int(x * self.width - radius), 0), max(int(y * self.height - radius), 0)
        right, bottom = (
            min(int(x * self.width + radius) + 1, self.width),
            min(int(y * self.height + radius) + 1, self.height),
        )
        return (left, top, right, bottom) if left < right and top < bottom else None


def framing(width: int, height: int) -> tuple[float, float, float]:
    """View height and the standing point's x and y for a frame: centred, or to the right where words go left."""
    shape = log(width / height)
    shapes = [log(9 / 16), log(4 / 5), 0.0, log(16 / 9), log(3.0)]
    view = np.interp(shape, shapes, [4.7, 4.1, 3.8, 3.4, 2.7])
    y = np.interp(shape, shapes, [0.77, 0.80, 0.81, 0.81, 0.83])
    x = np.interp(shape, [log(1.25), log(1.6)], [0.5, 0.68])
    return float(view), float(x), float(y)
