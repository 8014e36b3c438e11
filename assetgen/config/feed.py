"""Feeds: the files that tell shops and crawlers where the pictures are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, NamedTuple

from pydantic import BeforeValidator, Field

from assetgen.config.format_name import FormatName
from assetgen.config.strict import Strict


class PictureColumn(NamedTuple):
    """A column that holds addresses of pictures.

    channels: whose pictures it holds where nobody said. most: how many it takes. every: an entry brings all pictures
    that it fits, and not only the first. rest: what stands behind ours stays. headers: what tables call it, today and
    before; `{n}` where each of several pictures has a column of its own.
    """

    name: str
    channels: tuple[str, ...] = ()
    most: int = 1
    every: bool = False
    rest: bool = False
    headers: tuple[str, ...] = ()

    @property
    def called(self) -> tuple[str, ...]:
        return self.headers or (self.name,)


_MARKETPLACE = "[marketplace_id=…]#1.media_location"

COLUMNS: Mapping[FormatName, tuple[PictureColumn, ...]] = {
    "google": (
        PictureColumn("image_link", ("google-merchant-main", "google-merchant-apparel")),
        PictureColumn("additional_image_link", ("google-merchant-additional",), most=10, every=True),
        PictureColumn("lifestyle_image_link", ("google-merchant-lifestyle",)),
    ),
    "meta": (
        PictureColumn("image_link", ("meta-catalogue",)),
        PictureColumn("additional_image_link", ("meta-catalogue-additional",), most=20, every=True),
    ),
    "shopify": (
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
    "woocommerce": (PictureColumn("images", ("woocommerce-product",), most=50, rest=True, headers=("Images",)),),
    "amazon": (
        PictureColumn(
            "main_product_image_locator",
            ("amazon-main",),
            headers=(f"main_product_image_locator{_MARKETPLACE}", "main_image_url"),
        ),
        PictureColumn(
            "other_product_image_locator",
            ("amazon-secondary",),
            most=8,
            every=True,
            headers=(f"other_product_image_locator_{{n}}{_MARKETPLACE}", "other_image_url{n}"),
        ),
        PictureColumn(
            "swatch_product_image_locator",
            ("amazon-swatch",),
            headers=(f"swatch_product_image_locator{_MARKETPLACE}", "swatch_image_url"),
        ),
    ),
    "plain": (),
}
"""The columns for pictures of each format. https://support.google.com/merchants/answer/12472826,
https://developers.facebook.com/documentation/ads-commerce/catalog/reference,
https://help.shopify.com/en/manual/products/import-export/using-csv,
https://developer-docs.amazon.com/sp-api/docs/mapping-product-attributes
"""

ENDINGS: Mapping[FormatName, tuple[str, ...]] = {
    "google": (".tsv", ".txt", ".xml"),
    "meta": (".csv",),
    "shopify": (".csv",),
    "woocommerce": (".csv",),
    "amazon": (".json",),
    "plain": (".csv", ".tsv"),
}
"""How the name of a supplemental feed ends."""

LENGTHS = {"title": 150, "description": 5000}
"""Characters that Google takes of a generated text. https://support.google.com/merchants/answer/6324415"""


def _one_is_a_list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Entries = Annotated[
    tuple[str, ...],
    BeforeValidator(_one_is_a_list, json_schema_input_type=str | tuple[str, ...]),
    Field(min_length=1, description="Whose pictures: a channel, or terms such as `channel:web-hero scene:terrace`."),
]


class Feed(Strict):
    """A file that tells shops and crawlers where the pictures are."""

    file: str = Field(description="Where it goes, from the folder that holds `templates`, such as feeds/google.tsv.")
    format: FormatName | None = Field(
        default=None,
        description="A supplemental feed of this format; if not given, the product table with its pictures changed.",
    )
    pictures: dict[str, Entries] = Field(
        default_factory=dict, description="Which pictures go into which column, such as {image_link: web-hero}."
    )
    locale: str | None = Field(
        default=None, description="Whose pictures and texts where there are several; the first of the campaign's."
    )
    rows: Literal["changed", "all"] = Field(
        default="changed", description="Of a supplemental feed: what changed since the last one, or all."
    )
    texts: dict[Literal["title", "description"], str] = Field(
        default_factory=dict, description="Of a Google feed: keys of the copy table for generated texts."
    )
    marketplace: str | None = Field(default=None, description="Of an Amazon feed: whose listings, as ATVPDKIKX0DER.")
    seller: str | None = Field(default=None, description="Of an Amazon feed: your seller id, as A1B2C3D4E5F6G7.")
    upload: bool = Field(default=False, description="It also goes where `publish` brings the pictures.")
