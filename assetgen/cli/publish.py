"""The command `assetgen publish`: finished files and feeds brought to where shops fetch them."""

from __future__ import annotations

from typing import Annotated

import typer

from assetgen.cli import feeds
from assetgen.cli.terminal import console, options
from assetgen.plural import counted

EXAMPLES = ("assetgen publish campaigns/spring.yaml --dry-run",)

DEGRADED = 1


def publish(
    campaign: options.Campaign,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    wait: options.Wait = 0,
    json: options.Json = False,
) -> None:
    """Bring finished files to where shops fetch them: only what is missing, and old files stay a while."""
    from assetgen import api
    from assetgen.production.events import Events

    published = api.publish(api.load(campaign), dry_run=dry_run, wait=wait, events=Events(note=console.note))
    if json:
        console.json_result(published.as_json())
    else:
        done = published.files
        console.problems(done.refused[: console.MOST])
        if len(done.refused) > console.MOST:
            console.note(f"and {len(done.refused) - console.MOST:,} more like these; --json has them all")
        console.problems([*done.failures, *published.lost])
        for text in done.notes:
            console.note(text)
        words = ("would be uploaded", "would be removed") if dry_run else ("uploaded", "removed")
        uploaded, removed = counted(len(done.uploaded), "file"), counted(len(done.removed), "old file")
        console.result(f"{uploaded} {words[0]}, {done.there} there already, {removed} {words[1]}")
        feeds.show(published.feeds, dry_run=dry_run)
    if published.problems:
        raise typer.Exit(DEGRADED)
