"""What a format says of its supplemental feeds: what a record holds, and how the file is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from assetgen.catalog.picture_column import PictureColumn
from assetgen.catalog.raw_table import ROWS
from assetgen.model.product import Product

Record = Mapping[str, str | list[str]]
"""One product of a feed: texts and lists of addresses by column, in the order of the columns."""

_TABS = frozenset([".tsv", ".txt"])


class SupplementRow(NamedTuple):
    """A product that a supplemental feed tells about.

    pictures: the addresses for each column of the feed, by the column's header of today. source: the name of the format
    that the product table is in. first: the row before it was no variant of the same parent.
    """

    product: Product
    pictures: Mapping[str, list[str]]
    source: str
    first: bool


class FeedFile(NamedTuple):
    """The file that a supplemental feed goes to, and what the campaign says of it.

    ending: of its name, in lower case with the dot. title, link: what an XML feed says of itself.
    """

    ending: str
    columns: tuple[PictureColumn, ...]
    title: str
    link: str
    seller: str | None = None
    marketplace: str | None = None


class TextColumn(NamedTuple):
    """The column for a generated text, and how many characters it takes at most."""

    column: str
    most: int


def records_by(column: str) -> Callable[[SupplementRow], Record]:
    """The records of a format that knows a product by its sku alone, which stands in this column."""
    return lambda row: {column: row.product.sku, **row.pictures}


def cell_before(product: Product, *columns: str) -> str:
    """The cell of the product table as it stood there, from the first of these columns that there is."""
    for column in columns:
        for name in (f"original_{column}", column):
            if name in product.fields:
                return product.fields[name].strip()
    return ""


def with_commas(_column: str, value: str | list[str]) -> str:
    """A cell of a table with a comma between two addresses."""
    return value if isinstance(value, str) else ",".join(value)


def table_of(
    records: Iterator[Record], file: FeedFile, cell: Callable[[str, str | list[str]], str] = with_commas
) -> Iterator[str]:
    """A CSV file, or one with tabs, piece by piece. `cell` writes the value of a column.

    The first record tells the columns: all have the same.
    """
    delimiter = "\t" if file.ending in _TABS else ","
    begun = False
    while part := list(islice(records, ROWS)):
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
        if not begun:
            writer.writerow(part[0])
        writer.writerows([cell(name, value) for name, value in record.items()] for record in part)
        begun = True
        yield text.getvalue()


@dataclass(frozen=True)
class SupplementFormat:
    """The supplemental feeds of a format.

    endings: how the name of the file may end. record: what such a feed says of a product. write: the file from its
    records, piece by piece. texts: the generated texts that it takes, by the names that campaigns give them. asks: the
    keys of a feed in the campaign that it cannot do without, each with what to give there.
    """

    record: Callable[[SupplementRow], Record]
    endings: tuple[str, ...] = (".csv",)
    write: Callable[[Iterator[Record], FeedFile], Iterator[str]] = table_of
    texts: Mapping[str, TextColumn] = field(default_factory=dict)
    asks: Mapping[str, str] = field(default_factory=dict)


BY_SKU = SupplementFormat(records_by("sku"))
"""The supplemental feeds of a format that says nothing about them: CSV files with a column `sku`."""
