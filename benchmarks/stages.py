"""How well a plate tells where a product can stand and where its light is: python benchmarks/stages.py

The studio knows the truth about its plates. The estimate was tuned on the first of them; the others are the test.
"""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass

os.environ.setdefault("OMP_NUM_THREADS", "1")

import cv2

from assetgen.files.decode import decode
from assetgen.model.request import Request, Stage
from assetgen.picture.light.stage_finding import SeenStage, sight
from assetgen.picture.light.surface import is_open
from assetgen.providers.studio import Studio

STANDS = (
    "round podium",
    "oak table",
    "marble block",
    "stairs",
    "stepped podium",
    "white window sill",
    "seamless floor",
    "linen table",
)
WALLS = (
    "sage wall",
    "cream wall, window shadow",
    "terracotta arch",
    "navy wall",
    "blush pink wall, spheres",
    "beige wall",
    "sand floor, peach wall",
)
LIGHTS = (
    "morning light from the left",
    "golden hour from the right",
    "soft light from the right",
    "noon light from the left",
    "soft light from above",
    "night, light from the left",
    "leaf shadow, light from the right",
    "soft light from the left",
    "morning light from the right",
)
SIZES = ((512, 512), (400, 640), (640, 400))
COUNT = 48
SIDEWAYS = 0.3
"""Light that comes further from the side than this should be seen to do so."""


@dataclass(frozen=True)
class Example:
    truth: Stage
    seen: SeenStage
    raised: tuple[bool, bool]
    milliseconds: float


def main() -> None:
    cv2.setNumThreads(1)
    report("tuned on", [example(number) for number in range(COUNT)])
    report("test", [example(number) for number in range(COUNT, 2 * COUNT)])


def example(number: int) -> Example:
    """Stands, walls and lights turn at different speeds, so that few combinations come twice."""
    stand, size = STANDS[number % 8], SIZES[number // 8 % 3]
    wall, light = WALLS[(number * 3 + number // 8) % 7], LIGHTS[(number * 2 + number // 7) % 9]
    made = Studio().generate(Request(f"{stand}, {wall}, {light}", *size))
    plate = decode(made.data)
    started = time.process_time()
    seen = sight(plate)
    spent = (time.process_time() - started) * 1000
    assert made.stage
    return Example(made.stage, seen, (not is_open(made.stage, *size), not is_open(seen.stage, *size)), spent)


def report(name: str, examples: list[Example]) -> None:
    print(f"{name}: {len(examples)} plates, {statistics.mean(e.milliseconds for e in examples):.0f} ms each")
    for what in ("ground", "x", "y", "width"):
        errors = [abs(getattr(e.seen.stage, what) - getattr(e.truth, what)) for e in examples]
        near = sum(error < 0.04 for error in errors) / len(errors)
        print(f"  {what:7} off by {statistics.median(errors):.3f} (median), within 0.04: {near:.0%}")
    told = [e.raised[0] == e.raised[1] for e in examples]
    print(f"  raised or open floor told: {sum(told) / len(told):.0%}")
    sides = [(e.truth.light.side, e.seen.stage.light.side) for e in examples if abs(e.truth.light.side) > SIDEWAYS]
    right, wrong = (sum(sign * a * b > 0 for a, b in sides) / len(sides) for sign in (1, -1))
    print(f"  side of the light: right {right:.0%}, wrong {wrong:.0%}, undecided {1 - right - wrong:.0%}")


if __name__ == "__main__":
    main()
