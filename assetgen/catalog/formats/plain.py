"""Any other table: its columns are what they are called, and those that the campaign names are understood as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from assetgen.catalog import availability
from assetgen.catalog.format import Account, Entry, Format, Item, Rows, columns, distinct, set_aside, spelled
from assetgen.catalog.markup import plain
from assetgen.catalog.money import amount
from assetgen.catalog.photo_cells import listed
from assetgen.config.product_table import Columns
from assetgen.model.product import ProductPhoto, Reject


def format_with(wanted: Columns) -> Format:
    """The plain format for a campaign that names columns, or none."""
    named = {name: spelled(column) for name, column in wanted if isinstance(column, str)}
    fills = [*named]
    if "price" in named or "sale_price" in named:
        fills += ["currency"]  # a price may bring one along
    if wanted.photos:
        fills += ["photo"]
    return Format(
        name="plain",
        title="plain table",
        keys=(named.get("sku", "sku"),),
        marks=(),
        usual=columns("sku title description price sale_price currency stock category photo"),
        read=partial(_read, named, wanted),
        fills=tuple(dict.fromkeys(fills)),
    )


def _read(named: Mapping[str, str], wanted: Columns, rows: Rows, account: Account) -> Iterator[Item | Reject]:  # noqa: ARG001 - as all formats
    sku_column = named.get("sku", "sku")
    photo_columns = [named.get("photo", "photo"), *map(spelled, wanted.photos)]
    for entry in rows():
        if isinstance(entry, Reject):
            yield entry
        elif sku := entry.first(sku_column):
            texts = _texts(entry, named)
            yield Item(
                entry,
                sku,
                texts,
                _photos(entry, photo_columns),
                {column: value for column in wanted.options if (value := entry.first(spelled(column)))},
                tuple(value for column in wanted.categories if (value := entry.first(spelled(column)))),
            )
        else:
            yield set_aside(entry, "the row has no sku")


def _photos(entry: Entry, columns_: list[str]) -> tuple[ProductPhoto, ...]:
    first, *others = columns_
    return distinct([*listed(entry, first), *listed(entry, *others)])


def _texts(entry: Entry, named: Mapping[str, str]) -> dict[str, str]:
    texts = {name: entry.first(column) for name, column in named.items()}
    if "description" in texts:
        texts["description"] = plain(texts["description"])
    if "availability" in texts:
        texts["availability"] = availability.written(texts["availability"])
    for name in ("price", "sale_price"):
        if name in texts:
            texts[name], currency = amount(texts[name])
            texts["currency"] = (
                texts.get("currency") or currency or ("" if "currency" in named else entry.first("currency"))
            )
    return texts
