"""Plates that were made elsewhere, by Midjourney, an agency or a photographer, and lie in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, PrivateAttr
from pydantic_core.core_schema import ValidationInfo

from assetgen.config.mode import Mode
from assetgen.config.shape import Shape
from assetgen.errors import Problem, ProviderError
from assetgen.file_bytes import Unopened, read_whole
from assetgen.files.decode import Unreadable, whole_size
from assetgen.model.arrays import Box
from assetgen.model.placement_words import with_placement
from assetgen.model.request import ALONE, Attached, Generated, Price, Request
from assetgen.planning.plate_keys import SHORT, plate_file, plate_key
from assetgen.ports import Provider
from assetgen.providers.folder.shelf import Shelf, listed, named, shown

__all__ = ["Folder"]

FREE = Price(Decimal(0), "USD")

SIZES = {
    Shape.TALL: (1008, 1792),
    Shape.PORTRAIT: (1152, 1440),
    Shape.SQUARE: (1280, 1280),
    Shape.LANDSCAPE: (1792, 1008),
    Shape.BANNER: (2208, 736),
}
"""About 1.6 million pixels, in proportions that other programs have a name for: 9:16, 4:5, 1:1, 16:9, 3:1."""

MOST_OFF = Fraction(11, 10)
"""Plates are cropped to their canvas; of a picture whose proportions are further off, too much would go."""


def _from_campaign(path: Path, info: ValidationInfo) -> Path:
    """Relative paths begin at the campaign file; where there is none, in the current folder."""
    return (info.context or Path()) / path.expanduser()


Place = Annotated[Path, AfterValidator(_from_campaign)]


class Folder(Provider):
    """Each plate is found by its key, in the name of a file or in a list. Where files lie is no part of the key."""

    name: ClassVar[str] = "folder"
    modes: ClassVar[frozenset[Mode]] = frozenset(Mode)

    folder: Place = Field(exclude=True, description="Where the pictures are, relative to the campaign file.")
    list: Place | None = Field(
        default=None, exclude=True, description="A CSV file with columns key and file, for names that hold no key."
    )
    # Not part of the key by themselves: each request says its size.
    sizes: dict[Shape, Annotated[str, Field(pattern=r"^[1-9]\d{1,3}x[1-9]\d{1,3}$")]] = Field(
        default_factory=dict, exclude=True, description="Sizes of your own by shape, such as {tall: 1024x1792}."
    )
    made_by: Literal["ai", "people"] = Field(default="ai", description="Which of the two finished files declare.")
    model: str | None = Field(
        default=None, exclude=True, description="What drew them, such as Midjourney 7, for the files to say."
    )

    _shelves: tuple[Shelf, Shelf] | None = PrivateAttr(default=None)

    @property
    def ai(self) -> bool:  # type: ignore[override] # of other providers the class knows, of this one the campaign
        return self.made_by == "ai"

    def size(self, shape: Shape) -> tuple[int, int]:
        if own := self.sizes.get(shape):
            width, height = own.split("x")
            return int(width), int(height)
        return SIZES[shape.plain]

    def price(self, request: Request) -> Price:  # noqa: ARG002 - whatever it cost was paid elsewhere
        return FREE

    def worded(self, prompt: str, mode: Mode, place: Box | None) -> str:
        return with_placement(prompt, mode, place)

    def doubts(self) -> Iterator[Problem]:
        hint = "`assetgen prompts export` writes down what is wanted"
        for kind, path in (("folder", self.folder), ("list", self.list)):
            if path and not path.exists():
                yield Problem(f"there is no {kind} `{shown(path)}`", hint=hint)

    def prepare(self) -> None:
        """Looks what is there. Raises InputError for a list that cannot be read."""
        self._shelves = Shelf(listed(self.list, self.folder) if self.list else ()), Shelf(named(self.folder))

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:  # noqa: ARG002 - part of the socket
        path = self._find(plate_key(self, request), request)
        try:
            data = read_whole(path)
            size = whole_size(data)
        except (Unopened, Unreadable) as error:
            raise ProviderError(Problem(f"`{shown(path)}` {error}")) from error
        _check_proportions(path, size, request)
        return Generated(data, model=self.model, cost=FREE)

    def _find(self, key: str, request: Request) -> Path:
        """What the list says wins, once it is there."""
        if self._shelves is None:
            self.prepare()
        assert self._shelves  # noqa: S101 - it is prepared
        in_list, by_name = (shelf.of(key) for shelf in self._shelves)
        found = [path for path in in_list if path.is_file()] or by_name
        if not found:
            wanted = shown((in_list or [self.folder / plate_file(key)])[0])
            message = f"there is no picture for plate `{key[:SHORT]}` of {request.width} x {request.height} pixels yet"
            hint = f"put it there as `{wanted}` (.jpg or .webp will do too); `assetgen prompts export` has its prompt"
            raise ProviderError(Problem(message, hint=hint))
        if len(found) > 1:
            files = " and ".join(f"`{shown(path)}`" for path in found)
            hint = "keep the one that you want, or name it in the provider's `list`"
            raise ProviderError(Problem(f"{files} are both for plate `{key[:SHORT]}`", hint=hint))
        return found[0]


def _check_proportions(path: Path, size: tuple[int, int], request: Request) -> None:
    off = Fraction(*size) / Fraction(request.width, request.height)
    if max(off, 1 / off) > MOST_OFF:
        asked = f"{request.width} x {request.height}"
        message = f"`{shown(path)}` has {size[0]} x {size[1]} pixels, {asked} were asked for"
        hint = "crop it to these proportions, of any size; only up to a tenth is cropped by itself"
        raise ProviderError(Problem(message, hint=hint))
