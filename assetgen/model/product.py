from __future__ import annotations

from dataclasses import dataclass

from assetgen.errors import Location, Problem


@dataclass(frozen=True)
class Product:
    """One row of the product table: every cell as the text that stood there, under its column's name in templates.

    members: the products that are shown together in its place; none where it is shown itself.
    """

    sku: str
    fields: dict[str, str]
    location: Location
    members: tuple[Product, ...] = ()

    @property
    def shown(self) -> tuple[Product, ...]:
        """What one sees of it."""
        return self.members or (self,)


@dataclass(frozen=True)
class Reject:
    """A row that was set aside, and why; the rest goes on. `cutout` is the key of the cutout that was no use."""

    sku: str | None
    problem: Problem
    cutout: str | None = None


Row = Product | Reject
