"""WooCommerce's product export. A variable product has a row of its own, which its variations name as their parent.

Its headers are in the language of the shop: templates call the columns by their English names in all of them.
It is described in https://github.com/woocommerce/woocommerce/wiki/Product-CSV-Importer-&-Exporter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count, takewhile

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
    spelled,
    standard_texts,
)
from assetgen.catalog.markup import plain
from assetgen.catalog.money import Reduced
from assetgen.catalog.parents import Parents
from assetgen.catalog.photo_cells import photos_in
from assetgen.catalog.picture_column import PictureColumn
from assetgen.catalog.supplement_format import (
    FeedFile,
    Record,
    SupplementFormat,
    SupplementRow,
    cell_before,
    table_of,
)
from assetgen.model.product import Reject
from assetgen.shipped import shipped

_STOCK = {"1": availability.IN_STOCK, "0": availability.OUT_OF_STOCK, "backorder": availability.BACKORDER}
_UNPUBLISHED = frozenset(["0", "-1"])
"""What is said of drafts and of private products."""

_TYPES = frozenset(["simple", "variable", "variation", "grouped", "external"])
_ITEMS = re.compile(r"(?<!\\),\s*")
"""What stands between two items of a list; a comma within one is written `\\,`."""


_NUMBER = re.compile(r"\d+")


def spell(header: str) -> str:
    """A header as the English export has it, and templates write it."""
    written = spelled(header)
    numbers = _NUMBER.findall(written)
    if known := _english().get(_NUMBER.sub("{n}", written)):
        return known.replace("{n}", numbers[0]) if numbers else known
    return written


@cache
def _english() -> Mapping[str, str]:
    """The columns by what they are called in other languages, with `{n}` for the number of an attribute."""
    known = shipped("woocommerce_headers").items()
    return {spelled(name.replace("{n}", "0")).replace("0", "{n}"): column for column, names in known for name in names}


def read(rows: Rows, account: Account) -> Iterator[Item | Reject]:
    with Parents() as parents:
        for entry in rows():
            if isinstance(entry, Entry):
                _look_up(entry, parents)
        for entry in rows():
            if isinstance(entry, Reject):
                yield entry
            elif "variable" in _types(entry) and parents.called(*_names(entry)):
                account.parents += 1
            else:
                yield _product(entry, parents, account)


def _look_up(entry: Entry, parents: Parents) -> None:
    types = _types(entry)
    if "variable" in types:
        parents.keep(entry, *_names(entry))
    elif "variation" in types:
        parents.call(entry.first("parent"))


def _types(entry: Entry) -> list[str]:
    """The types of a row: `simple, downloadable, virtual` is all of these."""
    return [word.strip() for word in entry.cells.get("type", "").lower().split(",")]


def _names(entry: Entry) -> tuple[str, str]:
    """The names that a variation may call its parent by."""
    number = entry.first("id")
    return entry.first("sku"), number and f"id:{number}"


def _product(entry: Entry, parents: Parents, account: Account) -> Item | Reject:
    sku = entry.first("sku")
    if not sku and (sku := entry.first("id")):
        account.borrowed["id"] += 1
    if not sku:
        return set_aside(entry, "the row has neither a sku nor an id")
    named = entry.first("parent") if "variation" in _types(entry) else ""
    parent = (parents.find(named) if named else None) or Entry(entry.location, {})
    options = _options(entry)
    words = entry.first("description") or parent.first("description")
    return Item(
        entry,
        sku,
        standard_texts(
            sku=sku,
            parent=parent.first("sku") or named,
            title=entry.first("name") or " – ".join(filter(None, (parent.first("name"), " / ".join(options.values())))),
            description=plain(words or entry.first("short_description") or parent.first("short_description")),
            price=entry.first("regular_price", "price"),
            sale_price=entry.first("sale_price"),
            availability=_STOCK.get(entry.first("in_stock").lower(), ""),
        ),
        distinct([*photos_in(entry, "images"), *photos_in(parent, "images")]),
        options,
        _categories(entry.first("categories") or parent.first("categories")),
        reduced=Reduced(starts=entry.first("date_sale_price_starts"), ends=entry.first("date_sale_price_ends")),
        on_sale=not any(_is_put_away(row) for row in (entry, parent)),
    )


def _is_put_away(entry: Entry) -> bool:
    return entry.first("published") in _UNPUBLISHED or entry.first("visibility_in_catalog").lower() == "hidden"


def _categories(cell: str) -> tuple[str, ...]:
    return tuple(each.replace("\\,", ",") for each in _ITEMS.split(cell) if each)


def _options(entry: Entry) -> dict[str, str]:
    """The attributes by their names; of a variation, what sets it apart."""
    numbers = takewhile(lambda n: f"attribute_{n}_name" in entry.cells, count(1))
    pairs = ((entry.first(f"attribute_{n}_name"), entry.first(f"attribute_{n}_value_s")) for n in numbers)
    return {name: value for name, value in pairs if name and value}


def record(row: SupplementRow) -> Record:
    """The cells by which WooCommerce knows a product: its id too, where the product table is its own export."""
    if row.source == FORMAT.name:
        return {"ID": cell_before(row.product, "id"), "SKU": cell_before(row.product, "sku"), **row.pictures}
    return {"SKU": row.product.sku, **row.pictures}


def supplement(records: Iterator[Record], file: FeedFile) -> Iterator[str]:
    """A CSV file with a comma and a blank between two addresses."""
    return table_of(records, file, lambda _, value: value if isinstance(value, str) else ", ".join(value))


FORMAT = Format(
    name="woocommerce",
    title="WooCommerce product CSV",
    keys=("sku", "id"),
    marks=(
        columns("type sku name published"),
        columns("type sku name regular_price"),
        columns("type sku parent attribute_1_name"),
        columns("type name images regular_price"),
    ),
    giveaways=(
        _TYPES,
        frozenset(["visible", "hidden", "catalog", "search"]),
        frozenset(["taxable", "none", "shipping"]),
    ),
    usual=columns(
        "id type sku name published is_featured visibility_in_catalog short_description description tax_status in_stock"
        " stock sale_price regular_price categories tags images parent position attribute_1_name attribute_1_value_s"
    ),
    read=read,
    telling=80,
    spell=spell,
    pictures=(PictureColumn("images", ("woocommerce-product",), most=50, rest=True, headers=("Images",)),),
    supplement=SupplementFormat(record=record, write=supplement),
)
