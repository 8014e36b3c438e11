"""What publishing needs of a place, and which kind of place an address names."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from assetgen.errors import InputError, Location, Problem

STORES = ("s3", "gs", "az")


class Target(ABC):
    """Files by name, with `/` between folders. Everything raises SetupError where the place cannot be reached."""

    @abstractmethod
    def present(self, folder: str) -> Mapping[str, int]:
        """The names of all files below a folder, with their sizes in bytes."""

    @abstractmethod
    def put(self, name: str, data: bytes, *, kind: str, cache: str) -> None:
        """Whole or not at all; kind and cache are the headers that a web server sends along, where it keeps any."""

    @abstractmethod
    def put_file(self, name: str, file: Path, *, kind: str, cache: str) -> None:
        """The same with a file, which may be larger than memory."""

    @abstractmethod
    def digest(self, name: str) -> str | None:
        """Of the contents (SHA-256); None where there is no such file."""

    @abstractmethod
    def get(self, name: str) -> bytes | None:
        """None where there is no such file."""

    @abstractmethod
    def remove(self, names: Iterable[str]) -> None:
        """Those that are not there are left out."""


def target(address: str, root: Path, place: Location) -> Target:
    """A folder, relative to `root`, or `s3://bucket/prefix`, `gs://…` and `az://…`. Raises InputError at `place`."""
    scheme = urlsplit(address).scheme
    if scheme in STORES:
        from assetgen.publishing.objects import Objects

        return Objects(address)
    if "://" in address:
        hint = "a folder, or an address that begins with " + ", ".join(f"{store}://" for store in STORES)
        raise InputError(Problem(f"files cannot be published to `{scheme}://`", place, hint))
    from assetgen.publishing.folder import Folder

    return Folder(root / address)
