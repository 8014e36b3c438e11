from __future__ import annotations

from typing import Annotated

import typer

from assetgen.cli import feeds
from assetgen.cli.terminal import console, options

DEGRADED = 1


def publish(
    campaign: options.Campaign,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    json: options.Json = False,
) -> None:
    """Bring finished files to where shops fetch them: only what is missing, and old files stay a while."""
    from assetgen.feeds.feed_writing import upload_feeds, write_feeds
    from assetgen.publishing.uploading import publish as work
    from assetgen.sources import load

    brief = load(campaign)
    done = work(brief, dry_run=dry_run)
    written = write_feeds(brief, dry_run=dry_run, failed=done.failed)
    lost = [] if dry_run or not written else upload_feeds(brief, written)
    if json:
        console.json_result(
            {
                "uploaded": done.uploaded,
                "there": done.there,
                "removed": done.removed,
                "failed": [problem.message for problem in (*done.failures, *lost)],
                "feeds": [feeds.as_json(each) for each in written],
            }
        )
    else:
        console.problems([*done.failures, *lost])
        words = ("would be uploaded", "would be removed") if dry_run else ("uploaded", "removed")
        uploaded, removed = console.count(len(done.uploaded), "file"), console.count(len(done.removed), "old file")
        console.result(f"{uploaded} {words[0]}, {done.there} there already, {removed} {words[1]}")
        feeds.show(written, dry_run=dry_run)
    if done.failures or lost or any(each.problem for each in written):
        raise typer.Exit(DEGRADED)
