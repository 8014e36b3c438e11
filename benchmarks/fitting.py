"""What it costs `assetgen check` to try the words: the plan alone, and then the longest of its texts.

python -m benchmarks.fitting
"""

from __future__ import annotations

import random
import re
import resource
import sys
import tempfile
import time
from pathlib import Path

from assetgen.desk.campaign_check import check_campaign
from assetgen.production.campaign_plan import Plan
from assetgen.production.scope import Scope
from assetgen.sources import load
from benchmarks.nothing_to_do import CHANNELS, lay_out

WORDS = ("cup", "bowl", "lamp", "stoneware", "hand-thrown", "speckled", "oak", "candle", "for two", "with a lid", "and")


def with_titles(campaign: Path) -> None:
    """Gives the products titles of two to twelve words."""
    draw = random.Random(1)
    table = campaign.parent / "products.csv"
    text = table.read_text()
    table.write_text(re.sub(r"Product \d+", lambda _: " ".join(draw.choices(WORDS, k=draw.randint(2, 12))), text))


def main() -> None:
    products = int(sys.argv[1]) if sys.argv[1:] else 10_000
    with tempfile.TemporaryDirectory() as folder:
        campaign = lay_out(Path(folder), products)
        with_titles(campaign)
        brief = load(campaign)
        for _ in Plan(brief, Scope()):  # photos are measured once, by whoever comes first
            pass
        started = time.process_time()
        for _ in Plan(brief, Scope()):
            pass
        planned, small = time.process_time(), peak()
        found = check_campaign(brief)
        checked, large = time.process_time(), peak()
    alone, both = planned - started, checked - planned
    print(f"{products} products x {len(CHANNELS)} channels, {len(found.fits)} places for words")
    print(f"  the plan alone {alone:.1f} s, {small:.0f} MB; with the words {both:.1f} s, {large:.0f} MB")


def peak() -> float:
    """Of memory, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
