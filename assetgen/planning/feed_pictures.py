"""The pictures that the columns of a feed hold, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import NamedTuple

from assetgen.catalog import PictureColumn
from assetgen.config.campaign import Campaign
from assetgen.config.channel import Channel
from assetgen.config.feed import Feed
from assetgen.errors import InputError, Problem, did_you_mean
from assetgen.planning.planner import EVERYWHERE

FIELDS = ("channel", "scene", "locale", "audience", "take")
"""The facts that an entry of a feed may choose pictures by."""

_Terms = Mapping[str, tuple[str, ...]]
"""The patterns of an entry by field."""


class Facts(NamedTuple):
    """The facts that tell one picture of a product from the others."""

    channel: str
    scene: str
    locale: str
    audience: str | None
    take: int


@dataclass(frozen=True)
class Filling:
    """A column and the entries for it, each as patterns by field."""

    column: PictureColumn
    entries: tuple[_Terms, ...]


def terms(entry: str) -> _Terms:
    """The patterns of an entry by field.

    Reads `web-hero`, which is a channel, or `channel:web-hero scene:terrace,garden`. Raises InputError.
    """
    found: dict[str, tuple[str, ...]] = {}
    for word in entry.split():
        field, _, patterns = (word if ":" in word else f"channel:{word}").partition(":")
        if field not in FIELDS:
            hint = did_you_mean(field, FIELDS, otherwise=f"fields are {', '.join(FIELDS)}")
            raise InputError(Problem(f"pictures have no field `{field}` to choose by", hint=hint))
        found[field] = tuple(filter(None, patterns.split(",")))
        if not found[field]:
            raise InputError(Problem(f"`{word}` chooses nothing", hint="write field:pattern, as in `scene:terrace`"))
    return found


def fillings(feed: Feed, columns: Sequence[PictureColumn], channels: Sequence[Channel]) -> tuple[Filling, ...]:
    """The columns of a feed as it says, or as its format mostly fills them: from the channels that are made for that.

    columns: those for pictures that its format has. One that it does not know holds a picture for each entry.
    """
    known = {column.name: column for column in columns}
    if feed.pictures:
        return tuple(
            Filling(known.get(name, PictureColumn(name, most=len(entries))), tuple(map(terms, entries)))
            for name, entries in feed.pictures.items()
        )
    made = {channel.id for channel in channels}
    usual = ((column, [name for name in column.channels if name in made]) for column in known.values())
    return tuple(Filling(column, ({"channel": tuple(names)},)) for column, names in usual if names)


class PictureOrder:
    """The order in which the pictures of a product stand: entry by entry, each as the campaign names its parts."""

    def __init__(self, feed: Feed, campaign: Campaign, channels: Iterable[Channel]) -> None:
        self._locale = feed.locale or campaign.locales[0]
        self._channels = [channel.id for channel in channels]
        self._scenes = [*campaign.scenes]
        self._audiences = [audience.name for audience in campaign.audiences]

    def places(self, filling: Filling, facts: Facts) -> Iterator[tuple[int, ...]]:
        """The places of a picture in a column, one for each entry that it fits; the first number is the entry's."""
        own = (
            _at(self._channels, facts.channel),
            _at(self._scenes, facts.scene),
            _at(self._audiences, facts.audience),
            facts.take,
        )
        for n, entry in enumerate(filling.entries):
            if self._fits(entry, facts):
                yield (n, *own)

    def _fits(self, entry: _Terms, facts: Facts) -> bool:
        wanted = {"locale": (self._locale,), **entry}
        return all(
            value in {None, EVERYWHERE} or any(fnmatchcase(str(value), pattern) for pattern in wanted[field])
            for field, value in zip(FIELDS, facts, strict=True)
            if field in wanted
        )


def _at(known: list[str], name: str | None) -> int:
    """The place of a name among those of the campaign.

    What the campaign does not name, such as the scene of a product on white, comes first.
    """
    return known.index(name) if name in known else -1
