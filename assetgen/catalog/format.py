"""What a format is: the columns that tell it, and how products are read from its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

from assetgen.catalog.money import Reduced
from assetgen.catalog.picture_column import PictureColumn
from assetgen.catalog.supplement_format import BY_SKU, SupplementFormat
from assetgen.errors import Location, PluginError, Problem
from assetgen.model.product import TEXTS, ProductPhoto, Reject
from assetgen.plugins import OURS, blamed, each_blamed, package_of, plugins
from assetgen.promises import promised


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
    """What a format understands of one product. `texts` takes the place of columns of the same name.

    Prices are given as they stand in their cells: whether they are amounts, and offers, is looked at for all formats.
    on_sale: whether the shop sells it now, and has not put it away as a draft or in its archive.
    """

    entry: Entry
    sku: str
    texts: Mapping[str, str]
    photos: tuple[ProductPhoto, ...] = ()
    options: Mapping[str, str] = {}
    categories: tuple[str, ...] = ()
    reduced: Reduced = Reduced()
    on_sale: bool = True


@dataclass
class Account:
    """Rows that are neither a product nor set aside, and skus that stood in another column than the format's own.

    off_sale: products that the shop does not sell now, and that are left out. other_rows: of store views and such.
    hear: is told the sku of each product that is left out.
    """

    photo_rows: int = 0
    parents: int = 0
    off_sale: int = 0
    other_rows: int = 0
    borrowed: Counter[str] = field(default_factory=Counter)
    hear: Callable[[str], None] = lambda _: None


Rows = Callable[[], Iterator[Entry | Reject]]
"""A function that reads the rows anew at each call."""


def spelled(header: str) -> str:
    """A column's name as templates write it: `Sale Price` is `sale_price`."""
    return re.sub(r"\W+", "_", small(header)).strip("_")


def small(header: str) -> str:
    """A header in small letters, of which each is one character: `İSİM` is `isim`."""
    return header.lower() if header.isascii() else normalize("NFC", header.replace("İ", "i").lower())


def _none(_above: Sequence[Sequence[str]]) -> int:
    return 0


