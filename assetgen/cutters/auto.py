"""The cutters that come with assetgen, and in which order they are tried where nobody was named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assetgen.config.cutout_rule import AUTO, PLAIN, REMBG
from assetgen.config.weights import DEFAULT, WEIGHTS
from assetgen.cutters import weight_files
from assetgen.cutters.alpha import Alpha
from assetgen.cutters.plain_backdrop import Plain
from assetgen.cutters.rembg import Rembg, installed
from assetgen.errors import SetupError
from assetgen.model.arrays import Pixels
from assetgen.model.cutting import AS_SEEN, Cutout, Handling, Means, Verdict
from assetgen.ports import Cutter, nobody


class Auto(Cutter):
    """Cuts by the photo's own transparency where it has any, else the plain backdrop, else a model that is here.

    It is installed as `auto`, `plain` and `rembg`, and leaves out what the handling does not ask for.
    """

    name = "auto"
    recipe = f"{Alpha.recipe}.{Plain.recipe}.{Rembg.recipe}"

    def __init__(self, say: Callable[[str], None] = nobody) -> None:
        super().__init__(say)
        self._rembg = Rembg(say)

    def cut(self, photo: Pixels, handling: Handling = AS_SEEN) -> Cutout:
        """The product of a photo. Raises SetupError where rembg is asked for by name and cannot be used here."""
        if Alpha.serves(photo):
            return replace(Alpha().cut(photo), by=Alpha.name)
        if handling.method == REMBG:
            return self._rembg.cut(photo, WEIGHTS[handling.model or DEFAULT])
        cutout = replace(Plain().cut(photo, handling), by=Plain.name)
        model = weight_files.best() if handling.method == AUTO and cutout.verdict is Verdict.MODEL else None
        return self._rembg.cut(photo, model) if model and installed() else cutout

    def means(self, handling: Handling) -> Means:
        """The way that there is for a photo on no plain backdrop.

        Raises SetupError where rembg is asked for by name and not installed.
        """
        if handling.method == PLAIN:
            return Means(Plain.name)
        model = WEIGHTS[handling.model or DEFAULT] if handling.method == REMBG else weight_files.best()
        if not installed():
            if handling.method == REMBG:
                raise SetupError(weight_files.NOT_INSTALLED)
            return Means(Plain.name, weight_files.NOT_INSTALLED)
        missing = weight_files.lacking(model or WEIGHTS[DEFAULT])
        return Means(Plain.name, missing) if missing or not model else Means(f"{Rembg.name} {model.name}")
