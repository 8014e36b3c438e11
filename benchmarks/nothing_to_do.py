"""A second run with nothing to do: seconds, memory and rows, at one size and at ten times that.

python benchmarks/nothing_to_do.py
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageDraw

CAMPAIGN = """\
name: Many
products: {{file: products.csv}}
brand: plain
copy: copy.csv
locales: [en-US]
scenes:
  shelf: {{prompt: shelf}}
channels:
{channels}
provider: {{name: studio, megapixels: 0.25}}
"""
COPY = "key,en-US\nheadline,{{ product.title }}\nsubline,Good\ncta,Buy\noffer,{{ product.price }}\n"
CHANNELS = (
    "instagram-feed-portrait", "instagram-feed-square", "instagram-story", "google-pmax-landscape",
    "google-pmax-square", "display-728x90", "display-300x250", "amazon-main", "xiaohongshu-note", "facebook-link",
)  # fmt: skip


def lay_out(folder: Path, products: int) -> Path:
    """A shop with as many products, each with a photo of its own."""
    for name, text in {
        "templates/prompts/shelf.j2": "a round podium",
        "templates/brands/plain.yaml": "name: Plain",
        "campaigns/copy.csv": COPY,
        "campaigns/many.yaml": CAMPAIGN.format(channels="\n".join(f"  - {c}" for c in CHANNELS)),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    rows = ["sku,title,price,sale_price,currency,photo"]
    for n in range(products):
        image = Image.new("RGBA", (64, 64))
        ImageDraw.Draw(image).ellipse((8, 4, 56, 60), fill=(n % 256, n // 256, 90))
        image.save(folder / f"campaigns/{n}.png")
        rows.append(f"SKU-{n:06},Product {n},{n}.00,,EUR,{n}.png")
    (folder / "campaigns/products.csv").write_text("\n".join(rows))
    return folder / "campaigns/many.yaml"


def run(campaign: Path) -> tuple[float, float, str]:
    """Seconds, peak megabytes and the last line printed."""
    started = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-m", "assetgen", "run", str(campaign)], capture_output=True, text=True, check=True
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return time.perf_counter() - started, peak, ended.stderr.splitlines()[0]


def main() -> None:
    for products in map(int, sys.argv[1:] or ["100", "1000"]):
        with tempfile.TemporaryDirectory() as folder:
            campaign = lay_out(Path(folder), products)
            first, _, _ = run(campaign)
            print(f"{products} products x {len(CHANNELS)} channels: made in {first:.0f} s")
            measured = subprocess.run(
                [sys.executable, __file__, "--again", str(campaign)], capture_output=True, text=True, check=True
            )
            print(measured.stdout.strip())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--again"]:
        seconds, peak, said = run(Path(sys.argv[2]))
        print(f"  again: {seconds:.2f} s, {peak:.0f} MB ({said})")
    else:
        main()
