"""Amazon's listing spreadsheets: settings and labels, then the header for machines, then examples, then the listings.

Header cells were `item_sku` and `main_image_url`; today they are paths such as
`item_name[marketplace_id=ATVPDKIKX0DER][language_tag=en_US]#1.value`, which templates call `item_name`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from assetgen.catalog import availability
from assetgen.catalog.format import (
    Account,
    Entry,
    Format,
    Item,
    Rows,
    columns,
    distinct,
    set_aside,
    spelled,
    standard_texts,
)
from assetgen.catalog.markup import plain
from assetgen.catalog.money import Reduced
from assetgen.catalog.parents import Parents
from assetgen.catalog.photo_cells import photos_in
from assetgen.catalog.picture_column import PictureColumn
from assetgen.catalog.supplement_format import FeedFile, Record, SupplementFormat, SupplementRow, cell_before
from assetgen.fingerprint import Json
from assetgen.model.product import Reject

SKU = ("contribution_sku", "item_sku")
PARENT = ("child_parent_sku_relationship_parent_sku", "parent_sku")
OFFER = "purchasable_offer"
PHOTOS = (
    "main_product_image_locator_media_location",
    "main_image_url",
    *(f"other_product_image_locator_{n}_media_location" for n in range(1, 9)),
    *(f"other_image_url{n}" for n in range(1, 9)),
)
EXAMPLE = "ABC123"
"""The sku of the row that Amazon's own sheets begin with."""

_OPTIONS = {"color": ("color", "color_name"), "size": ("size", "size_name", "apparel_size_size"),
            "material": ("material", "material_type")}  # fmt: skip


_PLACE = "[marketplace_id=…]#1.media_location"
"""What follows a picture's name in a header of today."""

PICTURES = (
    PictureColumn(
        "main_product_image_locator",
        ("amazon-main",),
        headers=(f"main_product_image_locator{_PLACE}", "main_image_url"),
    ),
    PictureColumn(
        "other_product_image_locator",
        ("amazon-secondary",),
        most=8,
        every=True,
        headers=(f"other_product_image_locator_{{n}}{_PLACE}", "other_image_url{n}"),
    ),
    PictureColumn(
        "swatch_product_image_locator",
        ("amazon-swatch",),
        headers=(f"swatch_product_image_locator{_PLACE}", "swatch_image_url"),
    ),
)
"""The columns for pictures, as https://developer-docs.amazon.com/sp-api/docs/mapping-product-attributes has them."""

_ATTRIBUTES = {column.called[0]: column.name for column in PICTURES}


def spell(header: str) -> str:
    """A header without marketplace and language, `#1` and `value`: of several marketplaces the first is meant."""
    bare = re.sub(r"\[[^]]*\]|#1(?!\d)", "", header)
    return spelled(re.sub(r"\.value$", "", bare))


def unread(above: Sequence[Sequence[str]]) -> int:
    """How many rows of examples stand below the header: the settings above it say so."""
    settings = " ".join(cell for row in above for cell in row if "ataRow=" in cell)
    found = {name: int(number) for name, number in re.findall(r"\b(attributeRow|dataRow)=(\d+)", settings)}
    return max(0, found["dataRow"] - found["attributeRow"] - 1) if len(found) > 1 else 0


def read(rows: Rows, account: Account) -> Iterator[Item | Reject]:
    with Parents() as parents:
        for entry in rows():
            if isinstance(entry, Entry) and (parent := entry.first(*PARENT)):
                parents.call(parent)
        for entry in rows():
            if isinstance(entry, Reject):
                yield entry
            elif parents.called(entry.first(*SKU)):
                account.parents += 1
            else:
                yield _product(entry)


def _product(entry: Entry) -> Item | Reject:
    sku = entry.first(*SKU)
    if not sku:
        return set_aside(entry, "the row has no sku", "fill it in; delete the row if it is a total or a note")
    if sku == EXAMPLE:
        return set_aside(entry, "this is the example that comes with Amazon's sheet", sku=sku)
    discount = f"{OFFER}_discounted_price_schedule"
    category = entry.first("item_type_keyword", "item_type", "product_type", "feed_product_type")
    return Item(
        entry,
        sku,
        standard_texts(
            sku=sku,
            parent=entry.first(*PARENT),
            title=entry.first("item_name"),
            description=plain(entry.first("product_description")),
            price=entry.first(f"{OFFER}_our_price_schedule_value_with_tax", "standard_price", "price"),
            sale_price=entry.first(f"{discount}_value_with_tax", "sale_price"),
            currency=entry.first(f"{OFFER}_currency", "currency"),
            availability=availability.of_quantity(entry.first("fulfillment_availability_quantity", "quantity")),
        ),
        distinct(photos_in(entry, *PHOTOS)),
        {name: value for name, columns_ in _OPTIONS.items() if (value := entry.first(*columns_))},
        (category,) if category else (),
        Reduced(
            starts=entry.first(f"{discount}_start_at", "sale_from_date"),
            ends=entry.first(f"{discount}_end_at", "sale_end_date"),
        ),
    )


def record(row: SupplementRow) -> Record:
    """The cells by which Amazon knows a listing, and its pictures by the attributes of Amazon's that hold them."""
    known_by = {"sku": row.product.sku, "product_type": cell_before(row.product, "product_type") or "PRODUCT"}
    return {**known_by, **{_ATTRIBUTES.get(header, header): found for header, found in row.pictures.items()}}


def messages(records: Iterator[Record], file: FeedFile) -> Iterator[str]:
    """The feed as JSON, as https://developer-docs.amazon.com/sp-api/docs/listings-feed-type-values wants it."""
    head = {"sellerId": file.seller, "version": "2.0", "issueLocale": "en_US"}
    yield f'{{"header": {json.dumps(head)},\n"messages": ['
    for number, one in enumerate(records, start=1):
        message: dict[str, Json] = {
            "messageId": number,
            "sku": str(one["sku"]),
            "operationType": "PATCH",
            "productType": str(one["product_type"]),
            "patches": list(_patches(one, file)),
        }
        yield f"{',' if number > 1 else ''}\n{json.dumps(message, ensure_ascii=False)}"
    yield "\n]}\n"


def _patches(one: Record, file: FeedFile) -> Iterator[Json]:
    for column in file.columns:
        for number, address in enumerate(one[column.name], start=1):
            name = f"{column.name}_{number}" if column.most > 1 else column.name
            value: Json = [{"media_location": address, "marketplace_id": file.marketplace}]
            yield {"op": "replace", "path": f"/attributes/{name}", "value": value}


FORMAT = Format(
    name="amazon",
    title="Amazon listing spreadsheet",
    keys=SKU,
    marks=(
        columns("contribution_sku"),
        columns("item_sku item_name"),
        columns("item_sku main_image_url"),
        columns("item_sku standard_price"),
    ),
    usual=columns(
        "item_sku item_name brand_name product_description standard_price quantity main_image_url other_image_url1"
        " parent_child parent_sku variation_theme contribution_sku product_type record_action item_name brand"
        " main_product_image_locator_media_location"
    ),
    read=read,
    telling=70,
    spell=spell,
    unread=unread,
    pictures=PICTURES,
    widens=False,  # Amazon takes none but its own columns
    supplement=SupplementFormat(
        endings=(".json",),
        record=record,
        write=messages,
        asks={"seller": "your seller id", "marketplace": "such as ATVPDKIKX0DER"},
    ),
)
