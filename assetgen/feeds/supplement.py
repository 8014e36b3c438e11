"""Supplemental feeds: the id of each product and its pictures, and nothing else that the shop knows itself."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from xml.sax.saxutils import escape

from assetgen.catalog.format import spelled
from assetgen.catalog.photo_cells import apart
from assetgen.catalog.raw_table import ROWS
from assetgen.config.feed import PictureColumn
from assetgen.config.format_name import FormatName
from assetgen.feeds.picture_columns import Addresses, Pictures
from assetgen.fingerprint import Json
from assetgen.model.product import Product, Reject, Row

Record = Mapping[str, str | list[str]]
"""One product: texts, and lists of addresses, by their columns."""

_STRUCTURED = "structured_"
_SOURCE = "trained_algorithmic_media"
_OPTIONS = 3


@dataclass(frozen=True)
class Supplement:
    """What a supplemental feed is to be.

    ending: of its name. source: the format of the table that the products come from. title, link: of an XML feed.
    """

    format: FormatName
    ending: str
    columns: tuple[PictureColumn, ...]
    source: FormatName
    title: str
    link: str
    seller: str | None = None
    marketplace: str | None = None

    def records(
        self, rows: Iterable[Row], pictures: Pictures, texts: Callable[[Product], Mapping[str, str]]
    ) -> Iterator[tuple[str, Record]]:
        """The products that have pictures, with their skus. texts: generated ones by their columns."""
        parent = None
        for row in rows:
            if isinstance(row, Reject):
                continue
            first, parent = not row.parent or row.parent != parent, row.parent
            if addresses := pictures([row.sku]):
                found = self._pictures(row, addresses, first=first)
                yield row.sku, {**self._identity(row), **found, **texts(row)}

    def _pictures(self, product: Product, addresses: Addresses, *, first: bool) -> dict[str, list[str]]:
        """Where there is none of ours, what the table has, so that no empty cell takes a picture away."""
        found = {}
        for column in self.columns:
            own = list(addresses.get(column.name, ()))
            before = apart(_cell(product, *map(spelled, column.called)))
            header = column.headers[0] if column.headers and self.format != "amazon" else column.name
            found[header] = own + before[len(own) :] if column.rest else own or before
        if self.format == "shopify":
            return _of_variant(product, found, first=first)
        return found

    def _identity(self, product: Product) -> dict[str, str]:
        match self.format:
            case "shopify":
                return _variant(product, ours=self.source == "shopify")
            case "woocommerce" if self.source == "woocommerce":
                return {"ID": _cell(product, "id"), "SKU": _cell(product, "sku")}
            case "woocommerce":
                return {"SKU": product.sku}
            case "amazon":
                return {"sku": product.sku, "product_type": _cell(product, "product_type") or "PRODUCT"}
            case "plain":
                return {"sku": product.sku}
            case _:
                return {"id": product.sku}

    def written(self, records: Iterator[Record]) -> Iterator[str]:
        if self.format == "amazon":
            return self._messages(records)
        if self.ending == ".xml":
            return self._items(records)
        return self._table(records)

    def _table(self, records: Iterator[Record]) -> Iterator[str]:
        """The first record tells the columns: all have the same."""
        delimiter, between = (
            ("\t" if self.ending in {".tsv", ".txt"} else ","),
            ", " if self.format == "woocommerce" else ",",
        )
        begun = False
        while part := list(islice(records, ROWS)):
            text = io.StringIO(newline="")
            writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
            if not begun:
                writer.writerow(part[0])
            writer.writerows([_in_table(name, value, between) for name, value in record.items()] for record in part)
            begun = True
            yield text.getvalue()

    def _items(self, records: Iterable[Record]) -> Iterator[str]:
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n'
        yield f"<channel>\n<title>{escape(self.title)}</title>\n<link>{escape(self.link)}</link>\n"
        yield f"<description>{escape(self.title)}</description>\n"
        for record in records:
            yield "<item>\n"
            for name, value in record.items():
                yield from (f"  <g:{name}>{_in_xml(name, text)}</g:{name}>\n" for text in _several(value) if text)
            yield "</item>\n"
        yield "</channel>\n</rss>\n"

    def _messages(self, records: Iterable[Record]) -> Iterator[str]:
        """The feed, as https://developer-docs.amazon.com/sp-api/docs/listings-feed-type-values has it."""
        head = {"sellerId": self.seller, "version": "2.0", "issueLocale": "en_US"}
        yield f'{{"header": {json.dumps(head)},\n"messages": ['
        for number, record in enumerate(records, start=1):
            message: dict[str, Json] = {
                "messageId": number,
                "sku": str(record["sku"]),
                "operationType": "PATCH",
                "productType": str(record["product_type"]),
                "patches": list(self._patches(record)),
            }
            yield f"{',' if number > 1 else ''}\n{json.dumps(message, ensure_ascii=False)}"
        yield "\n]}\n"

    def _patches(self, record: Record) -> Iterator[Json]:
        for column in self.columns:
            for number, address in enumerate(record[column.name], start=1):
                name = f"{column.name}_{number}" if column.most > 1 else column.name
                value: Json = [{"media_location": address, "marketplace_id": self.marketplace}]
                yield {"op": "replace", "path": f"/attributes/{name}", "value": value}


def _variant(product: Product, *, ours: bool) -> dict[str, str]:
    """What Shopify tells a variant by. A product without variants has one option, `Title`."""
    options = list(product.options.items())[:_OPTIONS] or [("Title", "Default Title")]
    options += [("", "")] * (_OPTIONS - len(options))
    cells: dict[str, str] = {}
    for n, (name, value) in enumerate(options, start=1):
        cells |= {f"Option{n} name": name, f"Option{n} value": value}
    return {
        "Title": _cell(product, "title"),
        "URL handle": product.parent or product.sku,
        **cells,
        "SKU": _cell(product, "variant_sku", "sku") if ours else product.sku,
    }


def _of_variant(product: Product, found: dict[str, list[str]], *, first: bool) -> dict[str, list[str]]:
    """The product's own photo is that of its first variant."""
    keeps = {"Product image URL": first, "Variant image URL": bool(product.options)}
    return {name: addresses if keeps[name] else [] for name, addresses in found.items()}


def _cell(product: Product, *columns: str) -> str:
    """As it stood in the table, in the first of these columns that there is."""
    for column in columns:
        for name in (f"original_{column}", column):
            if name in product.fields:
                return product.fields[name].strip()
    return ""


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _in_table(name: str, value: str | list[str], between: str) -> str:
    text = between.join(_several(value))
    return f'{_SOURCE}:"{text}"' if text and name.startswith(_STRUCTURED) else text


def _in_xml(name: str, text: str) -> str:
    if not name.startswith(_STRUCTURED):
        return escape(text)
    return f"<g:digital_source_type>{_SOURCE}</g:digital_source_type><g:content>{escape(text)}</g:content>"
