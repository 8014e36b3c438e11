"""CPU time for holding a finished picture to all rules: python -m benchmarks.checks"""

from __future__ import annotations

import time
from collections.abc import Iterator

import cv2

from assetgen.checks import Subject, rules
from assetgen.config.channel import Channel
from assetgen.files.encode import FileLimits, encode
from assetgen.files.xmp import Provenance, SourceType, xmp
from assetgen.model.canvas import Canvas
from assetgen.picture.compose import compose, fit_plate
from assetgen.picture.standing_product import trim
from assetgen.sources import channels
from benchmarks.compose import LOOK, RUNS, STAGE, a_cutout, a_plate, words_filled_in

CHANNELS = ("instagram-feed-portrait", "instagram-story", "display-300x250", "web-hero", "amazon-main", "taobao-main")
MARKS = Provenance(SourceType.COMPOSITE_WITH_GENERATED, "xmp.iid:1", "assetgen", system="gpt-image-2")
READING = "reading the file"
SHOWN = 0.05


def main() -> None:
    cv2.setNumThreads(1)
    for subject in subjects():
        times = measured(subject)
        width, height = subject.frame.width, subject.frame.height
        print(f"{subject.row.id} ({width} x {height}): {sum(times.values()):.1f} ms")
        for name, ms in sorted(times.items(), key=lambda item: -item[1]):
            if ms >= SHOWN:
                print(f"    {name:<18} {ms:6.2f}")


def subjects() -> Iterator[Subject]:
    plate, trimmed = a_plate(), trim(a_cutout())
    for row in map(channels().__getitem__, CHANNELS):
        canvas, layers = canvas_of(row), words_filled_in(row.shape)
        backdrop = None if canvas.white else fit_plate(plate, STAGE, canvas, layers)
        shown = [layer for layer in layers if not canvas.white or layer.layer == "product"]
        picture = compose(canvas, shown, LOOK, backdrop=backdrop, products=[trimmed])
        encoded = encode(picture.pixels, FileLimits(row.formats, row.max_bytes), xmp(MARKS))
        yield Subject(encoded.data, encoded.extension, row, picture, MARKS, "en-US")


def canvas_of(row: Channel) -> Canvas:
    white = row.background == "white"
    return Canvas(row.width, row.height, row.safe_area, white=white, min_fill=row.min_product_fill)


def measured(subject: Subject) -> dict[str, float]:
    """Milliseconds, the least of RUNS; what rules share is counted where it is first asked for."""
    best: dict[str, float] = {}
    for _ in range(RUNS):
        fresh = Subject(subject.data, subject.name, subject.channel, subject.scene, subject.marks, subject.locale)
        started = time.process_time()
        assert fresh.header.width == fresh.seen.shape[1]
        spent = {READING: ms_since(started)}
        for rule in rules():
            started = time.process_time()
            list(rule.findings(fresh, {}))
            spent[rule.name] = ms_since(started)
        best = {name: min(best.get(name, ms), ms) for name, ms in spent.items()}
    return best


def ms_since(started: float) -> float:
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    main()
