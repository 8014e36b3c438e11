"""Feeds: the shop's own export comes back with other pictures and no other byte changed, or what changed alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from assetgen.catalog import PictureColumn, read_table
from assetgen.cli import main
from assetgen.config.product_table import Columns, Products
from assetgen.shop_feeds.picture_columns import column_slots
from assetgen.shop_feeds.write_back import rewritten
from tests.conftest import ROOT
from tests.kit import COPY, STRICT, change, draw_product, manifest, tree, write

EXPORTS = ROOT / "tests" / "exports"
NEW = "https://cdn.example.com/new"
DEGRADED, WRONG_INPUT, NEEDS_SOMETHING = 1, 2, 3
GOOGLE = "{http://base.google.com/ns/1.0}"

PUBLISH = "layout: card\npublish: {to: public, base_url: https://cdn.example.com/shop}\nfeeds:\n"
SQUARE = "{image_link: instagram-feed-square}"
SMALL = (
    "id\ttitle\timage_link\tprice\n"
    'A-1\t"Ball\n""red"""\tred.png\t10.00 EUR\n'
    "B-2\t=1+1\tgreen.png\t20.00 EUR\n"
    "C-3\tBox\tblue.png\t30.00 EUR\n"
)
Feeding = Callable[..., Path]
TSV = (
    "id\ttitle\timage_link\tprice\n"
    'A-1\t"Ball\n""red"""\thttps://old.example/a.jpg\t10.00 EUR\n'
    "B-2\t=1+1\thttps://old.example/b.jpg\t20.00 EUR\n"
    "C-3\tBox\thttps://old.example/c.jpg\t30.00 EUR\n"
)


def back(path: Path, pictures: Mapping[str, Mapping[str, Sequence[str]]], asked: Products | None = None) -> bytes:
    """The export written back, with these addresses by sku and column."""
    catalog = read_table(path, asked)
    wanted = dict.fromkeys(name for columns in pictures.values() for name in columns)
    known = {column.name: column for column in catalog.format.pictures}
    found = column_slots(catalog.recognised, [known.get(name, PictureColumn(name)) for name in wanted])

    def addresses(skus: Sequence[str]) -> Mapping[str, Sequence[str]]:
        return next((pictures[sku] for sku in skus if sku in pictures), {})

    return b"".join(rewritten(path, catalog, list(found), addresses))


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


def test_amazons_headers_of_today_are_known(tmp_path: Path) -> None:
    place = "[marketplace_id=ATVPDKIKX0DER]#1.media_location"
    header = f"contribution_sku#1.value\tmain_product_image_locator{place}\tother_product_image_locator_1{place}"
    write(tmp_path / "listing.txt", f"{header}\nA-1\ta.jpg\tb.jpg\n")

    columns = {"main_product_image_locator": [f"{NEW}/1.jpg"], "other_product_image_locator": [f"{NEW}/2.jpg"]}
    text = back(tmp_path / "listing.txt", {"A-1": columns}).decode()
    assert text == f"{header}\nA-1\t{NEW}/1.jpg\t{NEW}/2.jpg\n"


def test_a_column_that_only_this_table_has_can_be_named() -> None:
    text = back(EXPORTS / "meta.csv", {"CUP-1": {"image[1].url": [f"{NEW}/1.jpg"]}})
    was = (EXPORTS / "meta.csv").read_bytes()
    assert text == was.replace(f"{HALDEN}/cup-story.jpg".encode(), f"{NEW}/1.jpg".encode())


def test_woocommerces_gallery_stays_behind_the_featured_picture() -> None:
    text = back(
        EXPORTS / "woocommerce.csv", {"rug-s": {"images": [f"{NEW}/1.jpg"]}, "rug": {"images": [f"{NEW}/2.jpg"]}}
    )
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
    assert [new["Image Src"] for new in after if new["Handle"] == "apron-again"] == [""]  # its sku stands already above
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

    one, two, _ = ET.fromstring(text).iter("item")
    assert [each.text for each in one.findall(f"{GOOGLE}additional_image_link")] == [f"{NEW}/3.jpg"]
    assert [two.findtext(f"{GOOGLE}{name}") for name in more] == [f"{NEW}/1.jpg?a=1&b=2", f"{NEW}/2.jpg"]
    group = b"      <g:item_group_id>BWL</g:item_group_id>\n"
    assert text == rss.replace(
        b"<g:image_link>https://halden.example/img/bowl-l.jpg<", f"<g:image_link>{NEW}/1.jpg?a=1&amp;b=2<".encode()
    ).replace(group, group + f"      <g:lifestyle_image_link>{NEW}/2.jpg</g:lifestyle_image_link>\n".encode()).replace(
        b"https://halden.example/img/bowl-top.jpg", f"{NEW}/3.jpg".encode()
    ).replace(
        b"\n      <g:additional_image_link>https://halden.example/img/bowl,side.jpg</g:additional_image_link>", b""
    )


