"""Cutouts by one of rembg's models, which somebody has asked for by name. The only file that knows rembg."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING

import cv2
import numpy as np

from assetgen.config.weights import Weights
from assetgen.cutout.edge_colours import unmix
from assetgen.cutout.evidence import SIDE
from assetgen.cutout.outline_refining import refine
from assetgen.cutout.sighting import Sighting
from assetgen.cutters import weight_files
from assetgen.cutters.doubts import Doubt
from assetgen.cutters.plain_backdrop import judged_by
from assetgen.cutters.sight import ROOM
from assetgen.errors import Problem, SetupError
from assetgen.extras import pip_install
from assetgen.model.arrays import Floats, Pixels
from assetgen.model.cutting import Cutout, Verdict

if TYPE_CHECKING:
    from rembg.sessions.base import BaseSession

DEVICE = "ASSETGEN_DEVICE"
"""The environment variable that says where models run, `cpu` if not set: what onnxruntime can use, such as `cuda`."""

_APART = 0.05
"""The difference of its two looks, as a share of what either sees, above which a model does not know the product."""

_UNDECIDED = 0.1
"""The share of the product that it may be undecided about."""

_LIKELY = 0.5
"""The confidence in a cutout that a person is to look at."""


def installed() -> bool:
    """Whether the extra `rembg` is installed. Without onnxruntime, importing rembg would end the process."""
    return all(find_spec(name) is not None for name in ("onnxruntime", "rembg"))


class Rembg:
    """Cuts out with a model. Each is loaded once, and looks at one photo at a time: it uses all processors for that."""

    name = "rembg"
    recipe = 2
    """The number in keys, raised when the same sighting would give another cutout: tests/test_recipe.py watches it.

    2: the model looks twice, and its outline is drawn to the edges of the photo.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._busy = Lock()
        self._sessions: dict[str, BaseSession] = {}

    def cut(self, photo: Pixels, model: Weights) -> Cutout:
        """The product of a photo. Raises SetupError when the model is not here, or no model."""
        rgb = np.ascontiguousarray(photo[..., :3])
        with self._busy, np.errstate(invalid="ignore"):  # a model that sees nothing divides 0 by 0
            sighting = _look_twice(self._session(model), _shrunk(rgb, max(SIDE, model.side)))
        return cut_by_sight(rgb, sighting, model)

    def _session(self, model: Weights) -> BaseSession:
        if model.name not in self._sessions:
            self._sessions[model.name] = self._load(model)
        return self._sessions[model.name]

    def _load(self, model: Weights) -> BaseSession:
        missing = weight_files.lacking(model) if installed() else weight_files.NOT_INSTALLED
        if missing:
            raise SetupError(missing)
        self._start()
        from onnxruntime.capi import onnxruntime_pybind11_state as onnx
        from rembg import new_session

        try:
            session = new_session(model.name, providers=[device := _device()])
            (given,) = session.inner_session.get_inputs()
        except (onnx.Fail, onnx.InvalidArgument, onnx.InvalidGraph, onnx.InvalidProtobuf, ValueError) as error:
            raise _broken(model, "is no model that can be loaded: it may be cut off") from error
        if list(given.shape[2:]) != [model.side, model.side] and all(isinstance(n, int) for n in given.shape[2:]):
            raise _broken(model, f"looks at {given.shape[3]} x {given.shape[2]} pixels, `{model.name}` at {model.side}")
        if session.inner_session.get_providers()[0] != device:
            raise SetupError(Problem(f"onnxruntime fell back to the processor: `{device}` does not work here"))
        return session

    def _start(self) -> None:
        """Imports rembg. Raises SetupError when it is installed only by half."""
        if "rembg" in sys.modules:
            return
        self._say("rembg is getting ready; the first time on a machine this takes about a minute")
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # newer onnxruntimes report each use; they look at this when imported
        try:
            import rembg  # noqa: F401 - its import is what takes long
        except (ImportError, SystemExit) as error:
            hint = f"install it anew with `{pip_install('rembg', '--force-reinstall')}`"
            raise SetupError(Problem(f"rembg cannot be loaded: {error}", hint=hint)) from error


def _shrunk(rgb: Pixels, long_side: int) -> Pixels:
    """A photo that is no longer than that: of a larger one a model sees no more."""
    scale = min(1.0, long_side / max(rgb.shape[:2]))
    return np.asarray(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _look_twice(session: BaseSession, rgb: Pixels) -> Sighting:
    """What a model sees with room around the photo, without which it misses what touches the frame, and without."""
    height, width = rgb.shape[:2]
    room = round(ROOM * max(height, width))
    wide = np.asarray(cv2.copyMakeBorder(rgb, room, room, room, room, cv2.BORDER_REPLICATE), np.uint8)
    return Sighting(_seen(session, wide)[room : room + height, room : room + width], _seen(session, rgb))


def _seen(session: BaseSession, rgb: Pixels) -> Floats:
    from PIL import Image

    (seen,) = session.predict(Image.fromarray(rgb))
    return np.asarray(seen, np.float32) / np.float32(255)


def cut_by_sight(rgb: Pixels, sighting: Sighting, model: Weights) -> Cutout:
    """What is made of what a model saw: what either look takes for product is product, drawn to the photo's edges."""
    cutout = Cutout(unmix(rgb, refine(rgb, sighting)), Verdict.GOOD, 1.0, by=f"{Rembg.name} {model.name}")
    return judged_by([*_doubts(sighting)], cutout)


def _doubts(sighting: Sighting) -> Iterator[Doubt]:
    if sighting.apart > _APART:
        share = f"{100 * sighting.apart:.0f} %"
        yield Doubt(f"it is not clear whether {share} of the product is part of it: the model looked twice", _LIKELY)
    if sighting.undecided > _UNDECIDED:
        yield Doubt(f"the model is undecided about {100 * sighting.undecided:.0f} % of the product", _LIKELY)


def _device() -> str:
    """The name that onnxruntime gives to the device; it would fall back to the processor without a word."""
    from onnxruntime import get_available_providers

    wanted = os.environ.get(DEVICE, "cpu")
    known = {name.removesuffix("ExecutionProvider").lower(): name for name in get_available_providers()}
    if wanted.lower() not in known:
        hint = f"{DEVICE} can be {', '.join(f'`{name}`' for name in sorted(known))}"
        raise SetupError(Problem(f"the onnxruntime that is installed cannot use `{wanted}`", hint=hint))
    return str(known[wanted.lower()])


def _broken(model: Weights, what: str) -> SetupError:
    hint = f"get it again with `assetgen models get {model.name} --again`"
    return SetupError(Problem(f"`{weight_files.find(model)}` {what}", hint=hint))
