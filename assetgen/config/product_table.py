"""The product table of a campaign: which file, which columns, which rows."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, field_validator, model_validator

from assetgen.amounts import decimal_sign
from assetgen.config.budget import Currency
from assetgen.config.fetching import Fetching
from assetgen.config.format_name import FormatName
from assetgen.config.layer_fields import RuleText
from assetgen.config.strict import Strict


def _known_writing(name: str) -> str:
    decimal_sign(name)
    return name


class Columns(Strict):
    """The columns of a plain table by what they hold: their names as they stand in its header."""

    sku: str | None = Field(default=None, description="The number that no other row has.")
    parent: str | None = Field(default=None, description="What the row is a variant of.")
    title: str | None = None
    description: str | None = Field(default=None, description="HTML is made plain.")
    price: str | None = Field(default=None, description="An amount, with or without a currency.")
    sale_price: str | None = Field(default=None, description="What it costs now, if that is less.")
    currency: str | None = Field(default=None, description="Three letters, such as EUR.")
    availability: str | None = None
    photo: str | None = Field(default=None, description="The first photo: a file beside the table, or an address.")
    photos: tuple[str, ...] = Field(default=(), description="Further photos; a cell may list several, with commas.")
    options: tuple[str, ...] = Field(default=(), description="What sets variants apart, such as [Farbe, Größe].")
    categories: tuple[str, ...] = ()

    @field_validator("photos", "options", "categories", mode="before", json_schema_input_type=str | tuple[str, ...])
    @classmethod
    def _one_is_a_list(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value


class Products(Strict):
    """The product table, and which of its rows take part."""

    file: str = Field(description="CSV, TSV, XLSX, Parquet or an XML feed, relative to the campaign file.")
    format: FormatName | None = Field(default=None, description="Whose export it is, where its columns do not tell.")
    columns: Columns = Field(default=Columns(), description="Which columns of a plain table hold what.")
    currency: Currency | None = Field(default=None, description="What prices are in where the table does not say.")
    numbers: Annotated[str, AfterValidator(_known_writing)] | None = Field(
        default=None,
        description="Whose way of writing numbers the table has, such as german or de-CH: is 1.299 more than 1000?",
    )
    drafts: bool = Field(
        default=False, description="Drafts, archived and hidden products of the shop take part as well."
    )
    where: RuleText | None = Field(
        default=None, description="Only rows for which this is true, such as `product.stock`."
    )
    fetch: Fetching = Field(default=Fetching(), description="How photos with an address are fetched.")

    @model_validator(mode="after")
    def _columns_of_a_plain_table(self) -> Products:
        if self.format not in {None, "plain"} and self.columns != Columns():
            raise ValueError(f"`columns` is for plain tables, and this one is to be read as `{self.format}`")
        return self

    @property
    def decimal_sign(self) -> str | None:
        """The sign before decimals, `.` or `,`, where the campaign says how the table writes numbers."""
        return decimal_sign(self.numbers) if self.numbers else None
