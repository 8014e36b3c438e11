"""The listings of eBay: the report of those that are active, and the template for many at once.

See https://www.ebay.com/help/selling/listings/creating-managing-listings/reports-seller-hub?id=4098.
"""

from __future__ import annotations

import re

from assetgen.catalog.format import Entry
from assetgen.catalog.formats.shop_table import ShopTable, shop_format


def _ready(entry: Entry) -> Entry:
    """The row with the currency that the template names in the header of its first column."""
    first = next((name for name in entry.cells if name.startswith("action_")), "")
    told = re.search("currency_([a-z]{3})(?![a-z])", first)
    currency = entry.first("currency") or (told[1].upper() if told else "")
    return Entry(entry.location, {**entry.cells, "currency": currency})


TABLE = ShopTable(
    sku="custom_label_sku customlabel custom_label",
    stands_in="item_number itemid",
    title="title",
    price="current_price buyitnowprice startprice start_price auction_buy_it_now_price",
    currency="currency",
    description="description",
    photos="picurl item_photo_url",
    quantity="available_quantity quantity",
    categories="ebay_category_1_name category",
    ready=_ready,
    begins=lambda entry: bool(entry.first("title")),
    varies=lambda entry: entry.first("relationship").lower() == "variation",
)
FORMAT = shop_format(
    "ebay",
    "eBay listings",
    TABLE,
    "picurl startprice title",
    "item_number custom_label_sku title",
    "custom_label_sku start_price title",
    telling=81,
)
