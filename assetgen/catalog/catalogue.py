"""A product table as a stream of products, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assetgen import clock
from assetgen.catalog import delimited, parquet, xml_feed
from assetgen.catalog.cells import is_power, readable
from assetgen.catalog.excel import sheets
from assetgen.catalog.format import Account, Format, Item
from assetgen.catalog.markup import decoded, plain
from assetgen.catalog.money import MoneyRules, priced
from assetgen.catalog.raw_table import Table
from assetgen.catalog.recognition import Recognised, recognise
from assetgen.catalog.seen_names import Seen
from assetgen.config.product_table import Products
from assetgen.errors import InputError, Location, Problem
from assetgen.file_bytes import Unopened, nearest_file, try_open
from assetgen.model.product import LISTS, TEXTS, Product, Reject, Row
from assetgen.model.spreadsheet_errors import failed_formula, is_spreadsheet_error

DELIMITED = (".csv", ".tsv", ".txt")
XML = (".xml", ".rss", ".atom")
WORKBOOKS = (".xlsx", ".xlsm")

WRITTEN_BACK = (*DELIMITED, *XML)
"""The endings of tables that can be written back as they were, with other pictures."""


@dataclass(frozen=True)
class Catalog:
    """The products of a table, read anew each time they are iterated and never all in memory.

    drafts: products that are not on sale are among them.
    """

    recognised: Recognised
    rules: MoneyRules
    drafts: bool = False

    @property
    def format(self) -> Format:
        return self.recognised.format

    @property
    def columns(self) -> tuple[str, ...]:
        """The names that a template may ask a product for."""
        names = (*self.recognised.names, *self.format.fills, *TEXTS, *LISTS, *self.recognised.originals)
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
                    account.hear(item.sku)

    def _product(self, item: Item, seen: Seen) -> Row:
        place = item.entry.location
        if is_power(item.sku):
            hint = "give its column the format Text or 0, so that all digits are shown, and export the table again"
            return Reject(item.sku, Problem(f"a spreadsheet has cut off the sku `{item.sku}`", place, hint))
        if not seen.note(item.sku, place):
            message = f"the sku `{item.sku}` stands already in {seen.place(item.sku)}"
            return Reject(item.sku, Problem(message, place))
        fields = self._fields(item)
        try:
            _no_failed_formula(fields, place)
            money = priced(fields, item.reduced, self.rules, place)
        except InputError as error:
            return Reject(item.sku, error.problems[0])
        return Product(
            item.sku,
            {**fields, **{name: text for name, text in money.texts.items() if text or name in fields}},
            place,
            parent=item.texts.get("parent") or None,
            photos=tuple(replace(photo, alt=decoded(photo.alt)) for photo in item.photos),
            options={decoded(name): decoded(value) for name, value in item.options.items()},
            categories=tuple(map(decoded, item.categories)),
            notes=money.notes,
        )

    def _fields(self, item: Item) -> dict[str, str]:
        """The cells of a row by column, and over them what the format understands of them."""
        cells = item.entry.cells
        fields = {name: readable(text) for name, text in {**cells, **item.texts}.items()}
        for original, name in self.recognised.originals.items():
            fields[original] = cells[name]
        if "title" in fields:
            fields["title"] = plain(fields["title"])
        if "photo" in self.format.fills:
            fields["photo"] = item.photos[0].address if item.photos else ""
        return fields


def _no_failed_formula(fields: Mapping[str, str], place: Location) -> None:
    """Raises InputError for an error of a spreadsheet in what pictures mostly say; templates find it in the others."""
    for name in ("title", "price", "sale_price", "currency"):
        if is_spreadsheet_error(fields.get(name, "")):
            raise InputError(failed_formula(name, fields[name], place))


def read_table(path: Path, asked: Products | None = None, day: date | None = None) -> Catalog:
    """The products of a CSV, TSV, XLSX or Parquet file or an XML feed, as the campaign asks for them.

    day: that by which sale prices hold, today if not given.
    Raises InputError when the table cannot be used at all; single bad rows come as `Reject`s.
    """
    return catalog_of(_tables(path), asked or Products(file=str(path)), day)


def catalog_of(tables: Sequence[Table], asked: Products, day: date | None) -> Catalog:
    """The products of the one of these tables that holds them. Raises InputError as `read_table` does."""
    recognised = recognise(tables, asked)
    if next(recognised.rows(), None) is None:
        message, hint = "the table has no rows below its header", "each product is a row"
        raise InputError(Problem(message, Location(recognised.table.file), hint))
    rules = MoneyRules(asked.currency or "", asked.decimal_sign, day or clock.today(None))
    return Catalog(recognised, rules, asked.drafts)


def _tables(path: Path) -> list[Table]:
    file = str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    try:
        try_open(path)
    except Unopened as error:
        message, hint = f"the product table {error}", nearest_file(path) or error.hint
        raise InputError(Problem(message, Location(file), hint)) from error
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
