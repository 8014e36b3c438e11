"""What a format is: the columns that tell it, and how products are read from its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assetgen.config.format_name import FormatName
from assetgen.errors import Location, Problem
from assetgen.model.product import TEXTS, ProductPhoto, Reject


class Entry(NamedTuple):
    """A row whose cells are found by their columns' names in templates."""

    location: Location
    cells: dict[str, str]

    def first(self, *columns: str) -> str:
        """The first of these cells that is filled, without blanks around it."""
        for column in columns:
            if text := self.cells.get(column, "").strip():
                return text
        return ""


class Item(NamedTuple):
    """What a format understands of one product. `texts` takes the place of columns of the same name."""

    entry: Entry
    sku: str
    texts: Mapping[str, str]
    photos: tuple[ProductPhoto, ...] = ()
    options: Mapping[str, str] = {}
    categories: tuple[str, ...] = ()


@dataclass
class Account:
    """Rows that are neither a product nor set aside, and skus that stood in another column than the format's own."""

    photo_rows: int = 0
    parents: int = 0
    borrowed: Counter[str] = field(default_factory=Counter)


Rows = Callable[[], Iterator[Entry | Reject]]
"""Reads the rows anew at each call."""


def spelled(header: str) -> str:
    """A column's name as templates write it: `Sale Price` is `sale_price`."""
    return re.sub(r"\W+", "_", header.strip().lower()).strip("_")


def _none(_above: Sequence[Sequence[str]]) -> int:
    return 0


def _no_columns(_entry: Entry) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True)
class Format:
    """keys: the columns of which a table must have one, for they tell its products apart.

    marks: a table with all columns of one of these is in this format. marks_of_csv: the same where commas or
    semicolons stand between cells. usual: the columns that it mostly has. fills: the standard names that it gives
    a text to. unread: how many rows below the header are no data, from the rows above it.

    For feeds, where a row is seen by itself: `identity` are the columns that the next two look at. names: the skus that
    its product may go by, the likelier first; what its `keys` say if not given. keeps: columns for pictures that stay
    as they are in this row.
    """

    name: FormatName
    title: str
    keys: tuple[str, ...]
    marks: tuple[frozenset[str], ...]
    usual: frozenset[str]
    read: Callable[[Rows, Account], Iterator[Item | Reject]]
    marks_of_csv: tuple[frozenset[str], ...] = ()
    fills: tuple[str, ...] = TEXTS
    spell: Callable[[str], str] = spelled
    unread: Callable[[Sequence[Sequence[str]]], int] = _none
    identity: tuple[str, ...] = ()
    names: Callable[[Entry], tuple[str, ...]] | None = None
    keeps: Callable[[Entry], frozenset[str]] = _no_columns

    @property
    def looked_at(self) -> tuple[str, ...]:
        return self.identity or self.keys

    def skus(self, entry: Entry) -> tuple[str, ...]:
        return self.names(entry) if self.names else tuple(filter(None, [entry.first(*self.keys)]))


def columns(names: str) -> frozenset[str]:
    return frozenset(names.split())


def texts(
    *,
    sku: str,
    parent: str = "",
    title: str = "",
    description: str = "",
    price: str = "",
    sale_price: str = "",
    currency: str = "",
    availability: str = "",
) -> dict[str, str]:
    """The standard texts but for the photo, which is the first of the photos."""
    return {
        "sku": sku,
        "parent": parent,
        "title": title,
        "description": description,
        "price": price,
        "sale_price": sale_price,
        "currency": currency,
        "availability": availability,
    }


def distinct(photos: Iterable[ProductPhoto]) -> tuple[ProductPhoto, ...]:
    """Each address once, where it comes first."""
    found: dict[str, ProductPhoto] = {}
    for photo in photos:
        found.setdefault(photo.address, photo)
    return tuple(found.values())


def set_aside(entry: Entry, message: str, hint: str | None = None, sku: str | None = None) -> Reject:
    return Reject(sku, Problem(message, entry.location, hint))
