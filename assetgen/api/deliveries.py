"""Finished pictures brought to where shops fetch them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.api.arguments import a_brief, some_events, switches

if TYPE_CHECKING:
    from assetgen.api.results import Publication
    from assetgen.model.brief import Brief
    from assetgen.production.events import Events
    from assetgen.shop_feeds.feed_writing import Written


def publish(brief: Brief, *, dry_run: bool = False, wait: float = 0, events: Events | None = None) -> Publication:
    """Brings finished files to the folder or object store of the campaign, only what is missing, and then the feeds.

    dry_run: tells what would be uploaded, removed and written, and does nothing. wait: seconds to wait for another run
    in the same folder, of which `events` hears by `note`.
    A file that is not the one that was made, because it was cut off or replaced, stays at home; the others go.
    Raises InputError without `publish` in the campaign, before its first run and for a rehearsal, SetupError where the
    place cannot be used. Single files and feeds that did not arrive are in the result.
    """
    from assetgen.api.results import Publication
    from assetgen.publishing.uploading import publish
    from assetgen.shop_feeds.feed_writing import upload_feeds, write_feeds

    brief = a_brief(brief, "assetgen.publish({})")
    switches(dry_run=dry_run)
    say = some_events(events).note
    done = publish(brief, dry_run=dry_run, wait=wait, say=say)
    written = write_feeds(brief, dry_run=dry_run, failed=done.failed, there=done.only_there, wait=wait, say=say)
    lost = [] if dry_run or not written else upload_feeds(brief, written)
    return Publication(done, tuple(written), tuple(lost))


def feeds(brief: Brief, *, dry_run: bool = False, wait: float = 0, events: Events | None = None) -> tuple[Written, ...]:
    """Writes the campaign's feeds without publishing its pictures; what became of each, in the order of the campaign.

    dry_run: tells what would be written, and does nothing. wait, events: as `publish` has them.
    Raises InputError for a feed that does not fit its table and before the first run, SetupError where one cannot be
    written.
    """
    from assetgen.shop_feeds.feed_writing import write_feeds

    switches(dry_run=dry_run)
    say = some_events(events).note
    return tuple(write_feeds(a_brief(brief, "assetgen.feeds({})"), dry_run=dry_run, wait=wait, say=say))
