"""OpenCart's products, as its export and import tool writes them: a workbook whose sheet `Products` is read."""

from __future__ import annotations

from assetgen.catalog.formats.shop_table import ShopTable, shop_format

TABLE = ShopTable(
    sku="sku model",
    stands_in="product_id",
    title="name name_*",
    price="price",
    description="description description_*",
    photos="image_name image",
    quantity="quantity",
    categories="categories",
    off={"status": frozenset({"false", "0", "no", "disabled"})},
)
FORMAT = shop_format(
    "opencart", "OpenCart product table", TABLE, "product_id model image_name", "product_id sku image_name", telling=71
)
