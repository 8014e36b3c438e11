"""Where the files that a campaign names by a word are looked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from assetgen.config.fetching import is_address
from assetgen.errors import InputError, Location, Problem, did_you_mean, nearest
from assetgen.file_bytes import nearest_file, reading
from assetgen.sources.document import shown_path
from assetgen.sources.starter import starter

_FEW = 5
"""The most files that a hint lists."""


@dataclass(frozen=True)
class Library:
    """The workspace's templates, and behind them the shipped ones."""

    root: Path

    @classmethod
    def around(cls, campaign: Path) -> Library:
        """The nearest folder upwards with `templates` in it, else the campaign's own."""
        return cls(next((folder for folder in campaign.parents if _is_folder(folder / "templates")), campaign.parent))

    def files(self, kind: str, suffix: str) -> dict[str, Path]:
        """The files of `templates/<kind>` by name; the workspace's own win.

        Raises InputError for a folder that cannot be read: those that come along are no substitute for what is in it.
        """
        folders = (root / "templates" / kind for root in (starter(), self.root))
        return {path.stem: path for folder in folders for path in entries(folder) if path.suffix == suffix}

    def find(self, kind: str, name: str, place: Location | None) -> Path:
        """The file of a name. Raises InputError at `place` when there is no `templates/<kind>/<name>.yaml`."""
        files = self.files(kind, ".yaml")
        if name not in files:
            raise InputError(Problem(f"there is no {kind.removesuffix('s')} `{name}`", place, named(name, kind, files)))
        return files[name]


def named(name: str, kind: str, files: Mapping[str, Path]) -> str:
    """A hint to the file of `templates/<kind>` that was meant; it goes by its name without folder and ending."""
    if re.search(r"\s", name.strip()):
        return f"name a file in templates/{kind}, such as `{min(files, default='hero')}`"
    ending = ".j2" if kind == "prompts" else ".yaml"
    bare = re.sub(r"\.(ya?ml|j2)$", "", re.split(r"[/\\]", name)[-1])
    return did_you_mean(bare, files, otherwise=f"it would be the file `templates/{kind}/{bare}{ending}`") or ""


def campaign_file(path: Path) -> Path:
    """The campaign file behind a path. Raises InputError where there is none, with those that are near."""
    with _looked_for(str(path), Location(str(path)[:80])):
        file = path.resolve()
        if file.is_file() and file.parent.parent.name != "templates":
            return file
        folder = path if file.is_dir() else path.parent
        files = [entry for each in (folder, folder / "campaigns") for entry in entries(each)]
    names = {entry.name: entry.as_posix() for entry in files if entry.suffix in {".yaml", ".yml"}}
    raise InputError(_no_campaign(path, file, names))


def _no_campaign(path: Path, file: Path, names: Mapping[str, str]) -> Problem:
    """The problem of a path that leads to no campaign; names: the YAML files around it, by their own names."""
    listed = ", ".join(f"`{name}`" for name in list(names.values())[:_FEW])
    if file.is_file():
        hint = "name a file that lists products, scenes and channels, as in `campaigns`"
        return Problem(f"`{path}` is one of the templates, and no campaign", hint=hint)
    if file.is_dir():
        hint = f"name a file in it: {listed}" if listed else "`assetgen init` lays one down"
        return Problem(f"`{path}` is a folder, and a campaign is a file", hint=hint)
    near = nearest(path.name, names)
    otherwise = f"there are {listed}" if listed else "`assetgen init` lays one down"
    return Problem(f"there is no campaign file `{path}`", hint=f"did you mean `{names[near]}`?" if near else otherwise)


def file_beside(file: Path, name: str, place: Location, otherwise: str | None = None) -> Path:
    """The file of this name, relative to another. Raises InputError at `place` when it is not there.

    Backslashes lead into folders as slashes do, and letters may be composed or not, as macOS writes them.
    otherwise: the hint where nobody knows which file was meant.
    """
    if is_address(name):
        message = f"`{name[:80]}` is an address, and a file is needed here"
        raise InputError(Problem(message, place, "download it, and name the file that comes"))
    with _looked_for(name, place):
        path = (file.parent / name.replace("\\", "/")).resolve()
        if path.is_file():
            return path
        if path.is_dir():
            hint = nearest_file(path) or "name a file in it, or move it away"
            raise InputError(Problem(f"`{name}` is a folder, not a file", place, hint))
        if path.exists():
            raise InputError(Problem(f"`{name}` is a pipe or a device, not a file", place, nearest_file(path)))
        names = {_composed(entry.name): entry for entry in entries(path.parent)}
    if same := names.get(_composed(path.name)):
        return same
    raise InputError(Problem(f"there is no file `{name}`", place, nearest_file(path, file.parent) or otherwise))


@contextmanager
def _looked_for(name: str, place: Location) -> Iterator[None]:
    """Raises InputError at `place` for a name that no file can have, and for one whose folder cannot be read."""
    try:
        with reading(name[:80], place):
            yield
    except (ValueError, RuntimeError) as error:  # a zero character, or links that lead round in a circle
        raise InputError(Problem(f"`{name[:80]}` is no name of a file: {error}", place)) from error


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # one of the folders above belongs to somebody else
        return False


def entries(folder: Path) -> list[Path]:
    """What lies in a folder, in order of names; nothing where there is no folder. Raises InputError."""
    with reading(shown_path(folder)), suppress(FileNotFoundError):
        return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    return []
