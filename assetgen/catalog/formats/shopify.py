"""Shopify's product export, with the headers of before 2025 and those of today.

A product is all rows with its handle. The first has its title and words; each variant has a row, and so has each photo,
so that a row can be both. See https://help.shopify.com/en/manual/products/import-export/using-csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter

from assetgen.catalog import availability
from assetgen.catalog.format import Account, Entry, Format, Item, Rows, columns, distinct, set_aside, standard_texts
from assetgen.catalog.markup import plain
from assetgen.catalog.money import Reduced
from assetgen.catalog.picture_column import PictureColumn
from assetgen.catalog.rows_by_parent import families
from assetgen.catalog.supplement_format import Record, SupplementFormat, SupplementRow, cell_before
from assetgen.model.product import ProductPhoto, Reject

HANDLE = ("url_handle", "handle")
SKU = ("variant_sku", "sku")
PRICE = ("variant_price", "price")
OLD_PRICE = ("variant_compare_at_price", "compare_at_price")
STOCK = ("variant_inventory_qty", "inventory_quantity")
OVERSELL = ("variant_inventory_policy", "continue_selling_when_out_of_stock")
PHOTO = ("image_src", "product_image_url")
VARIANT_PHOTO = ("variant_image", "variant_image_url")
_MOST_OPTIONS = 3
OPTIONS = ("option1_value", "option2_value", "option3_value")

_PUT_AWAY = frozenset(["draft", "archived", "unlisted"])
"""What the status of a product says that is not on sale."""

_OWN = re.compile(
    r"variant_.*|option\d_value|image_.*|product_image_url|sku|barcode|price.*|compare_at_price.*|cost_per_item"
    r"|unit_price_.*|charge_tax|tax_code|inventory_.*|continue_selling_.*|weight_.*|requires_shipping|fulfillment_.*"
)
"""Columns that speak of one variant or photo; what is empty in all others is as in the product's first row."""


def read(rows: Rows, account: Account) -> Iterator[Item | Reject]:
    for family in families(rows(), lambda entry: entry.first(*HANDLE)):
        if isinstance(family, Reject):
            yield family
        else:
            yield from _products(family, account)


def _products(family: Sequence[Entry], account: Account) -> Iterator[Item | Reject]:
    head = next((entry for entry in family if entry.first("title")), family[0])
    variants = sum(map(_is_variant, family))
    photos = [photo for _, photo in sorted(_photos(family), key=itemgetter(0))]
    shared = {name: cell for name, cell in head.cells.items() if cell and not _own(name)}
    for entry in family:
        if _is_variant(entry) or (entry is head and not variants):
            yield _variant(entry, shared, photos, account, alone=variants <= 1)
        elif entry.first(*PHOTO):
            account.photo_rows += 1
        elif entry is head:
            account.parents += 1
        else:
            yield set_aside(entry, f"the row of `{entry.first(*HANDLE)}` has neither a variant nor a photo")


def _is_variant(entry: Entry) -> bool:
    return bool(entry.first("option1_value", *SKU, *PRICE))


@cache
def _own(column: str) -> bool:
    return _OWN.fullmatch(column) is not None


def _photos(family: Sequence[Entry]) -> Iterator[tuple[float, ProductPhoto]]:
    """The photos of a product with their positions; what has none comes last."""
    for entry in family:
        for column in PHOTO:
            if address := entry.first(column):
                position = entry.first("image_position")
                photo = ProductPhoto(address, entry.first("image_alt_text"), entry.location, column)
                yield float(position) if position.isdecimal() else float("inf"), photo


def _variant(
    entry: Entry, shared: Mapping[str, str], photos: Sequence[ProductPhoto], account: Account, *, alone: bool
) -> Item:
    entry = Entry(entry.location, {name: cell or shared.get(name, "") for name, cell in entry.cells.items()})
    handle, options = entry.first(*HANDLE), _options(entry)
    sku = entry.first(*SKU)
    if not sku:
        sku = handle if alone else "-".join([handle, *(re.sub(r"\W+", "-", value) for value in options.values())])
        account.borrowed[next(name for name in HANDLE if name in entry.cells)] += 1
    title = " / ".join(options.values())
    return Item(
        entry,
        sku,
        standard_texts(
            sku=sku,
            parent=handle,
            title=f"{entry.first('title')} – {title}".strip(" –") if title else entry.first("title"),
            description=plain(entry.first("body_html", "description")),
            price=entry.first(*PRICE),
            availability=_availability(entry),
        ),
        distinct([*_own_photo(entry, photos), *photos]),
        options,
        tuple(filter(None, (entry.first("product_category"), entry.first("type")))),
        reduced=Reduced(before=entry.first(*OLD_PRICE)),
        on_sale=entry.first("status").lower() not in _PUT_AWAY and not _unpublished(entry),
    )


