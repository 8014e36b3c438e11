"""Where the files that a campaign names by a word are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assetgen.errors import InputError, Location, Problem, did_you_mean, reading
from assetgen.sources.document import shown_path
from assetgen.sources.starter import starter


@dataclass(frozen=True)
class Library:
    """The workspace's templates, and behind them the shipped ones."""

    root: Path

    @classmethod
    def around(cls, campaign: Path) -> Library:
        """The nearest folder upwards with `templates` in it, else the campaign's own."""
        return cls(next((folder for folder in campaign.parents if (folder / "templates").is_dir()), campaign.parent))

    def files(self, kind: str, suffix: str) -> dict[str, Path]:
        """The files of `templates/<kind>` by name; the workspace's own win."""
        folders = [root / "templates" / kind for root in (starter(), self.root)]
        for folder in folders:
            if folder.exists():  # or the shipped ones would take the place of the workspace's own in silence
                with reading(shown_path(folder)):
                    next(folder.iterdir(), None)
        return {path.stem: path for folder in folders for path in sorted(folder.glob(f"*{suffix}"))}

    def find(self, kind: str, name: str, place: Location | None) -> Path:
        """The file of a name. Raises InputError at `place` when there is no `templates/<kind>/<name>.yaml`."""
        files = self.files(kind, ".yaml")
        if name not in files:
            hint = did_you_mean(name, files, otherwise=f"it would be the file `templates/{kind}/{name}.yaml`")
            raise InputError(Problem(f"there is no {kind.removesuffix('s')} `{name}`", place, hint))
        return files[name]


def file_beside(file: Path, name: str, place: Location) -> Path:
    """The file of this name, relative to another. Raises InputError at `place` when it is not there."""
    path = (file.parent / name).resolve()
    with reading(name, place):
        if path.is_file():
            return path
    if path.is_dir():
        raise InputError(Problem(f"`{name}` is a folder, not a file", place, "name a file in it, or move it away"))
    raise InputError(Problem(f"there is no file `{name}`", place, did_you_mean(path.name, _names(path.parent))))


def _names(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        yield from (entry.name for entry in folder.iterdir())
