"""What this machine has: packages, models, room on the disk, and the records of earlier runs."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile

from assetgen.config.cutout_rule import REMBG
from assetgen.config.weights import DEFAULT, WEIGHTS
from assetgen.cutters import sight, weight_files
from assetgen.cutters.rembg import installed
from assetgen.disk import refusals_explained
from assetgen.errors import SetupError
from assetgen.ledger import Ledger
from assetgen.model.brief import Brief
from assetgen.model.examined import Examined
from assetgen.sources.document import shown_path
from assetgen.version import DISTRIBUTION, __version__

GB = 1_000_000_000

LITTLE = 2 * GB
"""Bytes of free space below which a larger campaign may not find room."""

_STRANGER = "assetgen"
"""What pip calls somebody else's package, which has the command's name. Ours is called otherwise."""

TOO_LITTLE = GB // 5
"""Bytes of free space below which a run is not worth beginning."""


def versions() -> Iterator[Examined]:
    yield Examined("ok", "python", platform.python_version())
    yield _ourselves()


def _ourselves() -> Examined:
    """The version, unless the stranger that has our name on the public index writes into the same folder."""
    try:
        other = version(_STRANGER)
    except PackageNotFoundError:
        return Examined("ok", "assetgen", __version__)
    message = f"the package `{_STRANGER}` {other} is another project, and its files lie among ours"
    return Examined("problem", "assetgen", message, f"`pip uninstall {_STRANGER}`, then install `{DISTRIBUTION}` again")


def extras(brief: Brief | None) -> Iterator[Examined]:
    """The optional packages; what is missing is in order, unless the campaign asks for it."""
    yield Examined("ok", "cutouts", f"by plain backdrops' colour and the model `{sight.NAME}`, which comes along")
    wanted = _models_named(brief) if brief else []
    yield from map(_model, wanted) if wanted else [_any_models()]
    parquet = "installed" if find_spec("pyarrow") else "not installed (only needed for Parquet tables)"
    yield Examined("ok", "pyarrow", parquet)


def _models_named(brief: Brief) -> list[str]:
    """The models that a rule of the campaign asks for by name, each once."""
    words = [rule.cutout.partition(":") for rule in brief.campaign.value.cutouts if rule.cutout]
    return list(dict.fromkeys(name or DEFAULT for method, _, name in words if method == REMBG))


def _model(name: str) -> Examined:
    missing = weight_files.lacking(WEIGHTS[name]) if installed() else weight_files.NOT_INSTALLED
    if missing:
        return Examined.of(missing, "rembg")
    return Examined("ok", "rembg", f"onnxruntime is installed, with the model `{name}`")


def _any_models() -> Examined:
    needed = f"(only needed where a larger model is named, as in `cutout: {REMBG}:{DEFAULT}`)"
    if not installed():
        return Examined("ok", "rembg", f"onnxruntime is not installed {needed}")
    there = [f"`{model.name}`" for model in WEIGHTS.values() if not weight_files.lacking(model)]
    words = f"with {', '.join(there)}" if there else f"no model {needed}: `assetgen models get {DEFAULT}`"
    return Examined("ok", "rembg", f"onnxruntime is installed, {words}")


def disk(folder: Path) -> Examined:
    """The free space for a folder; one that is not there yet counts where it would be made, and is not made."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not there.is_dir():
        message = f"`{shown_path(folder)}` cannot be written: `{shown_path(there)}` is a file"
        return Examined("problem", "disk", message, "move it away, or choose another `output`")
    try:
        _try_writing(there)
        free = shutil.disk_usage(there).free
    except SetupError as error:
        return Examined.of(error.problems[0], "disk")
    except OSError as error:
        return Examined("problem", "disk", f"`{shown_path(folder)}` cannot be written: {error.strerror or error}")
    message = f"{shown_path(folder)} can be written, {free / GB:.1f} GB free"
    if free < LITTLE:
        return Examined("problem" if free < TOO_LITTLE else "warning", "disk", message, "free some space")
    return Examined("ok", "disk", message)


def _try_writing(folder: Path) -> None:
    # Named as what a killed run leaves behind, so that it is swept.
    with refusals_explained(folder), NamedTemporaryFile(dir=folder, prefix=".", suffix=".part") as trial:
        trial.write(b"assetgen was here")
        trial.flush()


def ledger(file: Path) -> Examined:
    """The ledger, opened only if there is one."""
    if not file.exists():
        return Examined("ok", "ledger", f"{shown_path(file)} comes with the first run")
    try:
        Ledger(file, "", keeping=False).close()
    except SetupError as error:
        return Examined.of(error.problems[0], "ledger")
    return Examined("ok", "ledger", f"{shown_path(file)} can be read")
