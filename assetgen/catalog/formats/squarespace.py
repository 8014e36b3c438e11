"""Squarespace's product export: the first row of a product is its first variant, and further ones follow.

See https://support.squarespace.com/hc/en-us/articles/360039536971.
"""

from __future__ import annotations

from assetgen.catalog.format import Entry
from assetgen.catalog.formats.shop_table import ShopTable, shop_format


def _ready(entry: Entry) -> Entry:
    """The row without a sale price that does not count now."""
    on_sale = entry.first("on_sale").lower() in {"yes", "true"}
    return entry if on_sale else Entry(entry.location, {**entry.cells, "sale_price": ""})


TABLE = ShopTable(
    sku="sku",
    stands_in="product_url variant_id_non_editable",
    title="title",
    price="price",
    sale_price="sale_price",
    description="description",
    photos="hosted_image_urls",
    quantity="stock",
    categories="categories",
    options=tuple((f"option_name_{n}", f"option_value_{n}") for n in range(1, 7)),
    off={"visible": frozenset({"no", "false"})},
    ready=_ready,
    begins=lambda entry: bool(entry.first("title")),
    varies=lambda entry: bool(entry.first("sku", "price", "variant_id_non_editable")),
    first_sells=True,
)
FORMAT = shop_format(
    "squarespace",
    "Squarespace product CSV",
    TABLE,
    "variant_id_non_editable title price",
    "product_page title hosted_image_urls",
    telling=84,
)
