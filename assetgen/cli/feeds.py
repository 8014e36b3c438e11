"""The command `assetgen feeds`: the feeds of a campaign, which `publish` writes as well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from assetgen.cli.terminal import console, options
from assetgen.errors import Problem
from assetgen.plural import counted

if TYPE_CHECKING:
    from assetgen.shop_feeds.feed_writing import Written

EXAMPLES = ("assetgen feeds campaigns/spring.yaml --dry-run",)

DEGRADED = 1


def feeds(
    campaign: options.Campaign,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and do nothing.")] = False,
    wait: options.Wait = 0,
    json: options.Json = False,
) -> None:
    """Write the campaign's feeds without publishing its pictures."""
    from assetgen import api
    from assetgen.production.events import Events

    written = api.feeds(api.load(campaign), dry_run=dry_run, wait=wait, events=Events(note=console.note))
    if json:
        for each in written:
            console.json_result(each.as_json())
    else:
        show(written, dry_run=dry_run)
        if not written:
            console.result("the campaign has no `feeds`")
    if any(each.problem for each in written):
        raise typer.Exit(DEGRADED)


def show(written: Sequence[Written], *, dry_run: bool) -> None:
    """Prints what is not as new as it could be, then a line for each feed."""
    for each in written:
        kept = [Problem(f"`{sku}` {k.standing} in `{each.feed.file}`: {k.why}") for sku, k in each.kept.items()]
        console.problems(kept[: console.MOST], kind="warning")
        if len(kept) > console.MOST:
            console.note(f"and {len(kept) - console.MOST:,} more like these; --json has them all")
        for text in each.notes:
            console.note(f"{each.feed.file}: {text}")
        if each.problem:
            console.problems([each.problem])
        else:
            console.result(_line(each, dry_run=dry_run))


def _line(written: Written, *, dry_run: bool) -> str:
    """The line of a feed: `feeds/google.tsv: 200 products with pictures, written`."""
    if not written.changed:
        return f"{written.feed.file}: nothing new"
    done = "would be written" if dry_run else "written"
    return f"{written.feed.file}: {counted(written.products, 'product')} with pictures, {done}"
