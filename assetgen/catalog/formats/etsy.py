"""Etsy's download of listings, see https://help.etsy.com/hc/en-us/articles/360000343508."""

from __future__ import annotations

from assetgen.catalog.format import Entry
from assetgen.catalog.formats.shop_table import ShopTable, shop_format


def _ready(entry: Entry) -> Entry:
    """The row with the first of its skus: a listing with variations has one of each, with commas between."""
    return Entry(entry.location, {**entry.cells, "sku": entry.first("sku").partition(",")[0]})


TABLE = ShopTable(
    sku="sku",
    stands_in="title",
    title="title",
    price="price",
    currency="currency_code",
    description="description",
    photos=" ".join(f"image{n}" for n in range(1, 21)),
    quantity="quantity",
    ready=_ready,
)
FORMAT = shop_format("etsy", "Etsy listings CSV", TABLE, "title price currency_code image1", telling=83)