def test_a_large_xml_feed_comes_in_pieces_and_stays_whole(tmp_path: Path) -> None:
    items = "".join(
        f"<item><g:id>{n}</g:id><g:image_link>old-{n}</g:image_link><x>{'é' * 90}</x></item>" for n in range(3000)
    )
    feed = f'<rss xmlns:g="http://base.google.com/ns/1.0"><!-- {"-=" * 70000} -->{items}<g:price/></rss>'
    write(tmp_path / "feed.xml", feed)

    asked = Products(file="feed.xml", format="google")
    text = back(
        tmp_path / "feed.xml", {str(n): {"image_link": [f"new-{n}"]} for n in range(0, 3000, 7)}, asked
    ).decode()
    for n in range(0, 3000, 7):
        feed = feed.replace(f">old-{n}<", f">new-{n}<")
    assert text == feed


@pytest.fixture
def feeding(small: Path) -> Feeding:
    """Makes the small shop one whose table is this, with these lines under `feeds`."""

    def prepare(lines: str, table: str = SMALL, file: str = "feed.tsv") -> Path:
        write(small.parent / file, table)
        change(small, "file: products.csv", f"file: {file}\n  currency: EUR")
        change(small, "layout: card\n", PUBLISH + lines)
        return small

    return prepare


def run(campaign: Path, code: int = 0) -> None:
    assert main(["run", str(campaign)]) == code


def picture(sku: str, channel: str = "instagram-feed-square") -> str:
    """The address of the last good picture of a product."""
    (file,) = {
        asset["stale"] or asset["file"]
        for asset in manifest(Path("output/small"))["assets"]
        if (asset["sku"], asset["channel"]) == (sku, channel)
    }
    return f"https://cdn.example.com/shop/small/{file}"


def rows(feed: str, key: str = "id") -> dict[str, dict[str, str]]:
    text = Path(feed).read_text(encoding="utf-8")
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in text else ",")
    return {row[key]: row for row in table}


def test_publishing_uploads_the_pictures_and_then_writes_the_feed(feeding: Feeding) -> None:
    campaign = feeding(f"  - {{file: feeds/google.tsv, upload: true, pictures: {SQUARE}}}\n")
    run(campaign)

    assert main(["publish", str(campaign)]) == 0

    said = SMALL
    for sku, file in (("A-1", "red.png"), ("B-2", "green.png"), ("C-3", "blue.png")):
        said = said.replace(file, picture(sku))
        assert Path("public", picture(sku).removeprefix("https://cdn.example.com/shop/")).is_file()
    assert Path("feeds/google.tsv").read_text(encoding="utf-8") == said
    assert Path("public/small/google.tsv").read_bytes() == Path("feeds/google.tsv").read_bytes()


def test_publishing_a_second_time_writes_nothing(feeding: Feeding, capsys: pytest.CaptureFixture[str]) -> None:
    campaign = feeding(
        f"  - {{file: feeds/google.tsv, upload: true, pictures: {SQUARE}}}\n"
        f"  - {{file: feeds/news.tsv, format: google, upload: true, pictures: {SQUARE}}}\n"
    )
    run(campaign)
    main(["publish", str(campaign)])
    before = {
        name: Path(name).stat().st_mtime_ns
        for name in (*tree(Path("feeds")), *tree(Path("public")))
        if Path(name).exists()
    }
    pictures = tree(Path())
    capsys.readouterr()

    assert main(["publish", str(campaign)]) == 0
    assert capsys.readouterr().out == (
        "0 files uploaded, 6 there already, 0 old files removed\n"
        "feeds/google.tsv: nothing new\nfeeds/news.tsv: nothing new\n"
    )
    assert {name: digest for name, digest in tree(Path()).items() if ".assetgen" not in name} == {
        name: digest for name, digest in pictures.items() if ".assetgen" not in name
    }
    assert all(Path(name).stat().st_mtime_ns == at for name, at in before.items())


