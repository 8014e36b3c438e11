"""This room works through a plan: it buys plates, makes pictures of them, and tells what came of it.

`campaign_run.py` drives it all, in one thread, which alone touches the ledger and the budgets. It fills two lanes of
other threads: callers, who wait for the provider (`purchases.py`, `pace.py`, `plates.py`), and painters, who compose
and finish (`picture_jobs.py`, `waiting.py`, `pictures.py`, with what is in `materials/` and `finishing/`).
"""

__all__ = [
    "batch_runs",
    "campaign_plan",
    "campaign_run",
    "canvases",
    "events",
    "plan_counts",
    "plan_file",
    "plan_stream",
    "scope",
    "session",
    "workshop",
]
