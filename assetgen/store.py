"""The store: bytes by key, on disk. Plates in it were paid for, cutouts and thumbnails are worth seconds.

What is damaged is as if it were not there, so that it is made again; only of what was paid for is it said.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assetgen.disk import refusal, refusals_explained, write_whole
from assetgen.errors import SetupError
from assetgen.fingerprint import Json, digest

Record = dict[str, Json]

_BYTES = "bytes"
"""The field of a record in which the store itself notes how many bytes stand beside it."""

_DIGEST = "sha256"
"""The field in which it notes their digest."""


class Damaged(Exception):
    """Says that stored bytes are not those that were stored."""


@dataclass(frozen=True)
class Stored:
    """A stored file, and the record that was written with it."""

    path: Path
    record: Record

    def read(self) -> bytes:
        """The bytes. Raises Damaged where they cannot be read, or are others than those that were stored."""
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise Damaged from error
        if self.record.get(_DIGEST) not in {None, digest(data)}:
            raise Damaged
        return data


class Store:
    """Keeps bytes by key: `<root>/<kind>/<ab>/<key>` holds the bytes and `<key>.json` beside it the record.

    Either whole or not there: the record is written first and the bytes, whose name is the commit point, last.
    spare: the root of a second store that takes all that is written, where the first cannot be written.
    """

    def __init__(self, root: Path, spare: Path | None = None) -> None:
        self.root = root
        self._spare = spare

    def get(self, kind: str, key: str) -> Stored | None:
        """What is stored; None where nothing is, its record cannot be read, or its bytes are cut off."""
        path = self._path(kind, key)
        try:
            size, record = path.stat().st_size, _record(path.with_suffix(".json"))
        except PermissionError as error:  # it is there, and may have been paid for
            raise SetupError(refusal(path, error, "read")) from error
        except (OSError, ValueError):
            return None
        return Stored(path, record) if record.get(_BYTES) in {None, size} else None

    def read(self, kind: str, key: str) -> bytes | None:
        """The bytes of something that is nice to have; None where there are none, or they are damaged."""
        stored = self.get(kind, key)
        try:
            return stored.read() if stored else None
        except Damaged:
            return None

    def has(self, kind: str, key: str) -> bool:
        """Whether `get` finds something."""
        return self.get(kind, key) is not None

    def holds(self, kind: str, key: str) -> bool:
        """Whether there are bytes; they may be damaged, also known to be."""
        path = self._path(kind, key)
        return path.exists() or path.with_name(f"{key}.damaged").exists()

    def put_away(self, kind: str, key: str) -> None:
        """Lets `get` find something no more, though its bytes stay beside, under its name and `.damaged`."""
        path = self._place(kind, key)  # what lies in a store that cannot be written stays where it is
        with refusals_explained(path), suppress(FileNotFoundError):  # another thread has done so just now
            path.replace(path.with_name(f"{key}.damaged"))

    def put(self, kind: str, key: str, data: bytes, record: Record | None = None, *, durable: bool = False) -> Stored:
        """Stores bytes, which are whole before it returns, and with `durable` also on the disk.

        What is durable was paid for, and stays beside what replaces it. Raises SetupError where the disk refuses.
        """
        path = self._place(kind, key)
        if durable and path.exists() and (old := path.read_bytes()) != data:
            path.replace(path.with_name(f"{key}.{digest(old)[:8]}"))
        if record is not None:
            record = {**record, _BYTES: len(data), _DIGEST: digest(data)}
            write_whole(path.with_suffix(".json"), _text(record), durable=durable)
        write_whole(path, data, durable=durable)
        return Stored(path, record or {})

    def record(self, kind: str, key: str) -> Record:
        """What is known of something, even if its bytes are gone; empty where nothing is."""
        try:
            return _record(self._path(kind, key).with_suffix(".json"))
        except (OSError, ValueError):
            return {}

    def note(self, kind: str, key: str, record: Record) -> None:
        """Writes down what is known of something whose bytes are gone, where nothing else is known of it."""
        if not self.record(kind, key):
            write_whole(self._place(kind, key).with_suffix(".json"), _text(record))

    def annotate(self, stored: Stored, more: Record) -> Stored:
        """Adds to the record beside stored bytes."""
        record, path = {**stored.record, **more}, stored.path
        if self._spare and path.is_relative_to(self.root):
            path = self._spare / path.relative_to(self.root)
        write_whole(path.with_suffix(".json"), _text(record))
        return Stored(stored.path, record)

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


def _record(path: Path) -> Record:
    """The record in a file, empty without one. Raises OSError and ValueError for one that cannot be read."""
    try:
        record = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    if not isinstance(record, dict):
        raise ValueError(path)  # noqa: TRY004 - of the same kind as what json raises
    return record


def _text(record: Record) -> bytes:
    return json.dumps(record, ensure_ascii=False, indent=1).encode(errors="backslashreplace")
