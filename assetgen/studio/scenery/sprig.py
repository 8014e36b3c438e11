"""Leaves near the lens."""

from __future__ import annotations

import numpy as np

from assetgen.studio.scenery.easel import lay_over
from assetgen.studio.tracer.colours import linear
from assetgen.studio.tracer.foliage import drawn, eucalyptus
from assetgen.studio.tracer.solids import Array

LEAF = linear("#6f8064")


def add_sprig(picture: Array, side: int, rng: np.random.Generator) -> None:
    """Eucalyptus, out of focus, reaching in from the lower corner of a side (-1 or 1)."""
    height, width = picture.shape[:2]
    edge = width / height if side > 0 else 0.0
    mask = np.zeros((height, width), np.float32)
    for reach, top in ((0.10, 0.44), (0.2, 0.66)):
        root, tip = complex(edge + 0.03 * side, 1.04), complex(edge - reach * side, top)
        mask = np.maximum(mask, drawn(eucalyptus(rng, root, tip), width, height))
    light = np.linspace(1.05, 0.55, height, dtype=np.float32)[:, None, None]
    lay_over(picture, LEAF * light, mask, (0, 0, width, height), blur=0.008 * height)
