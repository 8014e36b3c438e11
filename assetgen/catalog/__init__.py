"""Product tables and shop exports, read as a stream of products. A table is never held in memory."""

from assetgen.catalog.campaign_catalog import catalog_of
from assetgen.catalog.catalogue import Catalog, read
from assetgen.catalog.row_counts import RowCounts

__all__ = [
    "Catalog",
    "RowCounts",
    "catalog_of",
    "catalogue",
    "delimited",
    "format",
    "photo_cells",
    "raw_table",
    "read",
    "recognition",
    "seen_names",
    "xml_feed",
]
