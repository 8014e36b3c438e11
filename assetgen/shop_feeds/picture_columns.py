"""Where a table has the pictures of a feed, and what is to stand there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assetgen.catalog import Entry, Format, PictureColumn
from assetgen.catalog.photo_cells import apart, between
from assetgen.catalog.recognition import Recognised
from assetgen.catalog.seen_names import Seen
from assetgen.errors import Location
from assetgen.promises import promised

Addresses = Mapping[str, Sequence[str]]
"""The addresses of a product's pictures by the columns of a feed; a column that is missing here stays as it is."""

Pictures = Callable[[Sequence[str]], Addresses]
"""The addresses for a product that goes by the first of these skus that is known."""

CellOf = Callable[[str], str]
"""The text that stands in a column of a row, by the column's name in templates; empty where it is missing."""


@dataclass(frozen=True)
class ColumnSlot:
    """The place of a feed's column in a table.

    columns: by their names in templates; several where each holds one. new: it is added at the end of the table.
    """

    column: PictureColumn
    columns: tuple[str, ...]
    new: str | None = None


def column_slots(recognised: Recognised, wanted: Iterable[PictureColumn]) -> Iterator[ColumnSlot]:
    """The places of these columns in a table.

    What the table lacks is added where its format knows the column and lets tables be widened, else left out.
    """
    format_, names = recognised.format, frozenset(recognised.names)
    every = list(wanted)
    before = any(format_.spell(column.headers[-1].format(n=1)) in names for column in every if column.headers)
    for column in every:
        for header in column.called:
            found = tuple(filter(names.__contains__, _spelled(format_, header, column.most)))
            if found:
                yield ColumnSlot(column, found)
                break
        else:
            if (column.channels or column.headers) and format_.widens:
                header = column.called[-1 if before else 0]
                yield ColumnSlot(column, (format_.spell(header),), new=header)


def _spelled(format_: Format, header: str, most: int) -> Iterator[str]:
    numbers = range(1, most + 1) if "{n}" in header else (1,)
    return (format_.spell(header.format(n=n)) for n in numbers)


@dataclass(frozen=True)
class Changes:
    """The changes of a table, row by row.

    A second row of a sku stays, for the first is the one that is used.
    """

    format: Format
    slots: Sequence[ColumnSlot]
    pictures: Pictures
    seen: Seen

    def in_row(self, location: Location, cell_of: CellOf) -> dict[str, list[str]]:
        """What is to stand in a row: by column, one text for each picture; nothing where the row stays as it is.

        Raises PluginError where the format fails.
        """
        entry = Entry(location, {column: cell_of(column) for column in self.format.looked_at})
        skus = self.format.skus(entry)
        addresses = self.pictures(skus) if skus else {}
        if not (addresses and self.seen.note(skus[0], location)):
            return {}
        with self.format.blamed():
            kept = self.format.keeps(entry)
            promised(frozenset[str], kept, "what `keeps` gives")
        texts = dict[str, list[str]]()
        for slot in self.slots:
            found = addresses.get(slot.column.name)
            if found and frozenset(kept).isdisjoint(slot.columns):
                texts |= _filled(slot, found, cell_of)
        return texts


def _filled(slot: ColumnSlot, addresses: Sequence[str], cell_of: CellOf) -> dict[str, list[str]]:
    if len(slot.columns) > 1:
        return {column: [address] for column, address in zip(slot.columns, addresses, strict=False)}
    (column,) = slot.columns
    behind = apart(cell_of(column))[len(addresses) :] if slot.column.rest else ()
    return {column: [*addresses, *behind]}


def joined_cell(texts: Sequence[str], before: str) -> str:
    """A list in one cell, with what stood between its parts before; what says the same stays as it was written."""
    if apart(before) == list(texts):
        return before
    return (next(filter(None, map(between, re.split("(?=https?://)", before)[:-1])), "") or ",").join(texts)
