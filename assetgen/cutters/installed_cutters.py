"""The cutters that are installed, found by the entry points of `assetgen.cutters`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock

import numpy as np

from assetgen.cutters.alpha import Alpha
from assetgen.cutters.auto import Auto
from assetgen.errors import InputError, PluginError
from assetgen.model.arrays import Pixels
from assetgen.model.cutting import AS_SEEN, Cutout, Handling, Means
from assetgen.plugins import blamed, check_variables, loaded_class, named_plugin
from assetgen.ports import Cutter, nobody
from assetgen.promises import promised


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
            means = cutter.means(handling)
            promised(Means, means, "what `means` gives")
            return means

    def key(self, handling: Handling) -> Mapping[str, str]:
        cutter = self._cutter(handling)
        if isinstance(cutter, Auto):
            return cutter.key(handling)
        with _set_aside(handling):
            key = cutter.key(handling)
            promised(Mapping[str, str], key, "its key")
            return {**key, "alpha": str(Alpha.recipe)}

    def _cutter(self, handling: Handling) -> Cutter:
        """The cutter that is named. Several names may be one class, as `plain` and `rembg` are: it is made once."""
        found = loaded_class(named_plugin("cutters", handling.method), Cutter)
        with self._making:
            if found not in self._made:
                with _set_aside(handling):
                    cutter = found(self._say)
                    check_variables(cutter, Cutter)
                    self._made[found] = cutter
            return self._made[found]


def _check(cutout: object, photo: Pixels) -> None:
    """Raises TypeError or ValueError for what is no cutout of this photo."""
    promised(Cutout, cutout, "what it gives")
    assert isinstance(cutout, Cutout)  # noqa: S101 - so was promised
    if not 0 <= cutout.confidence <= 1:
        raise ValueError(f"its confidence goes from 0 to 1, and this is {cutout.confidence:g}")
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
