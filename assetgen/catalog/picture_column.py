"""The columns of a format that hold addresses of pictures."""

from __future__ import annotations

from typing import NamedTuple


class PictureColumn(NamedTuple):
    """A column for pictures of a product.

    channels: whose pictures it holds where the campaign says nothing. most: how many pictures it takes. every: an entry
    brings all pictures that it fits, and not only the first. rest: addresses behind ours stay in the cell. headers:
    what tables call it, today and before; `{n}` where each of several pictures has a column of its own.
    """

    name: str
    channels: tuple[str, ...] = ()
    most: int = 1
    every: bool = False
    rest: bool = False
    headers: tuple[str, ...] = ()

    @property
    def called(self) -> tuple[str, ...]:
        """The headers that a table may have for it, those of today first."""
        return self.headers or (self.name,)
