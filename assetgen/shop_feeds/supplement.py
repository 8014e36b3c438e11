"""Supplemental feeds: the id of each product and its pictures, and nothing else that the shop knows itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from assetgen.catalog import FeedFile, Format, Record, SupplementRow, cell_before, spelled
from assetgen.catalog.photo_cells import apart
from assetgen.errors import PluginError
from assetgen.model.product import Product, Reject, Row
from assetgen.plugins import each_blamed
from assetgen.promises import promised
from assetgen.shop_feeds.picture_columns import Addresses, Pictures


@dataclass(frozen=True)
class Supplement:
    """What a supplemental feed is to be. source: the name of the format that the product table is in."""

    format: Format
    file: FeedFile
    source: str

    def records(
        self, rows: Iterable[Row], pictures: Pictures, texts: Callable[[Product], Mapping[str, str]]
    ) -> Iterator[tuple[str, Record]]:
        """The products that have pictures, with their skus. texts: generated ones by their columns.

        Raises PluginError where the format fails.
        """
        parent = None
        for row in rows:
            if isinstance(row, Reject):
                continue
            first, parent = not row.parent or row.parent != parent, row.parent
            if addresses := pictures([row.sku]):
                told = SupplementRow(row, self._pictures(row, addresses), self.source, first)
                with self.format.blamed():
                    record = self.format.supplement.record(told)
                    promised(Mapping[str, str | list[str]], record, "a record of its feed")
                yield row.sku, {**record, **texts(row)}

    def _pictures(self, product: Product, addresses: Addresses) -> dict[str, list[str]]:
        """The addresses of a product: where none is ours, those of the table, so that no cell takes a picture away."""
        found = {}
        for column in self.file.columns:
            own = list(addresses.get(column.name, ()))
            before = apart(cell_before(product, *map(spelled, column.called)))
            found[column.called[0]] = own + before[len(own) :] if column.rest else own or before
        return found

    def _written(self, records: Iterable[Record]) -> Iterator[str]:
        for piece in self.format.supplement.write(iter(records), self.file):
            promised(str, piece, "a piece of its feed")
            yield piece

    def pieces(self, records: Iterator[Record]) -> Iterator[str]:
        """The file as its format writes it. Raises PluginError where the format fails."""
        given = _GivenRecords(records)
        try:
            yield from each_blamed(f"format `{self.format.name}`", lambda: self._written(given))
        except PluginError:
            if given.failure:
                raise given.failure from None
            raise


class _GivenRecords:
    """Records as they are given to a format. failure: what was raised on our own side, which is no fault of its."""

    def __init__(self, records: Iterator[Record]) -> None:
        self.failure: Exception | None = None
        self._records = records

    def __iter__(self) -> Iterator[Record]:
        try:
            yield from self._records
        except Exception as error:  # passed on: whose fault it is depends on it
            self.failure = error
            raise
