"""Product tables and shop exports, read as a stream of products. A table is never held in memory."""

from assetgen.catalog.catalogue import WRITTEN_BACK, Catalog, read
from assetgen.catalog.format import Entry, Format, spelled
from assetgen.catalog.frames import read_frame
from assetgen.catalog.installed_formats import format_named, installed_formats
from assetgen.catalog.picture_column import PictureColumn
from assetgen.catalog.row_counts import RowCounts
from assetgen.catalog.supplement_format import FeedFile, Record, SupplementRow, TextColumn, cell_before

__all__ = [
    "WRITTEN_BACK",
    "Catalog",
    "Entry",
    "FeedFile",
    "Format",
    "PictureColumn",
    "Record",
    "RowCounts",
    "SupplementRow",
    "TextColumn",
    "cell_before",
    "delimited",
    "format_named",
    "installed_formats",
    "photo_cells",
    "raw_table",
    "read",
    "read_frame",
    "recognition",
    "seen_names",
    "spelled",
    "xml_feed",
]
