"""Cutouts by a model, for photos without a plain backdrop. The only file that knows rembg."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING

import cv2
import numpy as np

from assetgen.config.weights import Weights
from assetgen.cutout.edge_colours import unmix
from assetgen.cutters import weight_files
from assetgen.errors import Problem, SetupError
from assetgen.extras import pip_install
from assetgen.model.arrays import Alpha, Pixels
from assetgen.model.cutting import Cutout, Verdict

if TYPE_CHECKING:
    from rembg.sessions.base import BaseSession

DEVICE = "ASSETGEN_DEVICE"
"""The environment variable that says where models run, `cpu` if not set: what onnxruntime can use, such as `cuda`."""

_ROOM = 0.1
"""The room on each side of a photo, as a share of its long side: models see a product better with some around it."""

_UNDECIDED = 0.25
"""The share of a product between clear and solid from which a person is to look at its mask."""

_CLEAR = 25
"""The alpha, 0 to 255, up to which a model means no product."""

_SOLID = 230
"""The alpha from which it means nothing else."""


def installed() -> bool:
    """Whether the extra `rembg` is installed. Without onnxruntime, importing rembg would end the process."""
    return all(find_spec(name) is not None for name in ("onnxruntime", "rembg"))


class Rembg:
    """Cuts out with a model. Each is loaded once, and looks at one photo at a time: it uses all processors for that."""

    name = "rembg"
    recipe = 1
    """The number in keys, raised when the same mask would give another cutout: tests/test_recipe.py watches it."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._busy = Lock()
        self._sessions: dict[str, BaseSession] = {}

    def cut(self, photo: Pixels, model: Weights) -> Cutout:
        """The product of a photo. Raises SetupError when the model is not here, or no model."""
        from PIL import Image

        rgb = np.ascontiguousarray(photo[..., :3])
        room = _room(rgb)
        roomy = cv2.copyMakeBorder(rgb, room, room, room, room, cv2.BORDER_REPLICATE)
        with self._busy, np.errstate(invalid="ignore"):  # a model that sees nothing divides 0 by 0
            (seen,) = self._session(model).predict(Image.fromarray(roomy))
        return cut_by_sight(rgb, np.asarray(seen), model)

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


def cut_by_sight(rgb: Pixels, seen: Alpha, model: Weights) -> Cutout:
    """What is made of a mask that a model saw, `seen`, which is larger than the photo by its room on each side."""
    mask = _steep(rgb, seen, model)
    undecided = float(((mask > _CLEAR) & (mask < _SOLID)).sum() / max(1, (mask > _CLEAR).sum()))
    verdict = Verdict.GOOD if undecided < _UNDECIDED else Verdict.CHECK
    reasons = () if verdict is Verdict.GOOD else (f"the model is undecided about {undecided:.0%} of the product",)
    return Cutout(unmix(rgb, mask), verdict, round(1 - undecided, 2), reasons, by=f"{Rembg.name} {model.name}")


def _steep(rgb: Pixels, seen: Alpha, model: Weights) -> Alpha:
    """The mask at the photo's size; as steep as it was before it was enlarged from the model's own."""
    room, (height, width) = _room(rgb), rgb.shape[:2]
    soft = seen.astype(np.float32)[room : room + height, room : room + width] / 255
    steep = max(1.0, 1.1 * max(seen.shape[:2]) / model.side)
    return np.asarray(np.rint(255 * np.clip((soft - 0.5) * steep + 0.5, 0, 1)), np.uint8)


def _room(rgb: Pixels) -> int:
    room: int = round(_ROOM * max(rgb.shape[:2]))
    return room


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
