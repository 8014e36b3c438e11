"""The workspace that somebody stands in, or names."""

from __future__ import annotations

from pathlib import Path

from assetgen.errors import InputError, Location, Problem
from assetgen.model.brief import HOME

_LAID_DOWN = ("campaigns", "templates")


def workspace(named: Path | None) -> Path:
    """The workspace that was named, else the nearest one upwards from here. Raises InputError where there is none.

    A folder is one once it holds `.assetgen`, or `campaigns` beside `templates`.
    """
    if named is not None:
        if is_workspace(named):
            return named
        around = next(filter(is_workspace, named.absolute().parents), None)
        hint = f"the nearest one is `{around}`" if around else "name the folder that holds `.assetgen`"
        message = "this is no workspace" if named.is_dir() else "there is no such folder"
        raise InputError(Problem(message, Location(str(named)), hint))
    here = Path.cwd()
    for folder in (here, *here.parents):
        if is_workspace(folder):
            return Path() if folder == here else folder
    hint = "go to the folder that holds `.assetgen`, or name it with `--workspace FOLDER`"
    raise InputError(Problem("neither this folder nor one above it is a workspace", Location(str(here)), hint))


def templates_around(named: Path | None = None) -> Path:
    """The folder whose `templates` count here: the one that was named, else the nearest upwards that has them."""
    if named is not None:
        return named
    here = Path.cwd()
    found = next((folder for folder in (here, *here.parents) if (folder / "templates").is_dir()), here)
    return Path() if found == here else found


def is_workspace(folder: Path) -> bool:
    """Whether campaigns are made there, or could be."""
    home = folder / HOME
    return home.is_symlink() or home.exists() or all((folder / part).is_dir() for part in _LAID_DOWN)
