"""What one surface is like at every point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assetgen.studio.tracer.solids import Array


@dataclass(frozen=True)
class Coat:
    """The look of a surface."""

    colour: Array
    """Rows x columns x 3, linear."""

    relief: tuple[Array, Array] | None = None
    """The slopes along u and v; None where it is flat."""

    shine: float = 0.0
    """0 is matt, 1 a mirror."""


def tinted(colour: Array, shade: Array) -> Array:
    return colour * np.maximum(shade, 0)[..., None]
