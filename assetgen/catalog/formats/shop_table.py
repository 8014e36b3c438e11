"""Formats that are told by naming their columns: what a row means is the same for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from assetgen.catalog import availability
from assetgen.catalog.format import (
    Account,
    Entry,
    Format,
    Item,
    Rows,
    columns,
    distinct,
    set_aside,
    standard_texts,
)
from assetgen.catalog.markup import plain
from assetgen.catalog.money import Reduced
from assetgen.catalog.parents import Parents
from assetgen.catalog.photo_cells import photos_in
from assetgen.catalog.supplement_format import SupplementFormat, records_by
from assetgen.model.product import Reject

Reading = Callable[[Rows, Account], Iterator[Item | Reject]]
"""What is understood of all rows of a table."""


def _itself(entry: Entry) -> Entry:
    return entry


@dataclass(frozen=True)
class ShopTable:
    """What the columns of a shop's table are called: several with blanks between, the first filled one counts.

    A name with `*` at its end is every column that begins so. Only prices that buyers pay are named here.

    stands_in: what goes for the sku where that is empty. options: columns of a name and a value each.
    sale_starts, sale_ends: from when until when the sale price holds.
    off: what a column says of a product that is not on sale, in small letters. ready: makes a row ready to be read.

    Rows of one product, where they stand together: begins: whether a row is the first. varies: whether one of the
    others is a variant; the rest is of other things. first_sells: the first row is a variant as well.
    Where they stand anywhere: `key` and `parent` are the columns by which a row names another.
    """

    sku: str
    title: str
    price: str
    photos: str
    stands_in: str = ""
    description: str = ""
    sale_price: str = ""
    sale_starts: str = ""
    sale_ends: str = ""
    currency: str = ""
    quantity: str = ""
    categories: str = ""
    options: tuple[tuple[str, str], ...] = ()
    off: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ready: Callable[[Entry], Entry] = _itself
    begins: Callable[[Entry], bool] | None = None
    varies: Callable[[Entry], bool] = lambda _: False
    first_sells: bool = False
    key: str = ""
    parent: str = ""

    def read(self, rows: Rows, account: Account) -> Iterator[Item | Reject]:
        """The products of all rows."""
        if self.parent:
            yield from self._by_name(rows, account)
        elif self.begins:
            for family in _families(rows(), self.begins):
                yield from [family] if isinstance(family, Reject) else self._family(family, account)
        else:
            for entry in rows():
                yield entry if isinstance(entry, Reject) else self.item(self.ready(entry), account)

    def _family(self, family: list[Entry], account: Account) -> Iterator[Item | Reject]:
        first, *others = family
        variants = [entry for entry in others if self.varies(entry)]
        account.other_rows += len(others) - len(variants)
        first = self.ready(first)
        if self.first_sells or not variants:
            yield self.item(first, account, parent=first if variants else None)
        else:
            account.parents += 1
        yield from (self.item(self.ready(entry), account, parent=first) for entry in variants)

    def _by_name(self, rows: Rows, account: Account) -> Iterator[Item | Reject]:
        with Parents() as parents:
            for entry in rows():
                if isinstance(entry, Entry) and (named := entry.first(*self.parent.split())):
                    parents.call(named)
            for entry in rows():
                if isinstance(entry, Entry) and parents.called(name := entry.first(*self.key.split())):
                    parents.keep(entry, name)
            for entry in rows():
                if isinstance(entry, Reject):
                    yield entry
                elif parents.called(entry.first(*self.key.split())):
                    account.parents += 1
                else:
                    named = entry.first(*self.parent.split())
                    parent = parents.find(named) if named else None
                    yield self.item(self.ready(entry), account, parent=parent and self.ready(parent))

    def item(self, entry: Entry, account: Account, *, parent: Entry | None = None) -> Item | Reject:
        """The product of a row. What it leaves empty is as in the row of its parent, but for sku and options."""
        options, own_photos = self._options(entry), tuple(photos_in(entry, *named(entry, self.photos)))
        sku = entry.first(*self.sku.split())
        if not sku and self.stands_in and (sku := self._stand_in(entry, parent, options)):
            account.borrowed[self.stands_in.split()[0]] += 1
        if not sku:
            return set_aside(entry, "the row has no sku", f"fill the column `{self.sku.split()[0]}`")
        if parent:
            entry = Entry(
                entry.location, {name: cell or parent.cells.get(name, "") for name, cell in entry.cells.items()}
            )
        price_columns = named(entry, self.price)
        quantity = entry.first(*named(entry, self.quantity))
        category = entry.first(*named(entry, self.categories))
        title, differs = entry.first(*named(entry, self.title)), " / ".join(options.values())
        return Item(
            entry,
            sku,
            standard_texts(
                sku=sku,
                parent=(parent.first(*self.sku.split(), *self.stands_in.split()) if parent else ""),
                title=f"{title} – {differs}" if parent and differs and differs not in title else title,
                description=plain(entry.first(*named(entry, self.description))),
                price=entry.first(*price_columns),
                sale_price=entry.first(*named(entry, self.sale_price)),
                currency=entry.first(*self.currency.split()) or _currency_of(entry, price_columns),
                availability=availability.of_quantity(quantity),
            ),
            distinct([*own_photos, *photos_in(entry, *named(entry, self.photos))]),
            options,
            (category,) if category else (),
            Reduced(starts=entry.first(*self.sale_starts.split()), ends=entry.first(*self.sale_ends.split())),
            on_sale=not any(entry.first(column).lower() in words for column, words in self.off.items()),
        )

    def _stand_in(self, entry: Entry, parent: Entry | None, options: Mapping[str, str]) -> str:
        name = (parent or entry).first(*self.stands_in.split())
        return "-".join([name, *options.values()]) if name and parent else name

    def _options(self, entry: Entry) -> dict[str, str]:
        pairs = ((entry.first(name), entry.first(value)) for name, value in self.options)
        return {name: value for name, value in pairs if name and value}


def named(entry: Entry, names: str) -> list[str]:
    """The columns of a row that these names mean."""
    found: list[str] = []
    for name in names.split():
        begins = name.removesuffix("*")
        found += [column for column in entry.cells if column.startswith(begins)] if begins != name else [name]
    return found


def _currency_of(entry: Entry, price_columns: Iterable[str]) -> str:
    """The currency that the column of a price names, as `price_eur`."""
    filled = next((name for name in price_columns if entry.first(name)), "")
    last = filled.rpartition("_")[2]
    return last.upper() if len(last) == 3 and filled.startswith("price_") and last not in {"net", "tax"} else ""  # noqa: PLR2004


def _families(rows: Iterable[Entry | Reject], begins: Callable[[Entry], bool]) -> Iterator[list[Entry] | Reject]:
    """Rows that stand together, from one that begins a product to the next."""
    family: list[Entry] = []
    for entry in rows:
        if isinstance(entry, Reject):
            yield entry
            continue
        if family and begins(entry):
            yield family
            family = []
        family.append(entry)
    if family:
        yield family


def shop_format(
    name: str, title: str, table: ShopTable, *marks: str, telling: int, read: Reading | None = None
) -> Format:
    """The format of a shop. marks: the columns of which a table in it has all of one.

    read: what is understood of all rows, where that takes more than the names of columns.
    """
    told = (table.sku, table.title, table.price, table.photos, table.description, table.sale_price, *marks)
    return Format(
        name=name,
        title=title,
        keys=tuple(f"{table.sku} {table.stands_in}".split()),
        marks=tuple(map(columns, marks)),
        usual=frozenset(column for column in columns(" ".join(told)) if not column.endswith("*")),
        read=read or table.read,
        telling=telling,
        supplement=SupplementFormat(records_by("sku")),
    )
