"""What will be made: every finished file with its keys, its state and the reason for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from assetgen.config.channel import Channel
from assetgen.config.layout import AnyLayer
from assetgen.errors import Location
from assetgen.model.ai_label import Label
from assetgen.model.care import NO_CARE, Care
from assetgen.model.cutting import AS_SEEN, Handling, Verdict, Word
from assetgen.model.product import Product
from assetgen.model.request import Request
from assetgen.plural import counted


class State(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UP_TO_DATE = "up to date"
    REJECTED = "rejected"
    HELD = "held"
    ORPHAN = "orphan"

    @property
    def to_do(self) -> bool:
        return self in {State.NEW, State.CHANGED}


@dataclass(frozen=True)
class Photo:
    """A product photo: where it lies, the digest of its bytes, and its size in pixels."""

    path: Path
    digest: str
    width: int
    height: int


@dataclass(frozen=True)
class CutoutOrder:
    """A photo, how to cut it out, and the key under which its cutout is kept.

    mask: the outline made by hand that takes the place of cutting; keep_shadow: whether the shadow beside the product
    comes along when it is composed, None where nobody said; word: what was said of whether it is right; care: what is
    done to the photo beforehand.
    """

    key: str
    photo: Photo
    handling: Handling = AS_SEEN
    mask: Photo | None = None
    keep_shadow: bool | None = None
    word: Word = Word.NONE
    care: Care = NO_CARE


@dataclass(frozen=True)
class PlateOrder:
    """A request and the key under which its answer is kept.

    sent: the cutouts of the products whose photos go along; pictures: further files that do.
    """

    key: str
    request: Request
    sent: tuple[CutoutOrder, ...] = ()
    pictures: tuple[Path, ...] = ()

    @property
    def protected(self) -> tuple[CutoutOrder, ...]:
        """The cutouts that stand in its answer as they were sent: the provider was told to draw around them."""
        return self.sent[:1] if self.request.protected else ()


@dataclass(frozen=True)
class Origin:
    """Where a layer was written: in its layout file, and its words in the copy table."""

    layout: Location
    copy: tuple[Location, ...] = ()


@dataclass(frozen=True)
class Asset:
    """One file to be: what it shows, where it goes, and what it is made from.

    origins: one for each of the layers.
    `inputs` names every value that changes the file; `key` is their digest. No plate means a white background.
    cutouts: one for each product shown, in that order; none where the provider draws them.
    label: what it is to say of the part that a model has in it.
    """

    id: str
    product: Product
    scene: str
    locale: str
    audience: str | None
    take: int
    channel: Channel
    layers: tuple[AnyLayer, ...]
    origins: tuple[Origin, ...]
    mirrored: bool
    plate: PlateOrder | None
    cutouts: tuple[CutoutOrder, ...]
    inputs: Mapping[str, str]
    key: str
    label: Label | None = None

    @property
    def seen_cutouts(self) -> tuple[CutoutOrder, ...]:
        """The cutouts that one sees in it: those that are pasted, or that stand in its plate."""
        return self.cutouts or (self.plate.protected if self.plate else ())

    def __repr__(self) -> str:
        return f"Asset({self.id!r}, {self.channel.width} x {self.channel.height})"


@dataclass(frozen=True)
class Planned:
    """An asset, and whether there is anything to do for it."""

    asset: Asset
    state: State
    reason: str


@dataclass(frozen=True)
class Orphan:
    """A file of an earlier run that no row, scene or channel asks for any more.

    stale: where it was kept back, the last good one.
    """

    id: str
    path: str
    stale: str | None = None


@dataclass(frozen=True)
class Bill:
    """What the requests of a plan will cost; `amount` is None when a price is unknown."""

    requests: int
    amount: Decimal | None
    currency: str | None

    def __str__(self) -> str:
        if self.amount is None:
            return "unknown"
        return money(self.amount, self.currency) if self.amount else "free"


def money(amount: Decimal, currency: str | None) -> str:
    """An amount in words, `12.40 USD`; below one unit with a third decimal where it counts: pictures cost so little."""
    return f"{amount:.2f} {currency}" if amount >= 1 else f"{f'{amount:.3f}'.removesuffix('0')} {currency}"


@dataclass(frozen=True)
class PlateSize:
    """A size of plates, the channels and shapes that it is for, and the requests for it that are still to be made."""

    width: int
    height: int
    shapes: tuple[str, ...]
    channels: tuple[str, ...]
    bill: Bill


@dataclass(frozen=True)
class Summary:
    """A plan in numbers; `cutouts` are those that were made before, by their verdicts.

    rejected: assets that were made and broke a rule, and have not changed since; held: those that wait for a person's
    word about a cutout; set_aside: rows.
    off_sale: products that the shop does not sell now, and that take no part.
    waiting: plates that a batch is going to bring; sizes: of the plates that are to be asked for.
    partial: it is a plan of what was selected alone.
    """

    assets: int
    new: int
    changed: int
    up_to_date: int
    orphan: int
    rejected: int
    held: int
    set_aside: int
    cutouts: Mapping[Verdict, int]
    bill: Bill
    waiting: int = 0
    sizes: tuple[PlateSize, ...] = ()
    partial: bool = False
    off_sale: int = 0

    @property
    def to_do(self) -> int:
        return self.new + self.changed

    def __str__(self) -> str:
        """The plan in a line: `240 assets: 200 new, 10 changed, 30 up to date; 2 rows set aside; 12 requests, free`."""
        if self.partial and not self.assets:
            return "0 assets: no picture is all of what was selected"
        if not (self.assets or self.orphan or self.set_aside or self.off_sale):
            return "0 assets: no row takes part; look at `where` and at the scenes' `when`"
        if self.assets == self.up_to_date and not (self.orphan or self.set_aside or self.off_sale):
            return f"{counted(self.assets, 'asset')}, all up to date: nothing to do"
        return f"{counted(self.assets, 'asset')}: {'; '.join(self._parts())}"

    def _parts(self) -> Iterator[str]:
        states = {"new": self.new, "changed": self.changed, "up to date": self.up_to_date}
        states |= {"rejected": self.rejected, "held": self.held}
        yield ", ".join(f"{count} {state}" for state, count in states.items() if count) or "none"
        if self.set_aside:
            yield f"{counted(self.set_aside, 'row')} set aside"
        if self.off_sale:
            yield f"{counted(self.off_sale, 'product')} not on sale"
        if self.orphan:
            yield counted(self.orphan, "orphan")
        bill = self.bill
        yield f"{counted(bill.requests, 'request')}, {bill}" if bill.requests else "no requests"
        if self.waiting:
            yield f"{counted(self.waiting, 'plate')} to come from a batch"