def _unpublished(entry: Entry) -> bool:
    return entry.first("published", "published_on_online_store").lower() == "false"


def _own_photo(entry: Entry, photos: Sequence[ProductPhoto]) -> Iterator[ProductPhoto]:
    for column in VARIANT_PHOTO:
        if address := entry.first(column):
            alt = next((photo.alt for photo in photos if photo.address == address), "")
            yield ProductPhoto(address, alt, entry.location, column)


def _options(entry: Entry) -> dict[str, str]:
    """The options of a variant by their names.

    A product without variants has the option `Title`, which says `Default Title`.
    """
    found = {entry.first(f"option{n}_name"): entry.first(f"option{n}_value") for n in (1, 2, 3)}
    return {name: value for name, value in found.items() if value and value != "Default Title"}


def _availability(entry: Entry) -> str:
    stock = availability.of_quantity(entry.first(*STOCK))
    sells_on = entry.first(*OVERSELL).lower() in {"continue", "true"}
    return availability.BACKORDER if sells_on and stock == availability.OUT_OF_STOCK else stock


def names(entry: Entry) -> tuple[str, ...]:
    """The skus that a row may go by.

    Without a sku, a variant goes by its handle and options, and by its handle alone if it is the only one.
    """
    handle, values = entry.first(*HANDLE), _values(entry)
    if not (_is_variant(entry) or entry.first("title")):
        return ()
    if sku := entry.first(*SKU):
        return (sku,)
    return ("-".join([handle, *(re.sub(r"\W+", "-", value) for value in values)]), handle) if values else (handle,)


def keeps(entry: Entry) -> frozenset[str]:
    """The columns that a row keeps.

    The photo in a product's first row is the product's; in others it is any of its photos, not the variant's.
    """
    photo = frozenset() if entry.first("title") else frozenset(PHOTO)
    return photo if _values(entry) else photo | frozenset(VARIANT_PHOTO)


def _values(entry: Entry) -> list[str]:
    found = (entry.first(column) for column in OPTIONS)
    return [value for value in found if value and value != "Default Title"]


def record(row: SupplementRow) -> Record:
    """The cells by which Shopify knows a variant, and its pictures: the product's own is that of its first variant.

    A product without variants has one option, `Title`.
    """
    product = row.product
    options = list(product.options.items())[:_MOST_OPTIONS] or [("Title", "Default Title")]
    options += [("", "")] * (_MOST_OPTIONS - len(options))
    cells: dict[str, str] = {}
    for n, (name, value) in enumerate(options, start=1):
        cells |= {f"Option{n} name": name, f"Option{n} value": value}
    keeps = {"Product image URL": row.first, "Variant image URL": bool(product.options)}
    return {
        "Title": cell_before(product, "title"),
        "URL handle": product.parent or product.sku,
        **cells,
        "SKU": cell_before(product, "variant_sku", "sku") if row.source == FORMAT.name else product.sku,
        **{header: found if keeps[header] else [] for header, found in row.pictures.items()},
    }


FORMAT = Format(
    name="shopify",
    title="Shopify product CSV",
    keys=HANDLE,
    marks=(
        columns("url_handle title"),
        columns("url_handle sku"),
        columns("handle title variant_price"),
        columns("handle variant_sku"),
        columns("handle option1_value"),
        columns("handle image_src"),
    ),
    usual=columns(
        "handle title body_html vendor type tags published option1_name option1_value variant_sku variant_price"
        " variant_compare_at_price variant_inventory_qty image_src image_position image_alt_text variant_image status"
        " url_handle description sku price compare_at_price inventory_quantity product_image_url"
    ),
    read=read,
    telling=90,
    pictures=(
        PictureColumn(
            "product_image_url",
            ("shopify-product", "shopify-product-portrait"),
            headers=("Product image URL", "Image Src"),
        ),
        PictureColumn(
            "variant_image_url",
            ("shopify-product", "shopify-product-portrait"),
            headers=("Variant image URL", "Variant Image"),
        ),
    ),
    supplement=SupplementFormat(record=record),
    identity=(*HANDLE, *SKU, *PRICE, "title", *OPTIONS),
    names=names,
    keeps=keeps,
)
