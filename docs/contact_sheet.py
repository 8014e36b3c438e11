"""A finished campaign on one sheet for each product: `python docs/contact_sheet.py output/spring DIR`.

One row for each language, one column for each channel; as large as an art director needs to see edges and type.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

from PIL import Image

ROW = 420
"""Height of a row in pixels; banners are as wide as this allows and less high."""

WIDEST = 900
GAP = 12
PAPER = "#e9e7e3"


def sheet(files: list[list[Path]]) -> Image.Image:
    """Rows of pictures, side by side."""
    rows = [[_small(file) for file in row] for row in files]
    width = max(sum(picture.width + GAP for picture in row) for row in rows) + GAP
    page = Image.new("RGB", (width, len(rows) * (ROW + GAP) + GAP), PAPER)
    for n, row in enumerate(rows):
        left = GAP
        for picture in row:
            page.paste(picture, (left, GAP + n * (ROW + GAP)))
            left += picture.width + GAP
    return page


def _small(file: Path) -> Image.Image:
    with Image.open(file) as picture:
        scale = min(ROW / picture.height, WIDEST / picture.width)
        size = round(picture.width * scale), round(picture.height * scale)
        return picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def main(output: Path, folder: Path) -> None:
    rows: dict[str, dict[str, list[Path]]] = defaultdict(lambda: defaultdict(list))
    for asset in json.loads((output / "manifest.json").read_text(encoding="utf-8"))["assets"]:
        if asset["state"] == "current":
            rows[asset["sku"]][asset["locale"]].append(output / asset["file"])
    folder.mkdir(parents=True, exist_ok=True)
    for sku, locales in rows.items():
        sheet([sorted(files) for files in locales.values()]).save(folder / f"{sku}.jpg", quality=82)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
