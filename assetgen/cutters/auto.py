"""The cutters that come with assetgen, and which of them serves a photo where nobody was named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assetgen.config.cutout_rule import PLAIN, REMBG
from assetgen.config.weights import DEFAULT, WEIGHTS
from assetgen.cutters import weight_files
from assetgen.cutters.alpha import Alpha
from assetgen.cutters.plain_backdrop import Plain
from assetgen.cutters.rembg import Rembg, installed
from assetgen.cutters.two_witnesses import TwoWitnesses
from assetgen.errors import SetupError
from assetgen.model.arrays import Pixels
from assetgen.model.cutting import AS_SEEN, Cutout, Handling, Means
from assetgen.ports import Cutter, nobody


class Auto(Cutter):
    """Cuts by the photo's own transparency where it has any, else by two witnesses: plain backdrop and bundled model.

    It is installed as `auto`, `plain` and `rembg`, and leaves out what the handling does not ask for.
    """

    name = "auto"
    recipe = f"{Alpha.recipe}.{Plain.recipe}.{TwoWitnesses.recipe}.{Rembg.recipe}"

    def __init__(self, say: Callable[[str], None] = nobody) -> None:
        super().__init__(say)
        self._rembg = Rembg()

    def cut(self, photo: Pixels, handling: Handling = AS_SEEN) -> Cutout:
        """The product of a photo. Raises SetupError where a larger model is named and cannot be used here."""
        if Alpha.serves(photo):
            return replace(Alpha().cut(photo), by=Alpha.name)
        if handling.method == REMBG:
            return self._rembg.cut(photo, WEIGHTS[handling.model or DEFAULT])
        if _by_colour_alone(handling):
            return replace(Plain().cut(photo, handling), by=Plain.name)
        return TwoWitnesses().cut(photo, handling)

    def means(self, handling: Handling) -> Means:
        """What will cut a photo out, and for a larger model what is missing for it.

        Raises SetupError where one is asked for by name and what runs it is not installed.
        """
        if handling.method != REMBG:
            return Means(Plain.name if _by_colour_alone(handling) else TwoWitnesses.name)
        if not installed():
            raise SetupError(weight_files.NOT_INSTALLED)
        model = WEIGHTS[handling.model or DEFAULT]
        return Means(f"{Rembg.name} {model.name}", weight_files.lacking(model))


def _by_colour_alone(handling: Handling) -> bool:
    """Whether no model is to look: it takes clear glass for solid."""
    return handling.method == PLAIN or handling.glass
