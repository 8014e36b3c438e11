"""What is wrong with feeds that only the product table tells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from assetgen.catalog import Catalog
from assetgen.config.feed import COLUMNS, ENDINGS, Feed
from assetgen.errors import Problem, did_you_mean
from assetgen.feeds.write_back import comes_back, table_kind
from assetgen.model.brief import Brief
from assetgen.planning.feed_pictures import fillings


def wrong_feeds(brief: Brief, catalog: Catalog) -> Iterator[Problem]:
    """Only feeds without a `format` of their own depend on the table."""
    back = comes_back(brief, catalog)
    for n, feed in enumerate(brief.campaign.value.feeds):
        if not feed.format:
            yield from _wrong_pictures(brief, catalog, feed, n)
            if not back:
                yield from _no_supplement(brief, catalog, feed, n)


def _wrong_pictures(brief: Brief, catalog: Catalog, feed: Feed, n: int) -> Iterator[Problem]:
    marks, table = brief.campaign.marks, catalog.recognised
    known = [column.name for column in COLUMNS[catalog.format.name]]
    if not fillings(feed, catalog.format.name, brief.channels):
        hint = f"say `pictures: {{column: channel}}`; columns are {', '.join(known or table.header)}"
        yield Problem("the feed does not say which pictures it holds", marks.at("feeds", n), hint)
    for name in feed.pictures:
        if name not in known and catalog.format.spell(name) not in table.names:
            near = did_you_mean(name, [*known, *table.header], otherwise=f"it has {', '.join(table.header)}")
            place = marks.key("feeds", n, "pictures", name)
            yield Problem(f"the product table has no column `{name}`", place, near)


def _no_supplement(brief: Brief, catalog: Catalog, feed: Feed, n: int) -> Iterator[Problem]:
    """The table cannot be written back, so that the feed is to be a supplement in its format."""
    place, format_ = brief.campaign.marks.at("feeds", n), catalog.format.name
    message = f"{table_kind(brief)} cannot be written back, but in a supplemental {format_} feed"
    if PurePath(feed.file).suffix.lower() not in ENDINGS[format_]:
        yield Problem(message, place, f"let the name of its `file` end in `{ENDINGS[format_][0]}`")
    elif format_ == "amazon" and not (feed.seller and feed.marketplace):
        yield Problem(message, place, "give it `seller`, your seller id, and `marketplace`, such as ATVPDKIKX0DER")
