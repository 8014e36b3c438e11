"""BigCommerce's product export, of today and of before.

A product's variants and pictures are rows below it, see https://support.bigcommerce.com/s/article/Importing-Exporting-Products.
"""

from __future__ import annotations

import re
from itertools import chain

from assetgen.catalog.format import Entry
from assetgen.catalog.formats.shop_table import ShopTable, shop_format

_KIND = ("item", "item_type")


def _begins(entry: Entry) -> bool:
    return entry.first(*_KIND).lower() == "product"


def _varies(entry: Entry) -> bool:
    return entry.first(*_KIND).lower() in {"variant", "sku"}


_OPTION = re.compile(r"Name=([^|=]+)\|Value=([^|=]+?)(?=\s*(?:Type=|$))|\[\w+\]([^=,]+)=([^,:]+)")
"""An option of a variant: `Type=Swatch|Name=Colour|Value=Red` today, and before `[CS]Colour=Red:#ff0000`."""

_MOST_OPTIONS = 10


def _ready(entry: Entry) -> Entry:
    """The row with a column for each name and value of its options, which stood in the place of a name before."""
    if not _varies(entry):
        return entry
    told = entry.first("options") or entry.first("product_name")
    pairs = [pair for pair in (tuple(filter(None, found)) for found in _OPTION.findall(told)) if len(pair) > 1]
    unnamed = {"product_name": ""} if "product_name" in entry.cells else {}
    names = chain.from_iterable((f"option_name_{n}", f"option_value_{n}") for n in range(1, _MOST_OPTIONS + 1))
    return Entry(entry.location, {**entry.cells, **unnamed, **dict(zip(names, chain(*pairs), strict=False))})


TABLE = ShopTable(
    sku="sku product_code_sku",
    stands_in="id product_id",
    title="name product_name",
    price="price",
    sale_price="sale_price",
    description="description product_description",
    photos="variant_image_url image_url_import internal_image_url_export product_image_file_* product_image_url_*",
    quantity="current_stock current_stock_level",
    categories="categories category",
    off={"is_visible": frozenset({"false", "n", "no"}), "product_visible": frozenset({"n", "no", "false"})},
    options=tuple((f"option_name_{n}", f"option_value_{n}") for n in range(1, _MOST_OPTIONS + 1)),
    ready=_ready,
    begins=_begins,
    varies=_varies,
)
FORMAT = shop_format(
    "bigcommerce",
    "BigCommerce product CSV",
    TABLE,
    "item_type product_code_sku product_name",
    "item name sku inventory_tracking",
    "item sku internal_image_url_export",
    telling=74,
)
