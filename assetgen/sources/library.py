"""Where the files that a campaign names by a word are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assetgen.errors import NOT_THERE, InputError, Location, Problem, did_you_mean, nearest_file, unreadable
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
        folders = (root / "templates" / kind for root in (starter(), self.root))
        return {path.stem: path for folder in folders for path in sorted(folder.glob(f"*{suffix}"))}

    def find(self, kind: str, name: str, place: Location | None) -> Path:
        """The file of a name. Raises InputError at `place` when there is no `templates/<kind>/<name>.yaml`."""
        files = self.files(kind, ".yaml")
        if name not in files:
            hint = did_you_mean(name, files, otherwise=f"it would be the file `templates/{kind}/{name}.yaml`")
            raise InputError(Problem(f"there is no {kind.removesuffix('s')} `{name}`", place, hint))
        return files[name]


def file_beside(file: Path, name: str, place: Location) -> Path:
    """The file of this name, relative to another. Raises InputError at `place` when it is not there or no use."""
    path = (file.parent / name).resolve()
    reason = unreadable(path)
    if reason is None:
        return path
    if reason == NOT_THERE:
        raise InputError(Problem(f"there is no file `{name}`", place, nearest_file(path)))
    raise InputError(Problem(f"`{name}` {reason}", place, nearest_file(path)))
