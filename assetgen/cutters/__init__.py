from __future__ import annotations

from assetgen.cutters.auto import Auto
from assetgen.model.cutout import Cutout, Pixels


def cut(photo: Pixels) -> Cutout:
    """The cutout of an RGB or RGBA photo, by whatever way serves it best."""
    return Auto().cut(photo)
