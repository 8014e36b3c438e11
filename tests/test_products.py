"""`assetgen products`, and campaigns whose table is a shop's own export."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from assetgen.cli import main
from tests.conftest import ROOT
from tests.kit import change

EXPORTS = ROOT / "tests" / "exports"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the exports of all formats."""
    shutil.copytree(EXPORTS, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lines(capsys: pytest.CaptureFixture[str]) -> list[Any]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_it_says_the_format_the_first_products_and_what_became_of_every_row(here, capsys):
    assert main(["products", "shopify_before_2025.csv", "--head", "1"]) == 1
    said = capsys.readouterr()
    first = "https://cdn.example.com/s/files/1/0420/products/apron-oat.jpg?v=1717"
    assert said.out.splitlines() == [
        "Shopify product CSV: told by `Handle`, `Title`, `Variant Price`",
        f"APR-OAT-S  Linen Apron – Oat / S  49.00, now 39.00  4 photos, first {first}",
        "rows: 10 = 6 products + 1 of photos alone + 0 of parents alone + 3 set aside",
        "variants: 5",
        "parents: 3",
        "photos: 13",
        "without photo: 2",
        "skus taken from `handle`: 3",
    ]
    assert "shopify_before_2025.csv:15 (row 9)" in said.err


def test_a_table_without_a_fault_ends_well(here, capsys):
    assert main(["products", "meta.csv"]) == 0
    assert capsys.readouterr().err == ""


def test_json_has_every_product_every_row_set_aside_and_the_counts(here, capsys):
    assert main(["products", "google.tsv", "--json"]) == 1
    *rows, last = lines(capsys)
    lamp = rows[0]
    assert (lamp["sku"], lamp["parent"], lamp["place"]) == ("LMP-S", "LMP", "google.tsv:2 (row 1)")
    assert lamp["photos"][1] == {
        "address": "https://halden.example/img/lamp-b.jpg",
        "alt": "",
        "place": "google.tsv:2 (row 1)",
        "column": "additional_image_link",
    }
    assert lamp["fields"]["original_price"] == "129.00 EUR"
    assert {"sku": None, "state": "set aside", "reason": "the row has no id", "place": "google.tsv:5 (row 3)"} in rows
    assert last["summary"] == {
        "format": "google",
        "why": "told by `id`, `title`, `image link`",
        "rows": 4,
        "products": 3,
        "variants": 2,
        "parents": 1,
        "photos": 5,
        "without_photo": 0,
        "set_aside": 1,
        "left_out": 0,
        "photo_rows": 0,
        "parent_rows": 0,
        "off_sale": 0,
        "other_rows": 0,
        "borrowed_skus": {},
    }


def test_json_can_be_cut_short_too(here, capsys):
    assert main(["products", "meta.csv", "--json", "--head", "1"]) == 0
    assert [line.get("sku", "summary") for line in lines(capsys)] == ["CUP-1", "summary"]


def test_a_format_that_is_named_is_taken_at_its_word(here, capsys):
    assert main(["products", "meta.csv", "--format", "google"]) == 0
    assert capsys.readouterr().out.startswith("Google Merchant feed: it is asked for")
    assert main(["products", "meta.csv", "--format", "shopify"]) == 2
    assert "the table has no column `url_handle` or `handle`, by which a Shopify product CSV" in capsys.readouterr().err


def test_a_shape_that_nobody_knows_is_told_with_the_likeliest_columns(here, capsys):
    assert main(["products", "plain_german.csv"]) == 2
    error = capsys.readouterr().err
    assert "the table has no column `sku`, and is in no other format that is known\n  --> plain_german.csv:1" in error
    assert (
        "columns: {sku: Artikelnummer, title: Bezeichnung, description: Langtext, price: VK-Preis, "
        "sale_price: Angebotspreis, photo: Bild 1, categories: Warengruppe}" in error
    )


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("商品编码,商品名称,价格,主图,库存", "{sku: 商品编码, title: 商品名称, price: 价格, photo: 主图}"),
        ("Référence;Désignation;Prix TTC;Stock", "{sku: Référence, title: Désignation, price: Prix TTC}"),
        (
            "Código;Título;Precio;Imagen principal",
            "{sku: Código, title: Título, price: Precio, photo: Imagen principal}",
        ),
        ("artikel_nr,Produktname,Preis", "{sku: artikel_nr, title: Produktname, price: Preis}"),
    ],
)
def test_columns_are_recognised_in_many_languages(here, capsys, header, columns):
    Path("table.csv").write_text(f"{header}\n" + "," * header.count(",") + ";" * header.count(";") + "x\n")
    assert main(["products", "table.csv"]) == 2
    assert f"`columns: {columns}`" in capsys.readouterr().err


