"""Feeds: the shop's own export comes back with other pictures and no other byte changed, or what changed alone."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from assetgen.catalog import read
from assetgen.catalog.back import written_back
from assetgen.catalog.slots import slots
from assetgen.cli import main
from assetgen.model.campaign import Columns, Products
from assetgen.model.feed import COLUMNS, PictureColumn
from assetgen.model.product import FormatName
from tests.conftest import ROOT
from tests.kit import change, draw_product, manifest, tree, write

EXPORTS = ROOT / "tests" / "exports"
NEW = "https://cdn.example.com/new"
DEGRADED, WRONG_INPUT, NEEDS_SOMETHING = 1, 2, 3
GOOGLE = "{http://base.google.com/ns/1.0}"

PUBLISH = "layout: card\npublish: {to: public, base_url: https://cdn.example.com/shop}\nfeeds:\n"
TSV = (
    "id\ttitle\timage_link\tprice\n"
    'A-1\t"Ball\n""red"""\thttps://old.example/a.jpg\t10.00 EUR\n'
    "B-2\t=1+1\thttps://old.example/b.jpg\t20.00 EUR\n"
    "C-3\tBox\thttps://old.example/c.jpg\t30.00 EUR\n"
)


def back(path: Path, pictures: Mapping[str, Mapping[str, Sequence[str]]], asked: Products | None = None) -> bytes:
    """The export written back, with these addresses by sku and column."""
    catalog = read(path, asked)
    wanted = dict.fromkeys(name for columns in pictures.values() for name in columns)
    known = {column.name: column for column in COLUMNS[catalog.format.name]}
    found = slots(catalog.recognised, [known.get(name, PictureColumn(name)) for name in wanted])

    def addresses(skus: Sequence[str]) -> Mapping[str, Sequence[str]]:
        return next((pictures[sku] for sku in skus if sku in pictures), {})

    return b"".join(written_back(path, catalog, list(found), addresses))


@pytest.mark.parametrize("file", [path.name for path in sorted(EXPORTS.iterdir())])
def test_an_export_without_news_comes_back_byte_for_byte(file: str) -> None:
    asked = Products(file=file, columns=Columns(sku="Artikelnummer")) if file == "plain_german.csv" else None
    assert back(EXPORTS / file, {}, asked) == (EXPORTS / file).read_bytes()


CDN = "https://cdn.example.com/s/files/1/0420/products"
UPLOADS = "https://shop.example.org/wp-content/uploads/2025/03"
HALDEN = "https://halden.example/img"
AMAZON = "https://img.example.com/amz"


@pytest.mark.parametrize(
    ("file", "pictures", "was"),
    [
        (
            "google.tsv",
            {"LMP-S": {"image_link": [f"{NEW}/1.jpg"], "additional_image_link": [f"{NEW}/2.jpg", f"{NEW}/3.jpg"]}},
            {
                f"{NEW}/1.jpg": f"{HALDEN}/lamp-sage.jpg",
                f"{NEW}/2.jpg,{NEW}/3.jpg": f"{HALDEN}/lamp-b.jpg,{HALDEN}/lamp-c.jpg",
            },
        ),
        ("meta.csv", {"CUP-2": {"image_link": [f"{NEW}/1.jpg"]}}, {f"{NEW}/1.jpg": f"{HALDEN}/cup-blue.jpg"}),
        (
            "woocommerce.csv",
            {"soap-olive": {"images": [f"{NEW}/1.jpg"]}, "103": {"images": [f"{NEW}/2.jpg"]}},
            {f"{NEW}/1.jpg": f"{UPLOADS}/soap.jpg"},
        ),
        (
            "shopify_before_2025.csv",
            {"APR-IND-S": {"variant_image_url": [f"{NEW}/1.jpg"], "product_image_url": [f"{NEW}/2.jpg"]}},
            {f"{NEW}/1.jpg": f"{CDN}/apron-indigo.jpg?v=1717"},
        ),
        (
            "amazon_before_2024.txt",
            {
                "THR-GR": {
                    "main_product_image_locator": [f"{NEW}/1.jpg"],
                    "other_product_image_locator": [f"{NEW}/2.jpg", f"{NEW}/3.jpg", f"{NEW}/4.jpg"],
                }
            },
            {
                f"{NEW}/1.jpg": f"{AMAZON}/thr-gr-main.jpg",
                f"{NEW}/2.jpg": f"{AMAZON}/thr-gr-1.jpg",
                f"{NEW}/3.jpg": f"{AMAZON}/thr-gr-2.jpg",
            },
        ),
        (
            "google_rss.xml",
            {"BWL-1": {"image_link": [f"{NEW}/1.jpg"], "additional_image_link": [f"{NEW}/2.jpg", f"{NEW}/3.jpg"]}},
            {
                f"{NEW}/1.jpg": f"{HALDEN}/bowl.jpg",
                f"{NEW}/2.jpg": f"{HALDEN}/bowl-top.jpg",
                f"{NEW}/3.jpg": f"{HALDEN}/bowl,side.jpg",
            },
        ),
        ("google_atom.xml", {"JUG-1": {"image_link": [f"{NEW}/1.jpg"]}}, {f"{NEW}/1.jpg": f"{HALDEN}/jug.jpg"}),
    ],
)
def test_only_the_pictures_change(file: str, pictures: Any, was: Mapping[str, str]) -> None:
    text = back(EXPORTS / file, pictures)

    for new, old in was.items():
        assert text.count(new.encode()) == 1
        text = text.replace(new.encode(), old.encode())
    assert text == (EXPORTS / file).read_bytes()


