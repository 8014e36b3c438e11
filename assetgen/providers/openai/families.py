"""What each family of image models takes and costs: `data/image_models.yaml`, read."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from itertools import product

from pydantic import Field

from assetgen.config.shape import RATIOS, Shape
from assetgen.config.strict import Strict
from assetgen.shipped import shipped

Size = tuple[int, int]

MILLION = Decimal(1_000_000)


class Free(Strict):
    """Sizes within bounds: edges are multiples of `multiple`, and `pixels` the fewest and the most."""

    multiple: int
    longest: int
    ratio: float
    pixels: tuple[int, int]

    def size_problem(self, size: Size) -> str | None:
        """Why a size is not allowed."""
        width, height = size
        if width % self.multiple or height % self.multiple:
            return f"its edges are not multiples of {self.multiple}"
        if max(size) > self.longest:
            return f"its longer edge is over {self.longest}"
        if max(size) > self.ratio * min(size):
            return f"one edge is over {self.ratio:g} times the other"
        least, most = self.pixels
        if not least <= width * height <= most:
            return f"it has {width * height:,} pixels, and {least:,} to {most:,} are allowed"
        return None

    def nearest(self, ratio: float, pixels: int) -> Size:
        """The proportions count for more than the number of pixels."""
        return _nearest(self, ratio, pixels)


class Prices(Strict):
    """Prices for a million tokens, or for one picture."""

    text_in: Decimal = Decimal(0)
    image_in: Decimal = Decimal(0)
    image_out: Decimal | None = None
    image: Decimal | None = Field(default=None, description="For one picture, where tokens are not counted.")
    currency: str = Field(default="USD", pattern="^[A-Z]{3}$")

    def of(self, text_in: int, image_in: int, image_out: int) -> Decimal | None:
        """What so many tokens cost; None where only pictures have a price."""
        if self.image_out is None:
            return None
        return (text_in * self.text_in + image_in * self.image_in + image_out * self.image_out) / MILLION


class Family(Strict):
    """One row of the table. No tokens or prices: nobody knows what a picture costs."""

    name: str
    models: tuple[str, ...]
    source: str
    sizes: Free | tuple[str, ...]
    qualities: tuple[str, ...] = ()
    parameters: frozenset[str]
    references: int = 0
    transparent: bool = False
    variations: bool = False
    prompt: int
    tokens: dict[str, int] = Field(default_factory=dict)
    input_tokens: int = 0
    prices: Prices | None = None

    def size(self, shape: Shape, pixels: int) -> Size:
        """The allowed size that is nearest to a shape's proportions, and then to a number of pixels."""
        ratio = RATIOS[shape]
        if isinstance(self.sizes, Free):
            return self.sizes.nearest(ratio, pixels)
        return min(map(parsed, self.sizes), key=lambda size: _distance(size, ratio, pixels))

    def size_problem(self, size: Size) -> str | None:
        """Why a size is not allowed."""
        if isinstance(self.sizes, Free):
            return self.sizes.size_problem(size)
        return None if size in map(parsed, self.sizes) else f"`{self.name}` has {', '.join(self.sizes)}"


class FamilyTable(Strict):
    checked: date
    currency: str
    batch: Decimal
    families: tuple[Family, ...]

    def fitting(self, model: str) -> Family | None:
        """The family of a model, by its name; None for a name that nobody knows."""
        names = (f for f in self.families for pattern in f.models if fnmatchcase(model, pattern))
        return next(names, None)

    def named(self, name: str) -> Family | None:
        return next((family for family in self.families if family.name == name), None)

    @property
    def newest(self) -> Family:
        return self.families[0]


@cache
def table() -> FamilyTable:
    """The table of families as it comes with assetgen."""
    return FamilyTable.model_validate(shipped("image_models"))


def parsed(size: str) -> Size:
    """`1024x1536` as numbers."""
    width, height = size.split("x")
    return int(width), int(height)


@cache  # a plan asks for every plate, and there are some thousand sizes to compare
def _nearest(free: Free, ratio: float, pixels: int) -> Size:
    steps = range(free.multiple, free.longest + 1, free.multiple)
    most = free.longest**2 / max(ratio, 1 / ratio)  # the longer edge of a banner soon reaches its end
    width, height = math.sqrt(min(pixels, most) * ratio), math.sqrt(min(pixels, most) / ratio)
    near = [[s for s in steps if 0.75 <= s / edge <= 1.34] for edge in (width, height)]  # noqa: PLR2004 - a third
    allowed = [(w, h) for w, h in product(*near) if not free.size_problem((w, h))]
    return min(allowed, key=lambda size: _distance(size, ratio, pixels))


def _distance(size: Size, ratio: float, pixels: int) -> float:
    width, height = size
    return abs(math.log(width / height / ratio)) + 0.1 * abs(math.log(width * height / pixels))
