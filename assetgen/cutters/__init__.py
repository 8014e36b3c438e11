"""Photo in, cutout out, by the simplest way that serves the photo."""

from __future__ import annotations

from assetgen.cutters.alpha import Alpha
from assetgen.cutters.plain import Plain
from assetgen.model.cutout import AS_SEEN, Cutout, Handling, Pixels


class Auto:
    """The photo's own transparency where it has any, else the product taken from its plain backdrop."""

    name = "auto"
    recipe = f"{Alpha.recipe}.{Plain.recipe}"

    def cut(self, photo: Pixels, handling: Handling = AS_SEEN) -> Cutout:
        return Alpha().cut(photo) if Alpha.serves(photo) else Plain().cut(photo, handling)
