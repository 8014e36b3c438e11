"""The files of a folder, and the plate that each is for: by the key in its name, or by a list."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assetgen.errors import InputError, Location, Problem

if TYPE_CHECKING:
    import _csv

ENDINGS = {".png", ".jpg", ".jpeg", ".webp"}

LEAST = 8
"""Letters of a key that a name or a list must hold."""

KEY_PART = re.compile(rf"(?<![0-9a-z])[0-9a-f]{{{LEAST},64}}(?![0-9a-z])")

COLUMNS = ("key", "file")


class Shelf:
    """Files, by the beginnings of the keys that they are for."""

    def __init__(self, files: Iterable[tuple[str, Path]]) -> None:
        self._files: dict[str, set[tuple[str, Path]]] = defaultdict(set)
        for part, path in files:
            self._files[part[:LEAST]].add((part, path))

    def of(self, key: str) -> list[Path]:
        return sorted({path for part, path in self._files.get(key[:LEAST], ()) if key.startswith(part)})


def named(folder: Path) -> Iterator[tuple[str, Path]]:
    """Pictures whose names hold a key, wherever; names that begin with a dot are macOS's own."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.suffix.lower() in ENDINGS and not path.name.startswith("."):
            yield from ((part, path) for part in KEY_PART.findall(path.stem.lower()))


def listed(table: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """The rows that name a file, whether it is there or not. Raises InputError."""
    text, file = _text(table), shown(table)
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        for key, name in _cells(rows, file):
            yield key, folder / name
    except csv.Error as error:
        place = Location(file, rows.line_num)
        raise InputError(Problem("the list cannot be taken apart here", place, "look for a lone quote")) from error


def _cells(rows: _csv.Reader, file: str) -> Iterator[tuple[str, str]]:
    """The key and the file of each row that has both; the columns stand in any order, between any others."""
    header = [name.strip().lower() for name in next(rows, [])]
    for column in COLUMNS:
        if column not in header:
            hint = "it needs the columns `key` and `file`, as `assetgen prompts export` writes them"
            raise InputError(Problem(f"the list has no column `{column}`", Location(file, 1), hint))
    line = rows.line_num + 1
    for row in rows:
        cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
        key, name = (cells.get(column, "") for column in COLUMNS)
        if name and not KEY_PART.fullmatch(key.lower()):
            hint = f"copy it from `assetgen prompts export`, the first {LEAST} letters at least"
            raise InputError(Problem(f"`{key}` is not the key of a plate", Location(file, line), hint))
        if name:
            yield key.lower(), name
        line = rows.line_num + 1


def _text(table: Path) -> str:
    try:
        return table.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        hint = "`assetgen prompts export -o` writes one"
        raise InputError(Problem(f"there is no list `{shown(table)}`", hint=hint)) from error
    except UnicodeDecodeError as error:
        message = "the list is not UTF-8 text"
        raise InputError(Problem(message, Location(shown(table)), 'save it as "CSV UTF-8"')) from error


def shown(path: Path) -> str:
    """The path as messages name it: from here when it lies below here."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
