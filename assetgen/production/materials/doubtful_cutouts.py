"""Cutouts that wait for a person's word: which pictures show them, and what there is to tell of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assetgen.errors import Location, Problem
from assetgen.model.asset import Asset, CutoutOrder
from assetgen.model.cutting import Judged, Word
from assetgen.model.finding import KeptBack
from assetgen.model.outcome import Held
from assetgen.model.product import Product
from assetgen.planning.cutout_words import COLUMN, without_effect, word_for
from assetgen.plural import counted
from assetgen.production.materials.stored_cutouts import judged, kept_cutout
from assetgen.production.workshop import Workshop

_ACCUSED = {
    Word.WRONG: f"is marked as wrong in `{COLUMN}`",
    Word.UNCLEAR: f"is not clearly said to be right in `{COLUMN}`",
}

_FORGOTTEN = "so it was found when it was cut out"
"""The reason for which a file is held whose cutout is no longer in the store."""


def known_cutouts(shop: Workshop, orders: Iterable[CutoutOrder]) -> dict[str, Judged]:
    """What is known of the cutouts that were made before, by their keys."""
    kept = ((order.key, kept_cutout(order.key, shop.store)) for order in dict.fromkeys(orders))
    return {key: judged(stored.record) for key, stored in kept if stored}


def is_doubtful(asset: Asset, known: Mapping[str, Judged]) -> bool | None:
    """Whether an asset shows a cutout that waits for a person's word; None where not all of them were made yet."""
    doubts = [_reason(known[order.key], order) for order in asset.seen_cutouts if order.key in known]
    return True if any(doubts) else False if len(doubts) == len(asset.seen_cutouts) else None


def _reason(found: Judged, order: CutoutOrder) -> str | None:
    """The first reason for which pictures of a cutout are held, if they are."""
    doubts = found.doubts_on_pictures(order.word)
    return doubts[0].message if KeptBack.by(doubts) else None


@dataclass
class _Doubtful:
    """A product with its doubtful cutout, and the pictures that show it: each with its path, once it is made."""

    product: Product
    order: CutoutOrder
    reason: str
    pictures: dict[str, str | None] = field(default_factory=dict)


class DoubtfulCutouts:
    """The doubtful cutouts that pictures show, each with all of them. For the driver's thread."""

    def __init__(self, shop: Workshop) -> None:
        self._shop = shop
        self._found: dict[tuple[str, str], _Doubtful] = {}

    def add(self, product: Product, asset: Asset, known: Mapping[str, Judged], path: str | None = None) -> None:
        """Notes which of its products an asset waits for, as far as that is known; `path` is that of its held file."""
        whole = product if self._shop.planner.against_all(product) else None
        for member, order in zip(product.shown, asset.seen_cutouts, strict=False):
            found = known.get(order.key)
            reason = _reason(found, order) if found else path and _FORGOTTEN
            if reason:
                doubtful = _Doubtful(whole or member, order, reason)
                key = (doubtful.product.sku, "" if whole else order.key)
                self._found.setdefault(key, doubtful).pictures[asset.id] = path

    def held(self) -> tuple[Held, ...]:
        """The products of which files are held."""
        told = (self._told(each, tuple(sorted(filter(None, each.pictures.values())))) for each in self._in_order())
        return tuple(each for each in told if each.files)

    def expected(self) -> tuple[Held, ...]:
        """The products of which files are held, or would be after a run."""
        return tuple(self._told(each, (), len(each.pictures)) for each in self._in_order())

    def _in_order(self) -> list[_Doubtful]:
        """The cutouts in the order of the table, whichever was done first."""
        return sorted(self._found.values(), key=lambda each: (_line(each.product.location), each.product.sku))

    def _told(self, doubtful: _Doubtful, files: tuple[str, ...], expected: int = 0) -> Held:
        """One line about a product, whose hint says which word goes where."""
        product, order = doubtful.product, doubtful.order
        count = expected or len(files)
        pictures = "picture" if count == 1 else counted(count, "picture")
        state = f"{'is' if count == 1 else 'are'} held" if files else "would be held"
        what = _ACCUSED.get(order.word, f"is doubtful: {doubtful.reason}")
        message = f"the cutout of `{product.sku}` {what}; its {pictures} {state}"
        look = "look at it in report.html" if files else "`assetgen run` shows it in report.html, and lets nothing out"
        problem = Problem(message, product.location, f"{look}; if it is right, {self._way_out(product, order)}")
        return Held(product.sku, word_for(order), problem, files, order.key)

    def _way_out(self, product: Product, order: CutoutOrder) -> str:
        """Where to write which word; and why what stands there counts for nothing, if something does."""
        if product.members:
            return f"take out what `{COLUMN}` says of it"
        file, word = self._shop.brief.campaign.value.cutout_ok, word_for(order)
        place = f"write `{word}` into the column `{COLUMN}` of its row"
        if file:
            place = f"write the line `{product.sku},{word}` into {file}"
        before = without_effect(self._shop.planner.treatment(product), word)
        if order.word is Word.WRONG:
            place = f"take the `no` out and {place}"
        if order.word is Word.UNCLEAR:
            place = f"{place} in place of what is there, and `no` if it is wrong"
        return f"{place}; {before}" if before else place


def _line(place: Location) -> int:
    """The line or row of a table; 0 where a place has neither."""
    return place.line or place.row or 0
