"""The arrays that pictures and parts of them are made of. One name for each kind: what it holds, and in which range.

A mask of one file is an `Alpha` (how much), of another a `Region` (whether): `~` and `> 127` mean different things to
them, and so they never share a name.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""A picture, H x W x 3 (RGB) or H x W x 4 (RGBA, straight alpha), sRGB, 8 bit."""

WITH_ALPHA = 4
"""The channels of `Pixels` that have an alpha."""

Alpha = npt.NDArray[np.uint8]
"""A mask, H x W: how much of each pixel belongs to something: 0 nothing, 255 all of it."""

HALF = 127
"""The level of an `Alpha` above which a pixel is more something than nothing."""

Region = npt.NDArray[np.bool_]
"""A mask, H x W: whether each pixel belongs to something."""

Floats = npt.NDArray[np.integer[Any] | np.floating[Any]]
"""Numbers in float32, of any shape. Typed as widely as OpenCV's stubs type what its functions return."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom as fractions of a picture's width and height, 0 to 1, from its top left corner."""
