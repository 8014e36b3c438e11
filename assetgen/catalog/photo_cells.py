"""Cells that name photos."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assetgen.catalog.format import Entry
from assetgen.model.product import ProductPhoto

_BETWEEN = ",\n|"
"""What stands between two photos in a cell."""

_ADDRESS = re.compile("(?=https?://)")


def apart(cell: str) -> list[str]:
    """The photos that a cell lists, with commas between. A comma within an address stays part of it."""
    if "://" not in cell:
        return [name for part in re.split(f"[{_BETWEEN}]", cell) if (name := part.strip())]
    found: list[str] = []
    for part in _ADDRESS.split(cell):
        if found and not between(found[-1]):
            found[-1] += part  # an address within another
        else:
            found.append(part)
    return [address for part in found if (address := part.strip(f" \t\r{_BETWEEN}"))]


def between(part: str) -> str:
    """What stands at the end of a part of a cell, between it and the next; empty where nothing ends it."""
    return part[len(part.rstrip(f" \t\r{_BETWEEN}")) :]


def photos_in(entry: Entry, *columns: str, alt: str = "") -> Iterator[ProductPhoto]:
    """The photos in these cells, several with commas between them."""
    for column in columns:
        if cell := entry.cells.get(column, "").strip():
            for address in apart(cell):
                yield ProductPhoto(address, alt, entry.location, column)
