"""Photos behind addresses: how many a second, and how much memory, against a host on loopback.

python -m benchmarks.photos_web

The host has a process of its own on the same cores. What is timed is a whole `assetgen check`: starting, reading the
table, fetching, looking at each photo and planning its pictures.
"""

from __future__ import annotations

import io
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
from PIL import Image

from tests.kit import BRAND, CAMPAIGN, COPY, LAYOUT, write
from tests.photoserver import Asked, Reply, photo_server

HEAD = """\
| photos | host takes | fetched | a second | asked again | a second | peak memory |
|---|---|---|---|---|---|---|"""

CASES = ((500, 0.0), (2_000, 0.0), (8_000, 0.0), (2_000, 0.05))
"""Photos, and seconds that the host takes for each."""


def photo() -> bytes:
    """A JPEG of about 120 kB."""
    noise = np.random.default_rng(7).integers(0, 256, (400, 400, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "jpeg", quality=85)
    return file.getvalue()


def serve(pipe: Connection, latency: float) -> None:
    data = photo()

    def answer(asked: Asked) -> Reply:
        time.sleep(latency)
        tag = {"etag": f'"{asked.path}"'}
        if asked.headers.get("if-none-match") == tag["etag"]:
            return Reply(304, headers=tag, length=None)
        return Reply(200, data + asked.path.encode(), tag)

    with photo_server() as photos:
        photos.otherwise = answer
        pipe.send(photos.port)
        pipe.recv()


@contextmanager
def host(latency: float) -> Iterator[str]:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(there, latency))
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}"
    finally:
        here.send("enough")
        process.join()


def lay_out(folder: Path, address: str, count: int) -> Path:
    rows = "".join(f"N-{n:06},Product {n},{n}.00,EUR,{address}/{n}.jpg\n" for n in range(count))
    write(folder / "templates/prompts/shelf.j2", "a shelf")
    write(folder / "templates/brands/plain.yaml", BRAND)
    write(folder / "templates/layouts/card.yaml", LAYOUT)
    write(folder / "campaigns/products.csv", f"sku,title,price,currency,photo\n{rows}")
    write(folder / "campaigns/copy.csv", COPY)
    fetch = "  file: products.csv\n  fetch: {internal_hosts: [127.0.0.1]}"
    return write(folder / "campaigns/many.yaml", CAMPAIGN.replace("  file: products.csv", fetch))


def check(campaign: Path) -> float:
    """Seconds, starting included."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "assetgen", "check", str(campaign)], capture_output=True, check=True)
    return time.perf_counter() - started


def measure(count: int, latency: float) -> None:
    with tempfile.TemporaryDirectory() as folder, host(latency) as address:
        campaign = lay_out(Path(folder), address, count)
        first, again = check(campaign), check(campaign)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"| {count:,} | {latency * 1000:.0f} ms | {first:.1f} s | **{count / first:.0f}** "
        f"| {again:.1f} s | **{count / again:.0f}** | {peak:.0f} MB |",
        flush=True,
    )


def main() -> None:
    print(HEAD)
    for count, latency in CASES:
        measure(count, latency)


if __name__ == "__main__":
    main()
