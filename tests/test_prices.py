"""Money and words of product tables, through the front door: nothing false gets onto a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from assetgen.catalog import read_table
from assetgen.catalog.frame_table import read_frame
from assetgen.cli import main
from assetgen.config.product_table import Products
from assetgen.model.product import Product, Reject
from assetgen.prompts import letter_case
from tests.kit import change, manifest

TABLE = Path("campaigns/products.csv")
HEAD = "sku,title,price,sale_price,currency,photo\n"


def said(path: Path, capsys, *options: str) -> dict[str, dict[str, str] | str]:
    """By sku, the fields of a table's products, and why rows were set aside."""
    capsys.readouterr()
    main(["products", str(path), "--json", *options])
    *rows, _ = map(json.loads, capsys.readouterr().out.splitlines())
    return {row["sku"]: row.get("fields") or row["reason"] for row in rows}


def table(text: str, name: str = "table.csv") -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def refused(campaign: Path, capsys, *options: str) -> str:
    capsys.readouterr()
    main(["plan", str(campaign), *options])
    return str(capsys.readouterr().err)


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_price_that_can_be_read_two_ways_sets_its_row_aside_with_the_cure(small: Path, capsys) -> None:
    TABLE.write_text(
        f'{HEAD}A,Chair,1.299 €,,EUR,red.png\nB,Cup,"1,299",,EUR,green.png\nC,Box,30.00,1.299,EUR,blue.png\n'
    )

    told = refused(small, capsys)

    assert "`1.299 €` can be 1299 or 1.299 (its price)\n  --> campaigns/products.csv:2 (row 1)" in told
    assert "hint: write 1299.00, or say `products: numbers: german` in the campaign; `english` if it is 1.299" in told
    assert "`1,299` can be 1299 or 1.299 (its price)" in told
    assert "`1.299` can be 1299 or 1.299 (its sale price)" in told


@pytest.mark.parametrize(("numbers", "words"), [("german", "€1,299.00"), ("en-GB", "€1.30")])
def test_the_campaign_says_how_its_table_writes_numbers(small: Path, numbers: str, words: str) -> None:
    change(small, "  file: products.csv", f"  file: products.csv\n  numbers: {numbers}")
    TABLE.write_text("sku,title,price,rrp,currency,photo\nA,Chair,1.299,1.299,EUR,red.png\n")
    change(Path("campaigns/copy.csv"), "{{ product.price", "{{ product.rrp | money }} {{ product.price")

    assert main(["plan", str(small), "--json", "-o", "plan.json"]) == 0
    assert main(["run", str(small)]) == 0
    [asset] = [each for each in manifest(Path("output/small"))["assets"] if each["scene"] == "shelf"]
    assert f"Chair for {words} {words}" in json.dumps(asset, ensure_ascii=False)


def test_an_unknown_way_of_writing_numbers_is_told_with_the_nearest_language(small: Path, capsys) -> None:
    change(small, "  file: products.csv", "  file: products.csv\n  numbers: germn")

    assert main(["check", str(small)]) == 2
    told = capsys.readouterr().err
    assert "nobody knows how numbers are written in `germn`: did you mean `german`?" in told
    assert "campaigns/small.yaml:4:12" in told


def test_a_frame_is_read_as_the_campaign_says_too() -> None:
    frame = pd.DataFrame({"sku": ["A"], "price": ["1.299"], "currency": ["EUR"]})

    assert isinstance(next(iter(read_frame(frame, Products(file="-")))), Reject)
    (product,) = read_frame(frame, Products(file="-", numbers="german"))
    assert isinstance(product, Product)
    assert product.fields["price"] == "1299"


