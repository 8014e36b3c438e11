"""What publishing needs of a place."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from pathlib import Path


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
