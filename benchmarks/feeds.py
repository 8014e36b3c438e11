"""Feeds of a million products: the shop's export written back with another picture in every row, and a supplement.

python benchmarks/feeds.py [ROWS]

The ledger has two pictures of each product, with records as large as a run writes them.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from assetgen.ledger import Ledger
from assetgen.model.made import Made
from assetgen.shop_feeds.feed_writing import write_feeds
from assetgen.sources import load
from benchmarks.catalogue import CDN, SHOPS, words

CAMPAIGN = """\
name: Many
products: {{file: {file}}}
brand: plain
copy: copy.csv
locales: [en-US]
scenes:
  shelf: {{prompt: shelf}}
channels: [instagram-feed-square, amazon-main]
publish: {{to: public, base_url: https://cdn.example.com/shop}}
feeds: [{{file: feeds/{file}, {feed}}}]
"""
FILES = 1_000
"""So many products share a file, for a disk is not what is measured."""


def google_xml(rows: int) -> Iterator[str]:
    yield '<rss xmlns:g="http://base.google.com/ns/1.0"><channel>'
    for n in range(rows):
        yield (
            f"<item>\n<g:id>{n}</g:id>\n<g:title>Mug {n}</g:title>\n<g:description>{words(18)}</g:description>\n"
            f"<g:link>https://shop.example.com/p/{n}</g:link>\n<g:image_link>{CDN}/{n}.jpg</g:image_link>\n"
            "<g:price>24.00 EUR</g:price>\n</item>"
        )
    yield "</channel></rss>"


def _skus(shop: str, rows: int) -> Iterator[str]:
    match shop:
        case "plain":
            yield from (f"SKU-{n:07}" for n in range(rows))
        case "shopify":
            yield from (f"MUG-{n}-{size}" for n in range(rows // 4) for size in "SML")
        case "woocommerce":
            yield from (f"rug-{n // 3}-{n % 3}" for n in range(rows * 3 // 4))
        case _:
            yield from map(str, range(rows))


FEEDS: dict[str, tuple[str, str, Callable[[int], Iterator[str]], str]] = {
    "plain": ("plain", "many.csv", SHOPS["plain"], "pictures: {photo: instagram-*}"),
    "shopify": (
        "shopify",
        "many.csv",
        SHOPS["shopify"],
        "pictures: {product_image_url: instagram-*, variant_image_url: instagram-*}",
    ),
    "woocommerce": ("woocommerce", "many.csv", SHOPS["woocommerce"], "pictures: {images: instagram-*}"),
    "google": (
        "google",
        "many.tsv",
        SHOPS["google"],
        "pictures: {image_link: amazon-main, additional_image_link: instagram-*}",
    ),
    "google, XML": ("google", "many.xml", google_xml, "pictures: {image_link: amazon-main}"),
    "google, supplement": (
        "google",
        "many.tsv",
        SHOPS["google"],
        "format: google, pictures: {image_link: amazon-main, additional_image_link: instagram-*}",
    ),
}


def _made(sku: str, channel: str, scene: str, locale: str) -> Made:
    name = f"{channel}/{sku}--{scene}--{locale}"
    return Made(
        id=name, sku=sku, title=f"Mug {sku}", scene=scene, locale=locale, audience=None, take=1, channel=channel,
        key="0" * 64, inputs={f"input {n}": "0" * 64 for n in range(16)}, photo=f"{sku}.jpg",
        path=f"{channel}/{hash(sku) % FILES}.jpg", digest="0" * 64, size=100_000, modified=0, width=1080, height=1080,
        format="jpg", quality=90, source_type="compositeSynthetic", origin="new", seconds=0.1,
    )  # fmt: skip


def _parts(items: Iterable[str], count: int) -> Iterator[list[str]]:
    items = iter(items)
    while part := list(islice(items, count)):
        yield part


def lay_out(folder: Path, name: str, rows: int) -> Path:
    """The workspace with the table, the ledger, and the files that it speaks of."""
    shop, file, lines, feed = FEEDS[name]
    for path, text in {
        "templates/prompts/shelf.j2": "a round podium",
        "templates/brands/plain.yaml": "name: Plain",
        "campaigns/copy.csv": "key,en-US\nheadline,Good\nsubline,Good\ncta,Buy\noffer,Now\n",
        "campaigns/many.yaml": CAMPAIGN.format(file=file, feed=feed),
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    with (folder / "campaigns" / file).open("w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in lines(rows))
    for channel in ("instagram-feed-square", "amazon-main"):
        (folder / "output/many" / channel).mkdir(parents=True)
        for n in range(FILES):
            (folder / "output/many" / channel / f"{n}.jpg").touch()
    ledger = Ledger(folder / ".assetgen/ledger.sqlite", "many")
    for part in _parts(_skus(shop, rows), 10_000):
        ledger.record(
            made
            for sku in part
            for made in (
                _made(sku, "instagram-feed-square", "shelf", "en-US"),
                _made(sku, "amazon-main", "packshot", "all"),
            )
        )
    ledger.close()
    return folder / "campaigns/many.yaml"


def measure(name: str, campaign: Path) -> None:
    brief = load(campaign)
    start, cpu = time.perf_counter(), time.process_time()
    (written,) = write_feeds(brief)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = (brief.root / written.feed.file).stat().st_size / 1e6
    print(f"| {name} | {size:.0f} MB | {written.products:,} | {seconds:.0f} | {cpu:.0f} | {peak:.0f} MB |", flush=True)


def main(rows: int) -> None:
    print("| feed | written | products | seconds | CPU seconds | peak memory |")
    print("|---|---|---|---|---|---|", flush=True)
    for name in FEEDS:
        random.seed(1)
        with tempfile.TemporaryDirectory() as folder:
            campaign = lay_out(Path(folder), name, rows)
            subprocess.run([sys.executable, "-m", "benchmarks.feeds", "--write", name, str(campaign)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        measure(sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 1_000_000)
