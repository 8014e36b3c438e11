"""The long run: `python -m tests.fuzz --minutes 10` tries every kind in turn and prints what came of it."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Annotated

import typer

from tests.fuzz.kinds import KINDS
from tests.fuzz.tally import LARGE, SLOW, attacked


def fuzz(
    minutes: Annotated[float, typer.Option(help="How long all kinds take together.")] = 10,
    only: Annotated[list[str] | None, typer.Option(help="These kinds and no others.")] = None,
    start: Annotated[int, typer.Option("--seed", help="The same number gives the same inputs.")] = 0,
) -> None:
    """Try bad inputs of every kind and print what came of them."""
    kinds, at_once = only or list(KINDS), len(os.sched_getaffinity(0))
    seconds = minutes * 60 * at_once / len(kinds)
    # A process of its own for each, so that its peak of memory is its own.
    with ProcessPoolExecutor(at_once, multiprocessing.get_context("spawn"), max_tasks_per_child=1) as pool:
        tallies = list(pool.map(partial(attacked, seconds=seconds, number=start), kinds))
    print(f"{'kind':14} {'tried':>6} {'faults':>9} {'slow':>5} {'MB':>6} {'told':>7} {'place'} {'hint'}")
    for tally in tallies:
        print(tally.line())
    tried, faults = sum(tally.tried for tally in tallies), sum(tally.faults.total() for tally in tallies)
    told, hinted = sum(tally.problems for tally in tallies), sum(tally.hinted for tally in tallies)
    slow, large = sum(tally.slow for tally in tallies), sum(tally.peak > LARGE for tally in tallies)
    print(f"{tried} inputs, {faults} faults, {slow} over {SLOW:.0f} s, {large} kinds over 1 GB")
    print(f"{hinted / max(told, 1):.0%} of {told} messages have a hint")
    for tally in tallies:
        for where, count in tally.faults.most_common():
            print(f"\n=== {tally.kind}: {count} x {where}\n{tally.first[where]}")


if __name__ == "__main__":
    typer.run(fuzz)
