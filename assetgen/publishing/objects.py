"""Object stores that files are published to, through obstore."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from assetgen.errors import Problem, SetupError
from assetgen.extras import pip_install
from assetgen.ports import Target

if TYPE_CHECKING:
    from obstore.store import ObjectStore


class ObjectStoreTarget(Target):
    """A bucket of S3, Google Cloud Storage, Azure, or of a server that speaks S3. Its access is in the environment."""

    def __init__(self, address: str, root: Path) -> None:
        """Opens the store at an address. Raises SetupError without obstore."""
        try:
            from obstore.store import from_url
        except ImportError as error:
            hint = f"install it with `{pip_install('publish')}`"
            raise SetupError(Problem(f"publishing to `{address}` needs obstore", hint=hint)) from error
        super().__init__(address, root)
        with self._explained():
            self._store: ObjectStore = from_url(address)

    def present(self, folder: str) -> Mapping[str, int]:
        import obstore

        with self._explained():
            chunks = obstore.list(self._store, folder, chunk_size=1000)
            return {entry["path"]: entry["size"] for chunk in chunks for entry in chunk}

    def put(self, name: str, data: bytes, *, kind: str, cache: str) -> None:
        import obstore

        with self._explained():
            obstore.put(self._store, name, data, attributes={"Content-Type": kind, "Cache-Control": cache})

    def put_file(self, name: str, file: Path, *, kind: str, cache: str) -> None:
        import obstore

        with self._explained():
            obstore.put(self._store, name, file, attributes={"Content-Type": kind, "Cache-Control": cache})

    def digest(self, name: str) -> str | None:
        import obstore

        with self._explained():
            try:
                found = sha256()
                for part in obstore.get(self._store, name):
                    found.update(part)
                return found.hexdigest()
            except FileNotFoundError:
                return None

    def get(self, name: str) -> bytes | None:
        import obstore

        with self._explained():
            try:
                return bytes(obstore.get(self._store, name).bytes())
            except FileNotFoundError:
                return None

    def remove(self, names: Iterable[str]) -> None:
        import obstore

        if gone := list(names):
            with self._explained():
                obstore.delete(self._store, gone)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turns what a store refuses into our errors, in its own first words: they name what is missing."""
        from obstore.exceptions import BaseError

        try:
            yield
        except (BaseError, OSError, ValueError) as error:
            said = str(error).split("\n", 1)[0][:300]
            hint = "its keys and address are in the environment, such as AWS_ACCESS_KEY_ID and AWS_ENDPOINT_URL"
            raise SetupError(Problem(f"`{self.address}` cannot be used: {said}", hint=hint)) from error
