"""What is wrong with feeds that only the product table tells."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.catalog import Catalog
from assetgen.config.feed import Feed
from assetgen.errors import Problem, did_you_mean
from assetgen.model.brief import Brief
from assetgen.planning.feed_pictures import fillings
from assetgen.planning.supplement_problems import missing_keys, other_endings


def feed_problems(brief: Brief, catalog: Catalog) -> Iterator[Problem]:
    """What is wrong with the feeds without a `format` of their own: they alone depend on the table."""
    for n, feed in enumerate(brief.campaign.value.feeds):
        if not feed.format:
            yield from _picture_problems(brief, catalog, feed, n)
            if not catalog.recognised.table.can_be_written_back:
                yield from _supplement_problems(brief, catalog, feed, n)


def _picture_problems(brief: Brief, catalog: Catalog, feed: Feed, n: int) -> Iterator[Problem]:
    marks, table = brief.campaign.marks, catalog.recognised
    known = [column.name for column in catalog.format.pictures]
    if not fillings(feed, catalog.format.pictures, brief.channels):
        hint = f"say `pictures: {{column: channel}}`; columns are {', '.join(known or table.header)}"
        yield Problem("the feed does not say which pictures it holds", marks.at("feeds", n), hint)
    for name in feed.pictures:
        if name not in known and catalog.format.spell(name) not in table.names:
            near = did_you_mean(name, [*known, *table.header], otherwise=f"it has {', '.join(table.header)}")
            place = marks.key("feeds", n, "pictures", name)
            yield Problem(f"the product table has no column `{name}`", place, near)


def _supplement_problems(brief: Brief, catalog: Catalog, feed: Feed, n: int) -> Iterator[Problem]:
    """What the feed lacks for a supplement in the table's format: the table itself cannot be written back."""
    place, format_ = brief.campaign.marks.at("feeds", n), catalog.format
    message = f"{table_kind(brief)} cannot be written back, but in a supplemental {format_.name} feed"
    if other_endings(feed, format_):
        yield Problem(message, place, f"let the name of its `file` end in `{format_.supplement.endings[0]}`")
    elif hint := missing_keys(feed, format_):
        yield Problem(message, place, hint)


def table_kind(brief: Brief) -> str:
    """The kind of file that the products come in, such as a `.xlsx` file."""
    return f"a `{brief.products.suffix}` file" if brief.frame is None else "a frame"
