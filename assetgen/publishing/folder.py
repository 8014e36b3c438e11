"""Folders that files are published to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path

from assetgen.disk import replace_if_changed, sweep, write_whole
from assetgen.errors import Problem, SetupError
from assetgen.ports import Target

_PIECE = 1 << 20


class FolderTarget(Target):
    """A folder that a web server serves, or that something else copies on."""

    def __init__(self, address: str, root: Path) -> None:
        super().__init__(address, root)
        self._folder = root / address

    def present(self, folder: str) -> Mapping[str, int]:
        with self._explained():
            sweep(self._folder / folder)
            files = [path for path in (self._folder / folder).rglob("*") if path.is_file()]
            return {path.relative_to(self._folder).as_posix(): path.stat().st_size for path in files}

    def put(self, name: str, data: bytes, *, kind: str, cache: str) -> None:  # noqa: ARG002 - the server's business
        write_whole(self._folder / name, data)

    def put_file(self, name: str, file: Path, *, kind: str, cache: str) -> None:  # noqa: ARG002 - the server's business
        with file.open("rb") as source:
            replace_if_changed(self._folder / name, iter(lambda: source.read(_PIECE), b""))

    def digest(self, name: str) -> str | None:
        path = self._folder / name
        if not path.is_file():
            return None
        with self._explained(), path.open("rb") as source:
            return file_digest(source, "sha256").hexdigest()

    def get(self, name: str) -> bytes | None:
        path = self._folder / name
        with self._explained():
            return path.read_bytes() if path.is_file() else None

    def remove(self, names: Iterable[str]) -> None:
        with self._explained():
            for name in names:
                (self._folder / name).unlink(missing_ok=True)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turns what a disk refuses into SetupError."""
        try:
            yield
        except OSError as error:
            message = f"`{error.filename or self._folder}` cannot be used: {error.strerror or error}"
            raise SetupError(Problem(message, hint="look at who may read and write there")) from error
