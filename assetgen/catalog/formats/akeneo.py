"""Akeneo's product export, in which a column names its language, channel and currency: `name-en_US`, `price-EUR`.

See https://help.akeneo.com/serenity-your-first-steps-with-akeneo/serenity-export-your-products.
"""

from __future__ import annotations

from assetgen.catalog.formats.shop_table import ShopTable, shop_format

TABLE = ShopTable(
    sku="sku identifier",
    title="name name_* label_* erp_name_* title_*",
    price="price price_*",
    description="description description_*",
    photos="picture image main_image picture_* image_* main_image_* photo photo_*",
    categories="categories",
    off={"enabled": frozenset({"0", "false"})},
)
FORMAT = shop_format(
    "akeneo",
    "Akeneo product table",
    TABLE,
    "sku family enabled",
    "sku family categories groups",
    "identifier family enabled",
    telling=65,
)
