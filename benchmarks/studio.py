"""Seconds of CPU that the studio needs for each kind of set: python benchmarks/studio.py [-s SIDE] [-o DIR]"""

import argparse
import os
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import cv2

from assetgen.model.request import Request
from assetgen.providers.studio import Studio
from assetgen.studio.studio_vocabulary import PLACES

PROMPTS = {
    "neutral": "a calm background",
    "round": "round podium, sage wall, leaf shadow, morning light from the left",
    "stepped": "stepped podium, palette #e3a282 #f3ead9 #c8623e, light from the right",
    "block": "marble block, beige wall, window shadow, light from the left",
    "steps": "stairs, blush pink wall, light from the right",
    "table": "oak table, cream wall, window shadow, morning light from the left",
    "sill": "white window sill, sage, morning light from the left",
    "arch": "round podium, terracotta arch, palette #ead2bd #f3ead9, light from the left",
    "spheres": "spheres, round podium, lavender wall, light from the left",
    "linen": "linen table, vase, beige wall, leaf shadow, light from the right",
    "terrazzo": "round podium, terrazzo floor, ivory wall, light from the left",
    "sand": "round podium, sand floor, peach wall, golden hour, light from the left",
    "water": "round podium, water, sky blue wall, noon light from the right",
    "night": "night, bokeh lights, stepped podium, dark green wall",
    "neon": "neon, round podium, navy wall",
    "brand": "round podium, eucalyptus, palette #22302b, #f6f1e7, #c8623e",
    **{place: words.partition(", ")[0] for place, words in PLACES.items()},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-s", "--side", type=int, default=1024, help="width and height in pixels")
    parser.add_argument("-o", "--output", type=Path, help="a folder for the pictures")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    seconds = {}
    for name, prompt in PROMPTS.items():
        start = time.process_time()
        generated = Studio().generate(Request(prompt, options.side, options.side))
        seconds[name] = time.process_time() - start
        print(f"{name:14} {seconds[name]:5.2f} s")
        if options.output:
            options.output.mkdir(parents=True, exist_ok=True)
            (options.output / f"{name}.png").write_bytes(generated.data)
    slowest = max(seconds, key=seconds.__getitem__)
    mean = sum(seconds.values()) / len(seconds)
    print(f"{len(seconds)} sets, {mean:.2f} s on average, at most {seconds[slowest]:.2f} s ({slowest})")


if __name__ == "__main__":
    main()
