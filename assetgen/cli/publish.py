from __future__ import annotations

from typing import Annotated

import typer

from assetgen.cli import console, options

DEGRADED = 1


def publish(
    campaign: options.Campaign,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    json: options.Json = False,
) -> None:
    """Bring finished files to where shops fetch them: only what is missing, and old files stay a while."""
    from assetgen.production.publishing import publish as work
    from assetgen.sources import load

    done = work(load(campaign), dry_run=dry_run)
    if json:
        console.json_result(
            {
                "uploaded": done.uploaded,
                "there": done.there,
                "removed": done.removed,
                "failed": [problem.message for problem in done.failures],
            }
        )
    else:
        console.problems(done.failures)
        words = ("would be uploaded", "would be removed") if dry_run else ("uploaded", "removed")
        uploaded, removed = console.count(len(done.uploaded), "file"), console.count(len(done.removed), "old file")
        console.result(f"{uploaded} {words[0]}, {done.there} there already, {removed} {words[1]}")
    if done.failures:
        raise typer.Exit(DEGRADED)
