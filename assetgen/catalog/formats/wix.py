"""Wix Stores' product export: a row of the product, and below it one for each variant.

See https://support.wix.com/en/article/wix-stores-creating-a-csv-file-to-import-products.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from assetgen.catalog.format import Entry
from assetgen.catalog.formats.shop_table import ShopTable, shop_format

_MEDIA = "https://static.wixstatic.com/media/"
"""Where Wix keeps the pictures that its exports name without an address."""


def _ready(entry: Entry) -> Entry:
    """The row with an address for each picture, and with the sale price that its discount makes."""
    names = filter(None, map(str.strip, entry.first("productimageurl").split(";")))
    photos = "\n".join(name if "://" in name else _MEDIA + name for name in names)
    return Entry(entry.location, {**entry.cells, "productimageurl": photos, "sale_price": _sale_price(entry)})


def _sale_price(entry: Entry) -> str:
    """What a product costs less its discount; empty where there is none, or where a variant costs more than another."""
    try:
        price, discount = Decimal(entry.first("price")), Decimal(entry.first("discountvalue") or "0")
    except InvalidOperation:
        return ""
    if entry.first("discountmode").upper() == "PERCENT":
        discount = price * discount / 100
    return str((price - discount).quantize(Decimal("0.01"))) if 0 < discount < price else ""


TABLE = ShopTable(
    sku="sku",
    stands_in="handleid",
    title="name",
    price="price",
    sale_price="sale_price",
    description="description",
    photos="productimageurl",
    categories="collection",
    options=tuple((f"productoptionname{n}", f"productoptiondescription{n}") for n in range(1, 7)),
    off={"visible": frozenset({"false"})},
    ready=_ready,
    begins=lambda entry: entry.first("fieldtype").lower() == "product",
    varies=lambda entry: entry.first("fieldtype").lower() == "variant",
)
FORMAT = shop_format(
    "wix", "Wix product CSV", TABLE, "handleid fieldtype name", "handleid fieldtype productimageurl", telling=85
)
