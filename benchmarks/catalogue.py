"""A shop's export of a million rows and 300 MB read as products: rows a second, and the most memory.

python benchmarks/catalogue.py [ROWS]
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from assetgen.catalog import RowCounts, read_table

WORDS = ("clay", "oak", "linen", "glaze", "cut by hand", "kiln", "salt", "ash", "oat", "sage", "warm", "round", "deep")
CDN = "https://cdn.example.com/s/files/1/0420/0069/products"


def words(count: int) -> str:
    return " ".join(random.choices(WORDS, k=count))


def plain(rows: int) -> Iterator[str]:
    yield "sku,title,category,material,price,sale_price,currency,stock,photo,link,description"
    for n in range(rows):
        link = f"https://shop.example.com/de/produkte/{n:07}"
        yield f'SKU-{n:07},Mug {n},kitchen,clay,24.00,,EUR,7,{CDN}/mug-{n}.jpg,{link},"{words(24)}, {n}"'


def shopify(rows: int) -> Iterator[str]:
    """Four rows a product: three variants with a photo each, and one more photo."""
    yield (
        "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,"
        "Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,"
        "Variant Inventory Policy,Variant Fulfillment Service,Variant Price,Variant Compare At Price,"
        "Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,"
        "SEO Title,SEO Description,Variant Image,Variant Weight Unit,Variant Tax Code,Cost per item,Status"
    )
    for n in range(rows // 4):
        body = f'"<p>{words(40)} &amp; {n}</p>\n<ul>\n<li>{words(6)}</li>\n<li class=""more"">{words(8)}</li>\n</ul>"'
        for k, size in enumerate("SML"):
            first = f"Mug {n},{body},Halden,Home > Mugs,Mugs,spring,true,Size" if k == 0 else ",,,,,,,"
            image = f"{CDN}/mug-{n}-{k}.jpg"
            yield (
                f"mug-{n},{first},{size},,,MUG-{n}-{size},310,shopify,12,deny,manual,24.00,29.00,true,true,400638{n:07},"
                f"{image},{k + 1},Mug {n} from the front,{'false' if k == 0 else ''},,,{image},g,,,active"
            )
        yield f"mug-{n},{',' * 21},{CDN}/mug-{n}-3.jpg,4,Mug {n} from above{',' * 8}"


def woocommerce(rows: int) -> Iterator[str]:
    """Four rows a product, its three variations behind all parents."""
    yield (
        "ID,Type,SKU,Name,Published,Is featured?,Visibility in catalog,Short description,Description,Tax status,"
        "In stock?,Stock,Sale price,Regular price,Categories,Tags,Images,Parent,Position,Attribute 1 name,"
        "Attribute 1 value(s)"
    )
    parents = rows // 4
    for n in range(parents):
        text = f"<p>{words(60)} {n}</p>\\n<p>{words(20)}</p>"
        image = f"{CDN}/{n}.jpg"
        yield f'{n},variable,rug-{n},Rug {n},1,0,visible,{words(9)},{text},taxable,1,,,,Home,,{image},,0,Size,"S, M"'
    for n in range(3 * parents):
        text = f"<p>{words(20)} {n}</p>"
        yield (
            f"{parents + n},variation,rug-{n // 3}-{n % 3},Rug {n},1,0,visible,,{text},taxable,1,,,240.00,,,"
            f"{CDN}/{n}.jpg,rug-{n // 3},1,Size,{n % 3}"
        )


def google(rows: int) -> Iterator[str]:
    yield "id\ttitle\tdescription\tlink\timage_link\tadditional_image_link\tavailability\tprice\tbrand"
    for n in range(rows):
        image, link = f"{CDN}/{n}.jpg", f"https://shop.example.com/p/{n}"
        cells = [f"{n}", f"Mug {n}", words(18), link, image, f"{image},{image}?2", "in_stock", "24.00 EUR", "Halden"]
        yield "\t".join(cells)


SHOPS: dict[str, Callable[[int], Iterator[str]]] = {
    "plain": plain,
    "shopify": shopify,
    "woocommerce": woocommerce,
    "google": google,
}


def measure(file: Path) -> None:
    catalog = read_table(file)
    start, cpu = time.perf_counter(), time.process_time()
    tally = RowCounts(catalog)
    for _ in tally:
        pass
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = tally.summary["rows"]
    size = file.stat().st_size / 1e6
    print(
        f"| {catalog.format.name} | {size:.0f} MB | {rows:,} | {tally.summary['products']:,} | {seconds:.0f} s"
        f" | {cpu:.0f} s | {rows / cpu:,.0f} | {peak:.0f} MB |"
    )


def main(rows: int) -> None:
    print("| format | file | rows | products | seconds | CPU seconds | rows / CPU second | peak memory |")
    print("|---|---|---|---|---|---|---|---|")
    for name, lines in SHOPS.items():
        random.seed(1)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / (f"{name}.tsv" if name == "google" else f"{name}.csv")
            with file.open("w", encoding="utf-8") as out:
                out.writelines(f"{line}\n" for line in lines(rows))
            subprocess.run([sys.executable, __file__, "--read", str(file)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        measure(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 1_000_000)
