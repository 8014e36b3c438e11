"""Photo -> cutout: the photo's own transparency where it has some, else the plain-backdrop method."""

from __future__ import annotations

from assetgen.cutters.plain import Plain
from assetgen.model.cutout import Cutout, Pixels, Verdict


class Auto:
    """Chooses by the photo. Raise `recipe` with that of any way it can choose."""

    name = "auto"
    recipe = 1

    def cut(self, photo: Pixels) -> Cutout:
        if photo.shape[2] == 4 and photo[..., 3].min() < 255:
            return Cutout(photo, Verdict.GOOD, 1.0, ("the photo is cut out already",))
        return Plain().cut(photo)
