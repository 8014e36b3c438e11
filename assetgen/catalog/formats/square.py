"""Square's item library: a row for each variation. It has no pictures, so a column `photo` or `image` is to be added.

See https://squareup.com/help/us/en/article/5153-importing-items-online.
"""

from __future__ import annotations

from assetgen.catalog.format import Entry
from assetgen.catalog.formats.shop_table import ShopTable, shop_format

_ALONE = frozenset({"", "regular", "standard"})
"""What Square calls the variation of an item that has but one."""


def _ready(entry: Entry) -> Entry:
    """The row with the name of its variation in its title, where it has several."""
    title, variation = entry.first("customer_facing_name", "item_name"), entry.first("variation_name")
    full = title if variation.lower() in _ALONE else f"{title} – {variation}"
    return Entry(entry.location, {**entry.cells, "item_name": full})


TABLE = ShopTable(
    sku="sku",
    stands_in="token",
    title="item_name",
    price="price",
    sale_price="online_sale_price",
    description="description",
    photos="photo image image_url",
    categories="categories category reporting_category",
    options=tuple((f"option_name_{n}", f"option_value_{n}") for n in range(1, 4)),
    off={"archived": frozenset({"y", "yes", "true"}), "sellable": frozenset({"n", "no"})},
    ready=_ready,
)
FORMAT = shop_format(
    "square",
    "Square item library",
    TABLE,
    "token item_name variation_name",
    "reference_handle item_name variation_name",
    telling=82,
)
