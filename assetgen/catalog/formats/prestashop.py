"""PrestaShop's products, as its import samples and the export of its list have them.

See https://docs.prestashop-project.org/1.7-documentation/user-guide/configuring-shop/advanced-parameters/import.
"""

from __future__ import annotations

from assetgen.catalog.formats.shop_table import ShopTable, shop_format

TABLE = ShopTable(
    sku="reference reference_code",
    stands_in="product_id id",
    title="name name_",
    price="price_tax_included price_tax_incl price_tax_excluded price_tax_excl",
    description="description summary",
    photos="image_urls_x_y_z image_urls image",
    quantity="quantity",
    categories="categories_x_y_z category",
    off={"active_0_1": frozenset({"0"}), "status": frozenset({"0"}), "active": frozenset({"0"})},
)
FORMAT = shop_format(
    "prestashop",
    "PrestaShop product CSV",
    TABLE,
    "active_0_1 price_tax_excluded",
    "active_0_1 price_tax_included",
    "reference price_tax_excluded",
    "reference price_tax_excl",
    telling=73,
)
"""The discounts of PrestaShop are shares, or amounts to take off, and so no prices that are printed."""
