"""Works through a plan: buys plates, cuts out, composes, finishes, and tells what came of it. Threads live here."""

__all__ = [
    "batch_runs",
    "campaign_plan",
    "campaign_run",
    "canvases",
    "events",
    "plan_file",
    "plan_stream",
    "plates",
    "stored_cutouts",
    "workshop",
]
