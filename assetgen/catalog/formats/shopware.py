"""Shopware's export of products: a variant names its parent by its id, and leaves empty what is the same.

See https://docs.shopware.com/en/shopware-6-en/settings/import-export.
"""

from __future__ import annotations

from assetgen.catalog.formats.shop_table import ShopTable, shop_format

TABLE = ShopTable(
    sku="product_number productnumber ordernumber",
    title="name name_* translations_default_name",
    price="price_gross price_default_gross price_*_gross",
    description="description translations_default_description description_long",
    photos="cover_media_url cover_url media image imageurl",
    quantity="stock instock",
    categories="categories",
    off={"active": frozenset({"0", "false"})},
    key="id",
    parent="parent_id",
)
FORMAT = shop_format(
    "shopware",
    "Shopware product CSV",
    TABLE,
    "product_number price_gross",
    "product_number parent_id name",
    "product_number cover_media_url",
    telling=72,
)
