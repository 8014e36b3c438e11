"""Cutouts by one of the models that rembg knows, asked for by name. The only file that knows onnxruntime.

rembg itself is not loaded: its import compiles for a minute what nothing here calls, and keeps 180 MB.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from assetgen.config.weights import Weights
from assetgen.cutout.evidence import SIDE
from assetgen.cutters import sight, weight_files
from assetgen.cutters.by_sight import cut_by_sight
from assetgen.errors import Problem, SetupError
from assetgen.extras import pip_install
from assetgen.model.arrays import Floats, Pixels
from assetgen.model.cutting import Cutout

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

DEVICE = "ASSETGEN_DEVICE"
"""The environment variable that says where models run, `cpu` if not set: what onnxruntime can use, such as `cuda`."""

_SERIOUS = 3
"""The severity from which onnxruntime speaks to the terminal: errors; below are remarks about the machine."""

_PICTURES = 4
"""The dimensions of what a model takes: pictures, colours, height, width."""


def installed() -> bool:
    """Whether the extra `rembg` is installed, as far as cutting needs it."""
    return find_spec("onnxruntime") is not None


class Rembg:
    """Cuts out with a model. Each is loaded once, and looks at one photo at a time: it uses all processors for that."""

    name = "rembg"
    recipe = 3
    """The number in keys, raised when the same photo would give another cutout: tests/test_recipe.py watches it.

    3: what a model says is taken as it is, not stretched until something is surely product.
    """

    def __init__(self) -> None:
        self._busy = Lock()
        self._sees: dict[str, sight.See] = {}

    def cut(self, photo: Pixels, model: Weights) -> Cutout:
        """The product of a photo. Raises SetupError when the model is not here, or no model."""
        rgb = np.ascontiguousarray(photo[..., :3])
        height, width = rgb.shape[:2]
        scale = min(1.0, max(SIDE, model.eye.side) / max(height, width))  # of a larger photo a model sees no more
        size = max(round(scale * height), 1), max(round(scale * width), 1)
        with self._busy:
            see = self._sight(model)
            sighting = sight.look_again(rgb, sight.look(rgb, size, see), see)
        return cut_by_sight(rgb, sighting, f"{self.name} {model.name}", named=True)

    def _sight(self, model: Weights) -> sight.See:
        if model.name not in self._sees:
            session = _load(model)
            (given,), first = session.get_inputs(), session.get_outputs()[0]

            def forward(pixels: Floats) -> Floats:
                return np.asarray(session.run([first.name], {given.name: pixels})[0], np.float32)

            self._sees[model.name] = sight.through(model.eye, forward)
        return self._sees[model.name]


def _load(model: Weights) -> InferenceSession:
    missing = weight_files.lacking(model) if installed() else weight_files.NOT_INSTALLED
    if missing:
        raise SetupError(missing)
    _start()
    from onnxruntime import InferenceSession
    from onnxruntime.capi import onnxruntime_pybind11_state as onnx

    device = _device()
    try:
        session = InferenceSession(str(weight_files.find(model)), providers=[device])
        (given,) = session.get_inputs()
    except (onnx.Fail, onnx.InvalidArgument, onnx.InvalidGraph, onnx.InvalidProtobuf, ValueError) as error:
        raise _broken(model, "is no model that can be loaded: it may be cut off") from error
    side = model.eye.side
    if given.type != "tensor(float)" or len(given.shape) != _PICTURES:
        raise _broken(model, f"takes {given.type} of {given.shape}: no pictures as `{model.name}` does")
    if list(given.shape[2:]) != [side, side] and all(isinstance(n, int) for n in given.shape[2:]):
        raise _broken(model, f"looks at {given.shape[3]} x {given.shape[2]} pixels, `{model.name}` at {side}")
    if session.get_providers()[0] != device:
        raise SetupError(Problem(f"onnxruntime fell back to the processor: `{device}` does not work here"))
    return session


def _start() -> None:
    """Imports onnxruntime. Raises SetupError when it is installed only by half."""
    if "onnxruntime" in sys.modules:
        return
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # newer onnxruntimes report each use; they look at this when imported
    try:
        import onnxruntime
    except ImportError as error:
        hint = f"install it anew with `{pip_install('rembg', '--force-reinstall')}`"
        raise SetupError(Problem(f"onnxruntime cannot be loaded: {error}", hint=hint)) from error
    onnxruntime.set_default_logger_severity(_SERIOUS)


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
