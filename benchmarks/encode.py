"""Bytes and CPU time of every way to write a file, at equal fidelity: python -m benchmarks.encode

The pictures are those of the sample campaign on canvases of all shapes, before encoding: on plates of the studio, on
photos with grain, and on white. Takes about ten minutes.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import cv2
import numpy as np
import skimage.data
import yaml
from PIL import Image, ImageOps

import assetgen
from assetgen.config.shape import Shape
from assetgen.files.codecs import AVIF, HALVED_JPEG, JPEG, PALETTE, PNG, QUICK_JPEG, QUICK_WEBP, WEBP, Way
from assetgen.files.encode import FLOOR, FileLimits, TooHeavy, encode
from assetgen.files.fidelity import fidelity
from assetgen.files.tags import Tags
from assetgen.model.arrays import Pixels
from assetgen.model.request import ALONE, Attached, Generated, Request
from assetgen.ports import Provider

ROOT = Path(__file__).parent.parent
SIZES = [
    (1080, 1350),
    (1080, 1920),
    (1200, 1200),
    (1920, 800),
    (1200, 628),
    (970, 250),
    (728, 90),
    (300, 600),
    (300, 250),
]
QUALITIES = (92, 85, 75, 65, 55, 45, 35, 25)
SCORES = (FLOOR, 0.95, 0.97)
TAGS = Tags(b"", 72)
PHOTOS: tuple[Callable[[], Pixels], ...] = (
    skimage.data.coffee,
    skimage.data.chelsea,
    skimage.data.astronaut,
    lambda: skimage.data.stereo_motorcycle()[0],  # type: ignore[no-untyped-call]
)
Write = Callable[[Pixels, int], bytes]


class Grainy(Provider):
    """Photos, enlarged, with the grain of a camera."""

    name: ClassVar[str] = "grainy"
    ai: ClassVar[bool] = False

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:  # noqa: ARG002 - part of the socket
        photo = PHOTOS[hashlib.sha256(request.prompt.encode()).digest()[0] % len(PHOTOS)]()
        fitted = np.asarray(ImageOps.fit(Image.fromarray(photo), (request.width, request.height)))
        grain = np.random.default_rng(1).normal(0, 4, (*fitted.shape[:2], 1))
        out = io.BytesIO()
        Image.fromarray((fitted + grain).clip(0, 255).astype(np.uint8)).save(out, "PNG")
        return Generated(out.getvalue())

    def size(self, shape: Shape) -> tuple[int, int]:
        return (1024, 1536) if shape in {Shape.TALL, Shape.PORTRAIT} else (1536, 1024)


def composites(folder: Path) -> Iterator[Pixels]:
    """Two of the studio and one on a photo for each size, and three on white."""
    for name in ("campaigns", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    row = {
        "name": "Lossless",
        "platform": "None",
        "kind": "ad",
        "aspect": "any",
        "formats": ["png"],
        "source": "none",
        "evidence": "memory",
    }
    sized: list[dict[str, Any]] = [row | {"id": f"lossless-{w}x{h}", "width": w, "height": h} for w, h in SIZES]
    white = row | {
        "id": "lossless-white",
        "width": 1600,
        "height": 1600,
        "background": "white",
        "overlays": "forbidden",
    }
    (folder / "templates" / "channels.yaml").write_text(yaml.safe_dump({"channels": [*sized, white]}))
    campaign = yaml.safe_load((ROOT / "campaigns" / "spring.yaml").read_text(encoding="utf-8"))
    del campaign["budget"]
    campaign |= {"locales": ["en-US"], "channels": [row["id"] for row in (*sized, white)]}
    (folder / "campaigns" / "lossless.yaml").write_text(yaml.safe_dump(campaign))
    for provider, count in ((None, 2), (Grainy(), 1)):
        brief = assetgen.load(folder / "campaigns" / "lossless.yaml")
        output = (assetgen.run(brief, provider=provider) if provider else assetgen.run(brief)).output
        for n, (width, height) in enumerate(SIZES):
            files = sorted((output / f"lossless-{width}x{height}").glob("*.png"))
            yield from (pixels(files[(n + 4 * k) % len(files)].read_bytes()) for k in range(count))
    yield from (pixels(file.read_bytes()) for file in sorted((output / "lossless-white").glob("*.png"))[::3])


def pixels(data: bytes) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def ours(way: Way) -> Write:
    return lambda picture, quality: way.write(picture, quality, TAGS)


def pillow(codec: str, picture: Pixels, quality: int, **options: Any) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, codec, quality=quality, **options)
    return out.getvalue()


def vips(ending: str, picture: Pixels, quality: int, **options: Any) -> bytes:
    import pyvips

    image = pyvips.Image.new_from_array(picture, interpretation="srgb")
    return bytes(image.write_to_buffer(ending, Q=quality, keep="none", **options))


def quantized(picture: Pixels, quality: int) -> bytes:  # noqa: ARG001 - it has none
    out = io.BytesIO()
    Image.fromarray(picture).quantize(256, dither=Image.Dither.FLOYDSTEINBERG).save(out, "PNG", optimize=True)
    return out.getvalue()


LOSSY: dict[str, Write] = {
    "JPEG 4:4:4, Pillow *": ours(QUICK_JPEG),
    "the same, progressive, optimised": partial(pillow, "JPEG", subsampling="4:4:4", optimize=True, progressive=True),
    "JPEG 4:4:4, libvips with mozjpeg *": ours(JPEG),
    "JPEG 4:2:0, Pillow, progressive, optimised": partial(
        pillow, "JPEG", subsampling="4:2:0", optimize=True, progressive=True
    ),
    "JPEG 4:2:0, libvips with mozjpeg *": ours(HALVED_JPEG),
    "WebP, Pillow, method 2 *": ours(QUICK_WEBP),
    "WebP, Pillow, method 4 *": ours(WEBP),
    "WebP, libvips, effort 4, smart subsampling": partial(vips, ".webp", effort=4, smart_subsample=True),
    "AVIF, Pillow, speed 8 *": ours(AVIF),
    "AVIF, libvips, effort 1": partial(vips, ".avif", effort=1, bitdepth=8, subsample_mode="off"),
}
OTHERS: dict[str, Write] = {
    "PNG, Pillow": lambda picture, _: pillow("PNG", picture, 100),
    "PNG, libvips *": ours(PNG),
    "PNG of 256 colours, Pillow": quantized,
    "PNG of 256 colours, libvips *": ours(PALETTE),
}


def measured(write: Write, picture: Pixels, quality: int) -> tuple[float, int, float]:
    """Score, bytes and seconds of CPU."""
    started = time.process_time()
    data = write(picture, quality)
    seconds = time.process_time() - started
    return fidelity(picture, pixels(data)), len(data), seconds


def at_equal_score(pictures: list[Pixels]) -> None:
    print(f"{'':44}" + "".join(f"  at {score:.2f}" for score in SCORES) + "  ms a megapixel")
    base = None
    for name, write in LOSSY.items():
        rows, seconds = [], 0.0
        for picture in pictures:
            tries = sorted(measured(write, picture, quality) for quality in QUALITIES)
            scores, weights = [t[0] for t in tries], np.log([t[1] for t in tries])
            rows.append(np.interp(SCORES, scores, weights, left=np.nan, right=np.nan))
            seconds += sum(t[2] for t in tries)
        base = np.array(rows) if base is None else base
        shares = np.exp(np.nanmean(np.array(rows) - base, axis=0))
        speed = 1000 * seconds / len(QUALITIES) / megapixels(pictures)
        print(f"{name:44}" + "".join(f"{share:9.2f}" for share in shares) + f"{speed:16.0f}", flush=True)


def without_search(pictures: list[Pixels]) -> None:
    print(f"\n{'':32}  bytes  median score  ms a megapixel")
    first = None
    for name, write in OTHERS.items():
        tries = [measured(write, picture, 100) for picture in pictures]
        first = first or [t[1] for t in tries]
        share = np.exp(np.mean(np.log([t[1] for t in tries]) - np.log(first)))
        speed = 1000 * sum(t[2] for t in tries) / megapixels(pictures)
        print(f"{name:32}{share:7.2f}{np.median([t[0] for t in tries]):14.3f}{speed:16.0f}", flush=True)


def within_limits(pictures: list[Pixels]) -> None:
    print("\nlimit      fit  too heavy  attempts  mean score  of the limit  ms a megapixel")
    for formats in (("jpg", "png"), ("jpg", "png", "webp"), ("webp", "avif", "jpg")):
        print(", ".join(formats))
        free = [len(encode(picture, FileLimits(("jpg",)), b"").data) for picture in pictures]
        for share in (1.0, 0.5, 0.3, 0.2):
            made, started = [], time.process_time()
            for picture, weight in zip(pictures, free, strict=True):
                limit = int(share * weight)
                try:
                    found = encode(picture, FileLimits(formats, limit), b"")
                except TooHeavy:
                    continue
                made.append((found.attempts, found.score, len(found.data) / limit))
            speed = 1000 * (time.process_time() - started) / megapixels(pictures)
            attempts, score, used = np.mean(made, axis=0) if made else (np.nan,) * 3
            lost = len(pictures) - len(made)
            print(
                f"{share:5.0%}{len(made):9}{lost:11}{attempts:10.1f}{score:12.3f}{used:14.0%}{speed:16.0f}", flush=True
            )


def megapixels(pictures: list[Pixels]) -> float:
    return sum(picture[..., 0].size for picture in pictures) / 1e6


def main() -> None:
    os.environ["VIPS_CONCURRENCY"] = "1"
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as folder:
        pictures = list(composites(Path(folder)))
    print(f"{len(pictures)} pictures; * is what assetgen uses; weights beside those of the first line\n")
    at_equal_score(pictures)
    without_search(pictures)
    within_limits(pictures)


if __name__ == "__main__":
    main()
