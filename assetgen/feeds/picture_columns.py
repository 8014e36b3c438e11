"""Where a table has the pictures of a feed, and what is to stand there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assetgen.catalog.format import Entry, Format
from assetgen.catalog.photo_cells import apart
from assetgen.catalog.recognition import Recognised
from assetgen.catalog.seen_names import Seen
from assetgen.config.feed import PictureColumn
from assetgen.errors import Location

Addresses = Mapping[str, Sequence[str]]
"""Of the pictures of a product, by the columns of a feed; a column that it lacks stays as it is."""

Pictures = Callable[[Sequence[str]], Addresses]
"""The addresses for a product that goes by the first of these skus that is known."""

Say = Callable[[str], str]
"""What stands in a column of a row."""


@dataclass(frozen=True)
class ColumnSlot:
    """columns: by their names in templates; several where each holds one. new: it is added at the end of the table."""

    column: PictureColumn
    columns: tuple[str, ...]
    new: str | None = None


def slots(recognised: Recognised, wanted: Iterable[PictureColumn]) -> Iterator[ColumnSlot]:
    """Columns that the format knows are added to the table where it lacks them; others are left out.

    Amazon's spreadsheets are left as wide as they are: it takes none but its own columns.
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
            if (column.channels or column.headers) and format_.name != "amazon":
                header = column.called[-1 if before else 0]
                yield ColumnSlot(column, (format_.spell(header),), new=header)


def _spelled(format_: Format, header: str, most: int) -> Iterator[str]:
    numbers = range(1, most + 1) if "{n}" in header else (1,)
    return (format_.spell(header.format(n=n)) for n in numbers)


@dataclass(frozen=True)
class Changes:
    """What is to stand in a row: by column, one text for each picture; nothing where the row stays as it is.

    A second row of a sku stays, for the first is the one that is used.
    """

    format: Format
    slots: Sequence[ColumnSlot]
    pictures: Pictures
    seen: Seen

    def of(self, location: Location, say: Say) -> dict[str, list[str]]:
        entry = Entry(location, {column: say(column) for column in self.format.looked_at})
        skus = self.format.skus(entry)
        addresses = self.pictures(skus) if skus else {}
        if not (addresses and self.seen.note(skus[0], location)):
            return {}
        kept, texts = self.format.keeps(entry), dict[str, list[str]]()
        for slot in self.slots:
            found = addresses.get(slot.column.name)
            if found and kept.isdisjoint(slot.columns):
                texts |= _filled(slot, found, say)
        return texts


def _filled(slot: ColumnSlot, addresses: Sequence[str], say: Say) -> dict[str, list[str]]:
    if len(slot.columns) > 1:
        return {column: [address] for column, address in zip(slot.columns, addresses, strict=False)}
    (column,) = slot.columns
    behind = apart(say(column))[len(addresses) :] if slot.column.rest else ()
    return {column: [*addresses, *behind]}


def joined(texts: Sequence[str], before: str) -> str:
    """A list in one cell, with what stood between its parts before; what says the same stays as it was written."""
    if apart(before) == list(texts):
        return before
    between = re.search(r"\s*[,\n|]\s*(?=https?://)", before)
    return (between[0] if between else ",").join(texts)
