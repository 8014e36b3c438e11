"""A product table written back as it came, with other pictures and nothing else changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assetgen.catalog.catalogue import Catalog
from assetgen.catalog.seen_names import Seen
from assetgen.feeds import table_write_back, xml_write_back
from assetgen.feeds.picture_columns import Changes, ColumnSlot, Pictures

_XML = (".xml", ".rss", ".atom")


def comes_back(path: Path, catalog: Catalog) -> bool:
    """Excel and Parquet files cannot be written byte for byte as somebody else wrote them."""
    return catalog.recognised.table.delimiter is not None or path.suffix.lower() in _XML


def written_back(path: Path, catalog: Catalog, slots: Sequence[ColumnSlot], pictures: Pictures) -> Iterator[bytes]:
    """Raises InputError for a feed in UTF-16."""
    writer = xml_write_back.written_back if path.suffix.lower() in _XML else table_write_back.written_back
    with Seen() as seen:
        yield from writer(path, catalog.recognised, Changes(catalog.format, slots, pictures, seen))
