"""How far the cutouts of the sample photos are from the exact ones: `python -m benchmarks.cutouts`."""

from __future__ import annotations

import time
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from assetgen.cutters import Auto

PHOTOS = [*Path("campaigns/photos").glob("*.jpg"), Path("tests/photos/candle.jpg")]
TRUTH = Path("tests/truth")
GLASS = {"candle"}  # clear glass on white cannot be told from its backdrop; left out of the mean


def main() -> None:
    cv2.setNumThreads(1)
    errors = {}
    for path in sorted(PHOTOS, key=lambda path: path.stem):
        photo = np.asarray(Image.open(path).convert("RGB"))
        truth = np.asarray(Image.open(TRUTH / f"{path.stem}.png").convert("L"), np.float32)
        started = time.process_time()
        cutout = Auto().cut(photo)
        seconds = time.process_time() - started
        errors[path.stem] = 100 * float(np.abs(cutout.rgba[..., 3] - truth).mean()) / 255
        print(
            f"{path.stem:12}{errors[path.stem]:7.2f} %  {seconds:.2f} s  "
            f"{cutout.verdict.value} ({cutout.confidence:.2f})  {'; '.join(cutout.reasons)}"
        )
    counted = [error for name, error in errors.items() if name not in GLASS]
    print(f"{'mean':12}{np.mean(counted):7.2f} %  without {', '.join(GLASS)}; worst {max(counted):.2f} %")


if __name__ == "__main__":
    main()
