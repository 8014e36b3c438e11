"""Product tables and shop exports, read as a stream of products. A table is never held in memory."""

from assetgen.catalog.campaign_catalog import read_catalog
from assetgen.catalog.catalogue import WRITTEN_BACK, Catalog, read_table
from assetgen.catalog.format import Account, Entry, Format, Item, columns, set_aside, spelled, standard_texts
from assetgen.catalog.installed_formats import format_named, installed_formats
from assetgen.catalog.money import Reduced
from assetgen.catalog.photo_cells import photos_in
from assetgen.catalog.picture_column import PictureColumn
from assetgen.catalog.row_counts import RowCounts
from assetgen.catalog.supplement_format import (
    FeedFile,
    Record,
    SupplementFormat,
    SupplementRow,
    TextColumn,
    cell_before,
    records_by,
)

__all__ = [
    "WRITTEN_BACK",
    "Account",
    "Catalog",
    "Entry",
    "FeedFile",
    "Format",
    "Item",
    "PictureColumn",
    "Record",
    "Reduced",
    "RowCounts",
    "SupplementFormat",
    "SupplementRow",
    "TextColumn",
    "cell_before",
    "columns",
    "delimited",
    "encodings",
    "format_named",
    "installed_formats",
    "photo_cells",
    "photos_in",
    "raw_table",
    "read_catalog",
    "read_table",
    "recognition",
    "records_by",
    "seen_names",
    "set_aside",
    "spelled",
    "standard_texts",
    "xml_feed",
]