def test_a_feed_that_is_uploaded_does_not_grow_old(feeding: Feeding) -> None:
    campaign = feeding(f"  - {{file: feeds/google.tsv, upload: true, pictures: {SQUARE}}}\n")
    run(campaign)
    main(["publish", str(campaign)])
    main(["publish", str(campaign)])

    assert json.loads(Path("public/small/.retired.json").read_text(encoding="utf-8")) == {}


def test_a_supplement_holds_what_changed_since_the_last_one(feeding: Feeding) -> None:
    campaign = feeding(f"  - {{file: feeds/news.tsv, format: google, pictures: {SQUARE}}}\n")
    run(campaign)
    assert main(["feeds", str(campaign)]) == 0
    assert {sku: row["image_link"] for sku, row in rows("feeds/news.tsv").items()} == {
        sku: picture(sku) for sku in ("A-1", "B-2", "C-3")
    }

    change(campaign.parent / "feed.tsv", "20.00", "18.00")
    run(campaign)
    assert main(["feeds", str(campaign)]) == 0
    assert rows("feeds/news.tsv") == {"B-2": {"id": "B-2", "image_link": picture("B-2")}}

    kept = Path("feeds/news.tsv").read_bytes()
    assert main(["feeds", str(campaign)]) == 0
    assert Path("feeds/news.tsv").read_bytes() == kept

    Path("feeds/news.tsv").unlink()
    assert main(["feeds", str(campaign)]) == 0
    assert list(rows("feeds/news.tsv")) == ["A-1", "B-2", "C-3"]


def test_a_supplement_can_hold_all_rows(feeding: Feeding) -> None:
    campaign = feeding(f"  - {{file: feeds/all.tsv, format: google, rows: all, pictures: {SQUARE}}}\n")
    for price in ("20.00", "18.00"):
        change(campaign.parent / "feed.tsv", "20.00", price)
        run(campaign)
        assert main(["feeds", str(campaign)]) == 0
    assert {sku: row["image_link"] for sku, row in rows("feeds/all.tsv").items()} == {
        sku: picture(sku) for sku in ("A-1", "B-2", "C-3")
    }


def test_a_dry_run_writes_no_feed(feeding: Feeding, capsys: pytest.CaptureFixture[str]) -> None:
    campaign = feeding(
        f"  - {{file: feeds/google.tsv, pictures: {SQUARE}}}\n"
        f"  - {{file: feeds/news.tsv, format: google, pictures: {SQUARE}}}\n"
    )
    run(campaign)
    capsys.readouterr()

    for _ in range(2):
        assert main(["feeds", str(campaign), "--dry-run", "--json"]) == 0
        said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [(each["file"], each["products"], each["changed"]) for each in said] == [
            ("feeds/google.tsv", 3, True),
            ("feeds/news.tsv", 3, True),
        ]
    assert not Path("feeds").exists()


