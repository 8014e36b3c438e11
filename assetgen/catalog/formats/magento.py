"""Magento's and Adobe Commerce's product export.

Each store view of a product has a row of its own, with the same sku and mostly empty cells. A configurable product
lists its variations. See https://experienceleague.adobe.com/en/docs/commerce-admin/systems/data-transfer/data-attributes-product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assetgen.catalog.format import Account, Entry, Item, Rows
from assetgen.catalog.formats.shop_table import ShopTable, shop_format
from assetgen.catalog.parents import Parents
from assetgen.model.product import Reject

_VARIATION = re.compile(r"(?:^|\|)sku=([^,|]+)")
_PHOTOS = ("base_image", "image", "additional_images")

_LAST_DAYS = ("special_price_to_date", "special_to_date")
"""The columns of the last day of a special price, which holds on all of it: Magento writes midnight all the same."""

_NOT_ALONE = "not visible individually"
"""What Magento says of a product that is only sold as a variation of another."""


def _ready(entry: Entry) -> Entry:
    """The row with its photos as they lie below Magento's `media/catalog/product`, and last days without their time."""
    photos = {name: re.sub(r"(^|,)\s*/", r"\1", entry.cells[name]) for name in _PHOTOS if name in entry.cells}
    none = {name: cell for name, cell in photos.items() if cell.strip() != "no_selection"}
    days = {name: re.split("[ ,]", entry.cells[name].strip())[0] for name in _LAST_DAYS if name in entry.cells}
    return Entry(entry.location, {**entry.cells, **dict.fromkeys(photos, ""), **none, **days})


TABLE = ShopTable(
    sku="sku",
    title="name",
    price="price",
    sale_price="special_price",
    sale_starts="special_price_from_date special_from_date",
    sale_ends=" ".join(_LAST_DAYS),
    description="description short_description",
    photos=" ".join(_PHOTOS),
    quantity="qty",
    categories="categories",
    off={"product_online": frozenset({"0", "2", "no", "disabled"}), "status": frozenset({"0", "2", "disabled"})},
    ready=_ready,
)


def read(rows: Rows, account: Account) -> Iterator[Item | Reject]:
    """The products of the default view; a configurable product is the parent of its variations."""
    with Parents() as parents:
        for entry in rows():
            if isinstance(entry, Entry) and not entry.first("store_view_code"):
                parents.keep(entry, *_VARIATION.findall(entry.first("configurable_variations")))
        for entry in rows():
            if isinstance(entry, Reject):
                yield entry
            elif entry.first("store_view_code"):
                account.other_rows += 1
            elif _VARIATION.search(entry.first("configurable_variations")):
                account.parents += 1
            else:
                yield _product(entry, parents.find(entry.first("sku")), account)


def _product(entry: Entry, parent: Entry | None, account: Account) -> Item | Reject:
    item = TABLE.item(_ready(entry), account, parent=_ready(parent) if parent else None)
    if isinstance(item, Reject):
        return item
    alone = entry.first("visibility").lower() != _NOT_ALONE
    listed = parent.first("configurable_variations") if parent else ""
    return item._replace(options=_options(listed, item.sku), on_sale=item.on_sale and (alone or parent is not None))


def _options(listed: str, sku: str) -> dict[str, str]:
    """What sets a variation apart, from the list in its parent: `sku=VASE-B,color=Blue|sku=VASE-R,color=Red`."""
    mine = next((part for part in listed.split("|") if part.startswith(f"sku={sku},")), "")
    pairs = (pair.partition("=") for pair in mine.split(",")[1:])
    return {name: value for name, _, value in pairs if value}


FORMAT = shop_format(
    "magento",
    "Magento product CSV",
    TABLE,
    "sku store_view_code attribute_set_code",
    "sku attribute_set_code product_type",
    "sku product_type base_image",
    telling=75,
    read=read,
)
