"""Cells that name photos."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assetgen.catalog.format import Entry
from assetgen.model.product import ProductPhoto

_BETWEEN_ADDRESSES = re.compile(r"\s*[,\n|]\s*(?=https?://)")
_BETWEEN_FILES = re.compile(r"\s*[,\n|]\s*")


def apart(cell: str) -> list[str]:
    """The addresses that a cell lists, with commas between. A comma within an address stays part of it."""
    between = _BETWEEN_ADDRESSES if "://" in cell else _BETWEEN_FILES
    return [address for part in between.split(cell.strip()) if (address := part.strip(" ,"))]


def photos_in(entry: Entry, *columns: str, alt: str = "") -> Iterator[ProductPhoto]:
    """The photos in these cells, several with commas between them."""
    for column in columns:
        if cell := entry.cells.get(column, "").strip():
            for address in apart(cell):
                yield ProductPhoto(address, alt, entry.location, column)
