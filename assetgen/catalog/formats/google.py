"""Google Merchant Center's feeds (TSV, or XML with `g:`) and those of Meta's catalogue (CSV) share most columns.

Their columns are described in https://support.google.com/merchants/answer/7052112 and in
https://developers.facebook.com/documentation/ads-commerce/catalog/reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from assetgen.catalog import availability
from assetgen.catalog.format import Entry, Format, Item, columns, distinct, set_aside, standard_texts
from assetgen.catalog.markup import plain
from assetgen.catalog.money import Reduced
from assetgen.catalog.photo_cells import photos_in
from assetgen.catalog.picture_column import PictureColumn
from assetgen.catalog.supplement_format import FeedFile, Record, SupplementFormat, TextColumn, records_by, table_of
from assetgen.model.product import Reject

_OPTIONS = ("color", "size", "material", "pattern")
_NUMBERED = re.compile(r"image_(\d+)_url")
_STRUCTURED = re.compile(r'\w+:"?(.*?)"?', re.DOTALL)

_PUT_AWAY = {"status": frozenset({"archived"}), "visibility": frozenset({"hidden", "staging"})}
"""What Meta's columns say of a product that nobody sees."""

_GENERATED = "structured_"
_SOURCE = "trained_algorithmic_media"
"""What Google calls a text that a model wrote."""


def product(entry: Entry) -> Item | Reject:
    """The product of a row of either feed; every row is a product."""
    sku = entry.first("id")
    if not sku:
        return set_aside(entry, "the row has no id")
    starts, _, ends = entry.first("sale_price_effective_date").partition("/")
    return Item(
        entry,
        sku,
        standard_texts(
            sku=sku,
            parent=entry.first("item_group_id"),
            title=entry.first("title") or _structured(entry, "title") or entry.first("item_title"),
            description=plain(
                entry.first("description", "rich_text_description")
                or _structured(entry, "description")
                or entry.first("item_description", "summary", "content")
            ),
            price=entry.first("price"),
            sale_price=entry.first("sale_price"),
            currency=entry.first("currency"),
            availability=availability.written(entry.first("availability")),
        ),
        distinct(photos_in(entry, "image_link", "additional_image_link", *_numbered(entry))),
        {name: value for name in _OPTIONS if (value := entry.first(name))},
        tuple(filter(None, (entry.first("product_type"), entry.first("google_product_category")))),
        Reduced(starts=starts, ends=ends),
        on_sale=not any(entry.first(column).lower() in words for column, words in _PUT_AWAY.items()),
    )


def _structured(entry: Entry, name: str) -> str:
    """A generated text, which is an element of its own in XML, `trained_algorithmic_media:"…"` in a table."""
    if content := entry.first(f"structured_{name}_content"):
        return content
    found = _STRUCTURED.fullmatch(entry.first(f"structured_{name}"))
    return found[1] if found else ""


def _numbered(entry: Entry) -> list[str]:
    """The columns called as Meta's `image[0].url`, `image[1].url`, ... in their order."""
    found = [number for name in entry.cells if (number := _NUMBERED.fullmatch(name))]
    return [number[0] for number in sorted(found, key=lambda number: int(number[1]))]


def supplement(records: Iterator[Record], file: FeedFile) -> Iterator[str]:
    """A table, or the elements of an XML feed, as the name of the file says."""
    return _items(records, file) if file.ending == ".xml" else table_of(records, file, _in_table)


def _items(records: Iterator[Record], file: FeedFile) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n'
    yield f"<channel>\n<title>{escape(file.title)}</title>\n<link>{escape(file.link)}</link>\n"
    yield f"<description>{escape(file.title)}</description>\n"
    for record in records:
        yield "<item>\n"
        for name, value in record.items():
            several = [value] if isinstance(value, str) else value
            yield from (f"  <g:{name}>{_in_xml(name, text)}</g:{name}>\n" for text in several if text)
        yield "</item>\n"
    yield "</channel>\n</rss>\n"


def _in_table(name: str, value: str | list[str]) -> str:
    text = value if isinstance(value, str) else ",".join(value)
    return f'{_SOURCE}:"{text}"' if text and name.startswith(_GENERATED) else text


def _in_xml(name: str, text: str) -> str:
    if not name.startswith(_GENERATED):
        return escape(text)
    return f"<g:digital_source_type>{_SOURCE}</g:digital_source_type><g:content>{escape(text)}</g:content>"


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
    product=product,
    telling=50,  # an `id`, a `title` and a `link` may be anybody's
    pictures=(
        PictureColumn("image_link", ("google-merchant-main", "google-merchant-apparel")),
        PictureColumn("additional_image_link", ("google-merchant-additional",), most=10, every=True),
        PictureColumn("lifestyle_image_link", ("google-merchant-lifestyle",)),
    ),
    supplement=SupplementFormat(
        endings=(".tsv", ".txt", ".xml"),
        record=records_by("id"),
        write=supplement,
        texts={
            "title": TextColumn(f"{_GENERATED}title", 150),
            "description": TextColumn(f"{_GENERATED}description", 5000),
        },
    ),
)
"""The format of Google's feeds.

Its pictures are as https://support.google.com/merchants/answer/12472826 has them, the lengths of its texts as
https://support.google.com/merchants/answer/6324415.
"""

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
    product=product,
    telling=60,
    pictures=(
        PictureColumn("image_link", ("meta-catalogue",)),
        PictureColumn("additional_image_link", ("meta-catalogue-additional",), most=20, every=True),
    ),
    supplement=SupplementFormat(record=records_by("id")),
)
"""The format of Meta's feeds, pictures as in https://developers.facebook.com/documentation/ads-commerce/catalog/reference."""
