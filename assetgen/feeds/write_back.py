"""A product table written back as it came, with other pictures and nothing else changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assetgen.catalog.catalogue import Catalog
from assetgen.catalog.seen_names import Seen
from assetgen.feeds import table_write_back, xml_write_back
from assetgen.feeds.picture_columns import Changes, ColumnSlot, Pictures
from assetgen.model.brief import Brief

_XML = (".xml", ".rss", ".atom")


def comes_back(brief: Brief, catalog: Catalog) -> bool:
    """Excel and Parquet files cannot be written byte for byte as somebody else wrote them, and frames are no files."""
    is_xml = brief.products.suffix.lower() in _XML
    return brief.frame is None and (catalog.recognised.table.delimiter is not None or is_xml)


def table_kind(brief: Brief) -> str:
    """What the products come in, such as a `.xlsx` file."""
    return f"a `{brief.products.suffix}` file" if brief.frame is None else "a frame"


def written_back(path: Path, catalog: Catalog, slots: Sequence[ColumnSlot], pictures: Pictures) -> Iterator[bytes]:
    """Raises InputError for a feed in UTF-16."""
    writer = xml_write_back.written_back if path.suffix.lower() in _XML else table_write_back.written_back
    with Seen() as seen:
        yield from writer(path, catalog.recognised, Changes(catalog.format, slots, pictures, seen))
