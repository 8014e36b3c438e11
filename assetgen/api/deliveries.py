"""Finished pictures brought to where shops fetch them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.api.arguments import a_brief, switches

if TYPE_CHECKING:
    from assetgen.api.results import Publication
    from assetgen.model.brief import Brief
    from assetgen.shop_feeds.feed_writing import Written


def publish(brief: Brief, *, dry_run: bool = False) -> Publication:
    """Brings finished files to the folder or object store of the campaign, only what is missing, and then the feeds.

    dry_run: tells what would be uploaded, removed and written, and does nothing.
    Raises InputError without `publish` in the campaign and before its first run, SetupError where the place cannot be
    used. Single files and feeds that did not arrive are in the result.
    """
    from assetgen.api.results import Publication
    from assetgen.publishing.uploading import publish
    from assetgen.shop_feeds.feed_writing import upload_feeds, write_feeds

    brief = a_brief(brief, "assetgen.publish({})")
    switches(dry_run=dry_run)
    done = publish(brief, dry_run=dry_run)
    written = write_feeds(brief, dry_run=dry_run, failed=done.failed)
    lost = [] if dry_run or not written else upload_feeds(brief, written)
    return Publication(done, tuple(written), tuple(lost))


def feeds(brief: Brief, *, dry_run: bool = False) -> tuple[Written, ...]:
    """Writes the campaign's feeds without publishing its pictures; what became of each, in the order of the campaign.

    dry_run: tells what would be written, and does nothing.
    Raises InputError for a feed that does not fit its table and before the first run, SetupError where one cannot be
    written.
    """
    from assetgen.shop_feeds.feed_writing import write_feeds

    switches(dry_run=dry_run)
    return tuple(write_feeds(a_brief(brief, "assetgen.feeds({})"), dry_run=dry_run))
