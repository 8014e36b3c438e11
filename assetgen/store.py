"""The store: bytes by key, on disk. Plates in it were paid for, cutouts and thumbnails are worth seconds."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assetgen.disk import write_whole
from assetgen.fingerprint import Json, digest

Record = dict[str, Json]


@dataclass(frozen=True)
class Stored:
    """A stored file, and the record that was written with it."""

    path: Path
    record: Record

    def read(self) -> bytes:
        return self.path.read_bytes()


class Store:
    """Keeps bytes by key: `<root>/<kind>/<ab>/<key>` holds the bytes and `<key>.json` beside it the record.

    Either whole or not there: the record is written first and the bytes, whose name is the commit point, last.
    spare: the root of a second store that takes all that is written, where the first cannot be written.
    """

    def __init__(self, root: Path, spare: Path | None = None) -> None:
        self.root = root
        self._spare = spare

    def get(self, kind: str, key: str) -> Stored | None:
        path = self._path(kind, key)
        if not path.exists():
            return None
        beside = path.with_suffix(".json")
        return Stored(path, json.loads(beside.read_bytes()) if beside.exists() else {})

    def has(self, kind: str, key: str) -> bool:
        return self._path(kind, key).exists()

    def put(self, kind: str, key: str, data: bytes, record: Record | None = None, *, durable: bool = False) -> Stored:
        """Stores bytes, which are whole before it returns, and with `durable` also on the disk.

        What is durable was paid for, and stays beside what replaces it. Raises SetupError where the disk refuses.
        """
        path = self._place(kind, key)
        if durable and path.exists() and (old := path.read_bytes()) != data:
            path.replace(path.with_name(f"{key}.{digest(old)[:8]}"))
        if record is not None:
            write_whole(path.with_suffix(".json"), _text(record), durable=durable)
        write_whole(path, data, durable=durable)
        return Stored(path, record or {})

    def annotate(self, kind: str, key: str, record: Record) -> None:
        """Replaces the record beside stored bytes."""
        write_whole(self._place(kind, key).with_suffix(".json"), _text(record))

    def kinds(self) -> dict[str, tuple[int, int]]:
        """The kinds of files, each with their number and their bytes."""
        counts: dict[str, tuple[int, int]] = {}
        for path in self._files():
            kind = path.relative_to(self.root).parts[0]
            count, size = counts.get(kind, (0, 0))
            counts[kind] = (count + (path.suffix != ".json"), size + path.stat().st_size)
        return counts

    def prune(self, kind: str, keep: set[str]) -> tuple[int, int]:
        """Removes what is not in `keep`; the number of files and bytes that went."""
        count = size = 0
        for path in self._files(kind):
            if path.name.split(".")[0] not in keep:
                count, size = count + (path.suffix != ".json"), size + path.stat().st_size
                path.unlink()
        return count, size

    def _files(self, kind: str = "") -> Iterator[Path]:
        top = self.root / kind
        for folder, _, names in os.walk(top, onerror=_raised) if top.exists() else ():
            yield from (Path(folder, name) for name in names)

    def _path(self, kind: str, key: str) -> Path:
        """The place of stored bytes."""
        placed = self._place(kind, key)
        return placed if not self._spare or placed.exists() else self.root / placed.relative_to(self._spare)

    def _place(self, kind: str, key: str) -> Path:
        """The place for bytes to be stored."""
        return (self._spare or self.root) / kind / key[:2] / key


def _raised(error: OSError) -> None:
    raise error


def _text(record: Record) -> bytes:
    return json.dumps(record, ensure_ascii=False, indent=1).encode()