def _no_columns(_entry: Entry) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True)
class Format:
    """All that there is to know about one kind of product table.

    name: what campaigns call it. title: what people call it, as `Shopify product CSV`.
    keys: the columns of which a table must have one, for they tell its products apart.
    marks: a table with all columns of one of these is in this format. marks_of_csv: the same where commas or semicolons
    stand between cells. telling: how much its marks tell; the formats whose marks tell most are tried first, those that
    tell the same by their names. usual: the columns that it mostly has, of which the header is known among labels.
    giveaways: words of its cells in no language; a row that has one of each is of this format, whatever its headers.

    product: what is understood of one row, where every row is a product. read: what is understood of all rows, where
    several of them belong together; a format has one of the two. fills: the standard names that it gives a text to.
    fills_lists: it gives something to the standard lists as well. spell: how templates write a header.
    unread: how many rows below the header are no data, from the rows above it.

    pictures: the columns that hold pictures. widens: a table that lacks one of them may be given it. supplement: its
    supplemental feeds.

    For tables that are written back, where a row is seen by itself: `identity` are the columns that the next two look
    at, `keys` if not given. names: the skus that its product may go by, the likelier first; what its `keys` say if not
    given. keeps: columns for pictures that stay as they are in this row.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    marks: tuple[frozenset[str], ...]
    usual: frozenset[str]
    product: Callable[[Entry], Item | Reject] | None = None
    read: Callable[[Rows, Account], Iterator[Item | Reject]] | None = None
    marks_of_csv: tuple[frozenset[str], ...] = ()
    giveaways: tuple[frozenset[str], ...] = ()
    telling: int = 0
    fills: tuple[str, ...] = TEXTS
    fills_lists: bool = True
    spell: Callable[[str], str] = spelled
    unread: Callable[[Sequence[Sequence[str]]], int] = _none
    pictures: tuple[PictureColumn, ...] = ()
    widens: bool = True
    supplement: SupplementFormat = BY_SKU
    identity: tuple[str, ...] = ()
    names: Callable[[Entry], tuple[str, ...]] | None = None
    keeps: Callable[[Entry], frozenset[str]] = _no_columns

    def __post_init__(self) -> None:
        """Raises TypeError for a format that cannot be read, or in two ways."""
        if (self.product is None) == (self.read is None):
            raise TypeError(f"the format `{self.name}` needs either `product` or `read`")

    @property
    def looked_at(self) -> tuple[str, ...]:
        """The columns by which a row is known when the table is written back."""
        return self.identity or self.keys

    def blamed(self) -> AbstractContextManager[None]:
        """Any exception raised inside becomes a PluginError with the name of this format."""
        return blamed(f"format `{self.name}`")

    def items(self, rows: Rows, account: Account) -> Iterator[Item | Reject]:
        """The products of a table. A row that the format fails at is set aside, and the rest goes on.

        Where all rows are read together, the rest is set aside as well, as one.
        """
        if self.read:
            yield from self._items_together(self.read, rows, account)
        elif self.product:
            for entry in rows():
                yield entry if isinstance(entry, Reject) else self._item(self.product, entry)

    def _item(self, product: Callable[[Entry], Item | Reject], entry: Entry) -> Item | Reject:
        try:
            with self.blamed():
                return self._checked(product(entry))
        except PluginError as error:
            return Reject(None, replace(error.problems[0], location=entry.location))

    def _items_together(
        self, read: Callable[[Rows, Account], Iterator[Item | Reject]], rows: Rows, account: Account
    ) -> Iterator[Item | Reject]:
        given = _GivenRows(rows)
        try:
            yield from each_blamed(f"format `{self.name}`", lambda: map(self._checked, read(given, account)))
        except PluginError as error:
            if given.failure:
                raise given.failure from None  # such as a byte that is no text: the table's fault, not the format's
            problem = error.problems[0]
            message = f"{problem.message}: rows that it had not finished here are not read"
            yield Reject(None, replace(problem, message=message, location=given.last))

    @cached_property
    def _is_ours(self) -> bool:
        point = plugins("formats").get(self.name)
        return point is not None and package_of(point) == OURS

    def _checked(self, found: object) -> Item | Reject:
        """Passes on what was read. Raises TypeError for what is no product, ValueError for one without a sku."""
        if not self._is_ours:  # ours are held to it by mypy, and tables may have a million rows
            promised(Item | Reject, found, "what it gives")
        if isinstance(found, Item) and not found.sku:
            raise ValueError("an Item without a sku")
        if not isinstance(found, Item | Reject):
            raise TypeError("neither an Item nor a Reject")
        return found

    def skus(self, entry: Entry) -> tuple[str, ...]:
        """The skus that the product of a row may go by, the likelier first. Raises PluginError."""
        if not self.names:
            return tuple(filter(None, [entry.first(*self.keys)]))
        with self.blamed():
            names = self.names(entry)
            promised(tuple[str, ...], names, "what `names` gives")
            return tuple(names)


class _GivenRows:
    """Rows as they are given to a format. last: where the last one stood. failure: what was raised on our own side."""

    def __init__(self, rows: Rows) -> None:
        self.last: Location | None = None
        self.failure: Exception | None = None
        self._rows = rows

    def __call__(self) -> Iterator[Entry | Reject]:
        try:
            for entry in self._rows():
                self.last = entry.location if isinstance(entry, Entry) else entry.problem.location
                yield entry
        except Exception as error:  # passed on: whose fault it is depends on it
            self.failure = error
            raise


def columns(names: str) -> frozenset[str]:
    """The columns of a text that names them with blanks between, each as templates write it."""
    return frozenset(names.split())


def standard_texts(
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
    """All standard texts but for the photo, which is the first of the photos."""
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
    """The photos with each address once, where it comes first."""
    found: dict[str, ProductPhoto] = {}
    for photo in photos:
        found.setdefault(photo.address, photo)
    return tuple(found.values())


def set_aside(entry: Entry, message: str, hint: str | None = None, sku: str | None = None) -> Reject:
    """A row that is no product, and why."""
    return Reject(sku, Problem(message, entry.location, hint))
