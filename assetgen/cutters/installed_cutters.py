"""The cutters that are installed, found by the entry points of `assetgen.cutters`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock

import numpy as np

from assetgen.cutters.alpha import Alpha
from assetgen.cutters.auto import Auto
from assetgen.errors import InputError, PluginError, Problem, SetupError
from assetgen.model.arrays import Pixels
from assetgen.model.cutting import AS_SEEN, Cutout, Handling, Means
from assetgen.plugins import blamed, named_plugin
from assetgen.ports import Cutter, nobody


class Cutters(Cutter):
    """All cutters as one, which hands each photo to the cutter that its handling names.

    A photo that is cut out already stays as it is, whoever is named. Each cutter is made once, when it is first asked
    for. Raises InputError where somebody else's cutter fails, for then the product is set aside and the rest goes on;
    SetupError where a cutter cannot be used here.
    """

    name = "by handling"
    recipe = ""

    def __init__(self, say: Callable[[str], None] = nobody) -> None:
        """`say` is told, from any thread, when something takes long."""
        self._say = say
        self._made: dict[type[Cutter], Cutter] = {}
        self._making = Lock()

    def cut(self, photo: Pixels, handling: Handling = AS_SEEN) -> Cutout:
        cutter = self._cutter(handling)
        if isinstance(cutter, Auto):
            return cutter.cut(photo, handling)
        if Alpha.serves(photo):
            return replace(Alpha().cut(photo), by=Alpha.name)
        with _set_aside(handling):
            cutout = cutter.cut(np.ascontiguousarray(photo[..., :3]), handling)
            _check(cutout, photo)
        return cutout if cutout.by else replace(cutout, by=handling.method)

    def means(self, handling: Handling) -> Means:
        cutter = self._cutter(handling)
        with _set_aside(handling):
            return cutter.means(handling)

    def key(self, handling: Handling) -> Mapping[str, str]:
        cutter = self._cutter(handling)
        if isinstance(cutter, Auto):
            return cutter.key(handling)
        with _set_aside(handling):
            return {**cutter.key(handling), "alpha": str(Alpha.recipe)}

    def _cutter(self, handling: Handling) -> Cutter:
        """The cutter that is named. Several names may be one class, as `plain` and `rembg` are: it is made once."""
        found = named_plugin("cutters", handling.method)
        if not (isinstance(found, type) and issubclass(found, Cutter)):
            hint = "its entry point is to name a subclass of `assetgen.ports.Cutter`"
            raise SetupError(Problem(f"what is installed as cutter `{handling.method}` is no cutter", hint=hint))
        with self._making:
            if found not in self._made:
                with _set_aside(handling):
                    self._made[found] = found(self._say)
            return self._made[found]


def _check(cutout: object, photo: Pixels) -> None:
    """Raises TypeError or ValueError for what is no cutout of this photo."""
    if not isinstance(cutout, Cutout):
        raise TypeError(f"a cutter gives a Cutout, and this one a {type(cutout).__name__}")
    wanted = (*photo.shape[:2], 4)
    if cutout.rgba.shape != wanted or cutout.rgba.dtype != np.uint8:
        found = f"{cutout.rgba.dtype} of {cutout.rgba.shape}"
        raise ValueError(f"the pixels of a cutout are uint8 of {wanted}, and these are {found}")


@contextmanager
def _set_aside(handling: Handling) -> Iterator[None]:
    """Turns what somebody else's cutter raises into an InputError that names it: it costs its product and no more."""
    try:
        with blamed(f"cutter `{handling.method}`"):
            yield
    except PluginError as error:
        raise InputError(*error.problems) from error
