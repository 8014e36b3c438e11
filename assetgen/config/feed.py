"""Feeds: the files that tell shops and crawlers where the pictures are."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from assetgen.config.format_name import FormatName
from assetgen.config.strict import Strict


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
