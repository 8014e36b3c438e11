from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assetgen.errors import Location, Problem

_COUNTED = re.compile(r"(\d{1,2}) ?[x×] ?(\S.*)")


@dataclass(frozen=True)
class Product:
    """One row of the product table: every cell as the text that stood there, under its column's name in templates.

    members: the products that are shown together in its place; none where it is shown itself.
    scene: the only one that it is for: the products of a scene, taken together; None for a row of the table.
    """

    sku: str
    fields: dict[str, str]
    location: Location
    members: tuple[Product, ...] = ()
    scene: str | None = None

    @property
    def shown(self) -> tuple[Product, ...]:
        """What one sees of it."""
        return self.members or (self,)

    @property
    def skus(self) -> tuple[str, ...]:
        """Its own, then those of its members."""
        return (self.sku, *(member.sku for member in self.members))


@dataclass(frozen=True)
class Reject:
    """A row that was set aside, and why; the rest goes on. `cutout` is the key of the cutout that was no use."""

    sku: str | None
    problem: Problem
    cutout: str | None = None


Row = Product | Reject


def skus(names: Iterable[str]) -> tuple[str, ...]:
    """`2 x MUG` is `MUG` twice; empty names are left out."""
    return tuple(sku for name in names if name.strip() for sku in _copies(name.strip()))


def _copies(name: str) -> Sequence[str]:
    counted = _COUNTED.fullmatch(name)
    return [counted[2]] * int(counted[1]) if counted else [name]
