"""The feeds of Google Merchant Center (TSV, or XML with `g:`) and of Meta's catalogue (CSV), which share most columns.

https://support.google.com/merchants/answer/7052112, https://developers.facebook.com/documentation/ads-commerce/catalog/reference
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assetgen.catalog import availability
from assetgen.catalog.format import Account, Entry, Format, Item, Rows, columns, distinct, set_aside, texts
from assetgen.catalog.markup import plain
from assetgen.catalog.money import amount
from assetgen.catalog.photo_cells import listed
from assetgen.model.product import Reject

_OPTIONS = ("color", "size", "material", "pattern")
_NUMBERED = re.compile(r"image_(\d+)_url")
_STRUCTURED = re.compile(r'\w+:"?(.*?)"?', re.DOTALL)


def read(rows: Rows, account: Account) -> Iterator[Item | Reject]:  # noqa: ARG001 - every row is a product or set aside
    for entry in rows():
        yield entry if isinstance(entry, Reject) else _product(entry)


def _product(entry: Entry) -> Item | Reject:
    sku = entry.first("id")
    if not sku:
        return set_aside(entry, "the row has no id")
    price, currency = amount(entry.first("price"))
    sale_price, _ = amount(entry.first("sale_price"))
    return Item(
        entry,
        sku,
        texts(
            sku=sku,
            parent=entry.first("item_group_id"),
            title=entry.first("title") or _structured(entry, "title") or entry.first("item_title"),
            description=plain(
                entry.first("description", "rich_text_description")
                or _structured(entry, "description")
                or entry.first("item_description", "summary", "content")
            ),
            price=price,
            sale_price=sale_price,
            currency=currency,
            availability=availability.written(entry.first("availability")),
        ),
        distinct(listed(entry, "image_link", "additional_image_link", *_numbered(entry))),
        {name: value for name in _OPTIONS if (value := entry.first(name))},
        tuple(filter(None, (entry.first("product_type"), entry.first("google_product_category")))),
    )


def _structured(entry: Entry, name: str) -> str:
    """Generated text: an element of its own in XML, `trained_algorithmic_media:"…"` in a table."""
    if content := entry.first(f"structured_{name}_content"):
        return content
    found = _STRUCTURED.fullmatch(entry.first(f"structured_{name}"))
    return found[1] if found else ""


def _numbered(entry: Entry) -> list[str]:
    """Meta's `image[0].url`, `image[1].url`, ... in their order."""
    found = [number for name in entry.cells if (number := _NUMBERED.fullmatch(name))]
    return [number[0] for number in sorted(found, key=lambda number: int(number[1]))]


_USUAL = columns(
    "id title description link image_link additional_image_link availability price sale_price brand gtin mpn condition"
    " item_group_id color size google_product_category product_type custom_label_0"
)
_SHARED = (columns("id title image_link"), columns("id title link price"), columns("id image_link availability"))

GOOGLE = Format(
    name="google",
    title="Google Merchant feed",
    keys=("id",),
    marks=_SHARED,
    usual=_USUAL | columns("lifestyle_image_link structured_title structured_description"),
    read=read,
)
META = Format(
    name="meta",
    title="Meta catalogue feed",
    keys=("id",),
    marks=(
        columns("id title image_0_url"),
        columns("id title fb_product_category"),
        columns("id title quantity_to_sell_on_facebook"),
        columns("id title rich_text_description"),
    ),
    marks_of_csv=_SHARED,
    usual=_USUAL | columns("fb_product_category quantity_to_sell_on_facebook image_0_url image_0_tag_0"),
    read=read,
)
