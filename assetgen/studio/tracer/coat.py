"""What one surface is like at every point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assetgen.studio.tracer.solids import Array


@dataclass(frozen=True)
class Coat:
    """colour: rows x columns x 3, linear; relief: slopes along u and v, None where flat; shine: 0 matt, 1 a mirror."""

    colour: Array
    relief: tuple[Array, Array] | None = None
    shine: float = 0.0


def tinted(colour: Array, shade: Array) -> Array:
    return colour * np.maximum(shade, 0)[..., None]
