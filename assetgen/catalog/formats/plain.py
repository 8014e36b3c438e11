"""Any other table: its columns are what they are called, and those that the campaign names are understood as well."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from assetgen.catalog import availability
from assetgen.catalog.format import Entry, Format, Item, columns, distinct, set_aside, spelled
from assetgen.catalog.markup import plain
from assetgen.catalog.photo_cells import photos_in
from assetgen.catalog.supplement_format import SupplementFormat, records_by
from assetgen.config.product_table import Columns
from assetgen.model.product import Reject


def format_with(wanted: Columns) -> Format:
    """The plain format of a campaign that names columns, or none."""
    named = {name: spelled(column) for name, column in wanted if isinstance(column, str)}
    fills = [*named, "price", "sale_price", "currency"]
    if wanted.photos:
        fills += ["photo"]
    return Format(
        name="plain",
        title="plain table",
        keys=(named.get("sku", "sku"),),
        marks=(),
        usual=columns("sku title description price sale_price currency stock category photo"),
        product=partial(_product, named, wanted),
        fills=tuple(dict.fromkeys(fills)),
        fills_lists=False,
        supplement=SupplementFormat(records_by("sku"), endings=(".csv", ".tsv")),
    )


def _product(named: Mapping[str, str], wanted: Columns, entry: Entry) -> Item | Reject:
    sku = entry.first(named.get("sku", "sku"))
    if not sku:
        return set_aside(entry, "the row has no sku", "fill it in; delete the row if it is a total or a note")
    return Item(
        entry,
        sku,
        _texts(entry, named),
        distinct(photos_in(entry, named.get("photo", "photo"), *map(spelled, wanted.photos))),
        {column: value for column in wanted.options if (value := entry.first(spelled(column)))},
        tuple(value for column in wanted.categories if (value := entry.first(spelled(column)))),
    )


def _texts(entry: Entry, named: Mapping[str, str]) -> dict[str, str]:
    texts = {name: entry.first(column) for name, column in named.items()}
    if "description" in texts:
        texts["description"] = plain(texts["description"])
    if "availability" in texts:
        texts["availability"] = availability.written(texts["availability"])
    return texts


FORMAT = format_with(Columns())
"""The format of what is no other format's: it has no marks, and is taken where no other fits or it is asked for."""