def test_a_rejected_picture_keeps_its_address_and_is_listed(
    feeding: Feeding, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = feeding(f"  - {{file: feeds/google.tsv, pictures: {SQUARE}}}\n")
    run(campaign)
    main(["publish", str(campaign)])
    good = Path("feeds/google.tsv").read_bytes()
    write(Path("templates/channels.yaml"), STRICT)
    run(campaign, DEGRADED)
    capsys.readouterr()

    assert main(["publish", str(campaign)]) == 0
    assert Path("feeds/google.tsv").read_bytes() == good
    assert "warning: `B-2` is as it was in `feeds/google.tsv`: " in capsys.readouterr().err


def test_a_product_that_never_had_a_good_picture_gets_none_and_is_listed(
    feeding: Feeding, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its cell in the table written back stays as it came."""
    campaign = feeding(
        f"  - {{file: feeds/google.tsv, pictures: {SQUARE}}}\n"
        f"  - {{file: feeds/news.tsv, format: google, pictures: {SQUARE}}}\n"
        "  - {file: feeds/both.tsv, format: google, "
        "pictures: {image_link: amazon-main, additional_image_link: instagram-feed-square}}\n"
    )
    write(Path("templates/channels.yaml"), STRICT)
    run(campaign, DEGRADED)
    capsys.readouterr()

    assert main(["publish", str(campaign)]) == 0

    err = capsys.readouterr().err
    for feed in ("google", "news"):
        assert f"warning: `B-2` gets no picture in `feeds/{feed}.tsv`: " in err
    assert "warning: `B-2` lacks a picture in `feeds/both.tsv`: " in err
    assert "as it was" not in err
    assert rows("feeds/google.tsv")["B-2"]["image_link"] == "green.png"
    assert "instagram" not in rows("feeds/both.tsv")["B-2"].get("additional_image_link", "")


def test_a_text_that_is_left_out_is_told_as_one(feeding: Feeding, capsys: pytest.CaptureFixture[str]) -> None:
    campaign = feeding(
        f"  - {{file: feeds/google.xml, format: google, pictures: {SQUARE}, texts: {{title: generated}}}}\n"
    )
    write(campaign.parent / "copy.csv", f'{COPY}generated,"{{{{ product.title * 40 }}}}"\n')
    run(campaign)

    assert main(["feeds", str(campaign)]) == 0

    assert "warning: `B-2` lacks a text in `feeds/google.xml`: its title is left out: " in capsys.readouterr().err


def test_a_row_that_is_set_aside_keeps_its_address_and_is_listed(
    feeding: Feeding, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = feeding(f"  - {{file: feeds/google.tsv, pictures: {SQUARE}}}\n")
    run(campaign)
    (campaign.parent / "green.png").write_bytes(b"no picture")
    run(campaign, DEGRADED)
    capsys.readouterr()

    assert main(["feeds", str(campaign), "--json"]) == 0
    assert rows("feeds/google.tsv")["B-2"]["image_link"] == picture("B-2")
    assert list(json.loads(capsys.readouterr().out)["kept"]) == ["B-2"]


def test_pictures_that_nothing_asks_for_are_not_in_the_feed(feeding: Feeding) -> None:
    campaign = feeding(f"  - {{file: feeds/google.tsv, pictures: {SQUARE}}}\n")
    run(campaign)
    change(campaign, "file: feed.tsv", "file: feed.tsv\n  where: product.sku != 'B-2'")
    run(campaign)

    assert main(["feeds", str(campaign)]) == 0
    links = {sku: row["image_link"] for sku, row in rows("feeds/google.tsv").items()}
    assert links == {"A-1": picture("A-1"), "B-2": "green.png", "C-3": picture("C-3")}


def test_a_feed_that_needs_a_file_that_did_not_arrive_stays(
    feeding: Feeding, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = feeding(
        f"  - {{file: feeds/google.tsv, pictures: {SQUARE}}}\n"
        "  - {file: feeds/white.tsv, pictures: {image_link: amazon-main}}\n"
    )
    run(campaign)
    blocked = Path("public", picture("B-2").removeprefix("https://cdn.example.com/shop/"))
    blocked.mkdir(parents=True)  # a folder where the file should go

    assert main(["publish", str(campaign)]) == DEGRADED
    assert not Path("feeds/google.tsv").exists()
    assert rows("feeds/white.tsv")["B-2"]["image_link"] == picture("B-2", "amazon-main")
    assert "`feeds/google.tsv` stays as it is" in capsys.readouterr().err


def test_a_feed_that_cannot_be_written_stays_and_says_so(feeding: Feeding, capsys: pytest.CaptureFixture[str]) -> None:
    campaign = feeding(f"  - {{file: feeds/google.tsv/feed.tsv, pictures: {SQUARE}}}\n")
    run(campaign)
    write(Path("feeds/google.tsv"), "the old feed")

    assert main(["feeds", str(campaign)]) == NEEDS_SOMETHING
    assert Path("feeds/google.tsv").read_text(encoding="utf-8") == "the old feed"
    error = capsys.readouterr().err
    assert "could not be written" in error
    assert "--> campaigns/small.yaml:14:12" in error


def test_terms_choose_scene_and_locale(feeding: Feeding) -> None:
    campaign = feeding(
        "  - {file: feeds/google.tsv, locale: de-DE, pictures: {\n"
        "      image_link: 'instagram-feed-square scene:shelf',\n"
        "      additional_image_link: ['instagram-feed-square scene:stage', 'channel:instagram-* locale:en-*']}}\n"
    )
    change(campaign, "[en-US]", "[en-US, de-DE]")
    change(campaign, "scenes:\n", "scenes:\n  stage:\n    prompt: shelf\n")
    write(campaign.parent / "copy.csv", "key,en-US,de-DE\nheadline,Now here,Jetzt da\noffer,New,Neu\n")
    run(campaign)

    assert main(["feeds", str(campaign)]) == 0
    row = rows("feeds/google.tsv")["A-1"]
    found = [row["image_link"], *row["additional_image_link"].split(",")]
    assert [address.rpartition("/")[2].split("--")[1:3] for address in found] == [
        ["shelf", "de-DE"],
        ["stage", "de-DE"],
        ["stage", "en-US"],
        ["shelf", "en-US"],
    ]


def test_the_shortest_form_takes_the_pictures_made_for_the_format(feeding: Feeding) -> None:
    campaign = feeding("  - {file: feeds/google.xml, format: google}\n")
    change(campaign, "amazon-main]", "google-merchant-main, google-merchant-lifestyle, google-merchant-additional]")
    for name in ("red", "green", "blue"):
        draw_product(campaign.parent / f"{name}.png", name, size=1600)
    run(campaign)

    assert main(["feeds", str(campaign)]) == 0
    item = next(ET.parse("feeds/google.xml").iter("item"))
    for column, channel in (
        ("image_link", "main"),
        ("lifestyle_image_link", "lifestyle"),
        ("additional_image_link", "additional"),
    ):
        assert f"/google-merchant-{channel}/A-1--" in str(item.findtext(f"{GOOGLE}{column}"))


def test_generated_texts_are_marked_as_such(feeding: Feeding) -> None:
    texts = "texts: {title: name, description: headline}"
    campaign = feeding(
        f"  - {{file: feeds/t.tsv, format: google, {texts}, pictures: {SQUARE}}}\n"
        f"  - {{file: feeds/t.xml, format: google, {texts}, pictures: {SQUARE}}}\n"
    )
    change(campaign.parent / "feed.tsv", "Box", "Box " + "x" * 150)
    write(campaign.parent / "copy.csv", "key,en-US\nheadline,Now here\noffer,New\nname,{{ product.title }} of clay\n")
    run(campaign)

    assert main(["feeds", str(campaign)]) == 0
    found = rows("feeds/t.tsv")
    assert found["B-2"]["structured_title"] == 'trained_algorithmic_media:"=1+1 of clay"'
    assert found["B-2"]["structured_description"] == 'trained_algorithmic_media:"Now here"'
    assert found["C-3"]["structured_title"] == ""
    item = next(ET.parse("feeds/t.xml").iter("item"))
    title = item.find(f"{GOOGLE}structured_title")
    assert title is not None
    assert [title.findtext(f"{GOOGLE}{name}") for name in ("digital_source_type", "content")] == [
        "trained_algorithmic_media",
        'Ball\n"red" of clay',
    ]


def test_amazon_gets_messages(feeding: Feeding) -> None:
    campaign = feeding(
        "  - file: feeds/amazon.json\n    format: amazon\n    seller: A1\n    marketplace: ATVPDKIKX0DER\n"
        "    pictures: {main_product_image_locator: amazon-main, other_product_image_locator: instagram-*}\n"
    )
    run(campaign)

    assert main(["feeds", str(campaign)]) == 0
    feed = json.loads(Path("feeds/amazon.json").read_text(encoding="utf-8"))
    assert feed["header"] == {"sellerId": "A1", "version": "2.0", "issueLocale": "en_US"}
    assert [message["sku"] for message in feed["messages"]] == ["A-1", "B-2", "C-3"]
    assert feed["messages"][1]["patches"] == [
        {
            "op": "replace",
            "path": f"/attributes/{name}",
            "value": [{"media_location": picture("B-2", channel), "marketplace_id": "ATVPDKIKX0DER"}],
        }
        for name, channel in (
            ("main_product_image_locator", "amazon-main"),
            ("other_product_image_locator_1", "instagram-feed-square"),
        )
    ]


def test_a_shop_gets_rows_that_name_its_variants(feeding: Feeding) -> None:
    table = (
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Variant Image\n"
        "ball,Ball,Size,S,A-1,1,red.png,\nball,,,L,A-2,2,green.png,\ncup,Cup,Title,Default Title,,3,blue.png,\n"
    )
    both = "{product_image_url: instagram-feed-square, variant_image_url: instagram-feed-square}"
    campaign = feeding(f"  - {{file: feeds/shop.csv, format: shopify, pictures: {both}}}\n", table, "shop.csv")
    run(campaign)

    assert main(["feeds", str(campaign)]) == 0
    found = [
        [
            row[name]
            for name in ("Title", "URL handle", "Option1 value", "SKU", "Product image URL", "Variant image URL")
        ]
        for row in rows("feeds/shop.csv", "Option1 value").values()
    ]
    assert found == [
        ["Ball", "ball", "S", "A-1", picture("A-1"), picture("A-1")],
        ["Ball", "ball", "L", "A-2", "", picture("A-2")],
        ["Cup", "cup", "Default Title", "", picture("cup"), ""],
    ]


def test_a_woocommerce_supplement_keeps_the_gallery(feeding: Feeding) -> None:
    table = (
        'ID,Type,SKU,Name,Regular price,Images\n7,simple,A-1,Ball,1,"red.png, green.png"\n8,simple,,Cup,2,blue.png\n'
    )
    campaign = feeding(
        "  - {file: feeds/woo.csv, format: woocommerce, pictures: {images: instagram-feed-square}}\n", table, "woo.csv"
    )
    run(campaign)

    assert main(["feeds", str(campaign)]) == 0
    assert Path("feeds/woo.csv").read_text(encoding="utf-8") == (
        f'ID,SKU,Images\n7,A-1,"{picture("A-1")}, green.png"\n8,,{picture("8")}\n'
    )


def test_a_workbook_is_not_written_back_but_supplemented(feeding: Feeding, capsys: pytest.CaptureFixture[str]) -> None:
    campaign = feeding("  - {file: feeds/news.csv, pictures: {photo: amazon-main}}\n")
    book = openpyxl.Workbook()
    for row in (["sku", "title", "price", "photo"], ["A-1", "Ball", "1", "red.png"]):
        book.active.append(row)
    book.save(campaign.parent / "table.xlsx")
    change(campaign, "file: feed.tsv", "file: table.xlsx")
    run(campaign)

    assert main(["feeds", str(campaign)]) == 0
    assert rows("feeds/news.csv", "sku") == {"A-1": {"sku": "A-1", "photo": picture("A-1", "amazon-main")}}
    assert "a `.xlsx` file cannot be written back as it was" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("lines", "place", "said"),
    [
        ("{file: f.tsv, pictures: {image_link: instagram-feed-squar}}", "14:42", "no channel `instagram-feed-squar`"),
        ("{file: f.tsv, format: google, pictures: {image_lnk: amazon-main}}", "14:46", "no column `image_lnk`"),
        ("{file: f.tsv, pictures: {image_link: 'amazon-main mood:x'}}", "14:42", "no field `mood`"),
        ("{file: f.tsv, pictures: {image_link: 'scene:shelv'}}", "14:42", "did you mean `shelf`?"),
        ("{file: f.csv, format: google}", "14:12", "let its name end in `.tsv` or `.txt` or `.xml`"),
        ("{file: f.tsv, format: google}", "14:5", "`pictures: {image_link: instagram-feed-square}`"),
        ("{file: f.json, format: amazon, pictures: {main_product_image_locator: amazon-main}}", "14:5", "`seller`"),
        ("{file: f.tsv, locale: fr-FR, pictures: {image_link: amazon-main}}", "14:27", "no locale `fr-FR`"),
        (
            "{file: f.tsv, format: google, texts: {title: offr}, pictures: {image_link: amazon-main}}",
            "14:50",
            "`offer`",
        ),
        ("{file: f.csv, pictures: {image_link: amazon-main}}", "14:12", "written back it stays one"),
        ("{file: campaigns/feed.tsv, pictures: {image_link: amazon-main}}", "14:12", "the place of the product table"),
    ],
)
def test_a_feed_that_makes_no_sense_is_told_with_its_place(
    feeding: Feeding, capsys: pytest.CaptureFixture[str], lines: str, place: str, said: str
) -> None:
    campaign = feeding(f"  - {lines}\n")

    assert main(["check", str(campaign)]) == WRONG_INPUT
    error = capsys.readouterr().err
    assert said in error
    assert f"--> campaigns/small.yaml:{place}" in error


def test_a_column_that_the_table_lacks_and_nobody_knows_is_told(
    feeding: Feeding, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = feeding("  - {file: f.tsv, pictures: {image_lnk: amazon-main}}\n")

    assert main(["check", str(campaign)]) == WRONG_INPUT
    error = capsys.readouterr().err
    assert "the product table has no column `image_lnk`" in error
    assert "did you mean `image_link`?" in error


def test_feeds_need_to_know_where_pictures_are_found(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(small, "layout: card\n", "layout: card\nfeeds: [{file: f.csv, pictures: {photo: amazon-main}}]\n")

    assert main(["check", str(small)]) == WRONG_INPUT
    assert "feeds hold addresses" in capsys.readouterr().err