def test_semicolons_marks_line_ends_and_quotes_stay(tmp_path: Path) -> None:
    rows = b'\xef\xbb\xbf"sku";Bild;"Text"\r\n007;"alt.jpg";"a ""b""; c\r\nd"\r\n\r\n 008 ;alt.jpg; =SUM(1)\n009;x;"y"z'
    (tmp_path / "table.csv").write_bytes(rows)

    text = back(tmp_path / "table.csv", {"007": {"Bild": [f"{NEW}/1.jpg"]}, "008": {"Bild": [f"{NEW}/2;3.jpg"]}})

    assert text == rows.replace(b'"alt.jpg"', f'"{NEW}/1.jpg"'.encode()).replace(
        b";alt.jpg;", f';"{NEW}/2;3.jpg";'.encode()
    )


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be", "utf-8"])
def test_a_table_keeps_its_encoding(tmp_path: Path, codec: str) -> None:
    mark = "\ufeff" if codec == "utf-16-be" else ""
    table = f"{mark}sku,photo,name\nA,old.jpg,Gießkanne\nB,b.jpg,鍋\n"
    (tmp_path / "table.csv").write_bytes(table.encode(codec))

    text = back(tmp_path / "table.csv", {"A": {"photo": [f"{NEW}/1.jpg"]}})
    assert text == table.replace("old.jpg", f"{NEW}/1.jpg").encode(codec)


def test_a_row_that_cannot_be_taken_apart_stays(tmp_path: Path) -> None:
    rows = 'sku,photo,name\nA,a.jpg,One,too many\nB,b.jpg,"never closed\nC,c.jpg,Three\n'
    write(tmp_path / "table.csv", rows)

    text = back(tmp_path / "table.csv", {sku: {"photo": [f"{NEW}/{sku}.jpg"]} for sku in "ABC"})
    assert text.decode() == rows.replace("c.jpg", f"{NEW}/C.jpg")


def test_a_column_that_the_table_lacks_is_added_at_its_end(tmp_path: Path) -> None:
    write(tmp_path / "feed.tsv", TSV)

    text = back(tmp_path / "feed.tsv", {"B-2": {"lifestyle_image_link": [f"{NEW}/1.jpg"]}}).decode()
    assert text == (
        TSV.replace("\tprice\n", "\tprice\tlifestyle_image_link\n")
        .replace("10.00 EUR\n", "10.00 EUR\t\n")
        .replace("20.00 EUR\n", f"20.00 EUR\t{NEW}/1.jpg\n")
        .replace("30.00 EUR\n", "30.00 EUR\t\n")
    )


def test_woocommerces_gallery_stays_behind_the_featured_picture() -> None:
    text = back(EXPORTS / "woocommerce.csv", {"rug-s": {"images": [f"{NEW}/1.jpg"]}, "rug": {"images": [f"{NEW}/2.jpg"]}})
    rows = {row["SKU"]: row["Images"] for row in csv.DictReader(io.StringIO(text.decode("utf-8-sig")))}
    assert rows["rug-s"] == f"{NEW}/1.jpg"
    assert rows["rug"] == f"{NEW}/2.jpg, {UPLOADS}/rug-2,detail.jpg"


