from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assetgen.catalog import delimited, excel, parquet
from assetgen.catalog.table import Record, Table
from assetgen.errors import InputError, Location, Problem, did_you_mean
from assetgen.model.product import Product, Reject, Row


@dataclass(frozen=True)
class Catalog:
    """The products of a table, read anew each time they are iterated and never all in memory.

    `names` are the header's cells as templates write them: `Sale Price` is `sale_price`, and an empty one stays empty.
    """

    table: Table
    names: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """What a template may ask of a product."""
        return tuple(filter(None, self.names))

    def __iter__(self) -> Iterator[Row]:
        """Raises InputError at the first byte that is not text."""
        with closing(_Seen()) as seen:
            for entry in self.table.records():
                yield entry if isinstance(entry, Reject) else self._product(entry, seen)

    def _product(self, record: Record, seen: _Seen) -> Row:
        fields = dict(zip(self.names, record.cells, strict=True))
        fields.pop("", None)
        sku = fields["sku"].strip()
        if not sku:
            return Reject(None, Problem("the row has no sku", record.location))
        if earlier := seen.before(sku, record.location):
            return Reject(sku, Problem(f"the sku `{sku}` stands already in {earlier}", record.location))
        return Product(sku, fields, record.location)


class _Seen:
    """The skus so far: in memory while they are few, on disk when they are many."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("")  # a private temporary file, made when the cache is full
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("CREATE TABLE seen (sku TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID")

    def before(self, sku: str, location: Location) -> str | None:
        """Where this sku stood already; the first time it is only noted."""
        place = f"line {location.line}" if location.line else f"row {location.row}"
        added = self._rows.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (sku, place)).rowcount
        if added:
            return None
        (earlier,) = self._rows.execute("SELECT place FROM seen WHERE sku = ?", (sku,)).fetchone()
        return str(earlier)

    def close(self) -> None:
        self._rows.close()


def read(path: Path) -> Catalog:
    """The products of a CSV, TSV, XLSX or Parquet file.

    Raises InputError when the table cannot be used at all; single bad rows come as `Reject`s.
    """
    table = _table(path)
    names = tuple(re.sub(r"\W+", "_", name.strip().lower()).strip("_") for name in table.header)
    problems = [*_collisions(table, names), *_without_sku(table, names)]
    if problems:
        raise InputError(*problems)
    if next(table.records(), None) is None:
        raise InputError(Problem("the table has no rows below its header", Location(table.file)))
    return Catalog(table, names)


def _table(path: Path) -> Table:
    file = str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    match path.suffix.lower():
        case ".csv" | ".tsv" | ".txt":
            return delimited.table(path, file)
        case ".xlsx" | ".xlsm":
            return excel.table(path, file)
        case ".parquet":
            return parquet.table(path, file)
        case kind:
            message = f"a product table cannot be a `{kind}` file"
            raise InputError(Problem(message, Location(file), "use CSV, TSV, XLSX or Parquet"))


def _collisions(table: Table, names: tuple[str, ...]) -> Iterator[Problem]:
    for here, name in enumerate(names):
        there = names.index(name)
        if name and there != here:
            first, second = table.header[there].strip(), table.header[here].strip()
            message = f"the columns `{first}` and `{second}` are one to templates: `product.{name}`"
            yield Problem(message, Location(table.file, 1), hint="rename or remove one of them")


def _without_sku(table: Table, names: tuple[str, ...]) -> Iterator[Problem]:
    if "sku" not in names:
        found = "the table has " + ", ".join(f"`{name.strip()}`" for name in table.header if name.strip())
        hint = did_you_mean("sku", names)
        yield Problem("the table has no column `sku`", Location(table.file, 1), f"{hint} {found}" if hint else found)
