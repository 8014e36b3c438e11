"""A product table as a stream of products, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assetgen.catalog import delimited, parquet, xml_feed
from assetgen.catalog.excel import sheets
from assetgen.catalog.format import Account, Format, Item
from assetgen.catalog.raw_table import Table
from assetgen.catalog.recognition import Recognised, recognise
from assetgen.catalog.seen_names import Seen
from assetgen.config.product_table import Products
from assetgen.errors import InputError, Location, Problem, nearest_file, unreadable
from assetgen.model.product import LISTS, Product, Reject, Row

DELIMITED = (".csv", ".tsv", ".txt")
XML = (".xml", ".rss", ".atom")
WORKBOOKS = (".xlsx", ".xlsm")

WRITTEN_BACK = (*DELIMITED, *XML)
"""The endings of tables that can be written back as they were, with other pictures."""


@dataclass(frozen=True)
class Catalog:
    """The products of a table, read anew each time they are iterated and never all in memory.

    currency: what prices are in where the table does not say. drafts: products that are not on sale are among them.
    """

    recognised: Recognised
    currency: str | None = None
    drafts: bool = False

    @property
    def format(self) -> Format:
        return self.recognised.format

    @property
    def columns(self) -> tuple[str, ...]:
        """The names that a template may ask a product for."""
        currency = ("currency",) if self.currency else ()
        names = (*self.recognised.names, *self.format.fills, *currency, *LISTS, *self.recognised.originals)
        return tuple(dict.fromkeys(filter(None, names)))

    def __iter__(self) -> Iterator[Row]:
        return self.read(Account())

    def read(self, account: Account) -> Iterator[Row]:
        """The products, and the rows that are set aside; those that are neither are counted in `account`.

        Raises InputError at the first byte that is not text.
        """
        with Seen() as seen:
            for item in self.format.items(self.recognised.rows, account):
                if isinstance(item, Reject):
                    yield item
                elif item.on_sale or self.drafts:
                    yield self._product(item, seen)
                else:
                    account.off_sale += 1

    def _product(self, item: Item, seen: Seen) -> Row:
        place = item.entry.location
        if not seen.note(item.sku, place):
            message = f"the sku `{item.sku}` stands already in {seen.place(item.sku)}"
            return Reject(item.sku, Problem(message, place))
        return Product(
            item.sku,
            self._fields(item),
            place,
            parent=item.texts.get("parent") or None,
            photos=item.photos,
            options=item.options,
            categories=item.categories,
        )

    def _fields(self, item: Item) -> dict[str, str]:
        """The cells of a row by column, and over them what the format understands of them."""
        cells = item.entry.cells
        fields = cells.copy()
        for original, name in self.recognised.originals.items():
            fields[original] = cells[name]
        fields.update(item.texts)
        if "photo" in self.format.fills:
            fields["photo"] = item.photos[0].address if item.photos else ""
        if self.currency and not fields.get("currency"):
            fields["currency"] = self.currency
        return fields


def read_table(path: Path, asked: Products | None = None) -> Catalog:
    """The products of a CSV, TSV, XLSX or Parquet file or an XML feed, as the campaign asks for them.

    Raises InputError when the table cannot be used at all; single bad rows come as `Reject`s.
    """
    return catalog_of(_tables(path), asked or Products(file=str(path)))


def catalog_of(tables: Sequence[Table], asked: Products) -> Catalog:
    """The products of the one of these tables that holds them. Raises InputError as `read_table` does."""
    recognised = recognise(tables, asked)
    if next(recognised.rows(), None) is None:
        message, hint = "the table has no rows below its header", "each product is a row"
        raise InputError(Problem(message, Location(recognised.table.file), hint))
    return Catalog(recognised, asked.currency, asked.drafts)


def _tables(path: Path) -> list[Table]:
    file = str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    if reason := unreadable(path):
        raise InputError(Problem(f"the product table {reason}", Location(file), nearest_file(path)))
    ending = path.suffix.lower()
    if ending in DELIMITED:
        return [delimited.table(path, file)]
    if ending in XML:
        return [xml_feed.table(path, file)]
    if ending in WORKBOOKS:
        found = [table for table in sheets(path, file) if table.heads]
        if not found:
            raise InputError(Problem("the workbook is empty", Location(file), "its first row names the columns"))
        return found
    if ending == ".parquet":
        return [parquet.table(path, file)]
    message = f"a product table cannot be a `{ending}` file" if ending else "the file's name has no ending that tells"
    raise InputError(Problem(message, Location(file), "use CSV, TSV, XLSX, Parquet, or an XML feed"))
