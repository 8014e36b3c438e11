"""The optional parts of the installation, as pyproject.toml names them."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, requires

from assetgen.version import DISTRIBUTION


def pip_install(extra: str, *options: str) -> str:
    """The command that installs what an optional part such as `rembg` needs.

    It names the packages and not us: whoever installed from a checkout or from a wheel asks no index for our name.
    """
    try:
        lines = [line.partition(";") for line in requires(DISTRIBUTION) or ()]
    except PackageNotFoundError:  # run from a folder that was never installed
        lines = []
    needed = [f"'{package.strip()}'" for package, _, marker in lines if marker.split() == ["extra", "==", f"'{extra}'"]]
    return " ".join(["pip install", *options, *(needed or [f"'.[{extra}]'"])])