SHOPIFY = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Compare At Price,Image Src\n"
WOO = "ID,Type,SKU,Name,Sale price,Regular price,Date sale price starts,Date sale price ends,Images\n"
GOOGLE = "id\ttitle\tlink\timage_link\tprice\tsale_price\tsale_price_effective_date\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("shopify.csv", f"{SHOPIFY}h,Chair,,,A,1.299,1.599,https://a.example/1.jpg\n"),
        ("shopify.csv", f"{SHOPIFY}h,Chair,,,A,999.00,1.299,https://a.example/1.jpg\n"),
        ("woo.csv", f"{WOO}1,simple,A,Chair,999,1.299,,,https://a.example/1.jpg\n"),
        ("google.tsv", f"{GOOGLE}A\tChair\thttps://a.example\thttps://a.example/1.jpg\t1.299 EUR\t\t\n"),
        ("amazon.txt", "item_sku\titem_name\tstandard_price\nA\tChair\t1.299\n"),
    ],
)
def test_no_format_reads_what_can_be_read_two_ways(name: str, text: str, capsys) -> None:
    assert "`1.299" in str(said(table(text, name), capsys)["A"])


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("10.00,-5", "it is not above zero"),
        ("10.00,0.00", "it is not above zero"),
        ("10.00,10", "it is not below the price `10.00`"),
        ("10.00,12.00", "it is not below the price `10.00`"),
        ("on request,5.00", "the price `on request` is not an amount"),
        (",5.00", "the row has no price above it"),
        ("10.00,soon", "it is not an amount"),
    ],
)
def test_a_sale_price_that_is_no_offer_is_left_out_and_told(small: Path, capsys, cells: str, why: str) -> None:
    TABLE.write_text(f"{HEAD}A,Ball,{cells},EUR,red.png\n")
    change(
        Path("campaigns/copy.csv"), "{{ product.title }} for {{ product.price | money }}", "{{ product.sale_price }}"
    )

    told = refused(small, capsys)
    assert f"is left out: {why}\n  --> campaigns/products.csv:2 (row 1)" in told
    (product,) = read_table(TABLE)
    assert isinstance(product, Product)
    assert (product.fields["sale_price"], product.fields["original_sale_price"]) == ("", cells.split(",")[1])


def test_a_negative_price_sets_its_row_aside(capsys) -> None:
    found = said(table("sku,price\nA,-5.00\nB,(5.00)\nC,5.00-\n"), capsys)
    assert found == {
        "A": "the price `-5.00` is below zero",
        "B": "the price `(5.00)` is below zero",
        "C": "the price `5.00-` is below zero",
    }


def test_two_currencies_in_one_row_set_it_aside(capsys) -> None:
    found = said(table("sku,price,sale_price,currency\nA,24.00 USD,,EUR\nB,24 EUR,20 USD,\nC,$24.00,,EUR\n"), capsys)
    assert found == {
        "A": "`24.00 USD` is in USD, and the row says EUR as well",
        "B": "`20 USD` is in USD, and the row says EUR as well",
        "C": "`$24.00` cannot be in EUR, whose sign is not `$` (its price)",
    }


@pytest.mark.parametrize(
    ("day", "sale"),
    [("2026-11-30", ""), ("2026-12-01", "9.00"), ("2026-12-24", "9.00"), ("2026-12-25", "")],
)
def test_a_sale_price_holds_on_its_days(day: str, sale: str, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(pd.Timestamp(f"{day} 12:00", tz="UTC").timestamp())))
    woo = f"{WOO}1,simple,A,Chair,9.00,12.00,2026-12-01 00:00:00,2026-12-24 23:59:59,https://a.example/1.jpg\n"
    google = (
        f"{GOOGLE}A\tChair\thttps://a.example\thttps://a.example/1.jpg\t12.00 EUR\t9.00 EUR"
        "\t2026-12-01T00:00+0100/2026-12-25T00:00+0100\n"
    )

    found = [said(table(woo, "woo.csv"), capsys)["A"], said(table(google, "google.tsv"), capsys)["A"]]
    assert [fields["sale_price"] for fields in found if isinstance(fields, dict)] == [sale, sale]


