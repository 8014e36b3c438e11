"""The addresses that a feed gets for a product, and the products that keep those of before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache
from os.path import isfile
from typing import NamedTuple

from assetgen.config.feed import Feed
from assetgen.delivery.manifest import unfinished
from assetgen.ledger import Ledger
from assetgen.ledger.feed_memory import FeedPicture
from assetgen.model.brief import Brief
from assetgen.model.finding import KeptBack
from assetgen.planning.asset_names import safe_name
from assetgen.planning.feed_pictures import Facts, Filling, PictureOrder
from assetgen.publishing.uploading import public_address, public_name
from assetgen.publishing.words_since import WordsSince


class Unpublished(Exception):
    """Says that a feed would name a file which did not arrive at its target."""


class Outside(NamedTuple):
    """The names of files that did not arrive at their target, and of those that are there alone.

    since: what people have taken back since files were made.
    """

    failed: frozenset[str]
    there: frozenset[str]
    since: WordsSince


class Standing(StrEnum):
    """How a product stands in a feed that is not all that it could be of it."""

    AS_BEFORE = "is as it was"
    FEWER = "lacks a picture"
    NONE = "gets no picture"
    TEXT = "lacks a text"


class Kept(NamedTuple):
    """Why a product is not all that it could be, and how it stands in the feed."""

    why: str
    standing: Standing


class Choice:
    """Chooses addresses for a feed. `products` counts those with pictures; `kept` says why some lack their newest."""

    def __init__(self, brief: Brief, ledger: Ledger, feed: Feed, fillings: Sequence[Filling], out: Outside) -> None:
        self.products = 0
        self.kept: dict[str, Kept] = {}
        self._brief = brief
        self._ledger = ledger
        self._fillings = fillings
        self._output = str(brief.output)
        self._order = PictureOrder(feed, brief.campaign.value, brief.channels)
        self._places = lru_cache(maxsize=4096)(self._find_places)
        self._orphans = ledger.orphans()
        self._out = out
        self._set_aside, failures = unfinished(brief.output / "manifest.json")
        self._failures = dict(self._by_product(failures))

    def addresses(self, skus: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The addresses by column, of the first of these skus that has pictures. Raises Unpublished."""
        self._list_unfinished(skus)
        found = self._found(skus)
        for sku in () if found else self.kept.keys() & set(skus):
            self._keep(sku, self.kept[sku].why, Standing.NONE)
        return found

    def _found(self, skus: Sequence[str]) -> Mapping[str, Sequence[str]]:
        for sku in skus:
            if shown := self._ledger.feeds.pictures(sku):
                found = {
                    filling.column.name: self._column(sku, n, filling, shown)
                    for n, filling in enumerate(self._fillings)
                }
                self.products += any(found.values())
                return {name: addresses for name, addresses in found.items() if addresses}
        return {}

    def _keep(self, sku: str, why: str, standing: Standing) -> None:
        before = self.kept.get(sku)
        lacks = before and before.standing is Standing.FEWER and standing is Standing.AS_BEFORE
        self.kept[sku] = Kept(why, Standing.FEWER if lacks else standing)

    def _column(self, sku: str, n: int, filling: Filling, shown: Sequence[FeedPicture]) -> list[str]:
        places = sorted(
            (place, picture)
            for picture in shown
            if picture.id not in self._orphans
            for place in self._places(picture.facts)[n]
        )
        if not filling.column.every:  # the first picture for each entry
            places = [pair for k, pair in enumerate(places) if k == 0 or pair[0][0] != places[k - 1][0][0]]
        chosen = dict.fromkeys(picture for _, picture in places)
        paths = (self._good(sku, picture) for picture in list(chosen)[: filling.column.most])
        return [self._address(path) for path in paths if path and self._is_there(sku, path)]

    def _good(self, sku: str, picture: FeedPicture) -> str | None:
        """The path of a picture; in place of one that is kept back that of the last good one."""
        why = KeptBack.at(picture.path)
        if why is None and (whose := self._out.since.refuses(picture.id)):
            why_not = f"what is said of the cutout of `{whose}` changed since it was made"
            self._keep(sku, why_not, Standing.FEWER)
            return None
        if why is None:
            return picture.path
        against = "; ".join(finding.message for finding in self._ledger.made(picture.id).against)
        reason = against if why is KeptBack.REJECTED else f"its cutout waits for a person's word: {against}"
        stale = None if picture.id in self._out.since.stale else picture.stale
        self._keep(sku, reason, Standing.AS_BEFORE if stale else Standing.FEWER)
        return stale

    def _is_there(self, sku: str, path: str) -> bool:
        there = isfile(f"{self._output}/{path}")  # noqa: PTH113 - asked a million times, and Path takes five times as long
        if not there and public_name(self._brief, path) not in self._out.there:
            self._keep(sku, f"`{path}` is not there; `assetgen run` makes it again", Standing.FEWER)
            return False
        return True

    def _address(self, path: str) -> str:
        if self._out.failed and public_name(self._brief, path) in self._out.failed:
            raise Unpublished(path)
        return public_address(self._brief, path).replace(",", "%2C")

    def _find_places(self, facts: str) -> list[list[tuple[int, ...]]]:
        """The places of such a picture, for each column of the feed."""
        known = Facts(*json.loads(facts))
        return [list(self._order.places(filling, known)) for filling in self._fillings]

    def _list_unfinished(self, skus: Sequence[str]) -> None:
        for sku in skus if self._set_aside or self._failures else ():
            if reason := self._set_aside.get(sku) or self._failures.get(safe_name(sku)):
                self._keep(sku, reason, Standing.AS_BEFORE)

    def _by_product(self, failures: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The failures of pictures that this feed may show, by product; their ids are made of channel and sku."""
        entries = [entry for filling in self._fillings for entry in filling.entries]
        for asset, reason in failures.items():
            channel, _, rest = asset.partition("/")
            if any(fnmatchcase(channel, pattern) for entry in entries for pattern in entry.get("channel", ("*",))):
                yield rest.partition("--")[0], reason
