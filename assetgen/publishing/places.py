"""The kind of place that an address names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from assetgen.errors import InputError, Location, Problem
from assetgen.plugins import OURS, blamed, loaded_class, package_of, plugin_in_words, plugins
from assetgen.ports import Target
from assetgen.promises import promised

FOLDER = "folder"
"""The kind of place that an address without `://` names."""


def find_target(address: str, root: Path, place: Location) -> Target:
    """The target of an address: a folder below `root`, or `s3://bucket/prefix` and whatever else has an entry point.

    Raises InputError at `place` for an address that nothing is installed for, SetupError for what cannot be used here.
    """
    check_scheme(address, place)
    scheme, colon, _ = address.partition("://")
    known = plugins("targets")
    point = known[scheme if colon else FOLDER]
    kind = loaded_class(point, Target)
    if package_of(point) == OURS:
        return kind(address, root)
    what = plugin_in_words(point)
    with blamed(what):
        return AddedTarget(kind(address, root), what)


def check_scheme(address: str, place: Location) -> None:
    """Raises InputError at `place` for an address that nothing is installed for."""
    known = plugins("targets")
    hint = "a folder, or an address that begins with " + ", ".join(f"{each}://" for each in known if each != FOLDER)
    scheme, colon, rest = address.partition(":")
    if colon and not rest.startswith("//") and scheme in known:
        raise InputError(Problem(f"`{address}` lacks a slash", place, f"write `{scheme}://{rest.lstrip('/')}`"))
    if rest.startswith("//") and (scheme == FOLDER or scheme not in known):
        raise InputError(Problem(f"files cannot be published to `{scheme}://`", place, hint))


class AddedTarget(Target):
    """A place of somebody else's: what fails there raises PluginError, with the plug-in's name."""

    def __init__(self, target: Target, what: str) -> None:
        super().__init__(target.address, target.root)
        self._target = target
        self._what = what

    def present(self, folder: str) -> Mapping[str, int]:
        with blamed(self._what):
            there = self._target.present(folder)
            promised(Mapping[str, int], there, "what `present` gives")
            return dict(there)

    def put(self, name: str, data: bytes, *, kind: str, cache: str) -> None:
        with blamed(self._what):
            self._target.put(name, data, kind=kind, cache=cache)

    def put_file(self, name: str, file: Path, *, kind: str, cache: str) -> None:
        with blamed(self._what):
            self._target.put_file(name, file, kind=kind, cache=cache)

    def digest(self, name: str) -> str | None:
        with blamed(self._what):
            found = self._target.digest(name)
            promised(str | None, found, "what `digest` gives")
            return found

    def get(self, name: str) -> bytes | None:
        with blamed(self._what):
            found = self._target.get(name)
            promised(bytes | None, found, "what `get` gives")
            return found

    def remove(self, names: Iterable[str]) -> None:
        with blamed(self._what):
            self._target.remove(names)