@pytest.mark.parametrize(
    ("ends", "why"), [("soon", "`soon` is not a day"), ("02/12/2026", "`02/12/2026` can be 2026-02-12 or 2026-12-02")]
)
def test_days_that_nobody_can_read_leave_the_sale_price_out(ends, why, capsys, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796083200")  # 1 December 2026
    main(["products", str(table(f"{WOO}1,simple,A,Chair,9.00,12.00,,{ends},https://a.example/1.jpg\n"))])
    assert f"is left out: {why}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("starts", "ends", "sale"),
    [
        ("11/1/26", "12/31/26", "59"),  # as Magento writes days in America
        ("1/1/25", "1/31/25", ""),
        ("31/1/25", "31/12/25", ""),
        ("01.11.2026", "01.12.2026", "59"),
        ("1/2/25", "", "59"),  # whichever of the two it is, it is over
        ("1/1/27", "", ""),
        ("", "2026-12-01 00:00:00", "59"),
        ("", "11/30/26, 12:00 AM", ""),
    ],
)
def test_a_special_price_of_magento_holds_on_its_days(starts, ends, sale, capsys, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796083200")  # 1 December 2026
    magento = (
        "sku,store_view_code,attribute_set_code,product_type,name,price,special_price,special_price_from_date,"
        f'special_price_to_date,base_image\nA,,Default,simple,Vase,79,59,"{starts}","{ends}",/v.jpg\n'
    )
    fields = said(table(magento), capsys)["A"]
    assert isinstance(fields, dict)
    assert fields["sale_price"] == sale


@pytest.mark.parametrize("layout", ["hero", "offer", "split", "story", "framed", "quote"])
def test_a_table_with_skus_and_photos_alone_works_with_every_layout_and_has_no_offer(
    workspace: Path, layout: str
) -> None:
    file = workspace / "campaigns/spring.yaml"
    text = file.read_text().replace("layout: hero", f"layout: {layout}")
    (workspace / "campaigns/products.csv").write_text(
        "sku,photo,category,stock,season,material\nA,photos/mug.jpg,,9,,\n"
    )
    file.write_text(text)
    copy = workspace / "campaigns/copy.csv"
    copy.write_text(copy.read_text().replace("title_zh", "title").replace("title_ar", "title"))

    assert main(["check", str(file)]) in {0, 1}


def test_the_end_of_an_offer_does_not_stand_under_a_full_price(small: Path) -> None:
    change(small, "layout: card", "layout: offer")
    change(small, "instagram-feed-square, amazon-main", "instagram-feed-square")
    copy = "key,en-US\nheadline,Now here\ncta,Shop\nuntil,Until December 24\n"
    Path("campaigns/copy.csv").write_text(copy)
    TABLE.write_text(f"{HEAD}A,Ball,10.00,12.00,EUR,red.png\nB,Cup,10.00,8.00,EUR,red.png\n")
    source = Path(__file__).parent.parent / "templates/layouts/offer.yaml"
    Path("templates/layouts/offer.yaml").write_text(source.read_text())

    main(["run", str(small)])
    full, reduced = manifest(Path("output/small"))["assets"]
    assert "December" not in json.dumps(full)
    assert "December" in json.dumps(reduced)
    assert [finding["message"] for finding in full["checks"] if finding["rule"] == "offer"] == [
        "the sale price `12.00` is left out: it is not below the price `10.00`"
    ]


def test_what_stands_alone_in_the_currencys_cell_is_understood_or_told_with_its_row(small: Path, capsys) -> None:
    TABLE.write_text(f"{HEAD}A,Ball,10.00,,€,red.png\nB,Cup,10.00,,,red.png\nC,Box,10.00,,kr,red.png\n")

    told = refused(small, capsys)
    assert "the product has no currency (in campaigns/copy.csv:3)\n  --> campaigns/products.csv:3 (row 2)" in told
    assert "`kr` is not a currency" in told
    assert told.count("hint: write EUR, or what it is, in its column `currency`; or say `products: currency: EUR`") == 2


def test_titles_of_every_format_mean_what_the_shop_shows(capsys) -> None:
    title = "Salt &amp; Pepper &#8211; 12&#8243;"
    tables = {
        "shopify.csv": f"{SHOPIFY}h,{title},,,A,9.00,,\n",
        "woo.csv": f"{WOO}1,simple,A,{title},,9.00,,,\n",
        "google.tsv": f"{GOOGLE}A\t{title}\thttps://a.example\thttps://a.example/1.jpg\t9.00 EUR\t\t\n",
        "plain.csv": f"sku,title\nA,{title}\n",
    }
    for name, text in tables.items():
        fields = said(table(text, name), capsys)["A"]
        assert isinstance(fields, dict)
        assert fields["title"] == "Salt & Pepper – 12″"


def test_the_error_of_a_spreadsheet_never_gets_onto_a_picture(small: Path, capsys) -> None:
    TABLE.write_text("sku,title,price,currency,photo,note\nA,#NV,1,EUR,red.png,x\nB,Cup,1,EUR,red.png,#BEZUG!\n")
    change(Path("campaigns/copy.csv"), "{{ product.title }}", "{{ product.title ~ product.note }}")

    told = refused(small, capsys)
    assert "the spreadsheet has an error in `title`: `#NV`\n  --> campaigns/products.csv:2 (row 1)" in told
    assert "the spreadsheet has an error in `note`: `#BEZUG!` (in campaigns/copy.csv:3)" in told


def test_a_sku_that_a_spreadsheet_shortened_is_set_aside(capsys) -> None:
    main(["products", str(table('sku,title\n"4,00E+12",Cup\n'))])
    told = capsys.readouterr().err
    assert "a spreadsheet has cut off the sku `4,00E+12`" in told
    assert "hint: give its column the format Text or 0" in told


def test_a_character_that_no_font_has_comes_with_a_way_out(small: Path, capsys) -> None:
    TABLE.write_text("sku,title,price,currency,photo\nA,ﬁsh,1,EUR,red.png\nB,Gift 🎉,1,EUR,red.png\n")

    told = refused(small, capsys)
    assert "hint: write `fi` for `ﬁ`" in told
    assert 'hint: take it out of the text, in a template with `| replace("🎉", "")`, or put a font' in told


@pytest.mark.parametrize(
    ("language", "text", "capitals", "titled"),
    [
        ("tr", "istanbul ışık", "İSTANBUL IŞIK", "İstanbul Işık"),
        ("az", "iqlim", "İQLİM", "İqlim"),
        ("el", "μάιος ή ρολόι", "ΜΑΪΟΣ Ή ΡΟΛΟΪ", "Μάιος Ή Ρολόι"),
        ("nl", "ijsland's ijs", "IJSLAND'S IJS", "IJsland's IJs"),
        ("de", "straße", "STRASSE", "Straße"),
        ("lt", "i̇̀", "Ì", "Ì"),
        ("hy", "և", "ԵՎ", "Եվ"),
        ("en", "istanbul", "ISTANBUL", "Istanbul"),
    ],
)
def test_capitals_are_those_of_the_language(language: str, text: str, capitals: str, titled: str) -> None:
    assert letter_case.upper(text, language) == capitals
    assert letter_case.titled(text, language) == titled
    assert letter_case.capitalised(text, language)[:1] == titled[:1]


def test_small_letters_are_those_of_the_language() -> None:
    assert letter_case.lower("İSTANBUL IŞIK", "tr") == "istanbul ışık"
    assert letter_case.lower("IŞIK", "en") == "işik"
    assert letter_case.lower("Ì", "lt") == "i̇̀"
    assert letter_case.lower("ΚΟΣΜΟΣ", "el") == "κοσμος"


def test_words_have_the_capitals_of_their_locale_and_prompts_those_of_none(small: Path) -> None:
    change(small, "locales: [en-US]", "locales: [tr-TR]")
    change(small, "instagram-feed-square, amazon-main", "instagram-feed-square")
    Path("campaigns/copy.csv").write_text("key,tr-TR\nheadline,{{ 'inci' | upper }}\noffer,a\n")
    change(Path("templates/prompts/shelf.j2"), "a shelf", "{{ 'A SHELF IN' | lower }} of {{ product.title | title }}")

    main(["run", str(small)])
    text = json.dumps(manifest(Path("output/small")), ensure_ascii=False)
    assert "a shelf in of" in text
    assert "a shelf ın" not in text
    assert "İNCİ" in text