def test_a_shopify_product_gets_the_picture_of_its_first_variant_and_keeps_its_other_photos() -> None:
    skus = ("APR-OAT-S", "APR-OAT-L", "APR-IND-S", "gift-wrap", "tea-towel-Check")
    both = {sku: {name: [f"{NEW}/{sku}.jpg"] for name in ("product_image_url", "variant_image_url")} for sku in skus}
    before = list(csv.DictReader(io.StringIO((EXPORTS / "shopify_before_2025.csv").read_bytes().decode(), newline="")))
    after = list(csv.DictReader(io.StringIO(back(EXPORTS / "shopify_before_2025.csv", both).decode(), newline="")))

    changed = {
        (old["Variant SKU"] or old["Handle"], column): new[column]
        for old, new in zip(before, after, strict=True)
        for column in old
        if old[column] != new[column]
    }
    assert changed == {
        ("APR-OAT-S", "Image Src"): f"{NEW}/APR-OAT-S.jpg",
        ("APR-OAT-S", "Variant Image"): f"{NEW}/APR-OAT-S.jpg",
        ("APR-OAT-L", "Variant Image"): f"{NEW}/APR-OAT-L.jpg",
        ("APR-IND-S", "Variant Image"): f"{NEW}/APR-IND-S.jpg",
        ("gift-wrap", "Image Src"): f"{NEW}/gift-wrap.jpg",
        ("tea-towel", "Image Src"): f"{NEW}/tea-towel-Check.jpg",
        ("tea-towel", "Variant Image"): f"{NEW}/tea-towel-Check.jpg",
    }


def test_elements_of_an_xml_feed_are_put_in_and_taken_out(tmp_path: Path) -> None:
    rss = (EXPORTS / "google_rss.xml").read_bytes()
    more = {"image_link": [f"{NEW}/1.jpg?a=1&b=2"], "lifestyle_image_link": [f"{NEW}/2.jpg"]}
    fewer = {"additional_image_link": [f"{NEW}/3.jpg"]}
    (tmp_path / "feed.xml").write_bytes(
        rss.replace(b"<g:image_link>https://halden.example/img/bowl-l.jpg</g:image_link>", b"<g:image_link />")
    )

    text = back(tmp_path / "feed.xml", {"BWL-2": more, "BWL-1": fewer})

    one, two, _ = ElementTree.fromstring(text).iter("item")
    assert [each.text for each in one.findall(f"{GOOGLE}additional_image_link")] == [f"{NEW}/3.jpg"]
    assert [two.findtext(f"{GOOGLE}{name}") for name in more] == [f"{NEW}/1.jpg?a=1&b=2", f"{NEW}/2.jpg"]
    group = b"      <g:item_group_id>BWL</g:item_group_id>\n"
    assert text == rss.replace(
        b"<g:image_link>https://halden.example/img/bowl-l.jpg<", f"<g:image_link>{NEW}/1.jpg?a=1&amp;b=2<".encode()
    ).replace(group, group + f"      <g:lifestyle_image_link>{NEW}/2.jpg</g:lifestyle_image_link>\n".encode()).replace(
        b"https://halden.example/img/bowl-top.jpg", f"{NEW}/3.jpg".encode()
    ).replace(b"\n      <g:additional_image_link>https://halden.example/img/bowl,side.jpg</g:additional_image_link>", b"")


def test_a_large_xml_feed_comes_in_pieces_and_stays_whole(tmp_path: Path) -> None:
    items = "".join(f"<item><g:id>{n}</g:id><g:image_link>old-{n}</g:image_link><x>{'é' * 90}</x></item>" for n in range(3000))
    feed = f'<rss xmlns:g="http://base.google.com/ns/1.0"><!-- {"-=" * 70000} -->{items}<g:price/></rss>'
    write(tmp_path / "feed.xml", feed)

    asked = Products(file="feed.xml", format="google")
    text = back(tmp_path / "feed.xml", {str(n): {"image_link": [f"new-{n}"]} for n in range(0, 3000, 7)}, asked).decode()
    for n in range(0, 3000, 7):
        feed = feed.replace(f">old-{n}<", f">new-{n}<")
    assert text == feed


@pytest.fixture
def feeding(small: Path) -> Callable[[str], Path]:
    """The small shop as a Google feed, with pictures made and these lines under `feeds`."""

    def prepare(lines: str, table: str = TSV, file: str = "feed.tsv") -> Path:
        write(small.parent / file, table)
        change(small, "file: products.csv", f"file: {file}")
        change(small, "layout: card\n", PUBLISH + lines)
        for sku, colour in (("A-1", "red"), ("B-2", "green"), ("C-3", "blue")):
            assert (small.parent / f"{colour}.png").is_file(), sku
        return small

    return prepare


def picture(sku: str, channel: str = "instagram-feed-square", *, kept: bool = True) -> str:
    """The address of the picture of a product."""
    (file,) = {
        asset["stale"] or asset["file"]
        for asset in manifest(Path("output/small"))["assets"]
        if (asset["sku"], asset["channel"]) == (sku, channel)
    }
    assert kept or not file.startswith("rejected/")
    return f"https://cdn.example.com/shop/small/{file}"
