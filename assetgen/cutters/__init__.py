"""Photo in, cutout out, by the simplest way that serves the photo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assetgen.config.cutout_rule import Method
from assetgen.config.weights import DEFAULT, WEIGHTS
from assetgen.cutters import weight_files
from assetgen.cutters.alpha import Alpha
from assetgen.cutters.plain_backdrop import Plain
from assetgen.cutters.rembg import Rembg, installed
from assetgen.errors import SetupError
from assetgen.model.arrays import Pixels
from assetgen.model.cutting import AS_SEEN, Cutout, Handling, Means, Verdict

__all__ = ["Auto", "rembg", "weight_files"]


class Auto:
    """The photo's own transparency where it has any, else the plain backdrop, else a model that is here."""

    name = "auto"
    recipe = f"{Alpha.recipe}.{Plain.recipe}.{Rembg.recipe}"

    def __init__(self, say: Callable[[str], None] = lambda _: None) -> None:
        """`say` is told, from any thread, when something takes long."""
        self._rembg = Rembg(say)

    def cut(self, photo: Pixels, handling: Handling = AS_SEEN) -> Cutout:
        if Alpha.serves(photo):
            return replace(Alpha().cut(photo), by=Alpha.name)
        if handling.method is Method.REMBG:
            return self._rembg.cut(photo, WEIGHTS[handling.model or DEFAULT])
        cutout = replace(Plain().cut(photo, handling), by=Plain.name)
        model = weight_files.best() if handling.method is Method.AUTO and cutout.verdict is Verdict.MODEL else None
        return self._rembg.cut(photo, model) if model and installed() else cutout

    def means(self, handling: Handling) -> Means:
        """Raises SetupError where rembg is asked for by name and not installed."""
        if handling.method is Method.PLAIN:
            return Means(Plain.name)
        model = WEIGHTS[handling.model or DEFAULT] if handling.method is Method.REMBG else weight_files.best()
        if not installed():
            if handling.method is Method.REMBG:
                raise SetupError(weight_files.NOT_INSTALLED)
            return Means(Plain.name, weight_files.NOT_INSTALLED)
        missing = weight_files.lacking(model or WEIGHTS[DEFAULT])
        return Means(Plain.name, missing) if missing or not model else Means(f"{Rembg.name} {model.name}")