def test_a_table_that_is_nearly_a_known_one_is_told_so(here, capsys):
    Path("woo.csv").write_text(
        "Kind,Name,Published,Regular price,Sale price,Categories,Images,Parent,Stock\nsimple,A,,,,,,,\n"
    )
    assert main(["products", "woo.csv"]) == 2
    error = capsys.readouterr().err
    assert "it is most like a WooCommerce product CSV, with `categories`, `images`, `name`" in error
    assert "but without `type`" in error


def test_a_campaign_names_the_columns_of_its_table(small, capsys):
    shutil.copy(EXPORTS / "plain_german.csv", "campaigns/products.csv")
    columns = "{sku: Artikelnummer, title: Bezeichnung, price: VK-Preis, photo: Bild 1}"
    change(small, "  file: products.csv", f"  file: products.csv\n  columns: {columns}")
    assert main(["products", "campaigns/products.csv", "--campaign", str(small)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("plain table: the campaign names its columns\n007  Gießkanne, verzinkt  24.90 EUR  1 photo")


def test_a_column_that_is_named_and_not_there_is_told_with_the_likeliest(small, capsys):
    shutil.copy(EXPORTS / "plain_german.csv", "campaigns/products.csv")
    change(small, "  file: products.csv", "  file: products.csv\n  columns: {sku: Artikelnummer, title: Titel}")
    assert main(["check", str(small)]) == 2
    error = capsys.readouterr().err
    assert "the table has no column `Titel`, which the campaign's `columns` names for `title`" in error
    assert "hint: did you mean `Bezeichnung`? the table has `Artikelnummer`" in error


def test_columns_are_for_plain_tables_alone(small, capsys):
    change(small, "  file: products.csv", "  file: products.csv\n  format: shopify\n  columns: {sku: Handle}")
    assert main(["check", str(small)]) == 2
    assert "`columns` is for plain tables, and this one is to be read as `shopify`" in capsys.readouterr().err


def shopify(small: Path) -> None:
    """The small shop's table as Shopify exports it, with a campaign that knows the currency."""
    Path("campaigns/products.csv").write_text(
        "Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Compare At Price,Image Src\n"
        "ball,Ball,Halden,Colour,Red,A-1,10.00,12.00,red.png\nball,,,,Green,A-2,10.00,,green.png\n"
    )
    change(small, "  file: products.csv", "  file: products.csv\n  currency: EUR\n  where: product.options.Colour")


def test_a_campaign_is_made_from_a_shops_export(small, capsys):
    shopify(small)
    change(
        Path("campaigns/copy.csv"),
        "headline,Now here",
        "headline,{{ product.photos | length }} of {{ product.vendor }}",
    )
    assert main(["plan", str(small), "--json"]) == 0
    assert [line["sku"] for line in lines(capsys)[:-1]] == ["A-1", "A-1", "A-2", "A-2"]
    assert main(["run", str(small), "--limit", "1"]) == 0


def test_words_of_templates_are_checked_against_the_export(small, capsys):
    shopify(small)
    change(
        Path("campaigns/copy.csv"), "headline,Now here", "headline,{{ product.original_title }} {{ product.categorys }}"
    )
    assert main(["check", str(small)]) == 2
    assert "`product` has no `categorys`\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("Product ID,Product Code/SKU,Name,Cost Price,Retail Price",
         "{sku: Product Code/SKU, title: Name, price: Retail Price}"),
        ("Artikelnr.,Bezeichnung,EK-Preis,VK-Preis", "{sku: Artikelnr., title: Bezeichnung, price: VK-Preis}"),
    ],
)  # fmt: skip
def test_what_no_customer_pays_is_never_suggested_as_a_price(here, capsys, header, columns):
    (here / "table.csv").write_text(f"{header}\n1,2,3,4,5\n")
    main(["products", "table.csv"])
    assert f"`columns: {columns}`" in capsys.readouterr().err
