"""Photo in, cutout out, by the simplest way that serves the photo."""

from __future__ import annotations

from assetgen.cutters.alpha import Alpha
from assetgen.cutters.plain import Plain
from assetgen.model.cutout import Cutout, Pixels


def cut(photo: Pixels) -> Cutout:
    """The cutout of an RGB or RGBA photo: its own transparency where it has any, else taken from its plain backdrop."""
    cutter = Alpha() if Alpha.serves(photo) else Plain()
    return cutter.cut(photo)
