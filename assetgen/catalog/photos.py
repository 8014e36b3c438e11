from __future__ import annotations

import re
from collections.abc import Iterator

from assetgen.catalog.format import Entry
from assetgen.model.product import ProductPhoto

_BETWEEN_ADDRESSES = re.compile(r"\s*[,\n|]\s*(?=https?://)")
_BETWEEN_FILES = re.compile(r"\s*[,\n|]\s*")


def listed(entry: Entry, *columns: str, alt: str = "") -> Iterator[ProductPhoto]:
    """The photos in these cells, several with commas between them. A comma within an address stays part of it."""
    for column in columns:
        if cell := entry.cells.get(column, "").strip():
            between = _BETWEEN_ADDRESSES if "://" in cell else _BETWEEN_FILES
            for address in between.split(cell):
                if address := address.strip(" ,"):
                    yield ProductPhoto(address, alt, entry.location, column)
