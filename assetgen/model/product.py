"""Products as product tables tell of them, and the rows that are set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assetgen.errors import Location, Problem

TEXTS = ("sku", "parent", "title", "description", "price", "sale_price", "currency", "availability", "photo")
"""What every format that is known says of a product, under the same names."""

LISTS = ("photos", "options", "categories")
"""What formats say of a product that there may be several of."""


@dataclass(frozen=True)
class ProductPhoto:
    """A photo that a product names: a file beside the table, or an address.

    location, column: the row and the column, by its name in templates, of the cell that names it.
    """

    address: str
    alt: str
    location: Location
    column: str

    def __str__(self) -> str:
        return self.address


@dataclass(frozen=True)
class Product:
    """One row of the product table: every cell as the text that stood there, under its column's name in templates.

    members: the products that are shown together in its place; none where it is shown itself.
    scene: the only one that it is for: the products of a scene, taken together; None for a row of the table.
    parent: what it is a variant of. options: what sets it apart from the other variants, by name.
    categories: the path to each, from the widest. notes: what was left out of the row, and why; the product is made
    without it.
    """

    sku: str
    fields: dict[str, str]
    location: Location
    members: tuple[Product, ...] = ()
    scene: str | None = None
    parent: str | None = None
    photos: tuple[ProductPhoto, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    notes: tuple[Problem, ...] = ()

    @cached_property
    def words(self) -> Mapping[str, object]:
        """What templates may say of it: standard texts are empty where the table has none of that name.

        A column of a plain table that is called like a list keeps its name.
        """
        lists = {"photos": self.photos, "options": self.options, "categories": self.categories}
        return {**dict.fromkeys(TEXTS, ""), **lists, **self.fields}

    @property
    def shown(self) -> tuple[Product, ...]:
        """What one sees of it."""
        return self.members or (self,)

    @property
    def skus(self) -> tuple[str, ...]:
        """The sku of its own, then those of its members."""
        return (self.sku, *(member.sku for member in self.members))


@dataclass(frozen=True)
class Reject:
    """A row that was set aside, and why; the rest goes on. `cutout` is the key of the cutout that was no use."""

    sku: str | None
    problem: Problem
    cutout: str | None = None


Row = Product | Reject
