"""A product table written back as it came, with other pictures and nothing else changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assetgen.catalog import Catalog
from assetgen.catalog.seen_names import Seen
from assetgen.shop_feeds.picture_columns import Changes, ColumnSlot, Pictures
from assetgen.shop_feeds.table_write_back import rewritten_table
from assetgen.shop_feeds.xml_write_back import rewritten_xml


def rewritten(path: Path, catalog: Catalog, slots: Sequence[ColumnSlot], pictures: Pictures) -> Iterator[bytes]:
    """The file of a table that can be written back, piece by piece.

    Raises InputError for a feed in UTF-16, PluginError where the format fails.
    """
    recognised = catalog.recognised
    rewrite = rewritten_xml if recognised.table.xml else rewritten_table
    with Seen() as seen:
        yield from rewrite(path, recognised, Changes(catalog.format, slots, pictures, seen))
