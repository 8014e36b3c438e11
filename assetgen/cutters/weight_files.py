"""The place of the weights of larger models on this machine, and how they get there. Only `fetch` uses the network.

They lie where rembg keeps them, so that who has them there has them here.
"""

from __future__ import annotations

import os
import shutil
import uuid
from hashlib import new as hasher
from pathlib import Path

from assetgen.config.weights import DEFAULT, SERVICES, WEIGHTS, LicenceTerms, Weights
from assetgen.cutters import sight
from assetgen.disk import refusals_explained
from assetgen.errors import InputError, Problem, SetupError, did_you_mean
from assetgen.extras import pip_install

NOT_INSTALLED = Problem(
    "larger models need `onnxruntime`, which is not installed", hint=f"install it with `{pip_install('rembg')}`"
)

_LARGER = "leave it out, or name a larger one: `assetgen models list`"
_LIST = "`assetgen models list` has those that can be used"

ACCEPTED = "noncommercial-accepted"
"""The empty file beside weights that somebody has taken on their terms."""


def weights_named(name: str) -> Weights:
    """The weights of a model by its name.

    Raises InputError for a model that is not known, that would send the photos to a service, or that comes along.
    """
    if name == sight.NAME:
        raise InputError(Problem(f"`{name}` comes along, and is used where no model is named", hint=_LARGER))
    if name in SERVICES:
        raise InputError(Problem(f"`{name}` sends the photos to a service: it is never used", hint=_LIST))
    if name not in WEIGHTS:
        raise InputError(Problem(f"there is no model `{name}`", hint=did_you_mean(name, WEIGHTS, otherwise=_LIST)))
    return WEIGHTS[name]


def place(weights: Weights) -> Path:
    """The file where rembg 2.0.86 keeps these weights, whether they are there or not."""
    variables = (os.environ.get("U2NET_HOME"), os.environ.get("REMBG_HOME"))
    data = os.environ.get("XDG_DATA_HOME")
    home = next(filter(None, variables), f"{data}/rembg" if data else "~/.rembg")
    return Path(home).expanduser() / "models" / weights.name / f"{weights.name}.onnx"


def find(weights: Weights) -> Path | None:
    """The file that rembg would take, and we do: in its place, or in the one folder of earlier versions."""
    flat = os.environ.get("U2NET_HOME") or f"{os.environ.get('XDG_DATA_HOME', '~')}/.u2net"
    candidates = (place(weights), Path(flat).expanduser() / f"{weights.name}.onnx")
    return next(filter(_is_there, candidates), None)


def _is_there(path: Path) -> bool:
    """Whether this user has the file; a home that belongs to somebody else has none for them."""
    try:
        return path.is_file()
    except PermissionError:
        return False


def may_be_used(weights: Weights) -> bool:
    """Whether nobody forbids the use of these weights, or their terms were accepted on this machine."""
    return weights.terms is not LicenceTerms.NONCOMMERCIAL or _is_there(place(weights).parent / ACCEPTED)


def lacking(weights: Weights) -> Problem | None:
    """The reason why a model cannot be used here, and the way out; None when it can."""
    command = f"`assetgen models get {weights.name}"
    if not may_be_used(weights):
        hint = f"accept it with {command} --accept-noncommercial`, or take `{DEFAULT}`"
        return Problem(f"the licence of model `{weights.name}` is {weights.licence}", hint=hint)
    if find(weights) is None:
        hint = f"get it with {command}`, or put the file there: {_from_home(place(weights))}"
        return Problem(f"the model `{weights.name}` is not on this machine", hint=hint)
    return None


def _from_home(path: Path) -> str:
    """A path as manifests have it: shorter, and the same for everybody."""
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)


def accept(weights: Weights) -> None:
    """Remembers that the terms of non-commercial weights were accepted."""
    beside = place(weights).parent
    with refusals_explained(beside):
        beside.mkdir(parents=True, exist_ok=True)
        (beside / ACCEPTED).touch()


def fetch(weights: Weights, url: str | None = None) -> Path:
    """Downloads the weights, from `url` instead of rembg's own place if given. Raises SetupError.

    What comes from rembg's place must have the known checksum.
    """
    try:
        import pooch
    except ImportError as error:
        missing = Problem("downloading models needs `pooch`, which is not installed", hint=NOT_INSTALLED.hint)
        raise SetupError(missing) from error
    path, checksum = place(weights), None if url else weights.checksum
    part = f".{uuid.uuid4().hex}.part"
    with refusals_explained(path):
        try:
            pooch.retrieve(url or weights.url, checksum, fname=part, path=path.parent, progressbar=True)
            path.with_name(part).replace(path)
        except (OSError, ValueError) as error:
            hint = f"download {weights.url} elsewhere, then `assetgen models get {weights.name} --from FILE`"
            reason = str(error).partition("(Caused by")[0].strip() or type(error).__name__
            raise SetupError(Problem(f"`{url or weights.url}` could not be downloaded: {reason}", hint=hint)) from error
        finally:
            path.with_name(part).unlink(missing_ok=True)
    return path


def put(weights: Weights, file: Path) -> Path:
    """Copies a file that was downloaded by hand to where rembg looks. Raises SetupError."""
    path = place(weights)
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    with refusals_explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(file, part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return path


def as_published(weights: Weights, path: Path) -> bool:
    """Whether a file is the one that rembg's makers publish."""
    kind, _, expected = weights.checksum.partition(":")
    found = hasher(kind, usedforsecurity=False)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            found.update(chunk)
    return found.hexdigest() == expected
